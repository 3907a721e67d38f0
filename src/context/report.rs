//! Prints what commands say to people and scripts: results, outcomes, notes, questions and errors.

use anyhow::{Context as _, Error, Result};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Context;
use crate::config::{Config, Key, Origin};
use crate::env::Env;
use crate::files::is_no_room;
use crate::render::cells::wrap;
use crate::render::{Palette, Screen, Tone, changes};
use crate::store::{ErrorKind, StoreError};
use crate::user_error::{Code, FREE_SPACE, ShortMovie, UserError, UserErrors};
use crate::view::to_json;

/// JSON documents to print, with the fields and warnings to add to them.
#[derive(Default)]
pub struct Notes {
    documents: Vec<Map<String, Value>>,
    fields: Map<String, Value>,
    warnings: Vec<String>,
}

impl Context<'_> {
    /// Prints text on standard output.
    pub fn print(&mut self, text: &str) -> Result<()> {
        self.env.stdout.write(text).context("cannot write the output")
    }

    /// Prints a view: as JSON with `--json`, else as its text.
    pub fn show(&mut self, view: &impl Serialize, text: impl FnOnce(Screen<'_>) -> String) -> Result<()> {
        if self.options.json {
            // Printed at the end, with the notes of the command in it.
            self.notes.documents.extend(serde_json::to_value(view)?.as_object().cloned());
            return Ok(());
        }
        let text = text(self.screen());
        self.print(&text)
    }

    /// Prints the outcome: a JSON document, or sentences, which `--quiet` suppresses. Commands in sentences get the
    /// options of this run.
    pub fn answer(&mut self, document: &impl Serialize, sentences: &[String]) -> Result<()> {
        let sentences: Vec<String> = sentences.iter().map(|text| self.as_typed(text)).collect();
        let quiet = self.options.quiet;
        self.show(document, |screen| if quiet { String::new() } else { changes::sentences(&sentences, screen) })
    }

    /// Prints an outcome for each named movie: as an entry in the array `list` of a JSON document, or as a sentence.
    pub fn answer_each(
        &mut self,
        list: &'static str,
        outcomes: impl IntoIterator<Item = (ShortMovie, &'static str, String)>,
    ) -> Result<()> {
        #[derive(Serialize)]
        struct Outcome {
            #[serde(flatten)]
            movie: ShortMovie,
            outcome: &'static str,
        }
        let outcomes = outcomes.into_iter().map(|(movie, outcome, sentence)| (Outcome { movie, outcome }, sentence));
        let (outcomes, mut sentences): (Vec<_>, Vec<_>) = outcomes.unzip();
        // While votes are hidden, all sentences about one person are the same.
        sentences.dedup();
        self.answer(&json!({ (list): outcomes }), &sentences)
    }

    /// Prints the documents, with the notes in them, or only the notes if there are no documents. With
    /// `is_before_error`, `--json` and no documents, the warnings are kept for the document of the error.
    pub fn finish(&mut self, is_before_error: bool) -> Result<()> {
        let Notes { documents, fields, warnings } = std::mem::take(&mut self.notes);
        if documents.is_empty() && is_before_error && self.options.json {
            self.notes.warnings = warnings;
            return Ok(());
        }
        if documents.is_empty() {
            warnings.iter().for_each(|text| self.print_note(text));
        }
        for mut document in documents {
            document.extend(fields.clone());
            document.insert("warnings".to_owned(), warnings.clone().into());
            self.print(&to_json(&document))?;
        }
        Ok(())
    }

    /// Prints a warning on standard error. With `--json`, it goes into `warnings` of the document.
    pub fn warn(&mut self, failure: &UserError) {
        let failure = self.failure_as_typed(failure.clone());
        if self.options.json {
            self.notes.warnings.push(failure.to_string());
            return;
        }
        let text = line(self, "warning", &failure);
        let _ = self.env.stderr.write(&text);
    }

    /// Prints a note on standard error. With `--json`, it goes into `warnings` of the document. `--quiet` drops it.
    pub fn note(&mut self, text: &str) {
        match (self.options.quiet, self.options.json) {
            (true, _) => {}
            (false, true) => self.notes.warnings.push(self.as_typed(text)),
            (false, false) => self.print_note(text),
        }
    }

    /// Prints a note. With `--json`, the document has `value` in `field` instead. Further notes of that kind are among
    /// the warnings.
    pub fn note_as(&mut self, field: &str, value: impl Into<Value>, text: &str) {
        if self.options.json && !self.notes.fields.contains_key(field) {
            self.notes.fields.insert(field.to_owned(), value.into());
        } else {
            self.note(text);
        }
    }

    fn print_note(&mut self, text: &str) {
        let lines = changes::sentences(&[self.as_typed(text)], self.error_screen());
        // A note that cannot be printed must not fail the command.
        let _ = self.env.stderr.write(&lines);
    }

    fn as_typed(&self, text: &str) -> String {
        let needs_name = self.options.name.as_ref().is_some_and(|name| !self.is_usual_name(name));
        self.options.commands_as_typed(text, needs_name)
    }

    fn failure_as_typed(&self, failure: UserError) -> UserError {
        UserError { hint: failure.hint.map(|hint| self.as_typed(&hint)), ..failure }
    }

    /// Asks a question and returns the trimmed answer. `None` at the end of the input. When answers are piped in, the
    /// question is not shown, and with `--null` each answer ends with NUL.
    pub fn ask(&mut self, question: &str) -> Result<Option<String>> {
        let shown = self.can_ask();
        if shown {
            let lines = wrap(question.trim_end(), self.error_screen().width.unwrap_or(usize::MAX));
            self.env.stderr.write(&(lines.join("\n") + " "))?;
        }
        let end = if self.options.null && !self.env.stdin.is_terminal { b'\0' } else { b'\n' };
        let cannot_read = |error| {
            let failure = UserError::new(format!("cannot read the answer: {error}"));
            failure.hint("give each answer as a line of UTF-8 text; with -0, answers end with NUL")
        };
        let answer = self.env.stdin.read_line(end).map_err(cannot_read)?;
        if shown && answer.is_none() {
            // End of input leaves the cursor on the line of the question.
            self.env.stderr.write("\n")?;
        }
        Ok(answer.map(|answer| answer.trim().to_owned()))
    }

    /// Asks whether to do something; Enter means no.
    pub fn agrees(&mut self, question: &str) -> Result<bool> {
        let answer = self.ask(&format!("{question} [y/N] "))?.unwrap_or_default();
        Ok(["y", "yes"].contains(&answer.to_lowercase().as_str()))
    }

    /// Asks for a secret, which is not echoed. `None` at the end of the input, or if this system cannot turn echo off.
    pub fn ask_hidden(&mut self, question: &str) -> Result<Option<String>> {
        let Env { stdin, stderr, .. } = &mut *self.env;
        let answer = stdin.read_hidden_line(|| stderr.write(question))?;
        self.env.stderr.write("\n")?;
        Ok(answer)
    }

    /// Returns true if questions can be asked: standard input and standard error are a terminal, without `--json`.
    pub fn can_ask(&self) -> bool {
        self.env.stdin.is_terminal && self.env.stderr.is_terminal && !self.options.json
    }
}

/// Prints an error on standard error: with the hint on its own line on a terminal, else as one line, or as JSON.
pub fn error(context: &mut Context<'_>, error: &Error) {
    let failures: Vec<UserError> =
        failures(error).into_iter().map(|failure| context.failure_as_typed(failure)).collect();
    let text = match context.options.json {
        true => {
            let mut document = document(&failures);
            let warnings = std::mem::take(&mut context.notes.warnings);
            if !warnings.is_empty() {
                document["warnings"] = warnings.into();
            }
            document.to_string() + "\n"
        }
        false => failures.iter().map(|failure| line(context, "error", failure)).collect(),
    };
    // If standard error is closed, there is nowhere to report it.
    let _ = context.env.stderr.write(&text);
}

fn document(failures: &[UserError]) -> Value {
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

/// Returns the JSON document for an invalid command line. `text` is clap's message: the error, tips, the usage.
pub fn usage(text: &str) -> String {
    let begins = |start: &str| text.lines().map(str::trim).find(|line| line.starts_with(start)).map(str::to_owned);
    let failure = match text.strip_prefix("error: ").and_then(|text| text.split("\n\n").next()) {
        Some(error) => {
            let error = error.lines().map(str::trim).collect::<Vec<_>>().join(" ");
            UserError { hint: begins("tip: ").map(|tip| tip["tip: ".len()..].to_owned()), ..UserError::new(error) }
        }
        // For a command such as `cache` without a subcommand, clap prints the help and no error.
        None => UserError { hint: begins("Usage: "), ..UserError::new("a command is missing") },
    }
    .code(Code::Usage);
    document(&[failure]).to_string() + "\n"
}

fn line(context: &Context<'_>, label: &str, failure: &UserError) -> String {
    let is_terminal = context.env.stderr.is_terminal;
    let Screen { palette, width, .. } = context.error_screen();
    let tone = if label == "error" { Tone::Bad } else { Tone::Warn };
    let labelled = |label: &str, tone, text: &str| {
        let text = format!("{label}: {text}");
        let lines = width.map_or_else(|| text.clone(), |width| wrap(&text, width).join("\n"));
        lines.replacen(&format!("{label}:"), &palette.paint(tone, &format!("{label}:")), 1) + "\n"
    };
    match &failure.hint {
        Some(hint) if is_terminal => labelled(label, tone, &failure.error) + &labelled("hint", Tone::Good, hint),
        _ => labelled(label, tone, &failure.to_string()),
    }
}

/// Returns the errors for a person that an error carries.
pub fn failures(error: &Error) -> Vec<UserError> {
    if let Some(failures) = error.downcast_ref::<UserErrors>() {
        return failures.0.clone();
    }
    if let Some(failure) = error.downcast_ref::<UserError>() {
        return vec![failure.clone()];
    }
    let failure = UserError::new(format!("{error:#}"));
    vec![match error.downcast_ref::<StoreError>() {
        Some(store) => {
            let (code, hint) = code_and_hint(store.kind);
            UserError { hint: store.hint.as_deref().or(hint).map(str::to_owned), ..failure.code(code) }
        }
        None if error.downcast_ref::<std::io::Error>().is_some_and(is_no_room) => {
            failure.code(Code::NoRoom).hint(FREE_SPACE)
        }
        None => failure,
    }]
}

/// Returns the code for scripts of a database error, and its hint.
fn code_and_hint(kind: ErrorKind) -> (Code, Option<&'static str>) {
    const TRY_AGAIN: &str = "try again in a moment";
    const PERMISSIONS: &str = "check the permissions of the file and its folder";
    const LOGIN: &str = "check the user and the password, which may be in the address, in PGPASSWORD or in ~/.pgpass";
    let (code, hint) = match kind {
        ErrorKind::Busy | ErrorKind::Conflict => (Code::Locked, TRY_AGAIN),
        ErrorKind::Lost => (Code::ServerAway, TRY_AGAIN),
        ErrorKind::Unreachable => (Code::ServerAway, "check the network, the address, and that the server is running"),
        ErrorKind::Uncertain => (Code::Uncertain, "movienight undo --list shows the change if it was stored"),
        ErrorKind::Login | ErrorKind::Password => (Code::Login, LOGIN),
        ErrorKind::ReadOnly => (Code::ReadOnly, PERMISSIONS),
        ErrorKind::NeedsRecovery => (Code::ReadOnly, "run movienight once as such a user"),
        ErrorKind::TooOld => (Code::ReadOnly, "run movienight once as a user with write access"),
        ErrorKind::Inaccessible => (Code::NotAllowed, PERMISSIONS),
        ErrorKind::NoRoom => (Code::NoRoom, FREE_SPACE),
        ErrorKind::NotADatabase => (Code::Unusable, "give another file"),
        ErrorKind::TooNew => (Code::Unusable, "update movienight"),
        ErrorKind::Damaged => (Code::Unusable, "restore a copy, or save what is left with sqlite3's .recover"),
        ErrorKind::LeftTheBoard => (Code::NotFound, "movienight vote shows the board"),
        ErrorKind::NotAllowed => return (Code::NotAllowed, None),
        ErrorKind::Other => return (Code::Failed, None),
    };
    (code, Some(hint))
}

/// Returns the escape sequences that may be written to a stream.
pub fn palette(env: &Env, config: &Config, is_terminal: bool) -> Palette {
    let is_dumb = env.var_os("TERM").is_some_and(|term| term == "dumb");
    let color = config.value(Key::Color);
    let (colors, wants_links) = match color.and_then(|value| value.text.to_str()) {
        Some("always") => (true, true),
        // NO_COLOR is about colours only, so links stay.
        Some("never") => (false, color.is_some_and(|value| value.origin == Origin::Variable("NO_COLOR"))),
        _ => (is_terminal && !is_dumb, true),
    };
    Palette { colors, links: is_terminal && !is_dumb && wants_links && shows_links(env) }
}

/// Returns true if the terminal is known to support links. Others may print the escape sequence as text, or nothing.
fn shows_links(env: &Env) -> bool {
    let is_set = |name: &str| env.var_os(name).is_some();
    let is_known = |name: &str, known: &[&str]| env.var(name).is_some_and(|value| known.contains(&value));
    if let Some(forced) = env.var("FORCE_HYPERLINK") {
        return forced != "0";
    }
    // A multiplexer may not pass links on.
    if ["TMUX", "STY", "ZELLIJ"].into_iter().any(is_set) {
        return false;
    }
    is_known("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"])
        || is_known("TERM", &["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "contour"])
        || env.var("VTE_VERSION").and_then(|version| version.parse().ok()).is_some_and(|version: u32| version >= 5000)
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].into_iter().any(is_set)
}
