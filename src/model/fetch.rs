//! The outcome of asking metadata sources, as sources report it and the store keeps it.

use time::UtcDateTime;

use super::{ImdbId, Title};

/// The name of the local catalogue as a source. Data from it alone lacks plot, people and poster.
pub const CATALOG_SOURCE: &str = "imdb-datasets";

/// The outcome of fetching a title.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The title that was asked for.
    pub id: ImdbId,
    /// Its outcome.
    pub outcome: FetchOutcome,
}

impl Fetched {
    /// Returns the id if the title is unknown, and the id of the title into which IMDb has merged it.
    pub fn unknown(&self) -> Option<(ImdbId, Option<ImdbId>)> {
        if let FetchOutcome::Unknown(other) = self.outcome { Some((self.id, other)) } else { None }
    }
}

/// The outcome of asking for a title.
#[derive(Clone, Debug)]
pub enum FetchOutcome {
    /// A source delivered it.
    Found {
        /// The data.
        title: Box<Title>,
        /// The name of the source.
        source: String,
        /// The error of a better source that failed to deliver it. `None` if each of them answered.
        better_failed: Option<String>,
    },
    /// The local catalogue has it, so no request was made.
    Local {
        /// The data.
        title: Box<Title>,
        /// The sources of the data.
        source: String,
        /// The time at which the server of the datasets last confirmed it.
        confirmed_at: UtcDateTime,
    },
    /// Every source says that there is no such title, apart from those that have been unreachable for a day. Holds the
    /// title into which IMDb has merged it, if one of them named it.
    Unknown(Option<ImdbId>),
    /// No source could deliver it. Holds the reason.
    Failed(String),
    /// No source was asked, because there was no time.
    NotAsked,
}
