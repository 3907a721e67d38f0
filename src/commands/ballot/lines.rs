//! Ballots as lines of answers: for pipes, screen readers and dumb terminals.

use anyhow::Result;

use super::{Ballot, ballot_of, hides_answers, opinion};
use crate::context::Context;
use crate::model::chat::{Titles, grammar};
use crate::model::{Board, Opinion, VoterName};
use crate::user_error::{UserError, fail};

/// Reads one person's line of answers as a change. `None` at the end of the input.
///
/// # Errors
/// Fails if the line is not understood and nobody can be asked again.
pub fn ballot(context: &mut Context<'_>, board: &Board, voter: &VoterName) -> Result<Option<Ballot>> {
    if !context.options.json {
        context.env.stderr.write(&list(board, voter))?;
        if hides_answers(board, voter) {
            context.env.stderr.write("Your earlier answers are hidden. They stay unless this line changes them\n")?;
        }
    }
    let titles = Titles::new(&board.proposals);
    let example = if context.is_plain() { "2, favourite 4, not 3" } else { "2 4♥ not 3" };
    let hint = format!("write it like {example}");
    loop {
        let question = format!("{voter}, your votes (such as {example}; Enter for no change): ");
        let Some(line) = context.ask(&question)? else { return Ok(None) };
        match grammar::read(&line, &titles) {
            Ok(said) => return Ok(Some(ballot_of(board, voter.clone(), &said.opinions, said.replaces))),
            Err(reason) if context.can_ask() => context.env.stderr.write(&format!("{reason}\n"))?,
            Err(reason) => return fail(format!("{voter}: {reason}"), hint),
        }
    }
}

fn list(board: &Board, voter: &VoterName) -> String {
    let line = |movie| {
        let opinion = match opinion(board, voter, movie) {
            Some(Opinion::Favorite) => ", your favourite",
            Some(Opinion::Yes) => ", yes",
            Some(Opinion::No) => ", no",
            None => "",
        };
        let notes: String = movie.notes.iter().map(|(_, note)| format!(" “{note}”")).collect();
        format!("{} {}{opinion}{notes}\n", movie.number, movie.name())
    };
    board.proposals.iter().map(line).collect()
}

/// Asks for the name of another person, and again if it resembles a known one. `None` if there is nobody else.
pub fn ask_name(context: &mut Context<'_>, board: &Board) -> Result<Option<VoterName>> {
    loop {
        let Some(line) = context.ask("Next person's name, or Enter to finish: ")? else { return Ok(None) };
        match VoterName::parse(&line) {
            _ if line.is_empty() => return Ok(None),
            Err(why) => context.env.stderr.write(&format!("{why}\n"))?,
            // Whoever stops here is asked for the name again.
            Ok(voter) => match context.confirm_name(voter, board) {
                Err(error) if error.is::<UserError>() => {}
                confirmed => return confirmed.map(Some),
            },
        }
    }
}
