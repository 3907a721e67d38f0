//! What comes of asking metadata sources, as they report it and the store keeps it.

use time::UtcDateTime;

use super::{ImdbId, Title};

/// What a fetch brought.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Which title was asked for.
    pub id: ImdbId,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of asking for a title.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Its data, and the name of the source.
    Found(Box<Title>, &'static str),
    /// Every source that answered says that there is no such title.
    Unknown,
    /// None could deliver; why, in words.
    Failed(String),
    /// Nobody was asked: there was no time.
    NotAsked,
}

/// One request, for the health record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRecord {
    /// Name of the source.
    pub source: &'static str,
    /// When it began.
    pub at: UtcDateTime,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// What went wrong; none when it was answered.
    pub error: Option<String>,
}

/// What is remembered of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceState {
    /// Its name.
    pub name: String,
    /// Until when it is not asked, because it could not be reached.
    pub down_until: Option<UtcDateTime>,
    /// What went wrong last; none when all is well.
    pub last_error: Option<String>,
}

/// What there is to record of the sources.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Requests made.
    pub requests: Vec<RequestRecord>,
    /// Sources of which there is news.
    pub states: Vec<SourceState>,
}
