//! Why a source did not deliver.

use std::fmt;
use std::time::Duration;

use time::UtcDateTime;

use crate::model::text::clean;

/// What is kept of a service's own words.
const MAX_MESSAGE_CHARS: usize = 120;

/// Why a source did not deliver. The texts name the host and never the query, which may hold a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The name, the connection or the certificate: the host is put aside at once.
    Unreachable(String),
    /// It took too long; the host.
    TimedOut(String),
    /// The service asks to wait, perhaps for how long.
    Limited(String, Option<Duration>),
    /// The connection broke or the server failed: worth another try.
    Broken(String),
    /// An answer that makes no sense.
    Garbage(String),
    /// An answer that refuses: a status, a wrong key.
    Refused(String),
    /// It serves no more requests like ours: until when, if that is known, else in this run.
    Closed(String, Option<UtcDateTime>),
    /// It was put aside earlier in this run.
    Disabled,
}

impl FetchError {
    /// An answer with a status that refuses, and with the service's own words if it has any.
    pub(crate) fn refused(source: &str, status: u16, message: Option<&str>) -> Self {
        let message = message.map(|m| format!(": {}", clean(m, MAX_MESSAGE_CHARS)));
        Self::Refused(format!("{source} refuses (status {status}){}", message.unwrap_or_default()))
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(text)
            | Self::Limited(text, _)
            | Self::Broken(text)
            | Self::Garbage(text)
            | Self::Refused(text)
            | Self::Closed(text, _) => f.write_str(text),
            Self::TimedOut(host) => write!(f, "{host} takes too long to answer"),
            Self::Disabled => f.write_str("no source can be reached"),
        }
    }
}
