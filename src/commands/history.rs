//! `movienight history`: shows what was watched.

use std::collections::BTreeMap;

use anyhow::Result;
use clap::Args;

use crate::context::Context;
use crate::model::Evening;
use crate::render;
use crate::view::movie::{MovieView, Viewpoint};

/// Show what was watched, when and with whom
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight history
  movienight history --json | jq -r '.watched[].title'")]
pub struct History {
    /// Show all of it, even if it does not fit the screen
    #[arg(long)]
    pub all: bool,
}

pub fn run(context: &mut Context<'_>, args: &History) -> Result<()> {
    let (board, is_read_only) = context.read(|store| store.history().map(|board| (board, store.is_read_only())))?;
    let evening = Evening::open_end(context.now);
    let from = Viewpoint { now: context.now, me: None, evening: &evening };
    let watched: Vec<_> = board.proposals.iter().map(|movie| MovieView::of(movie, None, &board, from)).collect();
    let options = context.options;
    // Unlike json!, a map is only serialized with --json.
    context.show(&BTreeMap::from([("watched", &watched)]), |screen| match watched.is_empty() {
        true => {
            let nothing = "Nothing has been watched yet: movienight watched MOVIE adds a movie to the history";
            render::changes::sentences(&[options.commands_as_typed(nothing, false)], screen)
        }
        false => render::history::history(&watched, screen.unless_all(args.all)),
    })?;
    let without_data = board.proposals.iter().filter(|movie| movie.cache.title.is_none());
    let without_data = without_data.filter_map(|movie| Some((movie.imdb_id?, &movie.cache)));
    // A read-only board cannot store what a refresh fetches.
    context.refresh_later(&context.due(without_data.filter(|_| !is_read_only))?);
    Ok(())
}
