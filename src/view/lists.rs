//! The results of importing lists, and of comparing them.

use serde::Serialize;

use crate::model::{ImdbId, Title};

/// The JSON document of `import`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportView {
    /// The formats of the files, separated by commas.
    pub format: String,
    pub listed: usize,
    pub proposed: usize,
    pub voted: usize,
    pub seen: usize,
    pub already: usize,
    pub identified: usize,
    pub left_out: usize,
    /// Rows that match no title, or more than one.
    pub unmatched: Vec<UnmatchedRow>,
    /// Number of rows that are people, episodes, comments or collections.
    pub skipped: usize,
    /// Number of unmatched rows that are kept on the list by title.
    #[serde(skip)]
    pub kept: usize,
}

/// A row for which no single title was found.
#[derive(Clone, Debug, Serialize)]
pub struct UnmatchedRow {
    pub row: usize,
    pub title: String,
    pub year: Option<u16>,
    pub reason: Unmatched,
}

/// Why no single title was found for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmatched {
    /// No title has this name and this year, give or take one.
    NotFound,
    /// The list holds only films, but only a series has this name and year.
    OnlySeries,
    /// More than one title matches.
    Unclear,
    /// It was not searched for.
    NotSearched,
    /// It is a link that names no title.
    Link,
}

/// The JSON document of `overlap`.
#[derive(Clone, Debug, Serialize)]
pub struct OverlapView {
    pub people: Vec<String>,
    /// The movies, best first.
    pub movies: Vec<SharedMovie>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed: Option<usize>,
}

/// A movie on several lists.
#[derive(Clone, Debug, Serialize)]
pub struct SharedMovie {
    pub imdb_id: Option<ImdbId>,
    pub title: Option<String>,
    pub year: Option<u16>,
    pub wanted_by: Vec<String>,
    pub seen_by: Vec<String>,
    #[serde(skip)]
    pub not_wanted_by: Vec<String>,
    /// The data that is known.
    #[serde(skip)]
    pub known: Title,
    /// Whether the data that a limit needs is missing.
    #[serde(skip)]
    pub may_fit: bool,
}
