//! The hits of a search.

use serde::Serialize;
use time::Date;

use crate::model::search::Hit;
use crate::model::{ImdbId, Rating};

/// A title that a search found.
#[derive(Clone, Debug, Serialize)]
pub struct HitView<'a> {
    pub imdb_id: Option<ImdbId>,
    pub title: &'a str,
    pub original_title: Option<&'a str>,
    /// Year of release, or of the first episode.
    pub year: Option<u16>,
    #[serde(rename = "type")]
    pub kind: Option<&'a str>,
    pub rating: Option<Rating>,
    pub rating_count: Option<u64>,
    pub on_board: bool,
    pub watched: bool,
    #[serde(skip)]
    pub watched_on: Option<Date>,
}

impl<'a> HitView<'a> {
    /// Of a hit that is on the board, or was watched on that date, or neither.
    pub fn of(hit: &'a Hit, on_board: bool, watched_on: Option<Date>) -> Self {
        let title = &hit.title;
        Self {
            imdb_id: Some(hit.id),
            title: &title.title,
            original_title: title.original_title.as_deref(),
            year: title.year,
            kind: title.kind.as_deref(),
            rating: title.rating,
            rating_count: title.rating_count,
            on_board,
            watched: watched_on.is_some(),
            watched_on,
        }
    }
}
