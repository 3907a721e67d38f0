//! This machine's own state, apart from any board: views of boards and how long they took, requests to sources, which
//! of them are unreachable from here, the last copy of a server's board, the group's chat, and the refresh lease.
//!
//! It is kept in the platform's state folder. Losing it harms nobody, so nothing here fails a command: a failed write
//! is ignored, and an unreadable file counts as absent. It is bounded by age and by size.

mod board_copy;
mod chat;
mod lease;
mod record;
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

/// This machine's state for one board.
#[derive(Clone, Debug)]
pub struct State {
    /// `None` if there is no state folder; then nothing is remembered.
    folder: Option<PathBuf>,
    board: String,
}

impl State {
    /// Returns the state in `folder` for the board with this identity, see [`crate::store::Location::identity`].
    pub fn new(folder: Option<PathBuf>, identity: &str) -> Self {
        Self { folder, board: format!("{:016x}", fnv1a(identity.as_bytes())) }
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    /// Reads a file. `None` if it is absent or unreadable.
    fn load<T: DeserializeOwned>(path: Option<PathBuf>) -> Option<T> {
        // Reading a pipe would block.
        let path = path.filter(|path| path.is_file())?;
        serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
    }

    /// Replaces a file. Errors are ignored.
    fn save(path: Option<PathBuf>, value: &impl Serialize) {
        if let (Some(path), Ok(json)) = (path, serde_json::to_vec(value)) {
            let _ = make_folder_of(&path).and_then(|()| replace(&path, |file| file.write_all(&json)));
        }
    }

    /// Returns the path of a file of this board.
    fn board_path(&self, extension: &str) -> Option<PathBuf> {
        self.path(&format!("{}.{extension}", self.board))
    }
}
