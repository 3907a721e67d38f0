//! Errors of the catalogue.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::files::is_no_room;
use crate::net::{DownloadCause, DownloadError};

/// A reason why the catalogue cannot be used or updated.
#[derive(Debug)]
pub enum CatalogError {
    /// The file is not a catalogue.
    NotACatalogue(PathBuf),
    /// The catalogue was made by a newer version of this program.
    TooNew(PathBuf),
    /// The catalogue was made by an older version of this program, in a format that is no longer read.
    TooOld(PathBuf),
    /// The file is damaged.
    Damaged(PathBuf),
    /// The file or its folder cannot be read, created or written.
    Io(PathBuf, io::Error),
    /// There is no room for the new file. Holds its path and the bytes that it needs, if known.
    NoRoom(PathBuf, Option<u64>),
    /// Another process is updating the same catalogue.
    Busy(PathBuf),
    /// There is no catalogue whose ratings could be updated.
    Absent(PathBuf),
    /// A dataset could not be downloaded. Holds its name and the reason.
    Download(&'static str, DownloadError),
    /// A dataset is invalid. Holds its name and the reason.
    InvalidDataset(&'static str, String),
    /// The user interrupted the update.
    Stopped,
}

impl CatalogError {
    /// Converts an error of SQLite while reading a catalogue.
    pub(super) fn reading(path: &Path, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotACatalogue(path.to_owned()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Io(path.to_owned(), io::ErrorKind::PermissionDenied.into())
            }
            Some(ErrorCode::SystemIoFailure) => Self::Io(path.to_owned(), io::Error::other(error.to_string())),
            // A catalogue is only ever written as a whole, so any other error means that its content is damaged.
            _ => Self::Damaged(path.to_owned()),
        }
    }

    /// Converts an error of SQLite while writing a new catalogue that needs `needed` bytes.
    pub(super) fn writing(path: &Path, needed: u64, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // A full file system, a quota and a file size limit are reported as either of these.
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Self::NoRoom(path.to_owned(), Some(needed)),
            _ => Self::Io(path.to_owned(), io::Error::other(error.to_string())),
        }
    }

    /// Converts a file system error at `path`, where writing needs `needed` bytes, if known.
    pub(super) fn io(path: &Path, needed: Option<u64>, error: io::Error) -> Self {
        let path = path.to_owned();
        if is_no_room(&error) { Self::NoRoom(path, needed) } else { Self::Io(path, error) }
    }

    /// Converts the error of a failed download of a dataset.
    pub(super) fn download(dataset: &'static str, error: DownloadError) -> Self {
        match error.cause {
            DownloadCause::NoRoom(path, needed) => Self::NoRoom(path, Some(needed)),
            DownloadCause::Io(path, error) => Self::Io(path, error),
            DownloadCause::Stopped => Self::Stopped,
            _ => Self::Download(dataset, error),
        }
    }
}
