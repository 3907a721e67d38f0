//! The refresh in the background: started by a board that shows stale data, for the next one.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::freshness::{freshness, is_worth_a_try};
use crate::env::Env;
use crate::model::{Board, Freshness};
use crate::sources::{self, Settings};
use crate::store::{Result, Store};

/// The longest that a refresh in the background runs.
pub const RUNS_AT_MOST: Duration = Duration::from_secs(60);
/// The lease that keeps a second one from starting. It outlives the refresh by the time that the
/// last request may take.
pub const LEASE: time::Duration = time::Duration::seconds(75);
/// Titles that one refresh takes at most; the next board starts the next one.
pub const TITLES: usize = 500;

/// Whether a refresh in the background would do any good: there are stale or missing titles that
/// nobody is fetching and that did not fail a moment ago, and there is a source to ask.
///
/// # Errors
/// The database cannot be read.
pub fn is_worth_starting(
    store: &mut Store,
    board: &Board,
    settings: &Settings,
    now: time::UtcDateTime,
) -> Result<bool> {
    let is_due = |freshness| matches!(freshness, Freshness::Stale | Freshness::Missing);
    if !board.proposals.iter().any(|p| is_due(freshness(p, now)) && is_worth_a_try(&p.cache, now)) {
        return Ok(false);
    }
    let states = store.source_states()?;
    let is_up = |name: &str| !states.iter().any(|s| s.name == name && sources::is_down(s, now));
    Ok(settings.names().any(is_up))
}

/// Starts the refresh, detached: it holds on to nothing of this process, and nobody waits for it.
/// It is given the same environment, and cannot start another: only boards do that.
pub fn start(env: &Env, db: &Path) {
    let Some(exe) = &env.exe else { return };
    let mut command = Command::new(exe);
    command.arg("--db").arg(std::path::absolute(db).unwrap_or_else(|_| db.to_owned()));
    command.args(["cache", "refresh", "--background"]);
    command.envs(&env.vars).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(windows)]
    {
        const DETACHED_PROCESS: u32 = 0x0000_0008;
        std::os::windows::process::CommandExt::creation_flags(&mut command, DETACHED_PROCESS);
    }
    // One that does not start is one that the next board starts.
    let _ = command.spawn();
}

/// Makes this process, just started by [`start`], independent of the one that started it: a session
/// of its own, so that no signal of the terminal reaches it, and no descriptor that it happened to
/// inherit, so that nobody waits for the other end of a pipe to close.
pub fn detach() {
    #[cfg(unix)]
    {
        let _ = rustix::process::setsid();
        #[expect(unsafe_code, reason = "closing descriptors that nobody here owns cannot be checked")]
        // SAFETY: called first thing in this process, before anything of ours is opened; what is
        // closed was inherited and nothing here knows of it.
        unsafe {
            close_fds::close_open_fds(3, &[]);
        }
    }
}
