//! Opening an address in the person's browser.

use std::process::{Command, Stdio};

use url::Url;

use crate::env::Env;

/// Opens an address with the platform's own opener, or with the first program in BROWSER that starts. Does not wait until
/// the browser is closed.
///
/// An address may come from somebody else's database. Only https addresses and files are opened, and only in the form in
/// which they were parsed, so that no address is taken for an option, a script or a program.
///
/// # Errors
/// Says in words why nothing was started.
pub fn open(env: &Env, address: &str) -> Result<(), String> {
    let url = Url::parse(address).ok().filter(|url| match url.scheme() {
        "https" => url.host().is_some() && url.username().is_empty() && url.password().is_none(),
        "file" => true,
        _ => false,
    });
    let url = url.ok_or("only https addresses are opened")?;
    let mut reason = String::new();
    for command in openers(env) {
        let (program, args) = with_address(&command, url.as_str());
        let mut command = Command::new(&program);
        command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(_) => return Ok(()),
            Err(error) => reason = format!("{program}: {error}"),
        }
    }
    Err(reason)
}

/// Command lines to try in order. BROWSER may hold several, separated by colons, as xdg-open(1) reads it.
fn openers(env: &Env) -> Vec<String> {
    let named = env.var("BROWSER").ok().flatten().unwrap_or_default();
    let named: Vec<String> = named.split(':').filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let platform: &[&str] = match () {
        () if !named.is_empty() => return named,
        () if cfg!(target_os = "macos") => &["open"],
        () if cfg!(windows) => &["explorer"],
        () => &["xdg-open", "gio open", "wslview"],
    };
    platform.iter().map(|line| (*line).to_owned()).collect()
}

/// The program and its arguments. The address replaces `%s`, or comes last.
fn with_address(line: &str, address: &str) -> (String, Vec<String>) {
    let mut words = line.split_whitespace().map(str::to_owned);
    let program = words.next().unwrap_or_default();
    let mut args: Vec<String> = words.collect();
    if args.iter().any(|arg| arg.contains("%s")) {
        args.iter_mut().for_each(|arg| *arg = arg.replace("%s", address));
    } else {
        args.push(address.to_owned());
    }
    (program, args)
}
