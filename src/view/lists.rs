//! What becomes of lists, and what is on all of them.

use serde::Serialize;

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
