//! What can go wrong with the database, in words for the person.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::ReadOnlyReason;

/// What went wrong with the database.
#[derive(Debug)]
pub enum StoreError {
    /// There is something at the path that cannot be a database.
    NotAFile(PathBuf, &'static str),
    /// A file, but not one of this program's.
    NotOurs(PathBuf),
    /// Made by a newer version of this program: the file's version and the newest known here.
    TooNew(PathBuf, i64, i64),
    /// An older database that would have to be migrated, and cannot be written.
    CannotMigrate(PathBuf),
    /// Nothing can be written, and why.
    ReadOnly(PathBuf, ReadOnlyReason),
    /// The file or its folder cannot be made or opened.
    Io(PathBuf, std::io::Error),
    /// Another program kept it locked for too long.
    Busy,
    /// A movie left the board while the command ran.
    LeftTheBoard,

    /// Something that SQLite says.
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// An error of SQLite's that concerns the file as a whole.
    pub(super) fn opening(path: &Path, error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotOurs(path.to_owned()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::Io(
                path.to_owned(),
                std::io::Error::other("it cannot be opened; look at its permissions and its folder's"),
            ),
            _ => error.into(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

impl std::error::Error for StoreError {}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFile(path, what) => {
                write!(f, "{} is {what}, not a database: give a file with --db", path.display())
            }
            Self::NotOurs(path) => {
                write!(f, "{} is not a movienight database: give another file with --db", path.display())
            }
            Self::TooNew(path, found, known) => write!(
                f,
                "{} was made by a newer movienight (database version {found}, this one knows {known}): \
                 update movienight",
                path.display()
            ),
            Self::CannotMigrate(path) => write!(
                f,
                "{} is of an older version and cannot be brought up to date, because it cannot be written",
                path.display()
            ),
            Self::ReadOnly(_, ReadOnlyReason::NoRoom) => f.write_str(NO_ROOM),
            Self::ReadOnly(path, ReadOnlyReason::Permission) => write!(
                f,
                "{} cannot be written, so nothing was stored: look at its permissions and its folder's",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "cannot use the database {}: {}", path.display(), lower(error)),
            Self::Busy => {
                f.write_str("the database is locked by another program, so nothing was stored: try again in a moment")
            }
            Self::LeftTheBoard => f.write_str(
                "somebody took one of these off the board just now, so nothing was stored: \
                 movienight vote shows the board",
            ),
            Self::Sqlite(error) => sqlite(error, f),
        }
    }
}

const NO_ROOM: &str = "the disk is full, so nothing was stored: make room and try again";
const DAMAGED: &str = "the database is damaged: restore a copy, or save what is left with sqlite3's .recover";

fn sqlite(error: &rusqlite::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => f.write_str(NO_ROOM),
        Some(ErrorCode::ReadOnly) => f.write_str("the database cannot be written, so nothing was stored"),
        Some(ErrorCode::SystemIoFailure) => {
            f.write_str("the disk failed or is full, so nothing was stored: make room or check the disk")
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => f.write_str(DAMAGED),
        // A table or a column that every migrated database has is not there, or holds something else.
        _ if matches!(error, rusqlite::Error::SqlInputError { .. } | rusqlite::Error::InvalidColumnType(..)) => {
            f.write_str(DAMAGED)
        }
        _ => write!(f, "the database says: {}", lower(error)),
    }
}

/// An error's text as part of a sentence.
fn lower(error: &impl fmt::Display) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => text,
    }
}
