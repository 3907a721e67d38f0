//! Where a board is kept.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::postgres::Address;
use crate::env::Variables;

/// The place of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// A schema on a PostgreSQL server.
    Server(Box<Address>),
}

impl Location {
    /// Parses a path or the address of a server, which the variables complete. Refuses what is hardly meant as a path.
    ///
    /// # Errors
    /// Says in words why this cannot be a place.
    pub fn parse(text: &OsStr, var: Variables<'_>) -> Result<Self, String> {
        let lossy = text.to_string_lossy();
        if lossy.is_empty() {
            return Err("it is empty: give the path of a file or the address of a board".to_owned());
        }
        if lossy.eq_ignore_ascii_case(":memory:") {
            return Err(format!("{lossy} keeps nothing: give the path of a file"));
        }
        if is_address(&lossy) {
            let text = text.to_str().ok_or("the address of the server is not valid UTF-8")?;
            return Ok(Self::Server(Box::new(Address::parse(text, var)?)));
        }
        // Not repeated: they may hold a password.
        if has_keywords(&lossy) {
            return Err(
                "keywords are not supported: write postgres://user@host/database; a file of that name is ./NAME"
                    .to_owned(),
            );
        }
        if lossy.split_once('@').is_some_and(|(user, _)| user.contains(':') && !user.contains('/')) {
            return Err("the address of a server begins with postgres://; a file of that name is ./NAME".to_owned());
        }
        if let Some((scheme, _)) = lossy.split_once("://") {
            return Err(format!("{scheme}:// is not supported: give a path or postgres://…"));
        }
        Ok(Self::File(PathBuf::from(text)))
    }

    /// The same, waiting no longer than this for a server.
    pub fn with_time_limit(mut self, limit: Duration) -> Self {
        if let Self::Server(address) = &mut self {
            address.set_limit(limit);
        }
        self
    }

    /// The same place, also for a process that starts in another folder.
    pub fn absolute(&self) -> Self {
        match self {
            Self::File(path) => Self::File(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
            Self::Server(_) => self.clone(),
        }
    }

    /// One text for one board, by whatever path it is reached: names its files in the state folder.
    pub fn identity(&self) -> String {
        match self {
            Self::File(path) => resolved(path).to_string_lossy().into_owned(),
            Self::Server(address) => address.identity(),
        }
    }

    /// As a value of MOVIENIGHT_DB. It may hold a password, and is no argument for a command line.
    pub fn to_variable(&self) -> &OsStr {
        match self {
            Self::File(path) => path.as_os_str(),
            Self::Server(address) => address.secret_text(),
        }
    }

    /// It is on another machine, or may be.
    pub fn is_server(&self) -> bool {
        matches!(self, Self::Server(_))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(address) => address.fmt(f),
        }
    }
}

/// True for text that is meant as the address of a server, right or wrong: as a path it would be shown, and may hold a
/// password.
fn is_address(text: &str) -> bool {
    let start: String = text.chars().take(10).collect::<String>().to_ascii_lowercase();
    let has_scheme = ["postgres:", "postgres/", "postgresql"].iter().any(|scheme| start.starts_with(scheme));
    has_scheme && (text.contains('@') || text.contains("://"))
}

/// True for psql's other form of an address, `host=… dbname=…`.
fn has_keywords(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["host=", "dbname=", "password="].iter().any(|keyword| text.contains(keyword))
}

fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}
