//! `movienight withdraw`: takes movies off the board.

use anyhow::Result;
use clap::Args;

use crate::context::Context;
use crate::model::{Proposal, ProposalNumber};
use crate::naming::{self, Scope};
use crate::store::OpenMode;
use crate::user_error::ShortMovie;
use crate::view::format::votes_and_noes;

/// Take movies off the board; their votes are kept
///
/// When a movie is proposed again, it comes back with its votes.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight withdraw tt0068646
  movienight withdraw godf")]
pub struct Withdraw {
    /// Movies to withdraw; - reads a list from standard input
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
}

pub fn run(context: &mut Context<'_>, args: &Withdraw) -> Result<()> {
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, found) = naming::resolve(context, Some(&mut store), &args.movies, Scope::Withdrawn)?;
    let movies: Vec<&Proposal> = found.iter().filter_map(|found| found.proposal(&board)).collect();
    let on_board = movies.iter().filter(|movie| movie.withdrawn_at.is_none());
    let on_board: Vec<ProposalNumber> = on_board.map(|movie| movie.number).collect();
    if !on_board.is_empty() {
        store.withdraw(&voter, context.now, &on_board)?;
    }
    let kept = |movie: &Proposal| match (movie.opinions.yes().count(), movie.opinions.noes().count()) {
        _ if board.is_hidden() => "; its votes are kept".to_owned(),
        (0, 0) => String::new(),
        (1, 0) => "; its vote is kept".to_owned(),
        (0, 1) => "; its no is kept".to_owned(),
        (0, noes) => format!("; its {noes} noes are kept"),
        (votes, noes) => format!("; its {} are kept", votes_and_noes(votes, noes)),
    };
    let describe = |movie: &Proposal| {
        let name = movie.name();
        let (outcome, sentence) = match movie.withdrawn_at {
            None => ("withdrawn", format!("Withdrew {name}{}", kept(movie))),
            // Withdrawing twice is not an error.
            Some(_) => ("already_withdrawn", format!("{name} is already off the board")),
        };
        (ShortMovie::from(movie), outcome, sentence)
    };
    context.answer_each("withdrawn", movies.into_iter().map(describe))?;
    if !on_board.is_empty() {
        context.note_newcomer(&voter, &voter, &board);
    }
    Ok(())
}
