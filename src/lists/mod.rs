//! Reading and writing lists that people keep in other programs.
//!
//! A format is recognized by its contents. The name of a file only distinguishes a watchlist from a diary that has the
//! same form.

mod archive;
mod columns;
mod documents;
mod lines;
mod text;
pub mod write;

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::files::reason;
use crate::model::text::sanitize;
use crate::model::title::{MAX_TITLE_CHARS, with_year};
use crate::model::{ImdbId, to_word};
use crate::user_error::{UserError, UserErrors, fail};
use archive::ARCHIVE_START;
pub use columns::list as with_columns;
pub use lines::movie_text;
pub use text::decode;

/// The largest file, and the largest contents of an archive, in bytes. Trakt's longest history has some 20 MiB.
pub const MAX_BYTES: u64 = 64 << 20;

/// The program that wrote a list. Its name is the same in options and in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Watchlist, lists, diary, ratings and watched movies, as CSV.
    Letterboxd,
    /// Watchlist, lists and ratings, as CSV.
    Imdb,
    /// Watchlist, lists and ratings, as CSV.
    Tmdb,
    /// Watchlist, lists, history and ratings, as JSON.
    Trakt,
    /// Also StevenLu's lists, as JSON.
    Radarr,
    /// Any CSV with a column of IMDb ids, or of titles and years.
    Csv,
    /// An IMDb id or a title on each line.
    Lines,
}

/// The meaning of a list for its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The owner wants to see the movies.
    Wish,
    /// The owner has seen the movies.
    Seen,
}

/// A row of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// The line in the file, from 1.
    pub line: usize,
    /// The meaning of the row. `None` if the file does not tell.
    pub purpose: Option<Purpose>,
    /// The IMDb id. `None` if the row has none.
    pub id: Option<ImdbId>,
    /// The title. `None` if the row has only an id, or is a link that holds no words.
    pub title: Option<String>,
    /// The year of its release. `None` if the row has none.
    pub year: Option<u16>,
    /// True for a series. `None` if the other program does not tell.
    pub is_series: Option<bool>,
    /// The row as it is in the file. Empty if it has an id.
    pub raw: String,
}

impl fmt::Display for ListRow {
    /// Writes its id, or its title and year as people write them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            Some(id) => id.fmt(f),
            None => f.write_str(&with_year(self.title.as_deref().unwrap_or_default(), self.year)),
        }
    }
}

/// A list as it was read from a file, or from a file in an archive.
#[derive(Clone, Debug)]
pub struct List {
    /// The file, as messages name it.
    pub file: String,
    /// The format, recognized by the contents.
    pub format: Format,
    /// The text above the rows. Empty if there is none.
    pub header: String,
    /// The rows in the order of the file.
    pub rows: Vec<ListRow>,
    /// The number of rows that are skipped: people, episodes, comments and collections.
    pub skipped: usize,
}

/// The contents of a file.
#[derive(Debug)]
pub enum Contents {
    /// One list, or those of an archive.
    Lists(Vec<List>),
    /// An export of this program: its version, and the rest.
    Backup(u64, Map<String, Value>),
}

/// Reads a file on the disk.
pub fn read_file(name: &str, path: &Path) -> Result<Vec<u8>, UserError> {
    match File::open(path) {
        Ok(file) => read_bytes(name, file),
        Err(error) => Err(unreadable(name, &error)),
    }
}

fn unreadable(name: &str, error: &io::Error) -> UserError {
    match error.kind() {
        io::ErrorKind::NotFound => UserError::new(format!("there is no file {name}")).hint("check its name and folder"),
        _ => UserError::new(format!("cannot read {name}: {}", reason(error))).hint("give a file that you can read"),
    }
}

/// Reads a file to its end.
pub fn read_bytes(file: &str, reader: impl Read) -> Result<Vec<u8>, UserError> {
    let mut bytes = Vec::new();
    let mut reader = reader.take(MAX_BYTES + 1);
    match reader.read_to_end(&mut bytes) {
        Err(error) => Err(unreadable(file, &error)),
        Ok(_) if reader.limit() == 0 => fail(
            format!("{file} has more than {} MiB", MAX_BYTES >> 20),
            "no list is that long: split it, or name another file",
        ),
        Ok(_) => Ok(bytes),
    }
}

/// Parses a file.
///
/// # Errors
/// One error for each line that makes no sense, or one if the file has none of the formats or not the wanted one.
pub fn parse(file: &str, bytes: Vec<u8>, wanted: Option<Format>) -> Result<Contents, UserErrors> {
    if bytes.starts_with(ARCHIVE_START) {
        return archive::lists(file, &bytes, wanted).map(Contents::Lists);
    }
    let text = decode(file, bytes)?;
    if text.trim().is_empty() {
        return fail(format!("{file} is empty"), "export the list again");
    }
    if let Some((version, backup)) = documents::backup(&text).filter(|_| wanted.is_none()) {
        return Ok(Contents::Backup(version, backup));
    }
    let list = if wanted == Some(Format::Lines) { lines::list(file, &text) } else { alone(file, &text, wanted) };
    Ok(Contents::Lists(vec![list?]))
}

/// Reads the list in a file that is no archive.
fn alone(file: &str, text: &str, wanted: Option<Format>) -> Result<List, UserErrors> {
    let list = match list(file, text)? {
        Some(list) => list,
        None if documents::is_json(text) => {
            return fail(
                format!("{file} is JSON, but not a list of movies"),
                "give a list from Trakt or Radarr, or an export of movienight",
            );
        }
        None if columns::is_header(text.lines().next().unwrap_or_default()) => {
            let why = "the header has neither a column of IMDb ids nor columns of titles and years";
            let hint = "name the columns imdb_id, or title and year; --format lines reads one title per line";
            return Err(in_line(file, 1, why).hint(hint).into());
        }
        None => lines::list(file, text)?,
    };
    match wanted.filter(|wanted| *wanted != list.format && (*wanted != Format::Csv || list.header.is_empty())) {
        Some(wanted) => fail(
            format!("{file} is not in the format {}", to_word(&wanted)),
            format!("it looks like {}", to_word(&list.format)),
        ),
        None => Ok(list),
    }
}

/// Reads a list with columns or in JSON. `None` if the text is something else.
fn list(file: &str, text: &str) -> Result<Option<List>, UserErrors> {
    if documents::is_json(text) { documents::list(file, text) } else { Ok(columns::list(file, text).transpose()?) }
}

fn in_line(file: &str, line: usize, what: impl fmt::Display) -> UserError {
    UserError::new(format!("{file}, line {line}: {what}"))
}

/// Sanitizes a title. `None` if it is empty.
///
/// # Errors
/// It is longer than any title is, or has a line break in it.
fn title(text: &str) -> Result<Option<String>, String> {
    let chars = text.chars().count();
    if chars > MAX_TITLE_CHARS {
        return Err(format!("a title of {chars} characters is too long (at most {MAX_TITLE_CHARS})"));
    }
    if text.trim().contains(['\n', '\r']) {
        return Err("a title with a line break in it: is a quote missing?".to_owned());
    }
    Ok(Some(sanitize(text, MAX_TITLE_CHARS)).filter(|title| !title.is_empty()))
}
