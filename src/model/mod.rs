//! Movies, people, votes and their rules: pure types, no I/O.

use serde::Serialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

pub mod board;
pub mod change;
pub mod chat;
pub mod evening;
pub mod fetch;
pub mod health;
pub mod imdb_id;
pub mod link;
pub mod matching;
pub mod movie_ref;
pub mod name;
pub mod opinion;
pub mod order;
pub mod overlap;
pub mod resolve;
pub mod search;
pub mod spoken_time;
pub mod text;
pub mod title;

pub use board::{Board, CacheEntry, Freshness, MovieKey, OwnTitle, Proposal, ProposalNumber, ProposalStatus, VoterId};
pub use evening::{Evening, EveningFit};
pub use fetch::{FetchOutcome, Fetched};
pub use imdb_id::ImdbId;
pub use movie_ref::MovieRef;
pub use name::VoterName;
pub use opinion::{Opinion, Opinions};
pub use overlap::Wish;
pub use title::{Rating, Title};

/// Converts stored seconds since the epoch to a time. Values out of range, from a file edited by hand, become the
/// epoch.
pub fn from_unix_seconds(seconds: i64) -> time::UtcDateTime {
    time::UtcDateTime::from_unix_timestamp(seconds).unwrap_or(time::UtcDateTime::UNIX_EPOCH)
}

/// Serializes a time as RFC 3339 in UTC, for JSON. A year beyond 9999, from a file edited by hand, has no such form and
/// becomes null.
pub fn serialize_time<S: serde::Serializer>(time: &time::UtcDateTime, out: S) -> Result<S::Ok, S::Error> {
    time.format(&time::format_description::well_known::Rfc3339).ok().serialize(out)
}

/// Parses a stored date such as `2026-11-22`. `None` if it has another form.
pub fn parse_date(text: &str) -> Option<time::Date> {
    time::Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).ok()
}

/// Returns the name of a value in JSON. Empty if the value is not a word there.
pub fn to_word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Returns the value with this name in JSON. `None` if there is none.
pub fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    let word: StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(word).ok()
}
