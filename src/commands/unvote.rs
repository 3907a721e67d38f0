//! `movienight unvote`: takes votes and noes back, or favourites.

use anyhow::Result;
use clap::Args;

use super::vote::change_opinions;
use crate::context::{Context, movies};
use crate::model::change::Action;
use crate::model::{Opinion, Proposal};
use crate::naming;
use crate::store::OpenMode;

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
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, chosen) = naming::on_board(context, &mut store, &args.movies)?;
    let action = if args.favorite { Action::Unfavorite } else { Action::Unvote };
    let change = |old| match (action, old) {
        (Action::Unvote, _) => None,
        (_, Some(Opinion::Favorite)) => Some(Opinion::Yes),
        (_, old) => old,
    };
    let told = |name: &str, before, _: Option<&Proposal>| match (args.favorite, before) {
        (true, Some(Opinion::Favorite)) => {
            ("no_favorite", format!("{name} is no longer {voter}'s favourite; the vote stays"))
        }
        (true, _) => ("was_no_favorite", format!("{name} was not {voter}'s favourite")),
        (false, Some(Opinion::No)) => ("removed", format!("{voter} took back the no to {name}")),
        (false, Some(_)) => ("removed", format!("{voter} took back the vote for {name}")),
        (false, None) => ("had_none", format!("{voter} had no vote for {name}")),
    };
    change_opinions(context, &mut store, &board, &voter, &movies(&board, &chosen), action, change, told)
}
