//! `movienight history`: what was watched.

use anyhow::Result;
use clap::Args;

use crate::cache::background;
use crate::context::Context;
use crate::model::Evening;
use crate::render;
use crate::store::Store;
use crate::view::document;
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
    let board = context.read(Store::history)?;
    let evening = Evening::open_end(context.now);
    let from = Viewpoint { now: context.now, me: None, evening: &evening };
    let watched: Vec<_> = board.proposals.iter().map(|movie| MovieView::of(movie, None, &board, from)).collect();
    context.show(&document("watched", &watched), |screen| match watched.is_empty() {
        true => {
            let nothing = "Nothing has been watched yet. movienight watched MOVIE adds a movie to the history.";
            render::changes::sentences(&[nothing.to_owned()], screen)
        }
        false => render::history::history(&watched, screen.unless_all(args.all)),
    })?;
    let without_data = board.proposals.iter().filter(|movie| movie.cache.title.is_none());
    let due = background::due(without_data.filter_map(|movie| Some((movie.imdb_id?, &movie.cache))), context.now);
    if context.can_refresh_later()? {
        context.refresh_later(&due);
    }
    Ok(())
}
