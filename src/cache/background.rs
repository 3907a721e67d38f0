//! The refresh in the background: started by a command that shows old data, for the next one, and by proposals that lack a
//! poster.

use std::process::{Command, Stdio};

use time::UtcDateTime;

use super::freshness::{in_order, is_taken};
use crate::config::Config;
use crate::env::Env;
use crate::model::{CacheEntry, ImdbId};
use crate::state::State;
use crate::store::Location;

/// The lease that keeps a second one from starting. It outlives the refresh by the time that the last request may take.
pub const LEASE: time::Duration = time::Duration::seconds(75);
/// Titles that one refresh takes at most; the next view starts the next one.
pub const MAX_TITLES: usize = 500;

/// The titles that a refresh in the background would take now: old, missing or partial ones that nobody is fetching and
/// that did not fail a moment ago.
pub fn due<'e>(entries: impl Iterator<Item = (ImdbId, &'e CacheEntry)>, now: UtcDateTime) -> Vec<ImdbId> {
    let mut due = in_order(entries.filter(|(_, entry)| is_taken(entry, false, now)));
    due.truncate(MAX_TITLES);
    due
}

/// Starts a refresh of these titles unless one is running. It is detached, has the same settings, and starts no other.
pub fn start_if_free(
    env: &Env,
    config: &Config,
    location: &Location,
    state: &State,
    titles: &[ImdbId],
    now: UtcDateTime,
) {
    let Some(exe) = env.exe.as_ref().filter(|_| state.take_lease(now, now + LEASE)) else { return };
    let mut command = Command::new(exe);
    // In the environment, which only this user may read, because it may contain a password.
    command.args(["cache", "refresh", "--background"]).envs(&env.vars).envs(config.variables());
    if let Some(path) = config.path.as_ref().filter(|_| config.is_path_given) {
        command.arg("--config").arg(path);
    }
    command.args(titles.iter().map(ImdbId::to_string));
    command.env("MOVIENIGHT_DB", location.absolute().to_variable());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(windows)]
    {
        const DETACHED_PROCESS: u32 = 0x0000_0008;
        std::os::windows::process::CommandExt::creation_flags(&mut command, DETACHED_PROCESS);
    }
    // If it fails to start, the next view tries again.
    let _ = command.spawn();
}

/// Detaches this process from the one that started it with [`start_if_free`]: gives it a session of its own, so that no
/// signal of the terminal reaches it, and closes inherited descriptors, so that nobody waits for the end of a pipe.
pub fn detach() {
    #[cfg(unix)]
    {
        let _ = rustix::process::setsid();
        #[expect(unsafe_code, reason = "closing descriptors that nobody here owns cannot be checked")]
        // SAFETY: called first thing in this process, before anything of ours is opened; what is closed was inherited and
        // nothing here knows of it.
        unsafe {
            close_fds::close_open_fds(3, &[]);
        }
    }
}
