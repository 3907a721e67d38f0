//! `movienight ballot`: takes ballots at one keyboard, from lines of answers, or from the group's chat.

mod chat;
mod chat_memory;
mod chat_names;
mod chat_people;
#[cfg(unix)]
mod keyboard;
mod lines;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::vote::too_many_noes;
use crate::context::{Context, parse_names, ranked_board};
use crate::model::change::{Action, Ballot, OpinionsStored};
use crate::model::{Board, Opinion, Proposal, ProposalNumber, VoterName};
use crate::store::{OpenMode, Store};
use crate::user_error::{UserError, fail};
use crate::view::format::and;

/// Take ballots in turn at one keyboard, or from the chat
///
/// Each person in turn votes on one screen that lists all movies.
#[derive(Args, Debug)]
#[command(after_long_help = "\
A line of answers names movies by numbers or titles: 2 4♥ not 3 means yes to 2 and 4, 4 is \
the favourite, and no to 3. \"only\" takes back everything else.

From a chat, a message counts only if everything in it is understood. WhatsApp, Signal, \
Telegram and Discord are read, and lines such as Ben: 2 4♥ not 3. Only messages \
after the last list from movienight page --markdown count.

Examples:
  movienight ballot Ana Ben Cleo
  printf '2 4♥ not 3\\n1\\n' | movienight ballot Ana Ben
  movienight ballot --chat
  movienight ballot --chat thread.txt --dry-run")]
pub struct BallotArgs {
    /// People to take ballots from, in turn [default: you]
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Read ballots from a chat file, or from pasted text
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-", conflicts_with = "names")]
    pub chat: Option<PathBuf>,
    /// Count only chat messages from this day or time on
    #[arg(long, value_name = "WHEN", requires = "chat")]
    pub since: Option<String>,
    /// Map a name in the chat to a voter, or add it as a voter
    #[arg(long = "name", value_name = "CHAT[=VOTER]", requires = "chat")]
    pub chat_names: Vec<String>,
    /// Store the ballots from the chat without asking
    #[arg(long, requires = "chat", conflicts_with = "dry_run")]
    pub yes: bool,
    /// Show the ballots from the chat, and store nothing
    #[arg(long, requires = "chat")]
    pub dry_run: bool,
    /// Ask each person for one line of answers
    #[arg(long, conflicts_with = "chat")]
    pub plain: bool,
}

pub fn run(context: &mut Context<'_>, args: &BallotArgs) -> Result<()> {
    if let Some(file) = &args.chat {
        return chat::run(context, args, file);
    }
    let names = match args.names.is_empty() {
        true => vec![context.voter()?],
        false => parse_names(args.names.iter().map(String::as_str))?,
    };
    let mut store = context.open_existing(OpenMode::Write)?;
    let board = ballot_board(&mut store)?;
    if board.proposals.is_empty() {
        return fail("the board is empty", "movienight propose MOVIE puts one on it");
    }
    let names = match context.can_ask() && !args.names.is_empty() {
        true => names.into_iter().map(|name| context.confirm_name(name, &board)).collect::<Result<_>>()?,
        false => names,
    };
    let mut finished = Vec::new();
    let ended = take_turns(context, &mut store, args, names, &mut finished);
    let changed = finished.iter().filter(|(_, is_changed)| *is_changed);
    let stored = and(&changed.map(|(voter, _)| voter.as_str()).collect::<Vec<_>>());
    if let Err(error) = ended {
        let what = if stored.is_empty() { "nothing was stored".to_owned() } else { format!("stored: {stored}") };
        context.note(&format!("Stopped; {what}"));
        return Err(error);
    }
    let board = ballot_board(&mut store)?;
    if context.options.json {
        context.answer(&document(&board, &finished), &[])?;
    }
    if !stored.is_empty() {
        let without = finished.iter().filter(|(_, is_changed)| !is_changed).map(|(voter, _)| voter);
        note_next_step(context, &board, without);
    }
    Ok(())
}

/// Prints a note on the next step: `pick`, or who has not voted. `without` are people whose turn changed nothing.
fn note_next_step<'a>(context: &mut Context<'_>, board: &'a Board, without: impl Iterator<Item = &'a VoterName>) {
    let everybody = board.everybody(context.now).len();
    let newcomers = without.filter(|voter| board.voter(voter.key()).is_none()).map(VoterName::as_str);
    let missing: Vec<&str> = board.missing(context.now).into_iter().chain(newcomers).collect();
    let reveal = if board.is_hidden() { " --reveal" } else { "" };
    let text = match missing[..] {
        [] if everybody < 2 => return,
        [] => format!("Everybody has voted: movienight pick{reveal}"),
        _ => format!("Not voted tonight: {}", and(&missing)),
    };
    context.note_as("missing", missing, &text);
}

/// Takes the ballots of these people and then, if the command line named nobody, of others who give their names. Adds
/// each person who has finished to `finished`, with true if their ballot changed anything.
fn take_turns(
    context: &mut Context<'_>,
    store: &mut Store,
    args: &BallotArgs,
    names: Vec<VoterName>,
    finished: &mut Vec<(VoterName, bool)>,
) -> Result<()> {
    let is_dumb = context.env.var("TERM").is_none_or(|term| term == "dumb");
    let by_keys = cfg!(unix) && context.can_ask() && !args.plain && !context.is_plain() && !is_dumb;
    let people = names.len();
    let is_round = by_keys && people > 1;
    let mut names = names.into_iter();
    let mut again = None;
    loop {
        let voter = match again.take().or_else(|| names.next()) {
            None if args.names.is_empty() && context.can_ask() => lines::ask_name(context, &ballot_board(store)?)?,
            next => next,
        };
        let Some(voter) = voter else { return Ok(()) };
        let turn = finished.len() + 1;
        let question = format!("{voter}, your turn ({turn} of {people}). Press Enter: ");
        let board = ballot_board(store)?;
        if is_round && context.ask(&question)?.is_none() {
            return Ok(());
        }
        let ballot = match by_keys {
            #[cfg(unix)]
            true => Some(keyboard::ballot(context, &board, &voter)?),
            _ => lines::ballot(context, &board, &voter)?,
        };
        let Some(ballot) = ballot else {
            if !context.can_ask() {
                let left: Vec<String> = std::iter::once(voter).chain(names).map(|voter| voter.to_string()).collect();
                context.note(&format!("No answers from {}", and(&left)));
            }
            return Ok(());
        };
        let is_empty = ballot.is_empty();
        let sentences = match store_ballot(context, store, &board, ballot) {
            // The same person tries again, and the others still get their turn.
            Err(error) if context.can_ask() && error.is::<UserError>() => {
                context.warn(&error.downcast::<UserError>()?);
                again = Some(voter);
                continue;
            }
            stored => stored?,
        };
        if !context.options.json {
            context.answer(&(), &sentences)?;
        }
        // The names of a round were confirmed before it started.
        if !is_empty && !is_round {
            context.note_newcomer(&voter, &voter, &board);
        }
        finished.push((voter, !is_empty));
    }
}

/// Returns the current opinions of these people as a JSON document.
fn document(board: &Board, people: &[(VoterName, bool)]) -> Value {
    let view = |(voter, _): &(VoterName, bool)| {
        let opinions = board.proposals.iter().filter_map(|movie| Some((movie.number, opinion(board, voter, movie)?)));
        ballot_document(voter, &opinions.collect::<Vec<_>>())
    };
    let stored = people.iter().any(|(_, is_changed)| *is_changed);
    json!({ "ballots": people.iter().map(view).collect::<Vec<_>>(), "not_understood": [], "stored": stored })
}

/// Returns a person's ballot as JSON: the numbers of the movies by opinion, in the order of `opinions`.
fn ballot_document(voter: &VoterName, opinions: &[(ProposalNumber, Opinion)]) -> Value {
    let with = |wanted: fn(Opinion) -> bool| -> Vec<i64> {
        opinions.iter().filter(|(_, opinion)| wanted(*opinion)).map(|(number, _)| number.0).collect()
    };
    let favorite = with(|opinion| opinion == Opinion::Favorite);
    let (yes, no) = (with(Opinion::is_yes), with(|opinion| opinion == Opinion::No));
    json!({ "voter": voter.as_str(), "yes": yes, "favorite": favorite.first(), "no": no })
}

/// Reads the board for ballots: sorted by number, which reveals nothing about votes.
fn ballot_board(store: &mut Store) -> Result<Board> {
    let mut board = ranked_board(store)?;
    board.proposals.sort_by_key(|movie| movie.number);
    Ok(board)
}

fn opinion(board: &Board, voter: &VoterName, movie: &Proposal) -> Option<Opinion> {
    movie.opinions.of(board.voter(voter.key())?)
}

/// Returns the ballot that follows from what a person said. With `replaces`, it takes back everything else.
fn ballot_of<O>(board: &Board, voter: VoterName, said: &[(ProposalNumber, O)], replaces: bool) -> Ballot
where
    O: Copy + Into<Option<Opinion>>,
{
    // The same answers as on an earlier evening count as a new vote.
    let is_renewed = board.voter(voter.key()).is_some_and(|at| !board.has_voted(at));
    let changes = board.proposals.iter().filter_map(|movie| {
        let given = said.iter().find(|(number, _)| *number == movie.number);
        let new = given.map(|(_, opinion)| (*opinion).into()).or(replaces.then_some(None))?;
        let is_change = new != opinion(board, &voter, movie) || new.is_some() && is_renewed;
        is_change.then_some((movie.number, new))
    });
    let opinions: Vec<_> = changes.collect();
    // Hidden votes are not on this board, so only the store can take them back. Visible ones are in `opinions`.
    let replaces = replaces && board.is_hidden() && !opinions.is_empty();
    Ballot { voter, opinions, taken_back: Vec::new(), replaces, seen: Vec::new() }
}

/// Returns true if a person has answers that the ballot does not show.
fn hides_answers(board: &Board, voter: &VoterName) -> bool {
    board.is_hidden() && board.voter(voter.key()).is_some_and(|at| board.voters[at].last_opinion.is_some())
}

/// Stores a ballot as a change by its voter. Returns sentences about it.
///
/// # Errors
/// Fails if there would be too many noes, or the database cannot be written.
fn store_ballot(context: &Context<'_>, store: &mut Store, board: &Board, ballot: Ballot) -> Result<Vec<String>> {
    let voter = ballot.voter.clone();
    if ballot.is_empty() {
        return Ok(vec![format!("{voter}'s votes are unchanged")]);
    }
    match store.set_opinions(&voter, context.now, Action::Ballot, &[ballot])? {
        OpinionsStored::TooManyNoes(voter, noes) => Err(too_many_noes(context, &voter, board, &noes).into()),
        OpinionsStored::Done { gone, .. } => {
            Ok(std::iter::once(format!("Stored the ballot of {voter}")).chain(gone_sentence(board, &gone)).collect())
        }
    }
}

/// Returns a sentence about movies that have left the board meanwhile. `None` if there are none.
fn gone_sentence(board: &Board, gone: &[ProposalNumber]) -> Option<String> {
    let names = board.proposals.iter().filter(|movie| gone.contains(&movie.number)).map(Proposal::name);
    let names: Vec<String> = names.collect();
    (!gone.is_empty()).then(|| format!("Not stored, because no longer on the board: {}", and(&names)))
}
