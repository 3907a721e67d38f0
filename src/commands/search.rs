//! `movienight search`: looks for titles by name.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::render;
use crate::session::Session;
use crate::session::search::{Known, Matches, find, nothing_found};
use crate::view::search::SearchView;
use crate::view::to_json;

/// Look for titles by name.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight search heat
  movienight search heat 1995
  movienight search amelie --json | jq -r '.results[0].imdb_id'")]
pub struct Search {
    /// Words of the title, and perhaps its year
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
}

pub fn run(session: &mut Session<'_>, args: &Search) -> Result<Status> {
    let words = args.words.join(" ");
    let mut store = session.look()?;
    let Matches { hits, .. } = find(session, store.as_mut(), &words)?;
    let known = Known::read(store.as_mut())?;
    drop(store);
    let view = SearchView { results: hits.iter().map(|hit| known.view(hit)).collect() };
    if session.options.json {
        session.print(&to_json(&view))?;
    } else if !view.results.is_empty() {
        let text = render::search::hits(&view.results, false, session.screen());
        session.print(&text)?;
    }
    if view.results.is_empty() {
        return Err(nothing_found(session, &words).into());
    }
    Ok(Status::Done)
}
