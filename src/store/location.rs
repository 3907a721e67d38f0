//! Where a board is kept.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

/// The place of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
}

impl Location {
    /// Understands a path. Names that SQLite would understand as something else are refused, because a file of that
    /// name is hardly what was meant.
    ///
    /// # Errors
    /// Says in words why this cannot be a place.
    pub fn parse(text: &OsStr) -> Result<Self, String> {
        let lossy = text.to_string_lossy();
        if lossy.eq_ignore_ascii_case(":memory:") {
            return Err(format!("{lossy} keeps nothing: give the path of a file"));
        }
        if lossy.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("file:")) {
            return Err(format!("{lossy} is an address of SQLite's, not a path: give the path of a file"));
        }
        if let Some((scheme, _)) = lossy.split_once("://") {
            return Err(format!("{scheme}:// is no kind of database that is known here: give the path of a file"));
        }
        Ok(Self::File(PathBuf::from(text)))
    }

    /// The same place, also for a process that starts in another folder.
    pub fn absolute(&self) -> Self {
        match self {
            Self::File(path) => Self::File(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
        }
    }

    /// One text for one board, by whatever path it is reached: names its files in the state folder.
    pub fn identity(&self) -> String {
        match self {
            Self::File(path) => resolved(path).to_string_lossy().into_owned(),
        }
    }

    /// As an argument of `--db`.
    pub fn to_arg(&self) -> &OsStr {
        match self {
            Self::File(path) => path.as_os_str(),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
        }
    }
}

fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}
