//! `movienight withdraw`: takes movies off the board.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::context::{Context, ranked_board};
use crate::model::{Proposal, ProposalNumber, ProposalStatus};
use crate::naming;
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

pub fn run(context: &mut Context<'_>, args: &Withdraw) -> Result<Status> {
    let voter = context.voter()?;
    let mut store = context.open_for_writing()?;
    let board = ranked_board(&mut store)?;
    let mut gone: Vec<Proposal> = Vec::new();
    // Said twice: that it is off the board is all that was wanted.
    let found: Vec<(bool, ProposalNumber)> = naming::resolve(
        context,
        &mut store,
        &board,
        &args.movies,
        |place| Some((true, board.proposals[place].number)),
        |store, off_board, movie| {
            let found = off_board.find(store, movie, &[ProposalStatus::Withdrawn])?;
            Ok(found.map(|(board, at)| {
                let movie = &board.proposals[at];
                gone.push(movie.clone());
                (false, movie.number)
            }))
        },
    )?;
    let on_board: Vec<ProposalNumber> = found.iter().filter(|(is_on, _)| *is_on).map(|(_, number)| *number).collect();
    if !on_board.is_empty() {
        store.withdraw(&voter, context.now, &on_board)?;
    }
    let (mut sentences, mut rows) = (Vec::new(), Vec::new());
    for (is_on, number) in found {
        let all = if is_on { &board.proposals } else { &gone };
        let Some(movie) = all.iter().find(|movie| movie.number == number) else { continue };
        let outcome = if is_on { WithdrawOutcome::Withdrawn } else { WithdrawOutcome::AlreadyWithdrawn };
        rows.push(Outcome { movie: movie.into(), outcome });
        let kept = count(movie.votes.len(), "vote is", "votes are");
        sentences.push(match is_on {
            true => format!("withdrew {}; its {kept} kept", movie.name()),
            false => format!("{} was off the board already", movie.name()),
        });
    }
    context.answer(&Withdrawals { withdrawn: rows }, &sentences)?;
    if !on_board.is_empty() {
        context.note_newcomer(&voter, &board);
    }
    Ok(Status::Done)
}
