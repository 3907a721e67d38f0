//! The boards of a server, and the outcome of copying one.

use serde::Serialize;

use crate::store::Copied;

/// A board.
#[derive(Clone, Debug, Serialize)]
pub struct BoardName {
    /// Its name, for `board=` in an address.
    pub name: String,
    pub version: i64,
}

/// A board that was made.
#[derive(Clone, Debug, Serialize)]
pub struct CreatedBoard {
    pub name: String,
    /// It was not there before.
    pub is_new: bool,
    /// The role whose members may use it.
    pub group: Option<String>,
}

/// The outcome of copying a board.
#[derive(Clone, Debug, Serialize)]
pub struct CopiedBoard {
    /// Where to, without a password.
    pub to: String,
    #[serde(flatten)]
    pub copied: Copied,
}
