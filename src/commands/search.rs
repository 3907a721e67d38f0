//! `movienight search`: finds titles by name.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::model::ImdbId;
use crate::naming;
use crate::naming::search::{GroupHistory, find, nothing_found};
use crate::render;
use crate::store::OpenMode;
use crate::view::search::HitView;

/// Find titles by name
///
/// A year at the end narrows the search. Movies on the board and watched ones are marked.
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

pub fn run(context: &mut Context<'_>, args: &Search) -> Result<()> {
    let words = args.words.join(" ");
    let opened = context.open(OpenMode::Read);
    context.board_location()?;
    let is_read = opened.is_ok();
    if !is_read {
        naming::note_unread(context);
    }
    let mut store = opened.ok().flatten();
    let hits = find(context, store.as_mut(), &words)?;
    let known = GroupHistory::read(store.as_mut())?;
    let results: Vec<_> = hits.iter().map(|hit| known.view(hit)).collect();
    let of_group = results.iter().filter(|result| result.on_board || result.watched_on.is_some());
    let ids: Vec<ImdbId> = of_group.map(|result| result.hit.id).collect();
    let cached = match &mut store {
        Some(store) if !store.is_read_only() => store.cached(&ids)?,
        _ => Vec::new(),
    };
    drop(store);
    let document = |HitView { hit, on_board, watched_on }: &HitView<'_>| {
        json!({
            "imdb_id": hit.id,
            "title": hit.title.title,
            "original_title": hit.title.original_title,
            "year": hit.title.year,
            "type": hit.title.kind,
            "rating": hit.title.rating,
            "rating_count": hit.title.rating_count,
            "on_board": is_read.then_some(on_board),
            "watched": is_read.then_some(watched_on.is_some()),
        })
    };
    let documents: Vec<_> = results.iter().map(document).collect();
    context.show(&json!({ "results": documents }), |screen| {
        let shown = screen.rows_shown(results.len(), 1);
        let more = screen.left_out(results.len() - shown, "add a word or the year to find fewer");
        if shown == 0 { more } else { render::search::hits(&results[..shown], false, screen) + &more }
    })?;
    if results.is_empty() {
        return Err(nothing_found(context, &words).into());
    }
    context.refresh_later(&context.due(ids.into_iter().zip(&cached))?);
    Ok(())
}
