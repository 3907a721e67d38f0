//! What becomes of lists, and what is on all of them.

use serde::Serialize;

use crate::model::{ImdbId, Title};

/// The document of `import`.
#[derive(Clone, Debug, Serialize)]
pub struct ImportView {
    /// The formats of the files, with commas between them.
    pub format: String,
    /// Movies that are new on the list.
    pub listed: usize,
    /// Movies that are new on the board.
    pub proposed: usize,
    /// Movies that were on the board already and got a vote.
    pub voted: usize,
    /// Movies that are marked as seen from now on.
    pub seen: usize,
    /// Movies for which nothing changed.
    pub already: usize,
    /// Rows of which it is not known which title they mean.
    pub unmatched: Vec<UnmatchedRow>,
    /// Rows that are people or episodes.
    pub skipped: usize,
}

/// A row of which it is not known which title it means.
#[derive(Clone, Debug, Serialize)]
pub struct UnmatchedRow {
    /// Its line in the file.
    pub row: usize,
    /// The title that it has.
    pub title: String,
    /// The year that it has.
    pub year: Option<u16>,
    /// `not_found`, `unclear` or `not_searched`.
    pub reason: &'static str,
}

/// The document of `overlap`.
#[derive(Clone, Debug, Serialize)]
pub struct OverlapView {
    /// The people whose lists count.
    pub people: Vec<String>,
    /// The movies, best first.
    pub movies: Vec<SharedMovie>,
    /// Movies that were put on the board.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed: Option<usize>,
    /// Movies that are left out because they do not fit into the evening.
    #[serde(skip)]
    pub misfits: usize,
}

/// A movie on several lists.
#[derive(Clone, Debug, Serialize)]
pub struct SharedMovie {
    /// Its id at IMDb.
    #[serde(serialize_with = "super::movie::imdb_id")]
    pub imdb_id: Option<ImdbId>,
    /// Its title.
    pub title: Option<String>,
    /// Its year.
    pub year: Option<u16>,
    /// The people on whose lists it is.
    pub wanted_by: Vec<String>,
    /// The people of these who have seen it.
    pub seen_by: Vec<String>,
    /// The people of these on whose lists it is not.
    #[serde(skip)]
    pub not_wanted_by: Vec<String>,
    /// What is known of it.
    #[serde(skip)]
    pub known: Title,
    /// What is asked for is not known of it.
    #[serde(skip)]
    pub may_fit: bool,
}

/// A file that was written.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedFile {
    /// Its path.
    pub path: String,
    /// Its size.
    pub bytes: usize,
}
