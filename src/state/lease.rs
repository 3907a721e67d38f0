//! The lease of the background refresh: one at a time for a board, on this machine.

use time::UtcDateTime;

use super::State;

impl State {
    /// Takes the lease from `now` to `until`. Returns false if somebody else has it, or there is no state folder. A
    /// lease expires by itself, so that a refresh that was killed stops nobody for long. Two processes that take it at
    /// the same moment both get it: then the claims in the database keep them from fetching the same titles.
    pub fn take_lease(&self, now: UtcDateTime, until: UtcDateTime) -> bool {
        let path = self.board_path("lease");
        let is_taken = |end: i64| (now.unix_timestamp() + 1..=until.unix_timestamp()).contains(&end);
        if path.is_none() || Self::load(path.clone()).is_some_and(is_taken) {
            return false;
        }
        Self::save(path, &until.unix_timestamp());
        true
    }

    /// Releases the lease.
    pub fn end_lease(&self) {
        Self::save(self.board_path("lease"), &0);
    }
}
