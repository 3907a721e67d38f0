//! Errors of a store. The kind tells callers what to advise; the text tells what happened, to what.

use std::fmt;
use std::path::Path;

/// The kind of an error, for a hint at the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is something at the place that cannot be a database.
    NotADatabase,
    /// Made by a newer version of this program.
    TooNew,
    /// Of an older version, and cannot be brought up to date without the right to write.
    TooOld,
    /// It cannot be written.
    ReadOnly,
    /// A change was stopped half-way, or is kept in a log, and only who may write can complete it.
    NeedsRecovery,
    /// Another program kept it locked for too long.
    Busy,
    /// The disk is full or fails.
    NoRoom,
    /// It holds what no version of this program writes.
    Damaged,
    /// It cannot be made or opened.
    Inaccessible,
    /// The server cannot be reached, or does not answer.
    Unreachable,
    /// The connection was lost, and nothing was stored.
    Lost,
    /// The connection was lost, and it is not known whether a change was stored.
    Uncertain,
    /// The server does not let this user in, or cannot be trusted.
    Login,
    /// The user has not the rights that it takes.
    NotAllowed,
    /// Others changed the same at the same time: worth another try.
    Conflict,
    /// A movie left the board while the command ran.
    LeftTheBoard,
    /// Something else that the database says.
    Other,
}

/// An error of a store: a kind, and a sentence without the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    kind: ErrorKind,
    text: String,
    /// Somebody wanted to store something, and it is certain that nothing was stored.
    says_nothing_stored: bool,
    hint: Option<String>,
}

impl StoreError {
    pub(super) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), says_nothing_stored: false, hint: None }
    }

    /// One that concerns the file at `path`: `PATH what`.
    pub(super) fn of_file(kind: ErrorKind, path: &Path, what: &str) -> Self {
        Self::new(kind, format!("{} {what}", path.display()))
    }

    /// The file, its folder or its file system refuses access.
    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::new(ErrorKind::Inaccessible, format!("cannot use the database {}: {}", path.display(), in_words(error)))
    }

    /// Something in a database makes no sense; its driver names the place.
    pub(super) fn damaged() -> Self {
        Self::new(ErrorKind::Damaged, "the database is damaged")
    }

    pub(super) fn left_the_board() -> Self {
        Self::new(ErrorKind::LeftTheBoard, "somebody took one of these off the board just now").nothing_stored()
    }

    /// The same, where it is certain that nothing was stored: its text says so.
    pub(super) fn nothing_stored(self) -> Self {
        Self { says_nothing_stored: true, ..self }
    }

    /// The same for somebody who only reads, whom it would puzzle that nothing was stored.
    pub fn while_reading(self) -> Self {
        Self { says_nothing_stored: false, ..self }
    }

    /// The same with a next step of its own, instead of the one for its kind.
    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The next step, where it is not the one for its kind.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        if self.says_nothing_stored { f.write_str(", so nothing was stored") } else { Ok(()) }
    }
}

impl std::error::Error for StoreError {}

/// An error's text as part of a sentence: its first letter small, unless it begins with an abbreviation.
pub(super) fn in_words(error: &impl fmt::Display) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => text,
    }
}
