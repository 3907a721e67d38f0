//! Errors of a store. The kind tells callers what to advise; the text tells what happened, to what.

use std::fmt;
use std::path::Path;

/// The kind of an error, for a hint at the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The location holds something that is not a board.
    NotADatabase,
    /// The board was written by a newer version of this program.
    TooNew,
    /// The board is of an older version, and migrating it needs the right to write.
    TooOld,
    /// The board cannot be written.
    ReadOnly,
    /// A hot journal lies beside the file, and rolling it back needs the right to write.
    NeedsRecovery,
    /// The board stayed locked for too long.
    Busy,
    /// The disk is full or fails.
    NoRoom,
    /// The board holds what this program never writes.
    Damaged,
    /// The file cannot be created or opened.
    Inaccessible,
    /// The server cannot be reached, or does not answer.
    Unreachable,
    /// The connection was lost, and nothing was stored.
    Lost,
    /// The connection was lost, and it is not known whether a change was stored.
    Uncertain,
    /// The server rejects the user, or its certificate is not trusted.
    Login,
    /// The server wants a password, or another one.
    Password,
    /// The user lacks rights.
    NotAllowed,
    /// A conflict with another transaction: a retry may succeed.
    Conflict,
    /// A movie left the board while the command ran.
    LeftTheBoard,
    /// Any other error of the database.
    Other,
}

/// An error of a store: a kind and a sentence, without the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    /// Its kind.
    pub kind: ErrorKind,
    text: String,
    /// True if the user wanted to store something, and certainly nothing was stored.
    says_nothing_stored: bool,
    /// The next step, if it is not the one for the kind.
    pub hint: Option<String>,
}

impl StoreError {
    pub(super) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), says_nothing_stored: false, hint: None }
    }

    /// An error of the file at `path`, as `PATH what`.
    pub(super) fn of_file(kind: ErrorKind, path: &Path, what: &str) -> Self {
        Self::new(kind, format!("{} {what}", path.display()))
    }

    /// The file, its folder or its file system refuses access.
    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::new(ErrorKind::Inaccessible, format!("cannot use the database {}: {}", path.display(), in_words(error)))
    }

    /// The contents of a database are invalid; the driver adds the location.
    pub(super) fn damaged() -> Self {
        Self::new(ErrorKind::Damaged, "the database is damaged")
    }

    /// Adds to the text that nothing was stored.
    pub(super) fn nothing_stored(self) -> Self {
        Self { says_nothing_stored: true, ..self }
    }

    /// Removes from the text that nothing was stored, for a user who only reads.
    pub fn while_reading(self) -> Self {
        Self { says_nothing_stored: false, ..self }
    }

    /// Sets a next step in place of the one for the kind.
    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
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
