//! Errors as people and scripts read them.

use anyhow::Error;
use serde_json::{Value, json};

use super::{Context, Options};
use crate::config::{Config, Key, Origin};
use crate::env::Env;
use crate::failure::{Code, Failure, Failures};
use crate::render::cells::wrap;
use crate::render::style::{Palette, Tone};
use crate::store::{ErrorKind, StoreError};

/// Prints an error on standard error: a line with the next step set off on a terminal, one line elsewhere, a document with
/// `--json`.
pub fn error(context: &mut Context<'_>, error: &Error) {
    let failures: Vec<Failure> =
        failures(error).into_iter().map(|failure| as_typed(context.options, failure)).collect();
    let text = match context.options.json {
        true => document(&failures).to_string() + "\n",
        false => lines(context, &failures),
    };
    // Nothing is left to do when standard error is closed.
    let _ = context.env.stderr.write(&text);
}

fn lines(context: &Context<'_>, failures: &[Failure]) -> String {
    failures.iter().map(|failure| line(context, "error", failure)).collect()
}

/// Prints what is wrong although the command goes on; a document has it in `warnings`.
pub fn warning(context: &mut Context<'_>, failure: &Failure) {
    let failure = as_typed(context.options, failure.clone());
    if context.options.json {
        context.notes.warnings.push(failure.to_string());
        return;
    }
    let text = line(context, "warning", &failure);
    let _ = context.env.stderr.write(&text);
}

fn as_typed(options: &Options, failure: Failure) -> Failure {
    Failure { hint: failure.hint.map(|hint| options.commands_as_typed(&hint)), ..failure }
}

fn document(failures: &[Failure]) -> Value {
    match failures {
        [one] => json!(one),
        several => {
            let errors: Vec<&str> = several.iter().map(|failure| failure.error.as_str()).collect();
            let first = several.first().map_or(Code::Failed, |failure| failure.code);
            let code = if several.iter().all(|failure| failure.code == first) { first } else { Code::Failed };
            json!({ "error": errors.join("; "), "hint": null, "code": code, "candidates": [], "errors": several })
        }
    }
}

/// A command line that is wrong, as a document. `text` is what a person would read: the error, tips, the usage.
pub fn usage(text: &str) -> String {
    let mut lines = text.lines().map(str::trim);
    let error = lines.next().unwrap_or_default().trim_start_matches("error: ");
    let tip = lines.find_map(|line| line.strip_prefix("tip: ")).map(str::to_owned);
    let failure = Failure { hint: tip, ..Failure::new(error).code(Code::Usage) };
    document(&[failure]).to_string() + "\n"
}

fn line(context: &Context<'_>, label: &str, failure: &Failure) -> String {
    let stderr = &context.env.stderr;
    let is_terminal = stderr.is_terminal;
    let palette = context.error_screen().palette;
    let tone = if label == "error" { Tone::Bad } else { Tone::Warn };
    let labelled = |label: &str, tone, text: &str| {
        let text = format!("{label}: {text}");
        let lines = match stderr.size.filter(|_| is_terminal) {
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
pub fn failures(error: &Error) -> Vec<Failure> {
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
            vec![Failure { hint: hint.map(str::to_owned), ..failure.code(code(store.kind())) }]
        }
        None => vec![failure],
    }
}

/// The kind of an error of the database's, for scripts.
fn code(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::Busy | ErrorKind::Conflict => Code::Locked,
        ErrorKind::ReadOnly | ErrorKind::NeedsRecovery | ErrorKind::TooOld => Code::ReadOnly,
        ErrorKind::Unreachable | ErrorKind::Lost => Code::ServerAway,
        ErrorKind::Uncertain => Code::Uncertain,
        ErrorKind::Login | ErrorKind::Password => Code::Login,
        ErrorKind::NotAllowed | ErrorKind::Inaccessible => Code::NotAllowed,
        ErrorKind::NoRoom => Code::NoRoom,
        ErrorKind::NotADatabase | ErrorKind::TooNew | ErrorKind::Damaged => Code::Unusable,
        ErrorKind::LeftTheBoard => Code::NotFound,
        ErrorKind::Other => Code::Failed,
    }
}

/// The next step after an error of the database's.
pub fn hint(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::NotADatabase => Some("give another file"),
        ErrorKind::TooNew => Some("update movienight"),
        ErrorKind::TooOld => Some("run movienight once as a user who may write it"),
        ErrorKind::ReadOnly | ErrorKind::Inaccessible => Some("check the permissions of the file and its folder"),
        ErrorKind::NeedsRecovery => Some("run movienight once as that user"),
        ErrorKind::Busy | ErrorKind::Conflict | ErrorKind::Lost => Some("try again in a moment"),
        ErrorKind::Unreachable => Some("check the network, the address, and that the server is running"),
        ErrorKind::Uncertain => Some("movienight undo --list shows it if it was"),
        ErrorKind::Login | ErrorKind::Password => {
            Some("check the user and the password in MOVIENIGHT_DB, PGPASSWORD or ~/.pgpass")
        }
        ErrorKind::NoRoom => Some("free some space and try again"),
        ErrorKind::Damaged => Some("restore a copy, or save what is left with sqlite3's .recover"),
        ErrorKind::LeftTheBoard => Some("movienight vote shows the board"),
        ErrorKind::NotAllowed | ErrorKind::Other => None,
    }
}

/// The escape sequences that may be written to a stream that is a terminal, or is not.
pub fn palette(env: &Env, config: &Config, is_terminal: bool) -> Palette {
    let is_dumb = env.var_os("TERM").is_some_and(|term| term == "dumb");
    let color = config.value(Key::Color);
    let (colors, wants_links) = match color.and_then(|value| value.text.to_str()) {
        Some("always") => (true, true),
        // NO_COLOR asks for no colours, and says nothing of links.
        Some("never") => (false, color.is_some_and(|value| value.origin == Origin::Variable("NO_COLOR"))),
        _ => (is_terminal && !is_dumb, true),
    };
    Palette { colors, links: is_terminal && !is_dumb && wants_links && shows_links(env) }
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
