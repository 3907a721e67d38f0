//! The outcomes of importing and exporting lists, and the movies on all of them.

use serde::Serialize;

use crate::model::{ImdbId, Title};

/// The document of `import`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportView {
    /// The formats of the files, with commas between them.
    pub format: String,
    pub listed: usize,
    pub proposed: usize,
    pub voted: usize,
    pub seen: usize,
    pub already: usize,
    /// Rows of which it is not known which title they mean.
    pub unmatched: Vec<UnmatchedRow>,
    /// Rows that are people, episodes, comments or collections.
    pub skipped: usize,
    /// Unmatched rows of which the list keeps the titles.
    #[serde(skip)]
    pub kept: usize,
}

/// A row of which it is not known which title it means.
#[derive(Clone, Debug, Serialize)]
pub struct UnmatchedRow {
    pub row: usize,
    pub title: String,
    pub year: Option<u16>,
    pub reason: Unmatched,
}

/// Why it is not known which title a row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmatched {
    /// No title has that name, and is of that year or the year beside it.
    NotFound,
    /// The list holds only films, and only a series has that name and year.
    OnlySeries,
    /// Several have it.
    Unclear,
    /// It could not be searched for.
    NotSearched,
    /// It is a link that holds no title.
    Link,
}

/// The document of `overlap`.
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
    /// The known data.
    #[serde(skip)]
    pub known: Title,
    /// Whether data that a limit needs is not known.
    #[serde(skip)]
    pub may_fit: bool,
}
