//! `movienight doctor`: what a maintainer would ask for, and what to do about it. Holds no key and no password.

use std::path::Path;

use anyhow::{Error, Result};
use clap::Args;

use super::{Status, config, join, version};
use crate::cache::health::{self, SourceCondition};
use crate::catalog::Catalog;
use crate::context::Context;
use crate::context::report::failures;
use crate::env::Stopwatch;
use crate::failure::Failure;
use crate::files::is_others_readable;
use crate::model::text::sanitize_stored;
use crate::paths;
use crate::render;
use crate::store::{OpenMode, Store};
use crate::ui::picture::detect::{Choice, from_environment};
use crate::view::catalog::CatalogView;
use crate::view::doctor::{DoctorView, Finding, FindingState};
use crate::view::format::{clock, count};
use crate::view::health::in_words;

/// Look for what is wrong with the set-up.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight doctor
  movienight doctor --json | jq '.findings[] | select(.state == \"problem\")'")]
pub struct Doctor;

pub fn run(context: &mut Context<'_>) -> Result<Status> {
    let mut findings = Findings(Vec::new());
    findings.ok("Version", version::lines(&version::version()).join(", "));
    settings(context, &mut findings);
    // Without the settings it is not known which board and which sources are meant.
    if context.usable_config().problem.is_none() {
        let store = board(context, &mut findings).unwrap_or_else(|error| findings.error("Board", &error));
        if let Err(error) = sources(context, store, &mut findings) {
            findings.error::<()>("Sources", &error);
        }
    }
    catalogue(context, &mut findings);
    folders(context, &mut findings);
    terminal(context, &mut findings);
    locale(context, &mut findings);
    completions(context, &mut findings);
    findings.ok("Refresh", format!("crontab -e: {}", join::cron_line(context)));
    let healthy = findings.0.iter().all(|finding| finding.state != FindingState::Problem);
    let view = DoctorView { findings: findings.0, healthy };
    match context.options.json {
        true => context.document(&view)?,
        false => {
            let text = render::doctor::findings(&view, context.screen());
            context.print(&text)?;
        }
    }
    Ok(if healthy { Status::Done } else { Status::Negative })
}

/// The findings so far.
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, part: &'static str, state: FindingState, text: String, remedy: Option<String>) {
        self.0.push(Finding { part, state, text: sanitize_stored(text), remedy: remedy.map(sanitize_stored) });
    }

    fn ok(&mut self, part: &'static str, text: impl Into<String>) {
        self.add(part, FindingState::Ok, text.into(), None);
    }

    fn note(&mut self, part: &'static str, text: impl Into<String>, remedy: &str) {
        self.add(part, FindingState::Note, text.into(), Some(remedy.to_owned()));
    }

    fn problem(&mut self, part: &'static str, failure: Failure) {
        self.add(part, FindingState::Problem, failure.error, failure.hint);
    }

    fn error<T>(&mut self, part: &'static str, error: &Error) -> Option<T> {
        for failure in failures(error) {
            self.problem(part, failure);
        }
        None
    }
}

fn settings(context: &Context<'_>, findings: &mut Findings) {
    let used = context.usable_config();
    let view = config::view(context);
    let set = view.settings.iter().filter(|setting| setting.origin != "default");
    let set: Vec<String> =
        set.map(|s| format!("{} = {} ({})", s.key, s.value.clone().unwrap_or_default(), s.origin)).collect();
    let file = match (&used.path, &used.problem) {
        (_, Some(problem)) => return findings.problem("Settings", problem.clone()),
        (Some(path), None) if path.exists() => path.display().to_string(),
        (Some(path), None) => format!("no {}", path.display()),
        (None, None) => "no home folder".to_owned(),
    };
    findings.ok("Settings", [vec![file], set].concat().join("; "));
    if let Some(path) = used.path.as_ref().filter(|path| used.file.is_secret() && is_others_readable(path)) {
        let failure = Failure::new(format!("{} holds a key, and others may read it", path.display()));
        findings.problem("Settings", failure.hint(format!("chmod 600 {}", path.display())));
    }
}

/// Opens and checks the board.
fn board(context: &Context<'_>, findings: &mut Findings) -> Result<Option<Store>> {
    let place = context.place()?;
    let (location, origin, is_named) = (place.location.clone(), place.origin.name(), place.is_named());
    let stopwatch = Stopwatch::start();
    let Some(mut store) = Store::open(&location, OpenMode::Read)? else {
        if is_named {
            return Err(context.nothing_there()?);
        }
        findings.note("Board", format!("none yet at {location}"), "movienight join PLACE, or movienight propose");
        return Ok(None);
    };
    let examined = store.examine()?;
    let took = stopwatch.elapsed().as_millis();
    findings.ok("Board", format!("{location} ({origin}): {}, opened and checked in {took} ms", examined.facts));
    if let Some(problem) = examined.problem {
        findings.problem(
            "Board",
            Failure::new(problem).hint("restore a copy, or save what is left with sqlite3's .recover"),
        );
    }
    if store.is_read_only() {
        findings.note(
            "Board",
            "it can be read, and not written",
            "ask its owner for the right to write, if you want to vote",
        );
    }
    Ok(Some(store))
}

/// The sources, and the health of the cache.
fn sources(context: &mut Context<'_>, store: Option<Store>, findings: &mut Findings) -> Result<()> {
    if context.is_offline()? {
        findings.note("Sources", "offline: none is asked", "movienight config shows where offline is set");
    }
    let catalog = context.in_catalog(Catalog::status);
    let mut store = store.map_or_else(Store::in_memory, Ok)?;
    let health = health::examine(&mut store, context.settings()?, context.state()?, catalog, context.now)?;
    for source in &health.sources {
        let error = source.last_error.as_ref().map(|error| format!("; last error: {error}")).unwrap_or_default();
        match source.condition {
            SourceCondition::Up => findings.ok("Sources", format!("{} is up{error}", source.name)),
            SourceCondition::Unused => findings.ok("Sources", format!("{} has not been asked yet", source.name)),
            SourceCondition::Down(until) => {
                let until = clock(until, &context.env.zone);
                findings.note(
                    "Sources",
                    format!("{} is down{error}", source.name),
                    &format!("it is tried again at {until}"),
                );
            }
        }
    }
    for problem in &health.problems {
        findings.problem("Cache", in_words(problem));
    }
    if health.problems.is_empty() {
        findings
            .ok("Cache", format!("{} of {} fresh", health.titles.fresh, count(health.titles.total, "title", "titles")));
    }
    Ok(())
}

fn catalogue(context: &mut Context<'_>, findings: &mut Findings) {
    match context.in_catalog(Catalog::status) {
        Some(status) => {
            let view = CatalogView::of(Some(&status), &status.path);
            findings.ok("Catalogue", render::catalog::age(&view, context.now));
        }
        None => findings.note("Catalogue", "none", "movienight catalog update finds titles without a network"),
    }
}

fn folders(context: &Context<'_>, findings: &mut Findings) {
    let config = context.usable_config().path.as_ref().and_then(|path| path.parent().map(Path::to_owned));
    for (part, folder) in
        [("State", paths::state(context.env)), ("Cache", paths::cache(context.env)), ("Settings", config)]
    {
        let Some(folder) = folder else {
            findings.note(part, "no folder is known", "set HOME");
            continue;
        };
        if folder.exists() && !crate::files::is_writable(&folder) {
            let failure = Failure::new(format!("{} cannot be written", folder.display()));
            findings.problem(part, failure.hint("check the permissions of the folder"));
        }
    }
}

fn terminal(context: &Context<'_>, findings: &mut Findings) {
    let stdout = &context.env.stdout;
    let var = |name: &str| context.env.var_os(name).and_then(std::ffi::OsStr::to_str);
    let palette = context.screen().palette;
    let size = stdout.size.map_or_else(|| "not a terminal".to_owned(), |(columns, lines)| format!("{columns}×{lines}"));
    let yes = |is: bool| if is { "yes" } else { "no" };
    let choice = context.poster_choice(None).unwrap_or_default();
    let pictures =
        from_environment(choice, stdout.is_terminal, var).map_or_else(|| "no".to_owned(), |way| format!("{way:?}"));
    let why = if choice == Choice::Auto {
        format!("by TERM={}", var("TERM").unwrap_or(""))
    } else {
        "by the setting".to_owned()
    };
    let (colors, links) = (yes(palette.colors), yes(palette.links));
    findings.ok("Terminal", format!("{size}, colours: {colors}, links: {links}, pictures: {pictures} ({why})"));
}

fn locale(context: &Context<'_>, findings: &mut Findings) {
    let var = |name| context.env.var(name).ok().flatten();
    let locale = var("LC_ALL").or_else(|| var("LC_CTYPE")).or_else(|| var("LANG")).unwrap_or("C");
    let zone = var("TZ").map(|zone| format!("TZ={zone}, ")).unwrap_or_default();
    let local = context.env.zone.local(context.now);
    let text = format!("{locale}; {zone}UTC{}, {:02}:{:02} here", local.offset(), local.hour(), local.minute());
    let is_utf8 = locale.to_ascii_lowercase().replace('-', "").contains("utf8") || cfg!(windows);
    match is_utf8 {
        true => findings.ok("Locale", text),
        false => findings.note("Locale", text, "marks such as ★ need a UTF-8 locale: set LANG, for example to C.UTF-8"),
    }
}

/// Looks where the help of `completions` says that they go.
fn completions(context: &Context<'_>, findings: &mut Findings) {
    let var = |name| context.env.var(name).ok().flatten();
    let shell = var("SHELL").and_then(|shell| shell.rsplit('/').next()).unwrap_or("none");
    let Some(home) = var("HOME").map(Path::new) else { return };
    let mentions =
        |file: &str| std::fs::read_to_string(home.join(file)).is_ok_and(|text| text.contains("movienight completions"));
    let is_installed = match shell {
        "bash" => mentions(".bashrc") || Path::new("/usr/share/bash-completion/completions/movienight").exists(),
        "zsh" => {
            home.join(".zfunc/_movienight").exists() || Path::new("/usr/share/zsh/site-functions/_movienight").exists()
        }
        "fish" => home.join(".config/fish/completions/movienight.fish").exists(),
        _ => return findings.ok("Shell", format!("{shell}, whose completions are not looked for")),
    };
    match is_installed {
        true => findings.ok("Shell", format!("{shell}, with completions")),
        false => findings.note(
            "Shell",
            format!("{shell}, without completions"),
            "movienight completions --help tells where they go",
        ),
    }
}
