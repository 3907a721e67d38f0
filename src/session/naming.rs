//! The movies that a command line names: as arguments, or one a line on standard input.

use std::collections::HashSet;
use std::hash::Hash;
use std::io::{BufRead, Read};

use anyhow::{Context, anyhow, bail};

use crate::model::resolve::{Resolver, Unresolved};
use crate::model::{Board, MovieRef};
use crate::session::{Session, fail_on, ranked_board};
use crate::store::Store;

/// More than anyone's list; an endless input must end somewhere.
const MAX_INPUT_BYTES: u64 = 64 << 20;

/// A movie as it was named, and where.
pub struct Named {
    pub movie: MovieRef,
    /// Line on standard input, from 1; none: an argument.
    line: Option<usize>,
}

impl Named {
    /// A word without blanks, as an argument: perhaps part of a title that was not quoted.
    fn is_bare_word(&self) -> bool {
        self.line.is_none() && matches!(&self.movie, MovieRef::Words(words) if !words.contains(char::is_whitespace))
    }

    /// A problem with this movie, saying where it was named.
    pub fn problem(&self, what: impl std::fmt::Display) -> String {
        match self.line {
            Some(line) => format!("line {line}: {what}"),
            None => what.to_string(),
        }
    }
}

/// Reads the movies that were named. `-` stands for standard input, where blank lines and lines
/// that begin with `# ` are passed over.
///
/// # Errors
/// Names every argument and every line that cannot be a movie.
pub fn read(session: &mut Session<'_>, args: &[String]) -> anyhow::Result<Vec<Named>> {
    let mut named = Vec::new();
    let mut problems = Vec::new();
    let mut add = |text: &str, line: Option<usize>| match MovieRef::parse(text) {
        Ok(movie) => named.push(Named { movie, line }),
        Err(why) => problems.push(match line {
            Some(line) => format!("line {line}: {why}"),
            None => why,
        }),
    };
    for arg in args {
        if arg != "-" {
            add(arg, None);
            continue;
        }
        for (at, line) in input_lines(session)?.iter().enumerate() {
            let number = Some(at + 1);
            match std::str::from_utf8(line).map(str::trim) {
                Ok(line) if line.is_empty() || line == "#" || line.starts_with("# ") => {}
                Ok(line) => add(line, number),
                Err(_) => add("", number),
            }
        }
    }
    if args.iter().any(|a| a == "-") && !problems.is_empty() {
        problems.push("nothing was stored".into());
    }
    fail_on(&problems)?;
    Ok(named)
}

fn input_lines(session: &mut Session<'_>) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut input = (&mut session.env.stdin.reader).take(MAX_INPUT_BYTES);
    let lines = (&mut input).split(b'\n').collect::<std::io::Result<_>>();
    let lines = lines.context("cannot read standard input")?;
    if input.limit() == 0 {
        bail!("standard input has more than 64 MiB: nothing was stored");
    }
    Ok(lines)
}

/// One movie from all the words of a command line.
///
/// # Errors
/// They cannot name a movie.
pub fn phrase(words: &[String]) -> anyhow::Result<MovieRef> {
    MovieRef::parse(&words.join(" ")).map_err(|why| anyhow!("{why}"))
}

/// The board in its order, and the movies on it that were named, each once, as indices.
///
/// # Errors
/// Names every movie that is not, or not clearly, on the board.
pub fn on_board(named: &[Named], store: &mut Store) -> anyhow::Result<(Board, Vec<usize>)> {
    let board = ranked_board(store)?;
    let resolver = Resolver::new(&board.proposals);
    let chosen = resolve(named, |movie| resolver.find(movie))?;
    Ok((board, chosen))
}

/// What `find` knows of the movies that were named, each once. Words that follow each other are tried
/// as one title first, then one by one: `the godfather`, `heat alien`.
///
/// # Errors
/// Names every movie that is not, or not clearly, found.
pub fn resolve<T: Copy + Eq + Hash>(
    named: &[Named],
    find: impl Fn(&MovieRef) -> Result<T, Unresolved>,
) -> anyhow::Result<Vec<T>> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for run in named.chunk_by(|a, b| a.is_bare_word() && b.is_bare_word()) {
        let apart: Vec<_> = run.iter().map(|movie| (movie, find(&movie.movie))).collect();
        let together = match run {
            [_, _, ..] => Some(find(&joined(run))),
            _ => None,
        };
        match together {
            Some(Ok(movie)) => found.push(movie),
            // What is meant is more likely one title with a slip than several with one.
            Some(Err(why)) if apart.iter().any(|(_, result)| result.is_err()) => problems.push(why.to_string()),
            _ => {
                for (movie, result) in apart {
                    match result {
                        Ok(one) => found.push(one),
                        Err(why) => problems.push(movie.problem(why)),
                    }
                }
            }
        }
    }
    fail_on(&problems)?;
    let mut seen = HashSet::new();
    found.retain(|movie| seen.insert(*movie));
    Ok(found)
}

/// Movies to propose: bare words that follow each other, and numbers after them, are one search.
pub fn phrases(named: Vec<Named>) -> Vec<Named> {
    let mut phrases: Vec<Named> = Vec::new();
    let mut open = false;
    for movie in named {
        let goes_on =
            open && (movie.is_bare_word() || matches!(movie.movie, MovieRef::Number(_)) && movie.line.is_none());
        open = goes_on || movie.is_bare_word();
        match phrases.last_mut() {
            Some(last) if goes_on => {
                last.movie = MovieRef::Words(format!("{} {}", last.movie, movie.movie));
            }
            _ => phrases.push(movie),
        }
    }
    phrases
}

fn joined(run: &[Named]) -> MovieRef {
    let words: Vec<String> = run.iter().map(|n| n.movie.to_string()).collect();
    MovieRef::Words(words.join(" "))
}
