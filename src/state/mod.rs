//! This machine's own state, apart from any board: views of boards and how long they took, requests to sources, which
//! sources cannot be reached from here, and the lease of the background refresh.
//!
//! It lies in the platform's state folder. Losing it harms nobody, so nothing here fails a command: what cannot be written
//! is not remembered, what cannot be read was never recorded. It is bounded by age and by size.

mod chat;
mod lease;
mod log;
mod record;
mod seen;
mod sources;

use std::path::PathBuf;

use crate::files::fnv1a;

pub use chat::{ChatMemory, StoredThread};
pub use record::{BoardLoad, RefreshCounts, RequestRecord};
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

    /// A file of this board's.
    fn board_path(&self, extension: &str) -> Option<PathBuf> {
        self.path(&format!("{}.{extension}", self.board))
    }
}
