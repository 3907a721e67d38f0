//! Errors of a store. The kind tells callers which next step to advise, and the text tells what failed.

use std::fmt;
use std::path::Path;

/// The kind of an error, which decides the hint at the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The location holds something that is not a board.
    NotADatabase,
    /// The board was written by a newer version of this program.
    TooNew,
    /// The board is of an older version, and migrating it needs write access.
    TooOld,
    /// The board cannot be written.
    ReadOnly,
    /// There is a hot journal beside the file, and rolling it back needs write access.
    NeedsRecovery,
    /// The board stayed locked for too long.
    Busy,
    /// The disk is full or fails.
    NoRoom,
    /// The board holds something that this program never writes.
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
    /// The server wants a password, or a different one.
    Password,
    /// The user lacks permissions.
    NotAllowed,
    /// The transaction conflicts with another one. A retry may succeed.
    Conflict,
    /// A movie left the board while the command ran.
    LeftTheBoard,
    /// Any other error of the database.
    Other,
}

/// An error of a store: its kind, a sentence, and a hint if the kind's own does not apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    /// Its kind.
    pub kind: ErrorKind,
    text: String,
    /// True if the user wanted to store something, and it is certain that nothing was stored.
    says_nothing_stored: bool,
    /// The hint at the next step. `None` for the one of the kind.
    pub hint: Option<String>,
}

impl StoreError {
    pub(super) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), says_nothing_stored: false, hint: None }
    }

    /// Creates an error of the file at `path`, with the text `PATH what`.
    pub(super) fn of_file(kind: ErrorKind, path: &Path, what: &str) -> Self {
        Self::new(kind, format!("{} {what}", path.display()))
    }

    /// Creates an error for a file, folder or file system that refuses access.
    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::new(
            ErrorKind::Inaccessible,
            format!("cannot use the database {}: {}", path.display(), lower_first(error)),
        )
    }

    /// Creates an error for invalid contents. The driver adds the location.
    pub(super) fn damaged() -> Self {
        Self::new(ErrorKind::Damaged, "the database is damaged")
    }

    /// Makes the text say that nothing was stored.
    pub(super) fn nothing_stored(self) -> Self {
        Self { says_nothing_stored: true, ..self }
    }

    /// Makes the text no longer say that nothing was stored, for a user who only reads.
    pub fn while_reading(self) -> Self {
        Self { says_nothing_stored: false, ..self }
    }

    /// Sets a hint that replaces the one of the kind.
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

/// Returns an error's text for use inside a sentence: starts it in lower case unless it starts with an abbreviation.
pub(super) fn lower_first(error: &impl fmt::Display) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => text,
    }
}
