//! A movie without an IMDb id.

use serde::{Deserialize, Serialize};

/// A movie without an IMDb id, as its proposer describes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnTitle {
    /// The title without a year.
    pub title: String,
    /// Its year, if it was given.
    pub year: Option<u16>,
    /// Its running time in minutes, if it was given.
    pub runtime_minutes: Option<u32>,
}
