//! The location of a board, which is a file or a schema on a server.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::postgres::host::Route;
use crate::env::Variables;
use crate::model::text::sanitize;

/// The location of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// A schema on a PostgreSQL server.
    Server(Box<Address>),
}

/// The board of an address that names none.
pub const DEFAULT_BOARD: &str = "movienight";
/// The longest name of a board, in characters. PostgreSQL takes 63 bytes.
const MAX_BOARD: usize = 41;

/// The address of a board on a server. None exists in a build without PostgreSQL.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    pub(super) route: Route,
    /// The name of the board, which is a schema.
    pub board: String,
    /// The user of the database.
    pub user: String,
    /// The database and its server, as messages name them.
    pub server: String,
    /// The hosts, ports and database as a URL without user and password, which is the same on every machine.
    pub(super) place: String,
    /// The longest wait for an answer of the server.
    pub(super) limit: Duration,
    /// The text as it was typed, which may contain a password.
    pub(super) text: String,
}

impl Address {
    /// Returns the address of another board in the same database.
    #[cfg_attr(not(feature = "postgres"), expect(unreachable_code, reason = "without the driver there is no address"))]
    pub fn with_board(&self, board: &str) -> Result<Self, String> {
        check_board(board)?;
        Ok(Self { board: board.to_owned(), ..self.clone() })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "board {} in {}", self.board, self.server)
    }
}

/// Leaves out the text, which may contain a password.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Checks the name of a board, which is a schema. Allows only names that are easy to type.
pub fn check_board(name: &str) -> Result<(), String> {
    let is_ours = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_name = name.len() <= MAX_BOARD && name.starts_with(|c: char| c.is_ascii_lowercase());
    if !is_name || !name.chars().all(is_ours) {
        return Err(format!(
            "board={}: board names have at most {MAX_BOARD} characters (a-z, 0-9, _) and start with a letter",
            sanitize(name, 60)
        ));
    }
    if name.starts_with("pg_") || ["public", "information_schema"].contains(&name) {
        return Err(format!("board={name}: this name is used by PostgreSQL itself"));
    }
    Ok(())
}

impl Location {
    /// Parses a path, or the address of a server, which variables complete. Rejects text that is unlikely to be a path.
    pub fn parse(text: &OsStr, var: Variables<'_>) -> Result<Self, String> {
        let lossy = text.to_string_lossy();
        if lossy.is_empty() {
            return Err("the location is empty: give the path of a file or the address of a board".to_owned());
        }
        if lossy.eq_ignore_ascii_case(":memory:") {
            return Err(format!("{lossy} stores nothing: give the path of a file"));
        }
        if is_address(&lossy) {
            let text = text.to_str().ok_or("the address of the server is not valid UTF-8")?;
            return Ok(Self::Server(Box::new(Address::parse(text, var)?)));
        }
        // The text is not repeated, because it may contain a password.
        if is_unsupported_address(&lossy) {
            return Err("a server address must start with postgres://; for a file, write ./NAME".to_owned());
        }
        if let Some((scheme, _)) = lossy.split_once("://") {
            return Err(format!("{scheme}:// is not supported: give a path or postgres://…"));
        }
        // `~` is not expanded in a quoted variable or in a configuration file.
        let home = var("HOME").filter(|home| !home.is_empty());
        Ok(Self::File(match (lossy.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => Path::new(&home).join(rest),
            _ => PathBuf::from(text),
        }))
    }

    /// Returns the same location with this limit on waiting for a server.
    pub fn with_time_limit(mut self, limit: Duration) -> Self {
        if let Self::Server(address) = &mut self {
            address.limit = limit;
        }
        self
    }

    /// Returns the same location with an absolute path, for a process that starts in another folder.
    pub fn absolute(&self) -> Self {
        match self {
            Self::File(path) => Self::File(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
            Self::Server(_) => self.clone(),
        }
    }

    /// Returns a text that is the same whatever path leads to the board. It names the files in the state folder.
    pub fn identity(&self) -> String {
        match self {
            Self::File(path) => {
                let resolved = path.canonicalize().or_else(|_| std::path::absolute(path));
                resolved.unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned()
            }
            Self::Server(address) => format!("{}?board={}", address.place, address.board),
        }
    }

    /// Returns the value of MOVIENIGHT_DB for a child. It may hold a password: never print it, log it or pass it as an
    /// argument.
    pub fn to_variable(&self) -> &OsStr {
        match self {
            Self::File(path) => path.as_os_str(),
            Self::Server(address) => OsStr::new(&address.text),
        }
    }

    /// Returns true for a board on a PostgreSQL server.
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

/// Returns true for anything like a server address. It may contain a password, so it must not be shown as a path.
fn is_address(text: &str) -> bool {
    let start: String = text.chars().take(10).collect::<String>().to_ascii_lowercase();
    let has_scheme = ["postgres:", "postgres/", "postgresql"].iter().any(|scheme| start.starts_with(scheme));
    has_scheme && (text.contains('@') || text.contains("://"))
}

/// Returns true for psql's other form of an address, `host=… dbname=…`, and for `user:password@host`.
fn is_unsupported_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["host=", "dbname=", "password="].iter().any(|keyword| lower.contains(keyword))
        || text.split_once('@').is_some_and(|(user, _)| user.contains(':') && !user.contains('/'))
}
