//! `movienight withdraw`: takes movies off the board.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::context::Context;
use crate::model::ProposalNumber;
use crate::naming::{self, Found, Scope};
use crate::store::OpenMode;
use crate::view::document;
use crate::view::format::count;
use crate::view::outcome::Outcome;

/// Take movies off the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Proposed again, a movie comes back with its votes.

Examples:
  movienight withdraw tt0068646
  movienight withdraw godf")]
pub struct Withdraw {
    /// Movies to withdraw; - reads a list from standard input
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
}

pub fn run(context: &mut Context<'_>, args: &Withdraw) -> Result<Status> {
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, found) = naming::resolve(context, Some(&mut store), &args.movies, Scope::Withdrawn)?;
    let is_on = |found: &Found| matches!(found, Found::OnBoard(_));
    let number = |found: &Found| found.proposal(&board).map(|movie| movie.number);
    let on_board: Vec<ProposalNumber> = found.iter().filter(|found| is_on(found)).filter_map(number).collect();
    if !on_board.is_empty() {
        store.withdraw(&voter, context.now, &on_board)?;
    }
    let (mut sentences, mut rows) = (Vec::new(), Vec::new());
    for (movie, is_on) in found.iter().filter_map(|found| Some((found.proposal(&board)?, is_on(found)))) {
        // Said twice: that it is off the board is all that was wanted.
        let outcome = if is_on { "withdrawn" } else { "already_withdrawn" };
        rows.push(Outcome { movie: movie.into(), outcome });
        let kept = match board.is_hidden() {
            true => "votes are".to_owned(),
            false => count(movie.opinions.yes().count(), "vote is", "votes are"),
        };
        sentences.push(match is_on {
            true => format!("withdrew {}; its {kept} kept", movie.name()),
            false => format!("{} was off the board already", movie.name()),
        });
    }
    context.answer(&document("withdrawn", rows), &sentences)?;
    if !on_board.is_empty() {
        context.note_newcomer(&voter, &board);
    }
    Ok(Status::Done)
}
