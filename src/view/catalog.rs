//! The catalogue of IMDb's datasets: how large it is, and how old.

use std::path::Path;

use serde::Serialize;

use super::Timestamp;
use crate::catalog::{Change, Status};

/// The sentence that IMDb asks for where its data is shown.
pub const LICENCE: &str = "Information courtesy of IMDb (https://www.imdb.com). Used with permission.";

/// The document of `catalog status`; without a catalogue, all but its place is null.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogView {
    pub titles: Option<u64>,
    /// The least number of votes of its titles.
    pub min_votes: Option<u32>,
    /// The time at which the server last confirmed the titles.
    pub basics_at: Option<Timestamp>,
    /// The time at which the server last confirmed the ratings.
    pub ratings_at: Option<Timestamp>,
    pub bytes: Option<u64>,
    pub path: String,
    /// Rows of the datasets that made no sense and were left out.
    #[serde(skip)]
    pub bad_rows: u64,
}

impl CatalogView {
    /// Of the catalogue at `path`, if there is one.
    pub fn of(status: Option<&Status>, path: &Path) -> Self {
        let meta = status.map(|status| &status.meta);
        Self {
            titles: meta.map(|meta| meta.titles),
            min_votes: meta.map(|meta| meta.min_votes),
            basics_at: meta.map(|meta| Timestamp(meta.basics.confirmed())),
            ratings_at: meta.map(|meta| Timestamp(meta.ratings.confirmed())),
            bytes: status.map(|status| status.bytes),
            path: path.display().to_string(),
            bad_rows: meta.map_or(0, |meta| meta.basics.bad_rows + meta.ratings.bad_rows),
        }
    }
}

/// The document of `catalog update`: the new state of the catalogue, and what changed.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogUpdate {
    #[serde(flatten)]
    pub catalog: CatalogView,
    /// The part that was updated: `titles` (and ratings), `ratings`, or nothing.
    pub updated: Option<&'static str>,
    pub seconds: f64,
}

impl CatalogUpdate {
    /// Of an update that took so long.
    pub fn of(change: Change, status: &Status, seconds: f64) -> Self {
        let updated = match change {
            Change::Imported => Some("titles"),
            Change::Ratings => Some("ratings"),
            Change::Nothing => None,
        };
        let seconds = (seconds * 10.0).round() / 10.0;
        Self { catalog: CatalogView::of(Some(status), &status.path), updated, seconds }
    }
}
