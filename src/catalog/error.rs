//! Errors of the catalogue, in words for the person.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::failure::Failure;
use crate::net::{Cause, DownloadError};

/// A reason why the catalogue cannot be used or updated.
#[derive(Debug)]
pub enum CatalogError {
    /// A file that is no catalogue: some other file.
    NotOurs(PathBuf),
    /// Made by a newer version of this program.
    TooNew(PathBuf),
    /// Made by an older version of this program, in a form that is no longer read.
    TooOld(PathBuf),
    /// The file is damaged.
    Damaged(PathBuf),
    /// The file or its folder cannot be read, made or written.
    Io(PathBuf, io::Error),
    /// There is no room for the new file: the folder, and how many bytes it needs, as far as known.
    NoRoom(PathBuf, Option<u64>),
    /// Another update is at work on the same catalogue.
    Busy(PathBuf),
    /// Ratings can only be brought to a catalogue that is there.
    Absent(PathBuf),
    /// A dataset could not be downloaded: its name, and why.
    Download(&'static str, DownloadError),
    /// A dataset is not what it should be: its name, and why.
    Unfit(&'static str, String),
    /// The person stopped it.
    Stopped,
}

impl CatalogError {
    /// An error of SQLite's while a catalogue is read.
    pub(super) fn reading(path: &Path, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotOurs(path.to_owned()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Io(path.to_owned(), io::Error::other("it cannot be opened: look at its permissions"))
            }
            Some(ErrorCode::SystemIoFailure) => {
                Self::Io(path.to_owned(), io::Error::other("it cannot be read: check the disk"))
            }
            // Everything else is in the file itself: it is only ever written as a whole.
            _ => Self::Damaged(path.to_owned()),
        }
    }

    /// An error of SQLite's while a new catalogue is written, which needs so many bytes.
    pub(super) fn writing(path: &Path, needed: u64, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // A file system that is full, a quota and a limit on the size of files come as either.
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Self::NoRoom(path.to_owned(), Some(needed)),
            _ => Self::Io(path.to_owned(), io::Error::other(error.to_string())),
        }
    }

    /// An error of the file system's at a path, where writing needs so many bytes.
    pub(super) fn io(path: &Path, needed: Option<u64>, error: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::NoRoom(path.to_owned(), needed),
            _ => Self::Io(path.to_owned(), error),
        }
    }
}

impl CatalogError {
    /// A dataset that could not be downloaded.
    pub(super) fn download(dataset: &'static str, error: DownloadError) -> Self {
        match error.cause {
            Cause::NoRoom(path, needed) => Self::NoRoom(path, Some(needed)),
            Cause::Io(path, error) => Self::Io(path, error),
            Cause::Stopped => Self::Stopped,
            _ => Self::Download(dataset, error),
        }
    }
}

impl CatalogError {
    /// The next step, where there is one.
    pub fn hint(&self) -> Option<String> {
        const MADE_ANEW: &str = "movienight catalog update makes it anew";
        Some(match self {
            Self::NotOurs(_) => "move it out of the way".to_owned(),
            Self::TooNew(_) => "update movienight".to_owned(),
            Self::TooOld(_) | Self::Damaged(_) => MADE_ANEW.to_owned(),
            Self::NoRoom(path, needed) => {
                let room = needed.map_or("room".to_owned(), |bytes| format!("{} of room", mebibytes(bytes)));
                format!("make {room} in {}", path.parent().unwrap_or(path).display())
            }
            Self::Busy(_) => "wait until it is done".to_owned(),
            Self::Absent(_) => "movienight catalog update makes one".to_owned(),
            Self::Download(_, failed) => match (failed.kept >> 20, failed.total) {
                (0, _) => return None,
                (kept, None) => format!("{kept} MiB are kept, {GOES_ON}"),
                (kept, Some(total)) => format!("{kept} of {} are kept, {GOES_ON}", mebibytes(total)),
            },
            Self::Stopped => format!("what was downloaded is kept, {GOES_ON}"),
            Self::Io(..) | Self::Unfit(..) => return None,
        })
    }

    /// The error with its next step.
    pub fn to_failure(&self) -> Failure {
        Failure { error: self.to_string(), hint: self.hint() }
    }
}

impl std::error::Error for CatalogError {}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(path) => write!(f, "{} is not a catalogue of movienight's", path.display()),
            Self::TooNew(path) => write!(f, "the catalogue {} was made by a newer movienight", path.display()),
            Self::TooOld(path) => write!(f, "the catalogue {} is of an older form", path.display()),
            Self::Damaged(path) => write!(f, "the catalogue {} is damaged", path.display()),
            Self::Io(path, error) => write!(f, "cannot use {}: {error}", path.display()),
            Self::NoRoom(..) => f.write_str("the disk is too full for the catalogue, which stays as it was"),
            Self::Busy(path) => write!(f, "another update of {} is at work", path.display()),
            Self::Absent(path) => {
                write!(f, "there is no catalogue at {} whose ratings could be updated", path.display())
            }
            Self::Stopped => f.write_str("stopped"),
            Self::Download(dataset, failed) => write!(f, "cannot download {dataset}: {}", failed.cause),
            Self::Unfit(dataset, why) => {
                write!(f, "{dataset} is not what it should be ({why}), so the catalogue stays as it was")
            }
        }
    }
}

const GOES_ON: &str = "and movienight catalog update goes on from there";

/// `21 MiB`: rounded up, because it says what is needed.
pub fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}
