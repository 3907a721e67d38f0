//! Opening an address in the person's browser.

use std::process::{Command, Stdio};

use crate::env::Env;

/// Opens an address with the platform's own opener, or with what BROWSER names. Waits only until it has started.
///
/// # Errors
/// Says in words why nothing was started.
pub fn open(env: &Env, address: &str) -> Result<(), String> {
    let named =
        env.var("BROWSER").ok().flatten().and_then(|list| list.split(':').next()).filter(|name| !name.is_empty());
    let openers: Vec<&str> = match named {
        Some(browser) => vec![browser],
        None if cfg!(target_os = "macos") => vec!["open"],
        None if cfg!(windows) => vec!["explorer"],
        None => vec!["xdg-open", "gio", "wslview"],
    };
    let mut last = String::new();
    for opener in openers {
        let mut command = Command::new(opener);
        if opener == "gio" {
            command.arg("open");
        }
        command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(_) => return Ok(()),
            Err(error) => last = format!("{opener}: {error}"),
        }
    }
    Err(last)
}
