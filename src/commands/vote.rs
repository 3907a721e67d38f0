//! `movienight vote`: votes for movies, or shows the board.

use anyhow::Result;
use clap::Args;

use super::{Status, vote_board};
use crate::context::evening::EveningArgs;
use crate::context::{Context, movies};
use crate::failure::Failure;
use crate::model::Proposal;
use crate::model::change::{Favored, Voted};
use crate::naming;
use crate::view::format::count;
use crate::view::outcome::{FavoriteOutcome, Outcome, Votes};

/// Vote for movies, or show the vote board.
#[derive(Args, Debug, Default)]
#[command(after_long_help = "\
On the board, ● marks your votes, ♥ favourites, ✎ a note (movienight show has it),
~ data older than 24 hours, … a movie whose data has not come yet and ? one that
IMDb does not know. What does not fit into the evening comes last.

Examples:
  movienight vote
  movienight vote tt0111161 2 --as Ben
  movienight vote godf
  movienight vote --favorite heat
  movienight vote --start 20:30 --by 23:00 --genre drama
  movienight vote - < ids.txt
  movienight vote --json | jq -r '.proposals[0].title'")]
pub struct Vote {
    /// Movies to vote for; - reads one a line from standard input
    #[arg(value_name = "MOVIE")]
    pub movies: Vec<String>,
    /// Mark the movie as your one favourite, which settles ties
    #[arg(long, visible_alias = "favourite", requires = "movies")]
    pub favorite: bool,
    /// Show all of the board, also what does not fit the screen
    #[arg(long)]
    pub all: bool,
    /// The limits of the evening.
    #[command(flatten)]
    pub evening: EveningArgs,
}

/// More movies than this are counted, not listed.
const LISTED: usize = 20;

pub fn run(context: &mut Context<'_>, args: &Vote) -> Result<Status> {
    match args.movies.is_empty() {
        true => vote_board::show(context, &args.evening, args.all)?,
        false if args.favorite => favor(context, args)?,
        false => vote(context, args)?,
    }
    Ok(Status::Done)
}

fn vote(context: &mut Context<'_>, args: &Vote) -> Result<()> {
    let voter = context.voter()?;
    let mut store = context.open_for_writing()?;
    let (board, chosen) = naming::on_board(context, &mut store, &args.movies)?;
    let chosen = movies(&board, &chosen);
    let numbers: Vec<_> = chosen.iter().map(|movie| movie.number).collect();
    let outcomes = store.vote(&voter, context.now, &numbers)?;
    let sentence = |(movie, outcome): (&&Proposal, &Voted)| match outcome {
        Voted::New => format!("{voter} voted for {}", movie.name()),
        Voted::Already => format!("{voter} had voted for {} already", movie.name()),
    };
    let sentences = match chosen.len() {
        0..=LISTED => chosen.iter().zip(&outcomes).map(sentence).collect(),
        n => vec![format!("{voter} voted for {}", count(n, "movie", "movies"))],
    };
    let outcome = |(movie, outcome): (&&Proposal, Voted)| Outcome { movie: (*movie).into(), outcome };
    let document = Votes { votes: chosen.iter().zip(outcomes).map(outcome).collect() };
    context.answer(&document, &sentences)?;
    context.note_newcomer(&voter, &board);
    Ok(())
}

/// Marks one movie as the favourite.
fn favor(context: &mut Context<'_>, args: &Vote) -> Result<()> {
    let voter = context.voter()?;
    let mut store = context.open_for_writing()?;
    let (board, chosen) = naming::on_board(context, &mut store, &args.movies)?;
    let [chosen] = chosen[..] else {
        return Err(Failure::new("a person has one favourite").hint("name one movie with --favorite").into());
    };
    let movie = &board.proposals[chosen];
    let outcome = store.favor(&voter, context.now, movie.number)?;
    let name = movie.name();
    let sentence = match outcome {
        Favored::Already => format!("{name} is {voter}'s favourite already"),
        Favored::New => format!("{name} is {voter}'s favourite now"),
        Favored::Instead(old) => {
            let old = board.proposals.iter().find(|p| p.number == old).map(Proposal::name).unwrap_or_default();
            format!("{name} is {voter}'s favourite now, instead of {old}")
        }
    };
    let outcome = match outcome {
        Favored::Already => FavoriteOutcome::AlreadyFavorite,
        Favored::New | Favored::Instead(_) => FavoriteOutcome::Favorite,
    };
    context.answer(&Votes { votes: vec![Outcome { movie: movie.into(), outcome }] }, &[sentence])?;
    context.note_newcomer(&voter, &board);
    Ok(())
}
