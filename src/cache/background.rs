//! The background refresh. A command that shows old data starts it for the next command. A proposal starts it for
//! missing data and posters.

use std::process::{Command, Stdio};

use time::UtcDateTime;

use super::freshness::{in_order, is_selected};
use crate::config::Config;
use crate::env::Env;
use crate::model::{CacheEntry, ImdbId};
use crate::state::State;
use crate::store::Location;

/// The duration of the lease that prevents a second refresh. It outlasts the refresh by the time of a last request.
pub const LEASE: time::Duration = time::Duration::seconds(75);
/// The maximum number of titles of one refresh. The next view starts another one.
pub const MAX_TITLES: usize = 500;

/// Returns the titles that a background refresh would take now: old, missing or partial ones that nobody is fetching
/// and that did not fail a moment ago.
pub fn due<'e>(entries: impl Iterator<Item = (ImdbId, &'e CacheEntry)>, now: UtcDateTime) -> Vec<ImdbId> {
    let mut due = in_order(entries.filter(|(_, entry)| is_selected(entry, false, now)));
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
    let Some(exe) = &env.exe else { return };
    if !state.take_lease(now, now + LEASE) {
        return;
    }
    let mut command = Command::new(exe);
    // The settings are passed in the environment, which only this user may read, because they may contain a password.
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
    // If it fails to start, a view tries again once the lease has expired.
    let _ = command.spawn();
}

/// Detaches this process from the one that started it with [`start_if_free`]. Its own session keeps it out of reach of
/// the terminal's signals. Closing the inherited descriptors ends the pipes that somebody may be waiting for.
pub fn detach() {
    #[cfg(unix)]
    {
        let _ = rustix::process::setsid();
        #[expect(unsafe_code, reason = "closing descriptors that nobody here owns cannot be checked")]
        // SAFETY: called first in this process, so every descriptor that this closes was inherited, and nothing uses
        // it.
        unsafe {
            close_fds::close_open_fds(3, &[]);
        }
    }
}
