//! Ballots as lines of answers: for pipes, screen readers and terminals without abilities.

use std::io::BufRead;

use anyhow::Result;

use super::{Changes, ballot_board, opinion, store_ballot};
use crate::context::Context;
use crate::failure::Failure;
use crate::model::chat::{Titles, grammar};
use crate::model::{Board, Opinion, VoterName};
use crate::store::Store;

/// Lines that are not understood before a person's ballot is given up.
const TRIES: usize = 3;

/// The end of a person's turn.
pub enum Round {
    /// What to say about it.
    Done(Vec<String>),
    /// Nobody types any more.
    End,
    /// The person stopped it.
    Interrupted,
}

/// Takes a person's ballot.
///
/// # Errors
/// The line is not understood, or the database cannot be written.
pub fn ballot(context: &mut Context<'_>, store: &mut Store, voter: &VoterName) -> Result<Round> {
    let board = ballot_board(store)?;
    let list = list(&board, voter);
    context.env.stderr.write(&list)?;
    Ok(match ask(context, &board, voter)? {
        Some(opinions) => Round::Done(store_ballot(context, store, &board, voter, opinions)?),
        None => Round::End,
    })
}

fn list(board: &Board, voter: &VoterName) -> String {
    let line = |movie| {
        let opinion = match opinion(board, voter, movie) {
            Some(Opinion::Favorite) => ", your favourite",
            Some(Opinion::Yes) => ", yes",
            Some(Opinion::No) => ", no",
            None => "",
        };
        format!("{} {}{opinion}\n", movie.number, movie.name())
    };
    board.proposals.iter().map(line).collect()
}

/// The opinions that a line gives. `None` at the end of the input.
fn ask(context: &mut Context<'_>, board: &Board, voter: &VoterName) -> Result<Option<Changes>, Failure> {
    let titles = Titles::new(&board.proposals);
    let can_ask = context.can_ask();
    let example = if context.is_plain() { "2, favourite 4, not 3" } else { "2 4♥ not 3" };
    for _ in 0..TRIES {
        let line = read_line(context, &format!("{voter}, such as {example}; Enter changes nothing: "));
        let Some(line) = line.map_err(|error| Failure::new(error.to_string()))? else { return Ok(None) };
        match grammar::read(&line, &titles) {
            Ok(said) => {
                let is_named = |number| said.opinions.iter().any(|(named, _)| *named == number);
                let others = board.proposals.iter().filter(|movie| said.replaces && !is_named(movie.number));
                let taken_back = others.filter(|movie| opinion(board, voter, movie).is_some());
                let given = said.opinions.iter().map(|(number, opinion)| (*number, Some(*opinion)));
                return Ok(Some(given.chain(taken_back.map(|movie| (movie.number, None))).collect()));
            }
            Err(reason) if can_ask => {
                let _ = context.env.stderr.write(&format!("{reason}\n"));
            }
            Err(reason) => {
                return Err(
                    Failure::new(format!("{voter}: {reason}")).hint(format!("a line such as {example} is understood"))
                );
            }
        }
    }
    Err(Failure::new(format!("{voter}'s answer was not understood"))
        .hint(format!("a line such as {example} is understood")))
}

/// The name of one more person. `None` if there is nobody.
pub fn ask_name(context: &mut Context<'_>) -> Result<Option<VoterName>> {
    loop {
        let Some(line) = read_line(context, "Another name, or Enter: ")? else { return Ok(None) };
        match VoterName::parse(&line) {
            _ if line.trim().is_empty() => return Ok(None),
            Ok(voter) => return Ok(Some(voter)),
            Err(why) => context.env.stderr.write(&format!("{why}\n"))?,
        }
    }
}

/// A line that a person types after a question, or that is piped in. `None` at the end of the input.
pub fn read_line(context: &mut Context<'_>, question: &str) -> Result<Option<String>> {
    if context.can_ask() {
        context.env.stderr.write(question)?;
    }
    let mut line = String::new();
    let length = context.env.stdin.reader.read_line(&mut line)?;
    if length == 0 && context.can_ask() {
        // What comes next begins on a line of its own.
        context.env.stderr.write("\n")?;
    }
    Ok((length > 0).then_some(line))
}
