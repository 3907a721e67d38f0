//! `movienight export`: writes the board for other programs, or everything.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum, ValueHint};
use serde::Serialize;
use serde_json::json;

use crate::context::{Context, ranked_board, write_output};
use crate::lists::write::{self, text};
use crate::model::text::is_unsafe;
use crate::model::{Board, Proposal};
use crate::store::{Backup, OpenMode, Store};
use crate::user_error::{Code, UserError};
use crate::view::{Timestamp, to_json};

/// Write the board for other programs, or everything
#[derive(Args, Debug)]
#[command(after_long_help = "\
json holds everything that people entered: movies, opinions, lists, history. \
movienight import reads it into a new or an existing board. csv is a table of \
the board and the history, letterboxd the history in the format that Letterboxd \
imports, radarr the board as a list for Radarr.

Examples:
  movienight export --out board.json
  movienight export --format radarr --out list.json")]
pub struct Export {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: ExportFormat,
    /// Write to this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<OsString>,
}

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Json,
    Csv,
    Letterboxd,
    Radarr,
}

/// The version of the JSON export, which holds everything.
pub const VERSION: u64 = 1;

pub fn run(context: &mut Context<'_>, args: &Export) -> Result<()> {
    let mut store = context.open_existing(OpenMode::Read)?;
    let board = ranked_board(&mut store)?;
    if board.is_hidden() {
        let failure = UserError::new("votes are hidden, so nothing is exported").code(Code::Hidden);
        return Err(failure
            .hint("movienight reveal shows them; movienight board copy copies the board as it is")
            .into());
    }
    let text = match args.format {
        ExportFormat::Json => everything(context, &mut store)?,
        ExportFormat::Csv => table(&board, &mut store)?,
        ExportFormat::Letterboxd => letterboxd(&mut store)?,
        ExportFormat::Radarr => radarr(&board),
    };
    let path = args.out.as_ref().map(Path::new).filter(|path| *path != Path::new("-"));
    let Some(path) = path else { return context.print(&text) };
    write_output(path, &text)?;
    let path = path.display().to_string();
    context.answer(&json!({ "files": [{ "path": path, "bytes": text.len() }] }), &[format!("Wrote {path}")])
}

/// Returns everything that people entered, as JSON.
fn everything(context: &Context<'_>, store: &mut Store) -> Result<String> {
    #[derive(Serialize)]
    struct Document {
        movienight: u64,
        exported_at: Timestamp,
        #[serde(flatten)]
        rows: Backup,
    }
    let document = Document { movienight: VERSION, exported_at: Timestamp(context.now), rows: store.backup()? };
    Ok(escaped(&serde_json::to_string_pretty(&document)?) + "\n")
}

/// Escapes what would steer a terminal, because another program may have written the rows.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c != '\n' && is_unsafe(c) {
            true => escaped.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
            false => escaped.push(c),
        }
    }
    escaped
}

fn table(board: &Board, store: &mut Store) -> Result<String> {
    let history = store.history()?;
    let row = |board: &Board, movie: &Proposal| {
        let title = movie.cache.title.as_ref();
        let name = |voter: usize| board.voters[voter].name.as_str();
        let voters: Vec<&str> = movie.opinions.yes().map(name).collect();
        let noes: Vec<&str> = movie.opinions.noes().map(name).collect();
        [
            movie.number.to_string(),
            text(movie.known_title()),
            text(movie.year()),
            text(movie.imdb_id),
            text(title.and_then(|title| title.rating)),
            text(movie.runtime_minutes()),
            movie.genres().join(", "),
            voters.len().to_string(),
            voters.join(", "),
            name(movie.proposed_by).to_owned(),
            movie.proposed_at.date().to_string(),
            text(movie.watched_on),
            text(movie.note()),
            noes.len().to_string(),
            noes.join(", "),
        ]
    };
    let rows =
        [board, &history].into_iter().flat_map(|board| board.proposals.iter().map(move |movie| row(board, movie)));
    Ok(write::csv(
        "number,title,year,imdb_id,rating,runtime_minutes,genres,votes,voters,proposed_by,proposed_on,watched_on,note,noes,no_of",
        rows,
    ))
}

/// Returns the history in the format that Letterboxd imports (https://letterboxd.com/about/importing-data/).
fn letterboxd(store: &mut Store) -> Result<String> {
    let row =
        |movie: &Proposal| [text(movie.imdb_id), text(movie.known_title()), text(movie.year()), text(movie.watched_on)];
    Ok(write::csv("imdbID,Title,Year,WatchedDate", store.history()?.proposals.iter().map(row)))
}

/// Returns the board in the format of StevenLu's lists, which Radarr reads.
fn radarr(board: &Board) -> String {
    let movie = |movie: &Proposal| {
        let poster_url = movie.cache.title.as_ref().and_then(|title| title.poster_url.as_deref());
        Some(json!({ "title": movie.title(), "imdb_id": movie.imdb_id?, "poster_url": poster_url }))
    };
    to_json(&board.proposals.iter().filter_map(movie).collect::<Vec<_>>())
}
