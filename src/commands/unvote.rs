//! `movienight unvote`: takes votes back, or favourites.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::context::{Context, movies};
use crate::model::Proposal;
use crate::model::change::Unvoted;
use crate::naming;
use crate::store::OpenMode;
use crate::view::outcome::{FavoriteOutcome, Outcome, Votes};

/// Take votes back.
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
    if args.favorite {
        let outcomes = store.unfavor(&voter, context.now, &numbers)?;
        let sentence = |(movie, was): (&&Proposal, &bool)| match was {
            true => format!("{} is no longer {voter}'s favourite; the vote stays", movie.name()),
            false => format!("{} was not {voter}'s favourite", movie.name()),
        };
        let sentences: Vec<String> = chosen.iter().zip(&outcomes).map(sentence).collect();
        let outcome = |(movie, was): (&&Proposal, bool)| Outcome {
            movie: (*movie).into(),
            outcome: if was { FavoriteOutcome::NoFavorite } else { FavoriteOutcome::WasNoFavorite },
        };
        context.answer(&Votes { votes: chosen.iter().zip(outcomes).map(outcome).collect() }, &sentences)?;
        return Ok(Status::Done);
    }
    let outcomes = store.unvote(&voter, context.now, &numbers)?;
    let sentence = |(movie, outcome): (&&Proposal, &Unvoted)| match outcome {
        Unvoted::Removed => format!("{voter} took back the vote for {}", movie.name()),
        Unvoted::HadNone => format!("{voter} had no vote for {}", movie.name()),
    };
    let sentences: Vec<String> = chosen.iter().zip(&outcomes).map(sentence).collect();
    let outcome = |(movie, outcome): (&&Proposal, Unvoted)| Outcome { movie: (*movie).into(), outcome };
    context.answer(&Votes { votes: chosen.iter().zip(outcomes).map(outcome).collect() }, &sentences)?;
    Ok(Status::Done)
}
