//! What was watched, and what was done.

use serde_json::{Value, json};
use time::{UtcDateTime, UtcOffset};

use super::Screen;
use super::cells::truncate;
use super::format::{ago, and, count, date, rfc3339};
use super::style::Tone;
use super::table::{Align, Cell, table};
use crate::store::{Change, Watched};

/// The history as a table, the last evening first.
pub fn text(watched: &Watched, offset: UtcOffset, screen: Screen) -> String {
    let header = [
        ("Watched", Align::Left),
        ("Movie", Align::Left),
        ("Votes", Align::Right),
        ("Proposed by", Align::Left),
        ("There", Align::Left),
        ("Voted", Align::Left),
    ];
    let name = |voter: usize| watched.board.voters[voter].name.as_str();
    let room = screen.width.map_or(usize::MAX, |w| w.saturating_sub(55).max(16));
    let rows: Vec<Vec<Cell>> = watched
        .board
        .proposals
        .iter()
        .zip(&watched.present)
        .map(|(movie, present)| {
            let present: Vec<&str> = present.iter().map(|&v| name(v)).collect();
            let voters: Vec<&str> = movie.ballots.iter().map(|b| name(b.voter)).collect();
            vec![
                Cell::new(movie.watched_at.map(|at| date(at, offset)).unwrap_or_default(), Tone::Faint),
                Cell::new(truncate(&movie.name(), room), Tone::Strong),
                movie.ballots.len().to_string().into(),
                name(movie.proposed_by).into(),
                present.join(", ").into(),
                voters.join(", ").into(),
            ]
        })
        .collect();
    table(&header, &rows, screen.palette)
}

/// The document of `history --json`.
pub fn json(watched: &Watched) -> Value {
    let name = |voter: usize| watched.board.voters[voter].name.as_str();
    let rows = watched.board.proposals.iter().zip(&watched.present).map(|(movie, present)| {
        let mut row = super::json::movie(movie);
        let rest = json!({
            "watched_at": movie.watched_at.map(rfc3339),
            "proposed_by": name(movie.proposed_by),
            "proposed_at": rfc3339(movie.proposed_at),
            "present": present.iter().map(|&v| name(v)).collect::<Vec<_>>(),
            "votes": movie.ballots.len(),
            "voters": movie.ballots.iter().map(|b| name(b.voter)).collect::<Vec<_>>(),
        });
        super::json::extend(&mut row, rest);
        row
    });
    json!({ "watched": rows.collect::<Vec<_>>() })
}

/// A change in words: `Ben's vote for Heat (1995), 2 minutes ago`.
pub fn change(change: &Change, now: UtcDateTime) -> String {
    let whose = change.who.as_ref().map(|who| format!("{who}'s ")).unwrap_or_default();
    let what = match change.action.as_str() {
        "propose" => "proposal of",
        "vote" => "vote for",
        "favorite" => "new favourite",
        "unvote" => "taking back of the vote for",
        "withdraw" => "withdrawal of",
        _ => "watching of",
    };
    let movies: Vec<&str> = change.movies.iter().map(String::as_str).collect();
    let movies = match movies.len() {
        2.. if change.action == "favorite" => format!("{}, instead of {}", movies[0], movies[1]),
        0..=5 => and(&movies),
        n => count(n, "movie", "movies"),
    };
    format!("{whose}{what} {movies}, {}", ago(change.at, now))
}

/// A change for scripts.
pub fn change_json(change: &Change) -> Value {
    json!({ "at": rfc3339(change.at), "voter": change.who, "action": change.action, "movies": change.movies })
}
