//! Errors as people and scripts read them.

use anyhow::Error;
use serde_json::{Value, json};

use super::{ColorWhen, Options};
use crate::env::Env;
use crate::failure::{Failure, Failures};
use crate::render::cells::wrap;
use crate::render::style::{Palette, Tone};
use crate::store::{ErrorKind, StoreError};

/// Prints an error on standard error: a line with the next step set off on a terminal, one line elsewhere, a document with
/// `--json`.
pub fn error(env: &mut Env, options: &Options, error: &Error) {
    let failures = failures(error);
    let text = match options.json {
        true => document(&failures).to_string() + "\n",
        false => lines(env, options, &failures),
    };
    // Nothing is left to do when standard error is closed.
    let _ = env.stderr.write(&text);
}

/// Failures that are told line by line; more are counted.
const TOLD: usize = 20;

fn lines(env: &Env, options: &Options, failures: &[Failure]) -> String {
    let mut text: String = failures.iter().take(TOLD).map(|failure| line(env, options, "error", failure)).collect();
    if let Some(more) = failures.len().checked_sub(TOLD).filter(|more| *more > 0) {
        text += &line(env, options, "error", &Failure::new(format!("and {more} more")));
    }
    text
}

/// Prints what is wrong although the command goes on.
pub fn warning(env: &mut Env, options: &Options, failure: &Failure) {
    let text = match options.json {
        true => document(std::slice::from_ref(failure)).to_string() + "\n",
        false => line(env, options, "warning", failure),
    };
    let _ = env.stderr.write(&text);
}

fn document(failures: &[Failure]) -> Value {
    match failures {
        [one] => json!(one),
        several => {
            let errors: Vec<&str> = several.iter().map(|failure| failure.error.as_str()).collect();
            json!({ "error": errors.join("; "), "hint": null, "errors": several })
        }
    }
}

fn line(env: &Env, options: &Options, label: &str, failure: &Failure) -> String {
    let is_terminal = env.stderr.is_terminal;
    let palette = palette(env, options.color, is_terminal);
    let tone = if label == "error" { Tone::Bad } else { Tone::Warn };
    let labelled = |label: &str, tone, text: &str| {
        let text = format!("{label}: {text}");
        let lines = match env.stderr.size.filter(|_| is_terminal) {
            Some((width, _)) => wrap(&text, width).join("\n"),
            None => text,
        };
        lines.replacen(&format!("{label}:"), &palette.paint(tone, &format!("{label}:")), 1) + "\n"
    };
    match &failure.hint {
        Some(hint) if is_terminal => labelled(label, tone, &failure.error) + &labelled("hint", Tone::Good, hint),
        _ => labelled(label, tone, &failure.to_string()),
    }
}

/// The failures that an error carries.
fn failures(error: &Error) -> Vec<Failure> {
    if let Some(failures) = error.downcast_ref::<Failures>() {
        return failures.0.clone();
    }
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return vec![failure.clone()];
    }
    let failure = Failure::new(format!("{error:#}"));
    match error.downcast_ref::<StoreError>() {
        Some(store) => {
            let hint = store.hint().or_else(|| hint(store.kind()));
            vec![Failure { hint: hint.map(str::to_owned), ..failure }]
        }
        None => vec![failure],
    }
}

/// The next step after an error of the database's.
pub fn hint(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::NotADatabase => Some("give another file"),
        ErrorKind::TooNew => Some("update movienight"),
        ErrorKind::TooOld => Some("whoever may write it brings it up to date by running movienight once"),
        ErrorKind::ReadOnly | ErrorKind::Inaccessible => Some("look at its permissions and its folder's"),
        ErrorKind::NeedsRecovery => Some("running movienight once as that user does it"),
        ErrorKind::Busy | ErrorKind::Conflict | ErrorKind::Lost => Some("try again in a moment"),
        ErrorKind::Unreachable => Some("look at the network, the address and whether the server is up"),
        ErrorKind::Uncertain => Some("movienight undo --list shows it if it was"),
        ErrorKind::Login => Some("look at the user and the password in MOVIENIGHT_DB, PGPASSWORD or ~/.pgpass"),
        ErrorKind::NoRoom => Some("make room and try again"),
        ErrorKind::Damaged => Some("restore a copy, or save what is left with sqlite3's .recover"),
        ErrorKind::LeftTheBoard => Some("movienight vote shows the board"),
        ErrorKind::NotAllowed | ErrorKind::Other => None,
    }
}

/// The escape sequences that may be written to a stream that is a terminal, or is not.
pub fn palette(env: &Env, when: ColorWhen, is_terminal: bool) -> Palette {
    let is_set = |name: &str| env.var_os(name).is_some();
    let is_dumb = env.var_os("TERM").is_some_and(|term| term == "dumb");
    let colors = match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if is_set("NO_COLOR") => false,
        ColorWhen::Auto if env.var_os("CLICOLOR_FORCE").is_some_and(|v| v != "0") => true,
        ColorWhen::Auto => is_terminal && !is_dumb,
    };
    Palette { colors, links: is_terminal && !is_dumb && when != ColorWhen::Never && shows_links(env) }
}

/// The terminal is one that is known to show links. Others print what they do not understand, or nothing.
fn shows_links(env: &Env) -> bool {
    let var = |name: &str| env.var_os(name).and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    let is_known = |name: &str, known: &[&str]| known.contains(&var(name));
    if !var("FORCE_HYPERLINK").is_empty() {
        return var("FORCE_HYPERLINK") != "0";
    }
    // A multiplexer may not hand them on.
    if ["TMUX", "STY", "ZELLIJ"].iter().any(|name| !var(name).is_empty()) {
        return false;
    }
    is_known("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"])
        || is_known("TERM", &["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "contour"])
        || var("VTE_VERSION").parse::<u32>().is_ok_and(|version| version >= 5000)
        || !var("WT_SESSION").is_empty()
        || !var("KONSOLE_VERSION").is_empty()
        || !var("DOMTERM").is_empty()
}
