//! Errors of downloads.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::HttpError;

/// A download that failed, and what of it is kept.
#[derive(Debug)]
pub struct Failed {
    /// The reason.
    pub cause: Cause,
    /// Bytes that are kept, from where the next try goes on.
    pub kept: u64,
    /// Bytes of the whole, when the server has said so.
    pub total: Option<u64>,
}

/// The reason why a download failed. The texts name the host, and never credentials or a query.
#[derive(Debug)]
pub enum Cause {
    /// There is no answer, or it broke off.
    Http(HttpError),
    /// The host, and the status of its answer.
    Refused(String, u16),
    /// The answer is something else than the file: the host, and what is wrong.
    Unexpected(String, &'static str),
    /// There is no room for the file.
    NoRoom(PathBuf),
    /// The file cannot be written.
    Io(PathBuf, io::Error),
    /// The system starts no thread for it.
    NoThread(io::Error),
    /// The person stopped it.
    Stopped,
}

impl Cause {
    /// Of an error of the file system's at a path.
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::NoRoom(path.to_owned()),
            _ => Self::Io(path.to_owned(), error),
        }
    }

    /// The host could not be reached.
    pub(super) fn is_unreachable(&self) -> bool {
        matches!(self, Self::Http(HttpError::Unreachable(_)))
    }

    /// It may work in a moment.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Http(error) => matches!(error, HttpError::TimedOut(_) | HttpError::Broken(_)),
            Self::Refused(_, status) => matches!(status, 408 | 429 | 500..=599),
            _ => false,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => write!(f, "{error}"),
            Self::Refused(host, 404 | 410) => write!(f, "{host} does not have it"),
            Self::Refused(host, 429) => write!(f, "{host} asks to wait"),
            Self::Refused(host, status) => write!(f, "{host} refuses (status {status})"),
            Self::Unexpected(host, what) => write!(f, "{host} sends {what}"),
            Self::NoRoom(path) => write!(f, "no room for {}", path.display()),
            Self::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Self::NoThread(error) => write!(f, "no thread can be started: {error}"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}
