//! Finds the movies that a command line names: as arguments, or one per line on standard input.
//!
//! If each argument is an id, a link, a number on the board or quoted words, each is a movie. Otherwise all are one
//! phrase: `vote 3 idiots` means one movie, never two. Two readings become a question on a terminal, else an error.

pub mod bulk;
pub mod choose;
pub mod find;
pub mod off_board;
pub mod reading;
pub mod search;

use std::collections::HashSet;
use std::rc::Rc;

use anyhow::{Error, Result};

use self::find::Finder;
use crate::context::{Context, ranked_board};
use crate::lists;
use crate::model::resolve::Resolver;
use crate::model::{Board, ImdbId, MovieRef, Proposal};
use crate::store::{OpenMode, Store};
use crate::user_error::{Code, ShortMovie, UserError, UserErrors, fail};

/// A movie that was named.
#[derive(Clone)]
pub enum FoundMovie {
    /// A movie on the board, by its index.
    OnBoard(usize),
    /// A watched or a withdrawn movie, by its index among all off the board.
    OffBoard(Rc<Board>, usize),
    /// A title that is not on the board.
    Title(ImdbId),
}

impl FoundMovie {
    /// Returns the proposal. `None` if nobody has proposed the title.
    pub fn proposal<'a>(&'a self, board: &'a Board) -> Option<&'a Proposal> {
        match self {
            Self::OnBoard(at) => Some(&board.proposals[*at]),
            Self::OffBoard(board, at) => Some(&board.proposals[*at]),
            Self::Title(_) => None,
        }
    }

    /// Returns the movie in short, as errors name it.
    pub fn short(&self, board: &Board) -> ShortMovie {
        let id = if let Self::Title(id) = self { Some(*id) } else { None };
        self.proposal(board).map_or_else(|| ShortMovie::new(None, id, None, None), ShortMovie::from)
    }
}

/// Returns the error for an id that IMDb does not know, or has merged into `other`. `command` is for the hint.
pub fn unknown_id(id: ImdbId, other: Option<ImdbId>, command: &str) -> UserError {
    let failure = match other {
        Some(other) => {
            UserError::new(format!("IMDb has merged {id} into {other}")).hint(format!("movienight {command} {other}"))
        }
        None => UserError::new(format!("{id} is unknown to IMDb")).hint("check the id"),
    };
    failure.code(Code::UnknownId)
}

/// Where named movies may be found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// On the board only.
    Board,
    /// On the board, or among the withdrawn movies.
    Withdrawn,
    /// On the board, in the history, among the withdrawn movies or, by its id, any title.
    Everything,
    /// Anything that can be proposed. Words are a whole title on the board, or searched for.
    Proposable,
}

/// The movies that were named, and the errors of names without a movie.
pub struct Named {
    /// The ranked board.
    pub board: Board,
    /// The movies, each once.
    pub found: Vec<FoundMovie>,
    /// The errors for arguments and lines that name no movie, or are ambiguous.
    pub failures: Vec<UserError>,
}

/// Returns the ranked board and the movies that were named, each once. Without a database, only ids are found.
///
/// # Errors
/// Fails with every name that matches no movie or is ambiguous.
pub fn resolve(
    context: &mut Context<'_>,
    store: Option<&mut Store>,
    args: &[String],
    scope: Scope,
) -> Result<(Board, Vec<FoundMovie>)> {
    let named = resolve_all(context, store, args, scope)?;
    check(named.failures, is_list(args))?;
    Ok((named.board, named.found))
}

/// Opens the database for reading. `None` without one at the default location or, with a note, if that fails and all
/// names are ids.
///
/// # Errors
/// Fails if the database is needed and cannot be opened.
pub fn open_if_needed(context: &mut Context<'_>, args: &[String]) -> Result<Option<Store>> {
    let is_id = |arg: &String| {
        MovieRef::parse_all(arg).is_ok_and(|movies| movies.iter().all(|movie| matches!(movie, MovieRef::Id(_))))
    };
    match context.open(OpenMode::Read) {
        Err(_) if args.iter().all(is_id) => {
            // An invalid location is an error in any case.
            context.board_location()?;
            note_unread(context);
            Ok(None)
        }
        opened => opened,
    }
}

/// Prints a note that the board cannot be read.
pub fn note_unread(context: &mut Context<'_>) {
    context.note("The board cannot be read, so it is not known which movies are on it");
}

/// Returns true if movies are read from standard input.
pub fn is_list(args: &[String]) -> bool {
    args.iter().any(|arg| arg == "-")
}

/// Fails with all failures, if there are any. For a list on standard input, adds that nothing was stored.
pub fn check(mut failures: Vec<UserError>, is_list: bool) -> Result<()> {
    if is_list && !failures.is_empty() {
        failures.push(UserError::new("nothing was stored"));
    }
    UserErrors::check(failures)
}

/// Finds the movies that were named, and collects the errors of the others. `-` stands for standard input.
///
/// # Errors
/// Fails if standard input names no movie, or the database cannot be read.
pub fn resolve_all(
    context: &mut Context<'_>,
    mut store: Option<&mut Store>,
    args: &[String],
    scope: Scope,
) -> Result<Named> {
    let board = store.as_deref_mut().map(ranked_board).transpose()?.unwrap_or_default();
    let resolver = Resolver::new(&board.proposals);
    let words: Vec<String> = args.iter().filter(|arg| *arg != "-").cloned().collect();
    let lines = if is_list(args) { read_lines(context)? } else { Vec::new() };
    let can_ask = lines.is_empty() && context.can_ask();
    let mut finder = Finder { context, store, off_board: None, board: &board, resolver: &resolver, scope, can_ask };
    let of_words = (!words.is_empty()).then(|| finder.arguments(&words));
    let of_lines = lines.into_iter().map(|(number, line)| {
        let found = MovieRef::parse_all(&line).map_err(Error::from).and_then(|movies| finder.each(&movies));
        let of_line = |failure: UserError| UserError { error: format!("line {number}: {}", failure.error), ..failure };
        found.or_else(|error| Err(UserErrors(failures_of(error)?.into_iter().map(of_line).collect()).into()))
    });
    let (found, failures) = gather(of_words.into_iter().chain(of_lines))?;
    let mut all = found.concat();
    let mut seen = HashSet::new();
    all.retain(|found| {
        let number = found.proposal(&board).map(|proposal| proposal.number);
        seen.insert((number, if let FoundMovie::Title(id) = found { Some(*id) } else { None }))
    });
    Ok(Named { board, found: all, failures })
}

/// Separates the results from the errors for a person.
///
/// # Errors
/// Fails with the first error of another kind, such as a database that cannot be read.
fn gather<T>(results: impl Iterator<Item = Result<T>>) -> Result<(Vec<T>, Vec<UserError>)> {
    let (mut all, mut failures) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(result) => all.push(result),
            Err(error) => failures.extend(failures_of(error)?),
        }
    }
    Ok((all, failures))
}

/// Returns the errors for a person that an error carries.
///
/// # Errors
/// Returns an error of another kind as it is, such as a database that cannot be read.
fn failures_of(error: Error) -> Result<Vec<UserError>> {
    let one = |error: Error| error.downcast::<UserError>().map(|failure| vec![failure]);
    error.downcast::<UserErrors>().map(|failures| failures.0).or_else(one)
}

/// Reads the lines of standard input that may name a movie, with their numbers from 1.
fn read_lines(context: &mut Context<'_>) -> Result<Vec<(usize, String)>> {
    if context.env.stdin.is_terminal {
        context.note("Reading movies from the terminal, one per line; Ctrl-D ends the list");
    }
    let mut input = lists::read_bytes("standard input", &mut context.env.stdin.reader)?;
    if context.options.null {
        input.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = b'\n');
    }
    let text = lists::decode("standard input", input)?;
    let lines: Vec<(usize, String)> = match lists::with_columns("standard input", &text) {
        Some(list) => list?.rows.into_iter().map(|row| (row.line, row.to_string())).collect(),
        None => {
            let lines = (1..).zip(text.lines());
            lines.filter_map(|(number, line)| Some((number, lists::movie_text(line)?.to_owned()))).collect()
        }
    };
    if lines.is_empty() {
        return fail("no movies on standard input", "write one per line");
    }
    Ok(lines)
}
