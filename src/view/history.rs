//! The history: movies, dates, and who was there.

use serde::Serialize;

use super::Timestamp;
use super::movie::{NoteView, ShortMovie};
use crate::model::Board;
use crate::model::board::Watching;

/// The document of `history`.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryView<'a> {
    /// The last evening first.
    pub watched: Vec<WatchedView<'a>>,
}

/// A movie that was watched.
#[derive(Clone, Debug, Serialize)]
pub struct WatchedView<'a> {
    /// The movie.
    #[serde(flatten)]
    pub movie: ShortMovie,
    /// The time at which it was watched.
    pub watched_at: Option<Timestamp>,
    /// The date of that evening.
    pub watched_on: Option<String>,
    /// Who proposed it.
    pub proposed_by: &'a str,
    /// The time at which it was proposed.
    pub proposed_at: Timestamp,
    /// Who was there.
    pub present: Vec<&'a str>,
    /// Number of votes; null while they are hidden, as the number of noes.
    pub votes: Option<usize>,
    /// Who voted for it.
    pub voters: Vec<&'a str>,
    /// Number of noes.
    pub noes: Option<usize>,
    /// Who said no to it.
    pub no_of: Vec<&'a str>,
    /// Notes, the proposer's first.
    pub notes: Vec<NoteView<'a>>,
    /// Who has seen it.
    pub seen_by: Vec<&'a str>,
}

impl<'a> HistoryView<'a> {
    /// Of watched proposals, and who was there for each of them.
    pub fn of(board: &'a Board, watching: &[Watching]) -> Self {
        let name = |voter: usize| board.voters[voter].name.as_str();
        let watched = board.proposals.iter().zip(watching).map(|(movie, watching)| WatchedView {
            movie: movie.into(),
            watched_at: movie.watched_at.map(Timestamp),
            watched_on: movie.watched_on.map(|day| day.to_string()),
            proposed_by: name(movie.proposed_by),
            proposed_at: Timestamp(movie.proposed_at),
            present: watching.present.iter().map(|&voter| name(voter)).collect(),
            votes: (!board.hides(movie)).then(|| movie.opinions.yes().count()),
            voters: movie.opinions.yes().map(name).collect(),
            noes: (!board.hides(movie)).then(|| movie.opinions.noes().count()),
            no_of: movie.opinions.noes().map(name).collect(),
            notes: NoteView::all(movie, board),
            seen_by: movie.seen_by.iter().map(|&voter| name(voter)).collect(),
        });
        Self { watched: watched.collect() }
    }
}
