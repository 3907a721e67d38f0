//! The options for an evening: when it starts and must end, which movies are wanted, and who is there.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use anyhow::Result;
use clap::Args;
use time::{Time, UtcDateTime};

use super::Context;
use super::people::{parse_names, unknown};
use crate::model::evening::{genre_key, just_passed, next_after, span_of};
use crate::model::spoken_time::{parse_minutes, parse_time_of_day, parse_years};
use crate::model::text::quoted;
use crate::model::{Board, Evening, Proposal, Rating, VoterName, order};
use crate::user_error::{UserErrors, fail};
use crate::view::format::{ago, and, clock};

/// The limits of the evening.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "The evening")]
pub struct EveningArgs {
    /// Start, such as 20:30 [default: now]
    #[arg(long, value_name = "TIME", value_parser = reads(parse_time_of_day, "a time: write it like 20:30"))]
    pub start: Option<Time>,
    /// Latest end, such as 23:00
    #[arg(long, value_name = "TIME", value_parser = reads(parse_time_of_day, "a time: write it like 20:30"))]
    pub by: Option<Time>,
    /// Longest running time, such as 2h10m
    #[arg(long, value_name = "DURATION", value_parser = minutes)]
    pub max: Option<u32>,
    /// Genres to choose from, such as drama,crime
    #[arg(long, value_name = "GENRES", value_delimiter = ',')]
    pub genre: Vec<String>,
    /// Years to choose from, such as 1990-1999
    #[arg(long, value_name = "YEARS", value_parser = reads(parse_years, "a range of years: write it like 1990-1999"), allow_hyphen_values = true)]
    pub years: Option<RangeInclusive<u16>>,
    /// Lowest rating, such as 7
    #[arg(long, value_name = "RATING", value_parser = reads(rating, "a rating: give a number from 1 to 10"))]
    pub rating: Option<Rating>,
    /// Age of the youngest viewer (needs an OMDb key)
    #[arg(long, value_name = "AGE", value_parser = reads(|text| text.parse::<u8>().ok(), "an age: give a number of years"))]
    pub age: Option<u8>,
    /// Leave out movies that someone present has seen
    #[arg(long)]
    pub unseen: bool,
}

/// Returns a value parser for the command line. `what` completes the error: `"five" is not {what}`.
pub fn reads<T: 'static>(
    parse: fn(&str) -> Option<T>,
    what: &'static str,
) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |text| parse(text).ok_or_else(|| format!("{} is not {what}", quoted(text)))
}

/// Parses a running time on the command line into minutes.
pub fn minutes(text: &str) -> Result<u32, String> {
    reads(parse_minutes, "a running time: write it like 2h10m")(text)
}

fn rating(text: &str) -> Option<Rating> {
    text.trim().replace(',', ".").parse().ok().and_then(Rating::new)
}

impl EveningArgs {
    /// Returns the evening that these options describe. Prints a note if it is tomorrow.
    ///
    /// # Errors
    /// Fails if `--by` has just passed and no `--start` says which evening is meant, or if `--genre` is empty.
    pub fn evening(&self, context: &mut Context<'_>) -> Result<Evening> {
        let (zone, now) = (context.env.zone.clone(), context.now);
        let (start, by) = match (self.start, self.by) {
            (Some(start), by) => span_of(start, by, now, &zone),
            (None, Some(by)) => {
                if let Some(passed) = just_passed(by, now, &zone) {
                    let error = format!("--by: {} was {}", clock(passed, &zone), ago(passed, now));
                    return fail(error, "for another evening add --start");
                }
                (now, Some(next_after(by, now, &zone)))
            }
            (None, None) => (now, None),
        };
        let day = |at| zone.local(at).date();
        if self.start.is_some() && start > now && day(start) > day(now) {
            context.note(&format!("The evening is tomorrow, {}, at {}", day(start), clock(start, &zone)));
        }
        let genres: Vec<String> = self.genre.iter().filter(|genre| !genre.trim().is_empty()).cloned().collect();
        if genres.is_empty() && !self.genre.is_empty() {
            return fail("--genre needs at least one genre", "separate genres with commas");
        }
        let (years, rating, age) = (self.years.clone(), self.rating, self.age);
        Ok(Evening { by, max_minutes: self.max, genres, years, rating, age, ..Evening::open_end(start) })
    }

    /// Sorts the board for the evening, with everybody present: movies that are known to fit come first.
    pub fn arrange(&self, board: &mut Board, evening: &mut Evening, now: UtcDateTime) {
        evening.unseen_by = self.unseen_by(board, &[], now);
        if *evening != Evening::open_end(evening.start) {
            order::sort(&mut board.proposals, |movie| evening.fit(movie));
        }
    }

    /// Returns the people who must not have seen a movie: nobody without `--unseen`, else those who are [`present`].
    pub fn unseen_by(&self, board: &Board, here: &[usize], now: UtcDateTime) -> Vec<usize> {
        if self.unseen { present(board, here, now) } else { Vec::new() }
    }

    /// Returns true if `--start`, `--by` or `--max` is given.
    pub fn asks_for_times(&self) -> bool {
        self.start.is_some() || self.by.is_some() || self.max.is_some()
    }
}

/// Prints a note about wanted genres that no movie on the board has, because they may be misspelt.
pub fn note_unknown_genres(context: &mut Context<'_>, board: &Board, evening: &Evening) {
    let genres: BTreeSet<&str> = board.proposals.iter().flat_map(Proposal::genres).map(String::as_str).collect();
    let is_unknown = |wanted: &&String| genres.iter().all(|genre| genre_key(genre) != genre_key(wanted));
    let unknown: Vec<String> = evening.genres.iter().filter(is_unknown).map(|genre| quoted(genre)).collect();
    if !unknown.is_empty() && !genres.is_empty() {
        let genres = and(&genres.iter().collect::<Vec<_>>());
        let unknown = unknown.join(" or ");
        context.note(&format!("No movie on the board has the genre {unknown}; the genres are {genres}"));
    }
}

/// Returns the people in `here`, or everybody if it is empty.
pub fn present(board: &Board, here: &[usize], now: UtcDateTime) -> Vec<usize> {
    if here.is_empty() { board.everybody(now) } else { here.to_vec() }
}

/// Parses the names that `--here` lists, and drops repeated ones.
///
/// # Errors
/// Fails if a name is invalid, or `--here` is given without one.
pub fn names(here: &[String]) -> Result<Vec<VoterName>> {
    let names = parse_names(here.iter().map(String::as_str).filter(|name| !name.trim().is_empty()))?;
    if names.is_empty() && !here.is_empty() {
        return fail("--here needs at least one name", "separate names with commas");
    }
    Ok(names)
}

/// Returns the people with these names, as indices into the board's voters.
///
/// # Errors
/// Fails with every name that is unknown to the group: a misspelled name must not leave out a vote.
pub fn here(names: &[VoterName], board: &Board) -> Result<Vec<usize>> {
    let mut here = Vec::new();
    let mut failures = Vec::new();
    for name in names {
        match board.voter(name.key()) {
            Some(voter) => here.push(voter),
            None => failures.push(unknown(&format!("--here: no voter is called {name}"), name, board)),
        }
    }
    UserErrors::check(failures)?;
    Ok(here)
}
