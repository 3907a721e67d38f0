//! `movienight unvote`: takes votes and noes back, or favourites.

use anyhow::Result;
use clap::Args;

use super::vote::change_opinions;
use crate::context::Context;
use crate::model::change::Action;

/// Take your votes and noes back
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight unvote 2
  movienight unvote tt0111161 --as Ben
  movienight unvote --favorite heat")]
pub struct Unvote {
    /// Movies to unvote; - reads a list from standard input
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
    /// Only unmark your favourite, and keep the vote
    #[arg(long, visible_alias = "favourite")]
    pub favorite: bool,
}

pub fn run(context: &mut Context<'_>, args: &Unvote) -> Result<()> {
    change_opinions(context, &args.movies, if args.favorite { Action::Unfavorite } else { Action::Unvote })
}
