//! The refresh in the background: started by a board that shows stale data, for the next one, and by proposals that lack a
//! poster.

use std::process::{Command, Stdio};

use time::UtcDateTime;

use super::freshness::{freshness, is_worth_a_try};
use crate::env::Env;
use crate::model::{Board, Freshness, Proposal};
use crate::sources::Settings;
use crate::state::State;
use crate::store::Location;

/// The lease that keeps a second one from starting. It outlives the refresh by the time that the last request may take.
pub const LEASE: time::Duration = time::Duration::seconds(75);
/// Titles that one refresh takes at most; the next board starts the next one.
pub const TITLES: usize = 500;

/// A refresh in the background would do some good: there are stale, missing or partial titles that nobody is fetching and that did
/// not fail a moment ago, and there is a source to ask.
pub fn is_worth_starting(board: &Board, settings: &Settings, state: &State, now: UtcDateTime) -> bool {
    let is_due = |movie: &Proposal| {
        matches!(freshness(movie, now), Freshness::Stale | Freshness::Missing) || movie.cache.is_partial()
    };
    if !board.proposals.iter().any(|movie| is_due(movie) && is_worth_a_try(&movie.cache, now)) {
        return false;
    }
    !is_cut_off(settings, state, now)
}

/// No source may be asked by itself at `now`.
pub fn is_cut_off(settings: &Settings, state: &State, now: UtcDateTime) -> bool {
    let states = state.source_states();
    settings.names().all(|name| states.iter().any(|state| state.name == name && state.is_down(now)))
}

/// Starts the refresh unless one is under way already.
pub fn start_if_free(env: &Env, location: &Location, state: &State, now: UtcDateTime) {
    if state.take_lease(now, now + LEASE) {
        start(env, location);
    }
}

/// Starts the refresh, detached: it holds on to nothing of this process, and nobody waits for it. It is given the same
/// environment, and cannot start another: only boards and proposals do that.
fn start(env: &Env, location: &Location) {
    let Some(exe) = &env.exe else { return };
    let mut command = Command::new(exe);
    // By the environment, which only this user may read, and not by an argument: there may be a password in it.
    command.args(["cache", "refresh", "--background"]).envs(&env.vars);
    command.env("MOVIENIGHT_DB", location.absolute().to_variable());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(windows)]
    {
        const DETACHED_PROCESS: u32 = 0x0000_0008;
        std::os::windows::process::CommandExt::creation_flags(&mut command, DETACHED_PROCESS);
    }
    // One that does not start is one that the next board starts.
    let _ = command.spawn();
}

/// Makes this process, just started by [`start_if_free`], independent of the one that started it: a session of its own, so that
/// no signal of the terminal reaches it, and no descriptor that it happened to inherit, so that nobody waits for the other
/// end of a pipe to close.
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
