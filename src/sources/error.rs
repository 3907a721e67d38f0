//! Why a source did not deliver.

use std::fmt;

use time::UtcDateTime;

use crate::model::ImdbId;
use crate::model::text::sanitize;
use crate::net::HttpError;

/// The longest excerpt of a service's own message, in characters.
const MAX_MESSAGE_CHARS: usize = 120;

/// The reason why a source did not deliver. The texts name the host or the source and never the query, which may hold a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No answer, one that broke off, or one that is not valid. A server that fails counts as broken: worth another try.
    Http(HttpError),
    /// The service asks to wait.
    RateLimited(String),
    /// A valid answer without a title.
    NoTitle(String),
    /// A valid answer about this other title.
    OtherTitle(ImdbId),
    /// An answer that refuses: a status, a wrong key.
    Refused(String),
    /// It refuses further requests: until this time, if known, else for the rest of this run.
    Exhausted(String, Option<UtcDateTime>),
    /// Disabled earlier in this run.
    Disabled,
}

impl FetchError {
    /// An answer with a status that refuses, and with the service's own words if it has any.
    pub(super) fn refused(source: &str, status: u16, message: Option<&str>) -> Self {
        let message = message.map(|m| format!(": {}", sanitize(m, MAX_MESSAGE_CHARS)));
        Self::Refused(format!("{source} refuses (status {status}){}", message.unwrap_or_default()))
    }

    /// An answer of a shape that the service's contract does not know.
    pub(super) fn unknown_form(source: &str) -> Self {
        Self::Http(HttpError::Invalid(format!("{source} answers in an unknown form")))
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => write!(f, "{error}"),
            Self::RateLimited(text) | Self::NoTitle(text) | Self::Refused(text) | Self::Exhausted(text, _) => {
                f.write_str(text)
            }
            Self::OtherTitle(other) => write!(f, "the title is {other} at IMDb now"),
            Self::Disabled => f.write_str("no source can be reached"),
        }
    }
}

impl std::error::Error for FetchError {}
