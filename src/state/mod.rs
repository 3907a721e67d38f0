//! This machine's own state, apart from any board: looks at boards and how long they took, requests to sources, which
//! sources cannot be reached from here, and the lease of the background refresh.
//!
//! It lies in the platform's state folder. Losing it harms nobody, so nothing here fails a command: what cannot be written
//! is not remembered, what cannot be read was never recorded. It is bounded by age and by size.

mod lease;
mod log;
mod record;
mod seen;
mod sources;

use std::path::PathBuf;

pub use record::{Look, RefreshCounts, RequestRecord};
pub use sources::SourceState;

/// The state of this machine as far as it concerns one board.
#[derive(Clone, Debug)]
pub struct State {
    /// None: there is no place for it, and nothing is remembered.
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

/// FNV-1a, 64 bits (Fowler, Noll and Vo): short, and the same in every version of this program, as the standard
/// library's hashes are not. It names files and protects nothing.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
