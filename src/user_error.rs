//! Errors for people: what failed, and the next step.

use std::fmt;
use std::io;

use serde::Serialize;

use crate::files::{is_no_room, reason, without_number};

/// A failure in one sentence without a full stop, and the next step if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserError {
    /// The action that failed, and its object.
    pub error: String,
    /// The next step.
    pub hint: Option<String>,
    /// The kind, for scripts.
    pub code: Code,
    /// The movies that may have been meant.
    pub candidates: Vec<ShortMovie>,
}

/// The kind of a failure. The names are documented in docs/json.md.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the JSON say it")]
pub enum Code {
    Ambiguous,
    #[default]
    Failed,
    Hidden,
    Locked,
    Login,
    Network,
    NoBoard,
    NoRoom,
    NotAllowed,
    NotFound,
    ReadOnly,
    ServerAway,
    Settings,
    Uncertain,
    UnknownId,
    Unusable,
    Usage,
    Watched,
}

/// A movie in short, as errors and outcomes name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShortMovie {
    /// Its number, if it has been proposed.
    pub number: Option<i64>,
    /// Its IMDb id, if it has one.
    pub imdb_id: Option<String>,
    /// Its title, if it is known.
    pub title: Option<String>,
    /// Its year, if it is known.
    pub year: Option<u16>,
    /// Its title with its year, or its id.
    #[serde(skip)]
    pub name: String,
}

/// The next step if the disk is full.
pub const FREE_SPACE: &str = "free some space and try again";

impl UserError {
    /// Returns a failure without a next step. The numbers of system errors are left out.
    pub fn new(error: impl Into<String>) -> Self {
        Self { error: without_number(error.into()), hint: None, code: Code::Failed, candidates: Vec::new() }
    }

    /// Returns a failure to write a file, with the next step if the disk is full.
    pub fn cannot_write(what: &str, error: &io::Error) -> Self {
        let failure = Self::new(format!("cannot write {what}: {}", reason(error)));
        if is_no_room(error) { failure.code(Code::NoRoom).hint(FREE_SPACE) } else { failure }
    }

    /// Sets the kind.
    pub fn code(self, code: Code) -> Self {
        Self { code, ..self }
    }

    /// Sets the candidates, and the kind to [`Code::Ambiguous`].
    pub fn candidates(self, candidates: impl Iterator<Item = ShortMovie>) -> Self {
        Self { code: Code::Ambiguous, candidates: candidates.collect(), ..self }
    }

    /// Sets the next step.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.hint {
            Some(hint) if self.error.ends_with('?') => write!(f, "{} {hint}", self.error),
            Some(hint) => write!(f, "{}: {hint}", self.error),
            None => f.write_str(&self.error),
        }
    }
}

impl std::error::Error for UserError {}

/// Fails with a sentence and a next step.
pub fn fail<T, E: From<UserError>>(error: impl Into<String>, hint: impl Into<String>) -> Result<T, E> {
    Err(UserError::new(error).hint(hint).into())
}

/// The end of a command that did not succeed and has already printed everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuietEnd {
    /// The person wants to stop.
    Interrupted,
    /// The command worked, and its answer is no.
    Negative,
}

impl fmt::Display for QuietEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for QuietEnd {}

/// Several independent failures of one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserErrors(pub Vec<UserError>);

impl From<UserError> for UserErrors {
    fn from(failure: UserError) -> Self {
        Self(vec![failure])
    }
}

impl UserErrors {
    /// Returns an error with all failures, or `Ok` if there are none.
    pub fn check(failures: Vec<UserError>) -> anyhow::Result<()> {
        if failures.is_empty() { Ok(()) } else { Err(Self(failures).into()) }
    }
}

impl fmt::Display for UserErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(UserError::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for UserErrors {}
