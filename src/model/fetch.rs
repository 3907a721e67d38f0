//! The outcome of asking metadata sources, as they report it and the store keeps it.

use time::UtcDateTime;

use super::{ImdbId, Title};

/// The name of the local catalogue as a source. Data from it alone lacks plot, people and poster.
pub const CATALOG_SOURCE: &str = "imdb-datasets";

/// The outcome of a fetch.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The title that was asked for.
    pub id: ImdbId,
    /// Its outcome.
    pub outcome: FetchOutcome,
}

impl Fetched {
    /// A title that is unknown, and the one into which IMDb has merged it.
    pub fn unknown(&self) -> Option<(ImdbId, Option<ImdbId>)> {
        if let FetchOutcome::Unknown(other) = self.outcome { Some((self.id, other)) } else { None }
    }
}

/// The outcome of asking for a title.
#[derive(Clone, Debug)]
pub enum FetchOutcome {
    /// Its data.
    Found {
        /// The data.
        title: Box<Title>,
        /// The name of the source.
        source: String,
        /// The error of a better source that failed to deliver it. `None` if each of them answered.
        better_failed: Option<String>,
    },
    /// Data of the local catalogue, without a request.
    Local {
        /// The data.
        title: Box<Title>,
        /// The sources that it is from.
        source: String,
        /// The time at which its server last confirmed it.
        confirmed_at: UtcDateTime,
    },
    /// Every source that answered says that there is no such title. The title into which IMDb has merged it, if one of
    /// them answered with that.
    Unknown(Option<ImdbId>),
    /// No source could deliver it; says why.
    Failed(String),
    /// Nobody was asked: there was no time.
    NotAsked,
}
