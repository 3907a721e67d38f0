//! `movienight export`: the board for other programs, or all of it.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum, ValueHint};
use serde::Serialize;

use super::Status;
use crate::context::{Context, ranked_board};
use crate::failure::Failure;
use crate::files;
use crate::lists::write;
use crate::model::{Board, Proposal};
use crate::store::{Backup, OpenMode, Store};
use crate::view::lists::ExportedFile;
use crate::view::{Timestamp, to_json};

/// Write the board for other programs, or everything.
#[derive(Args, Debug)]
#[command(after_long_help = "\
json has everything that people entered: movies, opinions, lists, history.
movienight import reads it into an empty board or another one. csv is a table of
the board and the history, letterboxd the history as Letterboxd's own import
takes it, radarr the board as a list for Radarr.

Examples:
  movienight export --out board.json
  movienight export --format radarr --out list.json")]
pub struct Export {
    /// The form
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: ExportFormat,
    /// Write to this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<OsString>,
}

/// A form to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Json,
    Csv,
    Letterboxd,
    Radarr,
}

/// The version of the document that has everything.
pub const VERSION: u64 = 1;

pub fn run(context: &mut Context<'_>, args: &Export) -> Result<Status> {
    let mut store = context.open_existing(OpenMode::Read)?;
    let board = ranked_board(&mut store)?;
    if board.is_hidden() {
        let hint = "movienight reveal ends that; movienight board copy copies the board as it is";
        return Err(Failure::new("votes are hidden, so nothing is exported").hint(hint).into());
    }
    let texts = match args.format {
        ExportFormat::Json => vec![everything(context, &mut store)?],
        ExportFormat::Csv => vec![table(&board, &mut store)?],
        ExportFormat::Letterboxd => letterboxd(context, &mut store)?,
        ExportFormat::Radarr => vec![radarr(&board)],
    };
    let Some(out) = &args.out else {
        let [text] = &texts[..] else {
            let failure = Failure::new("Letterboxd takes files of at most 1 MB, and this is more");
            return Err(failure.hint("give --out FILE, which makes several").into());
        };
        context.print(text)?;
        return Ok(Status::Done);
    };
    let mut files = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let path = numbered(Path::new(out), at);
        files::replace_text(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        files.push(ExportedFile { path: path.display().to_string(), bytes: text.len() });
    }
    let sentences: Vec<String> = files.iter().map(|file| format!("Wrote {}", file.path)).collect();
    context.answer(&Exported { files }, &sentences)?;
    Ok(Status::Done)
}

/// The document of `export --out`.
#[derive(Serialize)]
struct Exported {
    files: Vec<ExportedFile>,
}

/// The first file has the name that was given, and others a number behind it: `watched-2.csv`.
fn numbered(path: &Path, at: usize) -> PathBuf {
    if at == 0 {
        return path.to_owned();
    }
    let part = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let extension = part(path.extension());
    path.with_file_name(format!("{}-{}", part(path.file_stem()), at + 1)).with_extension(extension)
}

/// Everything that people entered.
fn everything(context: &Context<'_>, store: &mut Store) -> Result<String> {
    #[derive(Serialize)]
    struct Document {
        movienight: u64,
        exported_at: Timestamp,
        #[serde(flatten)]
        rows: Backup,
    }
    let document = Document { movienight: VERSION, exported_at: Timestamp(context.now), rows: store.backup()? };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// A time as spreadsheets read it.
fn day(at: Option<time::UtcDateTime>) -> String {
    at.map(|at| at.date().to_string()).unwrap_or_default()
}

fn table(board: &Board, store: &mut Store) -> Result<String> {
    let (history, _) = store.history()?;
    let header = [
        "number",
        "title",
        "year",
        "imdb_id",
        "rating",
        "runtime_minutes",
        "genres",
        "votes",
        "voters",
        "proposed_by",
        "proposed_on",
        "watched_on",
        "note",
    ];
    let row = |board: &Board, movie: &Proposal| {
        let title = movie.cache.title.as_ref();
        let name = |voter: usize| board.voters[voter].name.as_str();
        let voters: Vec<&str> = movie.opinions.yes().map(name).collect();
        let text = |value: Option<String>| value.unwrap_or_default();
        [
            movie.number.to_string(),
            movie.title().into_owned(),
            text(movie.year().map(|year| year.to_string())),
            text(movie.imdb_id.map(|id| id.to_string())),
            text(title.and_then(|title| title.rating).map(|rating| rating.to_string())),
            text(movie.runtime_minutes().map(|minutes| minutes.to_string())),
            movie.genres().join(", "),
            voters.len().to_string(),
            voters.join(", "),
            name(movie.proposed_by).to_owned(),
            day(Some(movie.proposed_at)),
            day(movie.watched_at),
            text(movie.note().map(str::to_owned)),
        ]
    };
    let rows =
        [board, &history].into_iter().flat_map(|board| board.proposals.iter().map(move |movie| row(board, movie)));
    Ok(write::csv(header, rows))
}

/// The history by Letterboxd's import form, in files of at most the size that it takes.
fn letterboxd(context: &Context<'_>, store: &mut Store) -> Result<Vec<String>> {
    let (history, _) = store.history()?;
    let row = |movie: &Proposal| {
        let watched = movie.watched_at.map(|at| context.env.zone.local(at).date().to_string());
        [
            movie.imdb_id.map(|id| id.to_string()).unwrap_or_default(),
            movie.title().into_owned(),
            movie.year().map(|year| year.to_string()).unwrap_or_default(),
            watched.unwrap_or_default(),
        ]
    };
    let rows: Vec<[String; 4]> = history.proposals.iter().map(row).collect();
    Ok(write::letterboxd(&rows))
}

/// The board as a list of StevenLu's.
fn radarr<'a>(board: &'a Board) -> String {
    #[derive(Serialize)]
    struct Movie<'a> {
        title: Cow<'a, str>,
        imdb_id: String,
        poster_url: Option<&'a str>,
    }
    let movie = |movie: &'a Proposal| {
        let poster_url = movie.cache.title.as_ref().and_then(|title| title.poster_url.as_deref());
        Some(Movie { title: movie.title(), imdb_id: movie.imdb_id?.to_string(), poster_url })
    };
    to_json(&board.proposals.iter().filter_map(movie).collect::<Vec<_>>())
}
