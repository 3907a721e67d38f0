//! `movienight search`: looks for titles by name.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::context::Context;
use crate::naming;
use crate::naming::search::{Known, Matches, find, nothing_found};
use crate::render;
use crate::render::style::Tone;
use crate::view::document;

/// Look for titles by name.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight search heat
  movienight search heat 1995
  movienight search amelie --json | jq -r '.results[0].imdb_id'")]
pub struct Search {
    /// Words of the title, and its year if you know it
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
}

pub fn run(context: &mut Context<'_>, args: &Search) -> Result<Status> {
    let words = args.words.join(" ");
    let mut store = naming::open_if_needed(context, &[])?;
    let Matches { hits, .. } = find(context, store.as_mut(), &words)?;
    let known = Known::read(store.as_mut())?;
    let ids = known.ids(&hits);
    let cached = match &mut store {
        Some(store) if !store.is_read_only() => store.cached(&ids)?,
        _ => Vec::new(),
    };
    drop(store);
    let results: Vec<_> = hits.iter().map(|hit| known.view(hit)).collect();
    if context.options.json {
        context.document(&document("results", &results))?;
    } else if !results.is_empty() {
        let screen = context.screen();
        let shown = screen.rows_beside(1).filter(|rows| *rows < results.len()).map(|rows| rows.max(2) - 1);
        let shown = shown.unwrap_or(results.len());
        let mut text = render::search::hits(&results[..shown], false, screen);
        if shown < results.len() {
            let more = format!("{} more: add a word or the year to find fewer", results.len() - shown);
            text += &screen.palette.paint(Tone::Faint, &screen.marks.legend("…", &more));
            text.push('\n');
        }
        context.print(&text)?;
    }
    if results.is_empty() {
        return Err(nothing_found(context, &words).into());
    }
    context.refresh_later(&context.due(ids.into_iter().zip(&cached))?);
    Ok(Status::Done)
}
