//! `movienight withdraw`: takes movies off the board.

use anyhow::Result;
use clap::Args;

use crate::context::Context;
use crate::model::{Proposal, ProposalNumber};
use crate::naming::{self, Scope, SearchResult};
use crate::store::OpenMode;
use crate::view::format::count;
use crate::view::movie::ShortMovie;

/// Take movies off the board; their votes are kept
///
/// When a movie is proposed again, it comes back with its votes.
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

pub fn run(context: &mut Context<'_>, args: &Withdraw) -> Result<()> {
    let voter = context.voter()?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let (board, found) = naming::resolve(context, Some(&mut store), &args.movies, Scope::Withdrawn)?;
    let is_on = |found: &SearchResult| matches!(found, SearchResult::OnBoard(_));
    let number = |found: &SearchResult| found.proposal(&board).map(|movie| movie.number);
    let on_board: Vec<ProposalNumber> = found.iter().filter(|found| is_on(found)).filter_map(number).collect();
    if !on_board.is_empty() {
        store.withdraw(&voter, context.now, &on_board)?;
    }
    let kept = |movie: &Proposal| match movie.opinions.yes().count() {
        _ if board.is_hidden() => "; its votes are kept".to_owned(),
        0 => String::new(),
        votes => format!("; its {} kept", count(votes, "vote is", "votes are")),
    };
    let told = |(found, movie): (&SearchResult, &Proposal)| {
        let name = movie.name();
        // Withdrawing twice is not an error.
        let (outcome, sentence) = match is_on(found) {
            true => ("withdrawn", format!("Withdrew {name}{}", kept(movie))),
            false => ("already_withdrawn", format!("{name} is already off the board")),
        };
        (ShortMovie::from(movie), outcome, sentence)
    };
    let movies = found.iter().filter_map(|found| Some((found, found.proposal(&board)?)));
    context.answer_each("withdrawn", movies.map(told))?;
    if !on_board.is_empty() {
        context.note_newcomer(&voter, &voter, &board);
    }
    Ok(())
}
