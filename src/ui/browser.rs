//! Opens URLs in the user's browser.

use std::io::ErrorKind;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::env::Env;

/// How long to wait for a program that fails at once.
const EARLY_FAILURE: Duration = Duration::from_millis(500);
/// The interval between checks.
const POLL: Duration = Duration::from_millis(10);

/// Opens a URL, which must be trusted, with the first program in BROWSER that starts or, if BROWSER is not set, with
/// the platform's opener. Does not wait until the browser is closed.
///
/// # Errors
/// Returns a message if no program could be started.
pub fn open(env: &Env, address: &str) -> Result<(), String> {
    let mut tried = Vec::new();
    for line in openers(env) {
        // The URL replaces `%s` or is appended.
        let line = if line.contains("%s") { line.to_owned() } else { format!("{line} %s") };
        let mut words = line.split_whitespace().map(|word| word.replace("%s", address));
        let program = words.next().unwrap_or_default();
        let mut command = Command::new(&program);
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn().map(has_failed) {
            Ok(false) => return Ok(()),
            Ok(true) => tried.push(program),
            Err(error) if error.kind() == ErrorKind::NotFound => tried.push(program),
            Err(error) => tried.push(format!("{program}: {error}")),
        }
    }
    Err(format!("no browser could be started (tried {})", tried.join(", ")))
}

/// Returns true if a program ends with an error right away, as xdg-open does where there is no browser. On Windows,
/// explorer also ends with one after it has opened the URL.
fn has_failed(mut child: Child) -> bool {
    if cfg!(windows) {
        return false;
    }
    for _ in 0..EARLY_FAILURE.as_millis() / POLL.as_millis() {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(POLL),
            ended => return ended.is_ok_and(|status| status.is_some_and(|status| !status.success())),
        }
    }
    false
}

/// Returns the command lines to try, in order. BROWSER may hold several, separated by colons, as in xdg-open(1).
fn openers(env: &Env) -> Vec<&str> {
    let named = env.var("BROWSER").unwrap_or_default().split(':').filter(|line| !line.trim().is_empty());
    match named.collect::<Vec<_>>() {
        named if !named.is_empty() => named,
        _ if cfg!(target_os = "macos") => vec!["open"],
        _ if cfg!(windows) => vec!["explorer"],
        _ => vec!["xdg-open", "gio open", "wslview"],
    }
}
