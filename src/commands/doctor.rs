//! `movienight doctor`: reports what a maintainer would ask for, with remedies, and without keys and passwords.

use std::path::{Path, PathBuf};

use anyhow::{Error, Result};
use clap::Args;
use serde_json::json;

use super::{config, join, version};
use crate::cache::health::{self, SourceHealth};
use crate::catalog::{CatalogError, Status};
use crate::config::Origin;
use crate::context::{Context, failures, no_board_at};
use crate::env::Stopwatch;
use crate::files;
use crate::model::text::{sanitize_stored, shell_word};
use crate::paths;
use crate::render;
use crate::render::health::in_words;
use crate::store::{Location, OpenMode, Store};
use crate::ui::picture::detect::{Protocol, from_environment};
use crate::user_error::{QuietEnd, UserError};
use crate::view::doctor::{Finding, FindingState};
use crate::view::format::{clock, clock_or_date, count};

/// Find problems with the set-up
///
/// Exits with 1 if something is wrong. Each problem comes with a remedy, and no finding contains a key or a password.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight doctor
  movienight doctor --json | jq '.findings[] | select(.state == \"problem\")'")]
pub struct Doctor;

pub fn run(context: &mut Context<'_>) -> Result<()> {
    let mut findings = Findings(Vec::new());
    findings.ok("Version", version::lines().join(", "));
    settings(context, &mut findings);
    let catalog = context.catalog_status();
    // Without the settings, the board and the sources are unknown.
    if context.usable_config().problem.is_none() {
        let store = board(context, &mut findings).unwrap_or_else(|error| findings.error("Board", &error));
        let status = catalog.as_ref().ok().cloned().flatten();
        if let Err(error) = sources(context, store, status, &mut findings) {
            findings.error::<()>("Sources", &error);
        }
    }
    catalogue(context, catalog, &mut findings);
    rights(context, &mut findings);
    terminal(context, &mut findings);
    let refresh = UserError::new("to keep the data fresh, add this line with crontab -e:");
    findings.add("Refresh", FindingState::Ok, refresh.hint(join::cron_line(context)));
    let healthy = findings.0.iter().all(|finding| finding.state != FindingState::Problem);
    let mut findings = findings.0;
    // The cron line of a healthy finding is complete already.
    let unhealthy = findings.iter_mut().filter(|finding| finding.state != FindingState::Ok);
    for remedy in unhealthy.filter_map(|finding| finding.remedy.as_mut()) {
        *remedy = context.options.commands_as_typed(remedy, false);
    }
    let document = json!({ "findings": findings, "healthy": healthy });
    context.show(&document, |screen| render::doctor::findings(&findings, screen))?;
    if healthy { Ok(()) } else { Err(QuietEnd::Negative.into()) }
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, part: &'static str, state: FindingState, finding: UserError) {
        let UserError { error, hint, .. } = finding;
        self.0.push(Finding { part, state, text: sanitize_stored(error), remedy: hint.map(sanitize_stored) });
    }

    fn ok(&mut self, part: &'static str, text: impl Into<String>) {
        self.add(part, FindingState::Ok, UserError::new(text));
    }

    fn note(&mut self, part: &'static str, text: impl Into<String>, remedy: impl Into<String>) {
        self.add(part, FindingState::Note, UserError::new(text).hint(remedy));
    }

    fn problem(&mut self, part: &'static str, failure: UserError) {
        self.add(part, FindingState::Problem, failure);
    }

    fn error<T>(&mut self, part: &'static str, error: &Error) -> Option<T> {
        failures(error).into_iter().for_each(|failure| self.problem(part, failure));
        None
    }
}

fn settings(context: &Context<'_>, findings: &mut Findings) {
    let used = context.usable_config();
    let set = config::settings(context).into_iter().filter(|(_, _, origin)| *origin != Origin::Default);
    let set: Vec<String> =
        set.map(|(key, value, origin)| format!("{key} = {} ({})", value.unwrap_or_default(), origin.name())).collect();
    let file = match (&used.path, &used.problem) {
        (_, Some(problem)) => return findings.problem("Settings", problem.clone()),
        (Some(path), None) if path.exists() => path.display().to_string(),
        (Some(path), None) => format!("{} does not exist", path.display()),
        (None, None) => "no home folder".to_owned(),
    };
    findings.ok("Settings", [vec![file], set].concat().join("; "));
    if let Some(path) = used.path.as_ref().filter(|path| used.file.is_secret() && files::is_accessible_to_others(path))
    {
        let failure = UserError::new(format!("{} contains a key, and other users can read it", path.display()));
        findings.problem("Settings", failure.hint(format!("chmod 600 {}", path.display())));
    }
}

/// Opens and checks the board. `None` if there is none yet.
fn board(context: &Context<'_>, findings: &mut Findings) -> Result<Option<Store>> {
    let board = context.board_location()?;
    let (location, origin) = (&board.location, board.origin.name());
    let stopwatch = Stopwatch::start();
    let Some(mut store) = Store::open(location, OpenMode::Read)? else {
        if board.is_named() {
            return Err(no_board_at(board));
        }
        findings.note("Board", format!("none yet at {location}"), "movienight join PLACE, or movienight propose");
        return Ok(None);
    };
    let opened = stopwatch.elapsed();
    let examined = store.examine()?;
    let (opened, checked) = (opened.as_millis(), (stopwatch.elapsed() - opened).as_millis());
    let rights = if store.is_read_only() { "read" } else { "read and write" };
    let facts = format!("{}, opened in {opened} ms, checked in {checked} ms, access: {rights}", examined.facts);
    findings.ok("Board", format!("{location} ({origin}): {facts}"));
    if let Some(problem) = examined.problem {
        let hint = "restore a copy, or save what is left with sqlite3's .recover";
        findings.problem("Board", UserError::new(problem).hint(hint));
    }
    if store.is_read_only() {
        let remedy = "to vote, ask its owner for write access";
        findings.note("Board", "read-only", remedy);
    }
    Ok(Some(store))
}

/// Reports the sources and the health of the cache.
fn sources(
    context: &mut Context<'_>,
    store: Option<Store>,
    catalog: Option<Status>,
    findings: &mut Findings,
) -> Result<()> {
    if context.is_offline()? {
        findings.note("Sources", "offline: no source is asked", "movienight config shows where offline is set");
    }
    let has_board = store.is_some();
    let mut store = store.map_or_else(Store::in_memory, Ok)?;
    let health = health::examine(&mut store, context.settings()?, context.state()?, catalog, context.now)?;
    for SourceHealth { was_asked, state: source } in &health.sources {
        let at = |since| clock_or_date(since, context.now, &context.env.zone);
        let since = source.unreachable_since.map(|since| format!(", failing since {}", at(since))).unwrap_or_default();
        let error = source.last_error.as_ref().map(|error| format!("; last error: {error}")).unwrap_or_default();
        match source.down_until {
            None if *was_asked => findings.ok("Sources", format!("{} is up{error}", source.name)),
            None => findings.ok("Sources", format!("{} has not been asked yet", source.name)),
            Some(until) => {
                let remedy = format!("it is retried at {}", clock(until, &context.env.zone));
                findings.note("Sources", format!("{} is down{since}{error}", source.name), remedy);
            }
        }
    }
    if has_board && health.problems.is_empty() {
        let titles = count(health.titles.total, "title", "titles");
        findings.ok("Cache", format!("{} of {titles} fresh", health.titles.fresh));
    }
    health.problems.iter().for_each(|problem| findings.problem("Cache", in_words(problem)));
    Ok(())
}

fn catalogue(context: &Context<'_>, catalog: Result<Option<Status>, CatalogError>, findings: &mut Findings) {
    match catalog {
        Ok(Some(status)) => findings.ok("Catalogue", render::catalog::age(&status, context.now)),
        Ok(None) => {
            let remedy = "movienight catalog update builds one, so that titles are found without a network";
            findings.note("Catalogue", "none", remedy);
        }
        Err(error) => findings.problem("Catalogue", render::catalog::failure(error)),
    }
}

/// Reports which of the existing files and folders can be written.
fn rights(context: &Context<'_>, findings: &mut Findings) {
    let board = context.board_location().ok().and_then(|place| match &place.location {
        Location::File(path) => Some(path.clone()),
        Location::Server(_) => None,
    });
    let folder = board.as_deref().and_then(Path::parent).map(Path::to_owned);
    let own = [context.usable_config().path.clone(), paths::state(context.env), paths::cache(context.env)];
    let all = [board, folder].into_iter().chain(own).flatten().filter(|path| path.exists());
    let (writable, others): (Vec<PathBuf>, Vec<PathBuf>) = all.partition(|path| files::is_writable(path));
    let shown = |path: &PathBuf| {
        let mode = files::mode(path).map(|mode| format!(" ({mode:o})")).unwrap_or_default();
        format!("{}{mode}", path.display())
    };
    if !writable.is_empty() {
        findings.ok("Permissions", writable.iter().map(shown).collect::<Vec<_>>().join("; "));
    }
    for path in &others {
        let remedy = format!("ask its owner to run chmod ug+w {}", shell_word(&path.display().to_string()));
        findings.note("Permissions", format!("{} cannot be written", shown(path)), remedy);
    }
}

/// Reports the terminal and the locale, which decide how text looks.
fn terminal(context: &Context<'_>, findings: &mut Findings) {
    let stdout = &context.env.stdout;
    let var = |name: &str| context.env.var(name);
    let palette = context.screen().palette;
    let size = stdout.size.map_or_else(|| "not a terminal".to_owned(), |(columns, lines)| format!("{columns}×{lines}"));
    let yes = |is: bool| if is { "yes" } else { "no" };
    let choice = context.poster_choice(None).unwrap_or_default();
    let pictures = match from_environment(choice, stdout.is_terminal, var) {
        Some(Protocol::Kitty) => "kitty protocol",
        Some(Protocol::ITerm2) => "iTerm2 protocol",
        Some(Protocol::HalfBlocks) => "half blocks",
        None => "no (depends on poster, TERM, COLORTERM and NO_COLOR)",
    };
    let (colors, links, term) = (yes(palette.colors), yes(palette.links), var("TERM").unwrap_or_default());
    findings.ok("Terminal", format!("{size}, TERM={term}, colours: {colors}, links: {links}, pictures: {pictures}"));
    let locale = var("LC_ALL").or_else(|| var("LC_CTYPE")).or_else(|| var("LANG")).unwrap_or("C");
    let offset = context.env.zone.local(context.now).offset().to_string();
    let text = format!("{locale}, UTC{}", offset.strip_suffix(":00").unwrap_or(&offset));
    match locale.to_ascii_lowercase().replace('-', "").contains("utf8") || cfg!(windows) {
        true => findings.ok("Locale", text),
        false => {
            findings.note("Locale", text, "marks such as ★ need a UTF-8 locale: set LANG, for example to C.UTF-8");
        }
    }
}
