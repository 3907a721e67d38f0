//! Where a board is kept.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::postgres::{Address, Variables};

/// Keywords of psql's other form of an address, `host=… dbname=…`.
const LIBPQ_KEYWORDS: [&str; 18] = [
    "host",
    "hostaddr",
    "port",
    "user",
    "password",
    "passfile",
    "dbname",
    "service",
    "options",
    "application_name",
    "client_encoding",
    "connect_timeout",
    "target_session_attrs",
    "channel_binding",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
];

/// Those of other programs' forms, `Server=…;User Id=…`, by their last words.
const OTHER_KEYWORDS: [&str; 6] = ["server", "username", "id", "uid", "pwd", "database"];

/// The place of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// A schema on a PostgreSQL server.
    Server(Box<Address>),
}

impl Location {
    /// Understands a path or the address of a server, which the variables complete. Names that SQLite would understand
    /// as something else are refused, because a file of that name is hardly what was meant.
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
        if lossy.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("file:")) {
            return Err(format!("{lossy} is an address of SQLite's, not a path: give the path of a file"));
        }
        if Address::is_meant(&lossy) {
            let text = text.to_str().ok_or("the address of the server is not valid UTF-8")?;
            return Ok(Self::Server(Box::new(Address::parse(text, var)?)));
        }
        // Not repeated: they may hold a password.
        if has_keywords(&lossy) {
            return Err(
                "keywords are no address here: write postgres://user@host/database; a file of that name is ./NAME"
                    .to_owned(),
            );
        }
        if lossy.split_once('@').is_some_and(|(user, _)| user.contains(':') && !user.contains('/')) {
            return Err("the address of a server begins with postgres://; a file of that name is ./NAME".to_owned());
        }
        if let Some((scheme, _)) = lossy.split_once("://") {
            return Err(format!("{scheme}:// is no kind of database that is known here: give a path or postgres://…"));
        }
        Ok(Self::File(PathBuf::from(text)))
    }

    /// The same, waiting no longer than this for a server.
    pub fn with_time_limit(mut self, limit: Duration) -> Self {
        if let Self::Server(address) = &mut self {
            address.limit = limit;
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

/// The text is made of `keyword=value`, as psql and others write an address.
fn has_keywords(text: &str) -> bool {
    let (before_last, _) = text.rsplit_once('=').unwrap_or_default();
    let keywords =
        before_last.split('=').filter_map(|part| part.trim_end().split([' ', '\t', '\n', ';', ':']).next_back());
    let mut keywords = keywords.map(str::to_ascii_lowercase);
    keywords.any(|keyword| LIBPQ_KEYWORDS.contains(&&*keyword) || OTHER_KEYWORDS.contains(&&*keyword))
}

fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}
