//! Errors of the catalogue.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

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

    /// Converts an error of SQLite while writing a new catalogue.
    pub(super) fn writing(path: &Path, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // A full file system, a quota and a file size limit are reported as either of these.
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => {
                Self::Io(path.to_owned(), io::ErrorKind::StorageFull.into())
            }
            _ => Self::Io(path.to_owned(), io::Error::other(error.to_string())),
        }
    }

    /// Converts the error of a failed download of a dataset.
    pub(super) fn download(dataset: &'static str, error: DownloadError) -> Self {
        match error.cause {
            DownloadCause::Io(path, error) => Self::Io(path, error),
            DownloadCause::Stopped => Self::Stopped,
            _ => Self::Download(dataset, error),
        }
    }
}
