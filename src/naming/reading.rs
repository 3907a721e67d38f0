//! Chooses among the readings of ambiguous text.

use std::collections::HashSet;

use anyhow::Result;

use super::find::Finder;
use super::{FoundMovie, Scope, choose};
use crate::model::Proposal;
use crate::model::text::quoted;
use crate::user_error::UserError;

/// The number of readings that an error lists. Up to twice as many become a question.
const MAX_LISTED: usize = 5;

impl Finder<'_, '_> {
    /// Asks which of several readings is meant. A reading is a list of movies.
    ///
    /// # Errors
    /// Fails if none is chosen. If nobody can be asked or there are too many, shows the first with their commands.
    pub fn choose(&mut self, typed: &str, readings: &[Vec<FoundMovie>]) -> Result<Vec<FoundMovie>> {
        let names: Vec<String> = readings.iter().map(|reading| self.name(reading)).collect();
        if !self.can_ask || readings.len() > 2 * MAX_LISTED {
            let commands = readings.iter().take(MAX_LISTED).map(|reading| self.command(reading)).collect::<Vec<_>>();
            let more = match readings.len().saturating_sub(MAX_LISTED) {
                0 => String::new(),
                more => format!(", or one of {more} more"),
            };
            let names = names[..commands.len()].join(" or ");
            let mut seen = HashSet::new();
            let movies = readings.iter().flatten().map(|found| found.short(self.board));
            let movies = movies.filter(|movie| seen.insert((movie.number, movie.imdb_id.clone())));
            return Err(UserError::new(format!("{} may mean {names}{more}", quoted(typed)))
                .candidates(movies)
                .hint(commands.join(" or "))
                .into());
        }
        // The numbers on the board are the keys, `1 3` for both, because other numbers would mean other movies there.
        let number = |found: &FoundMovie| found.proposal(self.board).map(|movie| movie.number.0);
        let numbers = |reading: &Vec<FoundMovie>| reading.iter().map(number).collect::<Option<Vec<i64>>>();
        let keys: Option<Vec<String>> = readings.iter().map(|reading| numbers(reading).map(choose::key)).collect();
        let keys = keys.unwrap_or_else(|| choose::keys(readings.len()));
        let width = keys.iter().map(String::len).max().unwrap_or(0) + 2;
        let list: String = keys.iter().zip(&names).map(|(key, name)| format!("{key:>width$}  {name}\n")).collect();
        match choose::ask(self.context, &list, &keys, false)?.one() {
            Some(at) => Ok(readings[at].clone()),
            None => Err(UserError::new("nothing chosen, nothing changed").into()),
        }
    }

    /// Returns the names of the movies of a reading, such as `Heat (1995) and Alien (1979)`.
    pub fn name(&self, reading: &[FoundMovie]) -> String {
        reading.iter().map(|found| found.short(self.board).name).collect::<Vec<_>>().join(" and ")
    }

    /// Returns the command line of this run, with unambiguous arguments for a reading.
    pub fn command(&self, reading: &[FoundMovie]) -> String {
        let arguments = match reading {
            // In a proposal, a number alone may also be a title off the board, so it would be ambiguous again.
            [found] if self.scope == Scope::Proposable => {
                let is_again = self.context.options.command.contains("--again");
                let again = |movie: &Proposal| if movie.watched_at.is_some() && !is_again { "--again " } else { "" };
                found.proposal(self.board).map(|movie| format!("{}'#{}'", again(movie), movie.number))
            }
            _ => None,
        };
        format!(
            "movienight {} {}",
            self.context.options.command,
            arguments.unwrap_or_else(|| self.arguments_of(reading))
        )
    }

    /// Returns the arguments that mean the movies of a reading.
    pub fn arguments_of(&self, reading: &[FoundMovie]) -> String {
        reading.iter().map(|found| self.argument(found)).collect::<Vec<_>>().join(" ")
    }

    /// Returns the argument that means only this movie: its id, `3`, or `'#3'` if a title is called 3.
    pub fn argument(&self, found: &FoundMovie) -> String {
        let number = match found {
            FoundMovie::Title(id) => return id.to_string(),
            found => found.proposal(self.board).map(|movie| movie.number.to_string()).unwrap_or_default(),
        };
        let is_title =
            self.resolver.whole(&number).iter().any(|&place| !matches!(found, FoundMovie::OnBoard(at) if *at == place));
        if is_title { format!("'#{number}'") } else { number }
    }
}
