//! Errors of sources.

use std::fmt;

use time::UtcDateTime;

use crate::model::ImdbId;
use crate::model::text::sanitize;
use crate::net::HttpError;

/// The longest excerpt of a service's own message, in characters.
const MAX_MESSAGE_CHARS: usize = 120;

/// The reason why a source did not deliver. The texts name the host or the source, never the query: it may hold a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No answer, a broken connection or an invalid answer. A server error counts as broken, so it is retried.
    Http(HttpError),
    /// The service's rate limit was reached.
    RateLimited(String),
    /// A valid answer without a title.
    NoTitle(String),
    /// A valid answer about this other title.
    OtherTitle(ImdbId),
    /// An answer that refuses, for example because of its status or a wrong key.
    Refused(String),
    /// The service refuses further requests until this time. `None` if unknown: the source then counts as down.
    Exhausted(String, Option<UtcDateTime>),
    /// The source is not asked in this run, because it failed before.
    Disabled,
}

impl FetchError {
    /// Creates an error for an answer with a status that refuses, with the service's own message if there is one.
    pub(super) fn refused(source: &str, status: u16, message: Option<&str>) -> Self {
        let message = message.map(|m| format!(": {}", sanitize(m, MAX_MESSAGE_CHARS)));
        Self::Refused(format!("{source} refused the request (status {status}){}", message.unwrap_or_default()))
    }

    /// Creates an error for an answer whose shape is not part of the service's contract.
    pub(super) fn unknown_form(source: &str) -> Self {
        Self::Http(HttpError::Invalid(format!("{source} sent an answer in an unknown format")))
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => write!(f, "{error}"),
            Self::RateLimited(text) | Self::NoTitle(text) | Self::Refused(text) | Self::Exhausted(text, _) => {
                f.write_str(text)
            }
            Self::OtherTitle(other) => write!(f, "IMDb merged this title into {other}"),
            Self::Disabled => f.write_str("no source can be reached"),
        }
    }
}

impl std::error::Error for FetchError {}
