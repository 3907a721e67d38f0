//! The lease of the background refresh: one at a time for a board, on this machine.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};

use time::UtcDateTime;

use super::State;
use crate::files::make_folder_of;

impl State {
    /// Takes the lease from `now` to `until`. Returns false if somebody else has it. A lease expires by itself, so that
    /// a refresh that was killed stops nobody for long.
    pub fn take_lease(&self, now: UtcDateTime, until: UtcDateTime) -> bool {
        self.with_lease(|text| (!is_valid(text, now, until)).then(|| until.unix_timestamp().to_string()))
            .unwrap_or(false)
    }

    /// Releases the lease.
    pub fn end_lease(&self) {
        self.with_lease(|_| Some(String::new()));
    }

    /// Replaces the lease by the result of `change`, under the file's lock. Returns false if `change` keeps it. `None`
    /// if the file cannot be used or another process holds the lock.
    fn with_lease(&self, change: impl FnOnce(&str) -> Option<String>) -> Option<bool> {
        let path = self.board_path("lease")?;
        let open = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file: File = open().or_else(|_| make_folder_of(&path).and_then(|()| open())).ok()?;
        file.try_lock().ok()?;
        let mut text = String::new();
        (&file).read_to_string(&mut text).ok()?;
        let Some(changed) = change(&text) else { return Some(false) };
        (&file).seek(SeekFrom::Start(0)).ok()?;
        file.set_len(0).ok()?;
        (&file).write_all(changed.as_bytes()).ok()?;
        Some(true)
    }
}

fn is_valid(text: &str, now: UtcDateTime, latest: UtcDateTime) -> bool {
    let until = text.trim().parse().ok().and_then(|seconds| UtcDateTime::from_unix_timestamp(seconds).ok());
    until.is_some_and(|until| now < until && until <= latest)
}
