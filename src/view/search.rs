//! The hits of a search.

use serde::Serialize;
use time::Date;

use crate::model::search::Hit;
use crate::model::{ImdbId, Rating};

/// The document of `search`.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView<'a> {
    /// Best match first.
    pub results: Vec<HitView<'a>>,
}

/// A title that a search found.
#[derive(Clone, Debug, Serialize)]
pub struct HitView<'a> {
    /// Its id at IMDb.
    #[serde(serialize_with = "super::movie::imdb_id")]
    pub imdb_id: Option<ImdbId>,
    /// Its title.
    pub title: &'a str,
    /// The original title, when it differs.
    pub original_title: Option<&'a str>,
    /// Year of release, or of the first episode.
    pub year: Option<u16>,
    /// IMDb's word for the kind of title.
    #[serde(rename = "type")]
    pub kind: Option<&'a str>,
    /// The rating, with one decimal.
    #[serde(serialize_with = "super::movie::rating")]
    pub rating: Option<Rating>,
    /// Number of ratings.
    pub rating_count: Option<u64>,
    /// It is on the board.
    pub on_board: bool,
    /// It was watched.
    pub watched: bool,
    /// The date on which it was watched.
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
