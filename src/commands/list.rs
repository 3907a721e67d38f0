//! The movies that a command line names: as arguments, or one a line on standard input.

use std::io::{BufRead, Read};

use anyhow::{Context, Result, bail};

use super::session::{Session, fail_on};
use crate::model::MovieRef;
use crate::model::resolve::Resolver;

/// More than anyone's list; an endless input must end somewhere.
const MAX_INPUT_BYTES: u64 = 64 << 20;

/// A movie as it was named, and where.
pub struct Named {
    pub movie: MovieRef,
    /// Line on standard input, from 1; none: an argument.
    line: Option<usize>,
}

impl Named {
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
pub fn read(session: &mut Session<'_>, args: &[String]) -> Result<Vec<Named>> {
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

fn input_lines(session: &mut Session<'_>) -> Result<Vec<Vec<u8>>> {
    let mut input = (&mut session.env.stdin.reader).take(MAX_INPUT_BYTES);
    let lines = (&mut input).split(b'\n').collect::<std::io::Result<_>>();
    let lines = lines.context("cannot read standard input")?;
    if input.limit() == 0 {
        bail!("standard input has more than 64 MiB: nothing was stored");
    }
    Ok(lines)
}

/// The proposals that were named, each once, as indices into the board.
///
/// # Errors
/// Names every movie that is not, or not clearly, on the board.
pub fn resolve(named: &[Named], resolver: &Resolver<'_>) -> Result<Vec<usize>> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for movie in named {
        match resolver.find(&movie.movie) {
            Ok(index) if seen.insert(index) => found.push(index),
            Ok(_) => {}
            Err(why) => problems.push(movie.problem(why)),
        }
    }
    fail_on(&problems)?;
    Ok(found)
}
