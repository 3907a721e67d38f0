//! This machine's own state, apart from any board: views of boards and how long they took, requests to sources, which
//! sources cannot be reached from here, and the lease of the background refresh.
//!
//! It lies in the platform's state folder. Losing it harms nobody, so nothing here fails a command: what cannot be written
//! is not remembered, what cannot be read was never recorded. It is bounded by age and by size.

mod chat;
mod lease;
mod record;
mod seen;
mod sources;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::files::{fnv1a, make_folder_of, replace};

pub use chat::{ChatMemory, Paste, Said, StoredThread};
pub use record::{BoardLoad, RequestRecord};
pub use sources::SourceState;

/// The state of this machine as far as it concerns one board.
#[derive(Clone, Debug)]
pub struct State {
    /// `None` if there is no place for it; then nothing is remembered.
    folder: Option<PathBuf>,
    board: String,
}

impl State {
    /// In `folder`, for the board of that identity, see [`crate::store::Location::identity`].
    pub fn new(folder: Option<PathBuf>, identity: &str) -> Self {
        Self { folder, board: format!("{:016x}", fnv1a(identity.as_bytes())) }
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    /// The contents of a file. `None` if it is absent or unreadable.
    fn load<T: DeserializeOwned>(path: Option<PathBuf>) -> Option<T> {
        // A pipe would be waited for.
        let path = path.filter(|path| path.is_file())?;
        serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
    }

    /// Replaces a file. What cannot be kept is not remembered.
    fn save(path: Option<PathBuf>, value: &impl Serialize) {
        if let (Some(path), Ok(json)) = (path, serde_json::to_vec(value)) {
            let _ = make_folder_of(&path).and_then(|()| replace(&path, |file| file.write_all(&json)));
        }
    }

    /// A file of this board's.
    fn board_path(&self, extension: &str) -> Option<PathBuf> {
        self.path(&format!("{}.{extension}", self.board))
    }
}
