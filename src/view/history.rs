//! The history: movies, dates, and who was there.

use serde::Serialize;

use super::movie::{MovieView, Viewpoint};
use crate::model::Board;
use crate::model::board::Watching;

/// A movie that was watched.
#[derive(Clone, Debug, Serialize)]
pub struct WatchedView<'a> {
    #[serde(flatten)]
    pub movie: MovieView<'a>,
    pub present: Vec<&'a str>,
}

impl<'a> WatchedView<'a> {
    /// Of all watched proposals, and who was there for each of them.
    pub fn all(board: &'a Board, watching: &[Watching], from: Viewpoint<'_>) -> Vec<Self> {
        let name = |voter: &usize| board.voters[*voter].name.as_str();
        let watched = board.proposals.iter().zip(watching).map(|(movie, watching)| Self {
            movie: MovieView::of(movie, None, board, from),
            present: watching.present.iter().map(name).collect(),
        });
        watched.collect()
    }
}
