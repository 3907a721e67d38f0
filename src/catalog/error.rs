//! Errors of the catalogue.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::files::is_no_room;
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
    /// There is no room for the new file: the folder, and the bytes that it needs, if known.
    NoRoom(PathBuf, Option<u64>),
    /// Another update is at work on the same catalogue.
    Busy(PathBuf),
    /// There is no catalogue whose ratings could be updated.
    Absent(PathBuf),
    /// A dataset could not be downloaded: its name, and why.
    Download(&'static str, DownloadError),
    /// A dataset is invalid: its name, and why.
    Unfit(&'static str, String),
    /// The person stopped it.
    Stopped,
}

impl CatalogError {
    /// An error of SQLite while reading a catalogue.
    pub(super) fn reading(path: &Path, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotOurs(path.to_owned()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Io(path.to_owned(), io::ErrorKind::PermissionDenied.into())
            }
            Some(ErrorCode::SystemIoFailure) => Self::Io(path.to_owned(), io::Error::other(error.to_string())),
            // Everything else is in the file itself: it is only ever written as a whole.
            _ => Self::Damaged(path.to_owned()),
        }
    }

    /// An error of SQLite while writing a new catalogue, which needs this many bytes.
    pub(super) fn writing(path: &Path, needed: u64, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // A file system that is full, a quota and a limit on the size of files come as either.
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Self::NoRoom(path.to_owned(), Some(needed)),
            _ => Self::Io(path.to_owned(), io::Error::other(error.to_string())),
        }
    }

    /// An error of the file system at a path, where writing needs this many bytes.
    pub(super) fn io(path: &Path, needed: Option<u64>, error: io::Error) -> Self {
        let path = path.to_owned();
        if is_no_room(&error) { Self::NoRoom(path, needed) } else { Self::Io(path, error) }
    }

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
