//! Changes to the board in words.

use time::UtcDateTime;

use super::Screen;
use super::cells::{truncate_before, wrap};
use super::style::Tone;
use crate::model::change::{Action, Change};
use crate::view::format::{ago, and, count};

/// Movies that are named; more are counted.
const NAMED: usize = 5;

/// A change: `Ben's vote for Heat (1995)`.
pub fn change(change: &Change) -> String {
    let whose = change.who.as_ref().map(|who| format!("{who}'s ")).unwrap_or_default();
    let movies: Vec<&str> = change.movies.iter().map(String::as_str).collect();
    let named = match movies.len() {
        2.. if change.action == Some(Action::Favorite) => format!("{}, instead of {}", movies[0], movies[1]),
        0..=NAMED => and(&movies),
        n => count(n, "movie", "movies"),
    };
    let people = and(&change.people.iter().map(String::as_str).collect::<Vec<_>>());
    match change.action {
        Some(Action::Propose) => format!("{whose}proposal of {named}"),
        Some(Action::Vote) => format!("{whose}vote for {named}"),
        Some(Action::Favorite) => format!("{whose}new favourite {named}"),
        Some(Action::Unvote) => format!("{whose}taking back of the vote for {named}"),
        Some(Action::Unfavorite) => format!("{whose}taking back of the favourite {named}"),
        Some(Action::Withdraw) => format!("{whose}withdrawal of {named}"),
        Some(Action::Watched) => format!("{whose}watching of {named}"),
        Some(Action::Rename) => format!("{whose}renaming of {people}"),
        Some(Action::Merge) => format!("{whose}merging of {people}"),
        Some(Action::Remove) => format!("{whose}removal of {people}"),
        None => format!("{whose}change of {named}"),
    }
}

/// A change with its age: `Ben's vote for Heat (1995), 2 minutes ago`.
pub fn change_and_age(change: &Change, now: UtcDateTime) -> String {
    format!("{}, {}", self::change(change), ago(change.at, now))
}

/// The last changes, a line each.
pub fn list(changes: &[Change], now: UtcDateTime, screen: Screen<'_>) -> String {
    let width = screen.width.unwrap_or(usize::MAX);
    let mut out = String::new();
    for change in changes {
        let undone = if change.is_undone { " (taken back)" } else { "" };
        let tail = format!(", {}{undone}", ago(change.at, now));
        let line = truncate_before(&self::change(change), &tail, width);
        out += &screen.palette.paint(if change.is_undone { Tone::Faint } else { Tone::Plain }, &line);
        out.push('\n');
    }
    out
}

/// Sentences, wrapped to the screen.
pub fn sentences(lines: &[String], screen: Screen<'_>) -> String {
    let width = screen.width.unwrap_or(usize::MAX);
    lines.iter().flat_map(|line| wrap(line, width)).map(|line| line + "\n").collect()
}
