//! The outcome of asking metadata sources, as they report it and the store keeps it.

use super::{ImdbId, Title};

/// The outcome of a fetch.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Which title was asked for.
    pub id: ImdbId,
    /// Its outcome.
    pub outcome: FetchOutcome,
}

/// The outcome of asking for a title.
#[derive(Clone, Debug)]
pub enum FetchOutcome {
    /// Its data, and the name of the source.
    Found(Box<Title>, String),
    /// Every source that answered says that there is no such title.
    Unknown,
    /// None could deliver; why, in words.
    Failed(String),
    /// Nobody was asked: there was no time.
    NotAsked,
}
