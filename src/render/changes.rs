//! Changes to the board as sentences.

use time::UtcDateTime;

use super::cells::{truncate_before, wrap};
use super::{Screen, Tone};
use crate::model::change::{Action, Change, NewProposal, Remedy};
use crate::model::text::shell_word;
use crate::model::to_word;
use crate::view::format::{ago, and, count};

/// Maximum number of movies to name. More are only counted.
const MAX_NAMED: usize = 5;

/// Describes a change in a clause: `Ben voted for Heat (1995)`.
pub fn change(change: &Change) -> String {
    let who = change.who.as_deref().unwrap_or("somebody");
    let named = match change.movies.len() {
        0..=MAX_NAMED => and(&change.movies),
        n => count(n, "movie", "movies"),
    };
    let people = and(&change.people);
    let into = change.into.as_deref().unwrap_or("somebody else");
    match (change.action, &change.movies[..]) {
        (Some(Action::Chat), _) if people.is_empty() => format!("{who} stored ballots from the chat"),
        (Some(Action::Chat), _) => {
            let ballots = if change.people.len() == 1 { "ballot" } else { "ballots" };
            format!("{who} stored the {ballots} of {people} from the chat")
        }
        (Some(action), []) if action.changes_opinions() || action == Action::Propose => format!("{who} voted"),
        (Some(Action::Propose), _) => format!("{who} proposed {named}"),
        (Some(Action::Vote), _) => format!("{who} voted for {named}"),
        (Some(Action::Favorite), [new, old, ..]) => format!("{who} made {new} their favourite instead of {old}"),
        (Some(Action::Favorite), _) => format!("{who} made {named} their favourite"),
        (Some(Action::No), _) => format!("{who} said no to {named}"),
        (Some(Action::TakeBackNo), _) => format!("{who} took back the no to {named}"),
        (Some(Action::Ballot), _) => format!("{who}'s ballot changed {named}"),
        (Some(Action::Unvote), _) => format!("{who} took back the vote for {named}"),
        (Some(Action::Unfavorite), _) => format!("{who} removed the favourite mark from {named}"),
        (Some(Action::Withdraw), _) => format!("{who} withdrew {named}"),
        (Some(Action::Watched), _) => format!("{who} marked {named} as watched"),
        (Some(Action::Seen), _) => format!("{who} marked {named} as seen"),
        (Some(Action::NotSeen), _) => format!("{who} removed the seen mark from {named}"),
        (Some(Action::Rename), _) => format!("{who} renamed {people} to {into}"),
        (Some(Action::Merge), _) => format!("{who} merged {people} into {into}"),
        (Some(Action::Remove), _) => format!("{who} removed {people}"),
        (Some(Action::Import), []) => format!("{who} imported a list"),
        (Some(Action::Import), _) => format!("{who} imported {named}"),
        (None, _) => format!("{who} changed {named}"),
    }
}

/// Describes a change, with its age: `Ben voted for Heat (1995), 2 minutes ago`.
pub fn change_and_age(change: &Change, now: UtcDateTime) -> String {
    format!("{}, {}", self::change(change), ago(change.at, now))
}

/// Returns the arguments of the command for a remedy: `withdraw 3`.
pub fn remedy(remedy: &Remedy) -> String {
    match remedy {
        Remedy::Movies(action, numbers) => {
            let words = match action {
                Action::Favorite => "vote --favorite".to_owned(),
                Action::No => "vote --no".to_owned(),
                Action::Unfavorite => "unvote --favorite".to_owned(),
                action => to_word(action),
            };
            numbers.iter().fold(words, |words, number| format!("{words} {}", number.0))
        }
        Remedy::Propose { movie, again } => {
            let again = if *again { " --again" } else { "" };
            match movie {
                NewProposal::Imdb(id) => format!("propose{again} {id}"),
                NewProposal::Titled(own) => {
                    let year = own.year.map(|year| format!(" --year {year}")).unwrap_or_default();
                    let runtime = own.runtime_minutes.map(|minutes| format!(" --runtime {minutes}"));
                    format!("propose{again} --title={}{year}{}", shell_word(&own.title), runtime.unwrap_or_default())
                }
            }
        }
    }
}

/// Lists the last changes, one per line.
pub fn list(changes: &[Change], now: UtcDateTime, screen: Screen<'_>) -> String {
    let width = screen.width.unwrap_or(usize::MAX);
    let mut out = String::new();
    for change in changes {
        let undone = if change.is_undone { " (undone)" } else { "" };
        let tail = format!(", {}{undone}", ago(change.at, now));
        let line = truncate_before(&self::change(change), &tail, width);
        out += &screen.palette.paint(if change.is_undone { Tone::Faint } else { Tone::Plain }, &line);
        out.push('\n');
    }
    out
}

/// Wraps sentences to the screen. A command on a line of its own is not wrapped, so that it can be copied.
pub fn sentences(lines: &[String], screen: Screen<'_>) -> String {
    let width = screen.width.unwrap_or(usize::MAX);
    let width_of = |line: &str| if line.starts_with("  movienight ") { usize::MAX } else { width };
    let lines = lines.iter().flat_map(|text| text.lines()).flat_map(|line| wrap(line, width_of(line)));
    lines.map(|line| line + "\n").collect()
}
