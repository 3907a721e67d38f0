//! `movienight withdraw`: takes movies off the board.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::model::{Proposal, ProposalNumber, ProposalStatus};
use crate::session::{Session, naming, ranked_board};
use crate::view::format::count;
use crate::view::outcome::{Outcome, WithdrawOutcome, Withdrawals};

/// Take movies off the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Proposed again, a movie comes back with its votes.

Examples:
  movienight withdraw tt0068646
  movienight withdraw godf")]
pub struct Withdraw {
    /// Movies to take off the board; - reads one a line from standard input
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
}

pub fn run(session: &mut Session<'_>, args: &Withdraw) -> Result<Status> {
    let voter = session.voter()?;
    let mut store = session.existing()?;
    let board = ranked_board(&mut store)?;
    let mut gone: Vec<Proposal> = Vec::new();
    // Said twice: that it is off the board is all that was wanted.
    let found: Vec<(bool, ProposalNumber)> = naming::resolve(
        session,
        &mut store,
        &board,
        &args.movies,
        |place| Some((true, board.proposals[place].number)),
        |store, movie| {
            let found = naming::off_the_board(store, movie, &[ProposalStatus::Withdrawn])?;
            Ok(found.map(|(mut board, place)| {
                let movie = board.proposals.swap_remove(place);
                let number = movie.number;
                gone.push(movie);
                (false, number)
            }))
        },
    )?;
    let on_board: Vec<ProposalNumber> = found.iter().filter(|(is_on, _)| *is_on).map(|(_, number)| *number).collect();
    if !on_board.is_empty() {
        store.withdraw(&voter, session.now, &on_board)?;
    }
    let taken: Vec<&Proposal> = board.proposals.iter().filter(|p| on_board.contains(&p.number)).collect();
    let done = taken.iter().map(|movie| {
        let kept = count(movie.votes.len(), "vote is", "votes are");
        format!("withdrew {}; its {kept} kept", movie.name())
    });
    let already = gone.iter().map(|movie| format!("{} was off the board already", movie.name()));
    let sentences: Vec<String> = done.chain(already).collect();
    let outcome = |movie: &Proposal, outcome| Outcome { movie: movie.into(), outcome };
    let rows = taken.iter().map(|movie| outcome(movie, WithdrawOutcome::Withdrawn));
    let rows = rows.chain(gone.iter().map(|movie| outcome(movie, WithdrawOutcome::AlreadyWithdrawn)));
    session.answer(&Withdrawals { withdrawn: rows.collect() }, &sentences)?;
    Ok(Status::Done)
}
