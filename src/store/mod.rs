//! The database: all SQL, and the only place that knows SQLite.
//!
//! Methods take `&mut self`, are one transaction each and speak in types of [`crate::model`], so
//! that another store may stand beside this one some day. Cutoffs are handed in: what is fresh is
//! not known here.

mod board;
mod cache;
mod change;
mod error;
mod health;
mod open;
mod search;
mod undo;
mod watch;

use std::path::PathBuf;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use time::UtcDateTime;

pub use board::ProposalStatus;
pub use cache::{Claim, Due};
pub use change::{Favored, NewProposal, Proposed, Unvoted, Voted};
pub use error::StoreError;
pub use open::SCHEMA_VERSION;
pub use undo::Change;
pub use watch::Watched;

/// Result of a store method.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An open database.
pub struct Store {
    conn: Connection,
    path: PathBuf,
    /// Why nothing can be written; none: it can.
    read_only: Option<ReadOnlyReason>,
}

/// What keeps a database from being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnlyReason {
    /// The permissions of the file, its folder or its file system.
    Permission,
    /// There is no room for the files that SQLite keeps beside it.
    NoRoom,
}

impl Store {
    /// Whether nothing can be written.
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// From here on, a writer waits for another only so long before it gives up, because somebody
    /// waits for more than the writing.
    ///
    /// # Errors
    /// As SQLite says.
    pub fn wait_at_most(&mut self, patience: std::time::Duration) -> Result<()> {
        Ok(self.conn.busy_timeout(patience)?)
    }

    /// A transaction that reads one state of the database, whatever others write meanwhile.
    fn read(&mut self) -> rusqlite::Result<Transaction<'_>> {
        self.conn.transaction()
    }

    /// A transaction that writes. IMMEDIATE: one that reads first and writes later fails when
    /// another writer came between, and waiting does not help it.
    fn write(&mut self) -> Result<Transaction<'_>> {
        if let Some(hindrance) = self.read_only {
            return Err(StoreError::ReadOnly(self.path.clone(), hindrance));
        }
        Ok(self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

fn seconds(moment: UtcDateTime) -> i64 {
    moment.unix_timestamp()
}

/// A stored time; one that no calendar knows (somebody edited the file) is the epoch.
fn moment(seconds: i64) -> UtcDateTime {
    UtcDateTime::from_unix_timestamp(seconds).unwrap_or(UtcDateTime::UNIX_EPOCH)
}
