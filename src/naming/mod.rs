//! The movies that a command line names: as arguments, or one a line on standard input.
//!
//! Arguments that are each an id, a link, a number on the board, or quoted words are a movie each. All others are one
//! phrase together: `vote 3 idiots` means one movie, and never two. What can be read in two ways is asked or refused.

pub mod bulk;
pub mod choose;
pub mod off_board;
pub mod search;

use std::collections::HashSet;
use std::io::Read;
use std::rc::Rc;

use anyhow::{Context as _, Result};

use self::off_board::OffBoard;
use crate::catalog::Fit;
use crate::context::{Context, ranked_board};
use crate::failure::{Failure, Failures};
use crate::model::resolve::{Resolution, Resolver};
use crate::model::text::quoted;
use crate::model::{Board, ImdbId, MovieRef, Proposal, ProposalStatus};
use crate::render::cells::truncate_before;
use crate::render::style::Tone;
use crate::render::table::{Cell, Column, Shrink, table};
use crate::store::Store;

/// More than anyone's list; an endless input must end somewhere.
const MAX_INPUT_BYTES: u64 = 64 << 20;
/// Movies that an error lists by name.
const LISTED: usize = 5;

/// A movie as it was named.
#[derive(Clone, Debug)]
struct Named {
    movie: MovieRef,
    /// The words of a phrase, one an argument.
    words: Vec<String>,
    /// Line on standard input, from 1; none: arguments.
    line: Option<usize>,
}

impl Named {
    /// A failure with this movie, saying where it was named.
    fn failure(&self, failure: Failure) -> Failure {
        match self.line {
            Some(line) => Failure { error: format!("line {line}: {}", failure.error), ..failure },
            None => failure,
        }
    }
}

/// Reads the movies that were named. `-` stands for standard input, where blank lines and lines that begin with `# ` are
/// passed over.
///
/// # Errors
/// Names every argument and every line that cannot be a movie; or nothing was named.
fn read(context: &mut Context<'_>, args: &[String], board: &Resolver<'_>) -> Result<Vec<Named>> {
    let (mut named, mut failures) = (Vec::new(), Vec::new());
    let words: Vec<String> = args.iter().filter(|arg| *arg != "-").cloned().collect();
    match arguments(&words, board) {
        Ok(movies) => named.extend(movies),
        Err(found) => failures.extend(found),
    }
    if words.len() < args.len() {
        let before = named.len() + failures.len();
        read_lines(context, &mut named, &mut failures)?;
        if named.len() + failures.len() == before {
            return Err(Failure::new("standard input names no movie").hint("give one a line").into());
        }
    }
    check(failures, words.len() < args.len())?;
    Ok(named)
}

/// Fails with all failures; of a list on standard input, nothing is stored then.
fn check(mut failures: Vec<Failure>, is_list: bool) -> Result<()> {
    if is_list && !failures.is_empty() {
        failures.push(Failure::new("nothing was stored"));
    }
    Failures::check(failures)
}

fn read_lines(context: &mut Context<'_>, named: &mut Vec<Named>, failures: &mut Vec<Failure>) -> Result<()> {
    let mut input = Vec::new();
    let mut reader = (&mut context.env.stdin.reader).take(MAX_INPUT_BYTES);
    reader.read_to_end(&mut input).context("cannot read standard input")?;
    if reader.limit() == 0 {
        return Err(Failure::new("standard input has more than 64 MiB, so nothing was stored").into());
    }
    for (at, line) in input.split(|byte| *byte == b'\n').enumerate() {
        let of_line = |failure: Failure| Failure { error: format!("line {}: {}", at + 1, failure.error), ..failure };
        match std::str::from_utf8(line).map(|line| line.trim_start_matches('\u{feff}').trim()) {
            Ok(line) if line.is_empty() || line == "#" || line.starts_with("# ") => {}
            Ok(line) => match MovieRef::parse(line) {
                Ok(movie) => named.push(Named { movie, words: Vec::new(), line: Some(at + 1) }),
                Err(failure) => failures.push(of_line(failure)),
            },
            Err(_) => failures.push(of_line(
                Failure::new("is not UTF-8 text").hint("convert the list, for example with iconv -f latin1 -t utf-8"),
            )),
        }
    }
    Ok(())
}

/// Arguments as movies: one each, or one phrase together.
fn arguments(args: &[String], board: &Resolver<'_>) -> Result<Vec<Named>, Vec<Failure>> {
    let (movies, failures): (Vec<_>, Vec<_>) = args.iter().map(|arg| MovieRef::parse(arg)).partition(Result::is_ok);
    let failures: Vec<Failure> = failures.into_iter().filter_map(Result::err).collect();
    if !failures.is_empty() {
        // `1, 2` is two arguments: what is wrong with them is told of all.
        let with_commas = args.iter().any(|arg| arg.contains(',')).then(|| MovieRef::parse(&args.join(" ")));
        return Err(with_commas.and_then(Result::err).map_or(failures, |failure| vec![failure]));
    }
    let movies: Vec<MovieRef> = movies.into_iter().filter_map(Result::ok).collect();
    let stands_alone = |(movie, arg): (&MovieRef, &String)| match movie {
        MovieRef::Id(_) => true,
        MovieRef::Number(number, _) => board.with_number(*number).is_some(),
        MovieRef::Words(_) => arg.contains(char::is_whitespace) || arg.contains("://"),
    };
    let all_numbers = movies.iter().all(|movie| matches!(movie, MovieRef::Number(..)));
    if args.len() <= 1 || all_numbers || movies.iter().zip(args).all(stands_alone) {
        return Ok(movies.into_iter().map(|movie| Named { movie, words: Vec::new(), line: None }).collect());
    }
    phrase(args, &movies, board).map(|named| vec![named]).map_err(|failure| vec![failure])
}

/// All arguments as one phrase. An id among words may be a movie of its own, or pasted with its title; words around a
/// link are passed over, unless they name a movie as well.
fn phrase(args: &[String], movies: &[MovieRef], board: &Resolver<'_>) -> Result<Named, Failure> {
    let is_id = |movie: &MovieRef| matches!(movie, MovieRef::Id(_));
    let words = args.join(" ");
    if movies.iter().any(is_id) {
        let rest: Vec<&str> = args.iter().zip(movies).filter(|(_, m)| !is_id(m)).map(|(arg, _)| arg.as_str()).collect();
        let has_link = args.iter().zip(movies).any(|(arg, movie)| is_id(movie) && arg.contains('/'));
        let names_nothing = matches!(board.phrase(&rest.join(" ")), Resolution::None(_));
        if !(has_link && names_nothing) {
            return Err(Failure::new(format!("{} mixes an id and words", quoted(&words)))
                .hint("name one movie at a time, or put the words in quotes"));
        }
        return Ok(Named { movie: MovieRef::parse(&words)?, words: Vec::new(), line: None });
    }
    let phrase = args.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Named { movie: MovieRef::Words(phrase), words: args.to_vec(), line: None })
}

/// A movie that was named.
#[derive(Clone)]
pub enum Found {
    /// A movie on the board, by its index.
    OnBoard(usize),
    /// A movie that was watched or withdrawn, by its index among those.
    OffBoard(Rc<Board>, usize),
    /// A title that is not on the board.
    Title(ImdbId),
}

impl Found {
    /// The proposal. `None` if it is only a title.
    pub fn proposal<'a>(&'a self, board: &'a Board) -> Option<&'a Proposal> {
        match self {
            Self::OnBoard(at) => Some(&board.proposals[*at]),
            Self::OffBoard(board, at) => Some(&board.proposals[*at]),
            Self::Title(_) => None,
        }
    }
}

/// Where a movie may be that is not on the board.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Nowhere.
    Board,
    /// Among the withdrawn movies.
    Withdrawn,
    /// In the history, among the withdrawn movies or, by its id, nowhere yet.
    Everything,
    /// Anywhere, for a proposal. Words are a whole title on the board, or a search.
    Proposable,
}

/// The board in its order, and the movies on it that were named, each once, as indices.
///
/// # Errors
/// Names every movie that is not, or not clearly, on the board.
pub fn on_board(context: &mut Context<'_>, store: &mut Store, args: &[String]) -> Result<(Board, Vec<usize>)> {
    let (board, found) = resolve(context, Some(store), args, Scope::Board)?;
    let place = |found: &Found| if let Found::OnBoard(at) = found { Some(*at) } else { None };
    Ok((board, found.iter().filter_map(place).collect()))
}

/// The board in its order, and the movies that were named, each once. Without a database there is nothing but ids.
///
/// # Errors
/// Names every movie that is not, or not clearly, found.
pub fn resolve(
    context: &mut Context<'_>,
    mut store: Option<&mut Store>,
    args: &[String],
    scope: Scope,
) -> Result<(Board, Vec<Found>)> {
    let board = store.as_deref_mut().map(ranked_board).transpose()?.unwrap_or_default();
    let resolver = Resolver::new(&board.proposals);
    let named = read(context, args, &resolver)?;
    let (mut all, mut failures, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    let mut finder = Finder { context, off_board: OffBoard::new(store), board: &board, resolver: &resolver, scope };
    for movie in &named {
        match finder.find(movie) {
            Ok(Some(found)) => {
                let number = found.proposal(&board).map(|proposal| proposal.number);
                let id = if let Found::Title(id) = found { Some(id) } else { None };
                if seen.insert((number, id)) {
                    all.push(found);
                }
            }
            Ok(None) => {}
            Err(error) => failures.push(movie.failure(error.downcast::<Failure>()?)),
        }
    }
    check(failures, named.iter().any(|named| named.line.is_some()))?;
    Ok((board, all))
}

/// Finds one movie after the other.
struct Finder<'f, 'c> {
    context: &'f mut Context<'c>,
    off_board: OffBoard<'f>,
    board: &'f Board,
    resolver: &'f Resolver<'f>,
    scope: Scope,
}

impl Finder<'_, '_> {
    /// The movie that is meant. `None` if the person wants none of those that may be meant.
    fn find(&mut self, named: &Named) -> Result<Option<Found>> {
        let resolution = self.resolution(&named.movie);
        match resolution {
            Resolution::One(place) => return Ok(Some(Found::OnBoard(place))),
            Resolution::Several(places) => {
                return ask(self.context, self.board, named, &places).map(|place| Some(Found::OnBoard(place)));
            }
            Resolution::None(_) => {}
        }
        if let Some(found) = self.elsewhere(&named.movie)? {
            return Ok(Some(found));
        }
        let gone = match &named.movie {
            MovieRef::Number(_, words) | MovieRef::Words(words)
                if self.scope == Scope::Proposable && !words.starts_with('#') =>
            {
                let chosen = search::choose(self.context, self.off_board.store(), words)?;
                return Ok(chosen.map(Found::Title));
            }
            // Words that resemble a movie on the board more likely mean that one.
            MovieRef::Words(_) if resolution != Resolution::None(None) => None,
            movie => self.off_board.failure(movie, &self.context.env.zone)?,
        };
        Err(gone.unwrap_or_else(|| not_found(self.context, self.board, self.resolver, named)).into())
    }

    /// The movies on the board that may be meant.
    fn resolution(&self, movie: &MovieRef) -> Resolution {
        match movie {
            MovieRef::Number(number, text) if self.scope == Scope::Proposable => self.resolver.numbered(*number, text),
            MovieRef::Words(words) if self.scope == Scope::Proposable => match self.resolver.whole(words)[..] {
                [place] => Resolution::One(place),
                _ => Resolution::None(None),
            },
            movie => self.resolver.movie(movie),
        }
    }

    /// The movie where it may be beside the board.
    fn elsewhere(&mut self, movie: &MovieRef) -> Result<Option<Found>> {
        use ProposalStatus::{Watched, Withdrawn};
        let found = match (self.scope, movie) {
            (Scope::Board, _) | (Scope::Proposable, MovieRef::Id(_)) => None,
            (Scope::Withdrawn, _) => self.off_board.find(movie, &[Withdrawn])?,
            (Scope::Everything, _) => self.off_board.find(movie, &[Watched, Withdrawn])?,
            // Withdrawn first: a movie that was watched and proposed again has two numbers.
            (Scope::Proposable, MovieRef::Number(..)) => self.off_board.find(movie, &[Withdrawn, Watched])?,
            // No search finds a title of the group's own.
            (Scope::Proposable, MovieRef::Words(words)) => self.off_board.own_title(words)?,
        };
        match (self.scope, movie) {
            (Scope::Everything | Scope::Proposable, MovieRef::Id(id)) => Ok(found.or(Some(Found::Title(*id)))),
            _ => Ok(found),
        }
    }
}

/// Asks which of several movies on the board is meant.
fn ask(context: &mut Context<'_>, board: &Board, named: &Named, places: &[usize]) -> Result<usize> {
    let movies: Vec<&Proposal> = places.iter().map(|&place| &board.proposals[place]).collect();
    if !context.can_ask() || named.line.is_some() || places.len() > 2 * LISTED {
        let names: Vec<String> =
            movies.iter().take(LISTED).map(|p| format!("{} (number {})", p.name(), p.number)).collect();
        let more = match movies.len().saturating_sub(LISTED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let what = quoted(&named.movie.to_string());
        return Err(Failure::new(format!(
            "{what} matches {} movies on the board: {}{more}",
            movies.len(),
            names.join(", ")
        ))
        .hint("say more of the title, or its number")
        .into());
    }
    let columns = [
        Column::right("#", |p: &&Proposal| p.number.to_string().into()),
        Column::left("Movie", |p: &&Proposal| Cell::new(p.name(), Tone::Plain)).shrinks(1, Shrink::To(8)).shortened(
            |p, max| truncate_before(&p.title(), &p.year().map(|y| format!(" ({y})")).unwrap_or_default(), max),
        ),
        Column::right("Votes", |p: &&Proposal| p.opinions.yes().count().to_string().into()),
    ];
    let list = table(&columns, &movies, |_| Tone::Plain, context.error_screen());
    let keys: Vec<i64> = movies.iter().map(|p| p.number.0).collect();
    let chosen = choose::ask(context, &list, &keys)?.map(|at| places[at]);
    Ok(chosen.ok_or_else(|| Failure::new("none of them was chosen, so nothing was done"))?)
}

/// Why a movie was not found, with the next step.
fn not_found(context: &mut Context<'_>, board: &Board, resolver: &Resolver<'_>, named: &Named) -> Failure {
    match &named.movie {
        MovieRef::Id(id) => {
            Failure::new(format!("{id} is not on the board")).hint(format!("movienight propose {id} puts it there"))
        }
        MovieRef::Number(_, text) => no_number(text),
        MovieRef::Words(words) => {
            let separate = separate(&named.words, resolver);
            let failure = Failure::new(format!("no movie on the board matches {}", quoted(words)));
            match resolver.phrase(words) {
                _ if board.proposals.is_empty() => {
                    Failure::new("the board is empty").hint("movienight propose puts a movie on it")
                }
                _ if separate => Failure::new(format!("{} may be several movies", quoted(words)))
                    .hint(format!("name one at a time: {}", and_quoted(&named.words))),
                Resolution::None(Some(near)) => failure.hint(format!("did you mean {}?", board.proposals[near].name())),
                _ => failure.hint(match likely(context, words) {
                    Some((title, id)) => format!("did you mean {title}? movienight propose {id} puts it there"),
                    None => "movienight vote shows the board".to_owned(),
                }),
            }
        }
    }
}

/// The failure of a number that was never given.
fn no_number(text: &str) -> Failure {
    let number = text.trim_start_matches('#');
    Failure::new(format!("there is no number {number} on the board")).hint("movienight vote shows it")
}

/// The title of the catalogue that words most likely mean, and its id.
fn likely(context: &mut Context<'_>, words: &str) -> Option<(String, ImdbId)> {
    let hits = context.in_catalog(|catalog| catalog.search(words, 1))?;
    hits.first().filter(|hit| hit.fit >= Fit::Good).map(|hit| (hit.title.with_years(), hit.title.id))
}

/// Each word by itself is a whole title, or a number on the board.
fn separate(words: &[String], resolver: &Resolver<'_>) -> bool {
    let stands_alone = |word: &String| match MovieRef::parse(word) {
        Ok(MovieRef::Number(number, _)) => resolver.with_number(number).is_some(),
        Ok(MovieRef::Words(words)) => matches!(resolver.phrase(&words), Resolution::One(_)),
        _ => false,
    };
    words.len() > 1 && words.iter().all(stands_alone)
}

fn and_quoted(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", then ")
}
