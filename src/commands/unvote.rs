//! `movienight unvote`: takes votes and noes back, or favourites.

use anyhow::Result;
use clap::Args;

use super::Status;
use super::vote::{opinions_before, recorded};
use crate::context::{Context, movies};
use crate::model::change::Action;
use crate::model::{Opinion, Proposal};
use crate::naming;
use crate::store::OpenMode;
use crate::view::document;
use crate::view::outcome::Outcome;

/// Take votes and noes back.
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

pub fn run(context: &mut Context<'_>, args: &Unvote) -> Result<Status> {
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, chosen) = naming::on_board(context, &mut store, &args.movies)?;
    let chosen = movies(&board, &chosen);
    let numbers: Vec<_> = chosen.iter().map(|movie| movie.number).collect();
    let action = if args.favorite { Action::Unfavorite } else { Action::Unvote };
    let change = |old| match (action, old) {
        (Action::Unvote, _) => None,
        (_, Some(Opinion::Favorite)) => Some(Opinion::Yes),
        (_, old) => old,
    };
    let changed = store.change_opinions(&voter, context.now, action, &numbers, change)?;
    let Some((before, _)) = opinions_before(context, &voter, &board, changed)? else {
        recorded(context, &voter, &chosen)?;
        return Ok(Status::Done);
    };
    let told = |(movie, before): (&&Proposal, &Option<Opinion>)| {
        let name = movie.name();
        let (outcome, sentence) = match (args.favorite, before) {
            (true, Some(Opinion::Favorite)) => {
                ("no_favorite", format!("{name} is no longer {voter}'s favourite; the vote stays"))
            }
            (true, _) => ("was_no_favorite", format!("{name} was not {voter}'s favourite")),
            (false, Some(Opinion::No)) => ("removed", format!("{voter} took back the no to {name}")),
            (false, Some(_)) => ("removed", format!("{voter} took back the vote for {name}")),
            (false, None) => ("had_none", format!("{voter} had no vote for {name}")),
        };
        (Outcome { movie: (*movie).into(), outcome }, sentence)
    };
    let (votes, sentences): (Vec<_>, Vec<_>) = chosen.iter().zip(&before).map(told).unzip();
    context.answer(&document("votes", votes), &sentences)?;
    Ok(Status::Done)
}
