//! `movienight cache`: refreshes the cache, and shows its health.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::catalog;
use crate::cache::background;
use crate::cache::freshness::{PARTIAL_LASTS, RATINGS_DUE};
use crate::cache::health::{self, Health, SourceHealth};
use crate::cache::refresh::{RefreshOptions, RefreshSummary};
use crate::catalog::Catalog;
use crate::context::Context;
use crate::context::evening::reads;
use crate::model::ImdbId;
use crate::model::health::Lookups;
use crate::model::text::sanitize_stored;
use crate::posters::fetch::PosterSummary;
use crate::posters::store::PosterStats;
use crate::render;
use crate::render::health::in_words;
use crate::sources::AskedBy;
use crate::store::{OpenMode, Result as StoreResult, Store};
use crate::ui::picture::detect::Choice;
use crate::user_error::{QuietEnd, UserError};
use crate::view::Timestamp;
use crate::view::format::count;

/// Refresh the IMDb data, and check its health
#[derive(Debug, Subcommand)]
pub enum Cache {
    Refresh(Refresh),
    Stats(Stats),
}

/// Fetch data that is missing or at least 16 hours old
///
/// Missing titles come first, then those with the oldest data, then missing posters. Data is stored
/// as it arrives, so that nothing is lost when you stop the command.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Exits with 1 if a title could not be refreshed. Titles that another refresh fetches are left out.

Examples:
  movienight cache refresh
  movienight cache refresh --limit 100
  movienight cache refresh --quiet

With --quiet, only failures are printed, which suits cron.")]
pub struct Refresh {
    /// Fetch at most N titles
    #[arg(long, value_name = "N", value_parser = reads(|text| text.parse().ok().filter(|titles: &usize| *titles > 0), "a number of titles: give 1 or more"))]
    pub limit: Option<usize>,
    /// Fetch fresh titles, too
    #[arg(long)]
    pub all: bool,
    /// Requests at a time, 1 to 16
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = reads(|text| text.parse::<u8>().ok().filter(|jobs| (1..=16).contains(jobs)), "a number of requests: give 1 to 16"))]
    pub jobs: u8,
    /// Refresh these titles, or those on the board if there are none, for the command that started this one.
    #[arg(long, hide = true, value_name = "ID", num_args = 0.., value_parser = reads(ImdbId::parse, "an IMDb id"))]
    pub background: Option<Vec<ImdbId>>,
}

/// Show the health of the cache
#[derive(Args, Debug)]
#[command(after_long_help = "\
The cache is unhealthy if
  - fewer than 95 % of at least 20 lookups in 24 hours found fresh data,
  - data that a source still has is older than 48 hours,
  - data that only the catalogue has is older than 8 days,
  - all requests of the last hour failed (at least 3), or
  - no source delivers data and there is no recent catalogue.

Examples:
  movienight cache stats
  movienight cache stats --json | jq .hit_rate
  movienight cache stats --check || echo \"cache unhealthy\"")]
pub struct Stats {
    /// Print only problems, and exit with 1 if there are any
    #[arg(long)]
    pub check: bool,
}

pub fn run(context: &mut Context<'_>, command: &Cache) -> Result<()> {
    match command {
        Cache::Refresh(args) => refresh(context, args),
        Cache::Stats(args) => stats(context, args),
    }
}

fn refresh(context: &mut Context<'_>, args: &Refresh) -> Result<()> {
    let by_hand = args.background.is_none();
    if !by_hand {
        background::detach();
    }
    context.needs_network("refresh")?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let interrupt = context.env.interrupt.clone();
    let fetched = interrupt.run_interruptible(|stop| fetch(context, &mut store, args, stop));
    drop(store);
    // Ended even after a failure, so that the next background refresh can start.
    if !by_hand {
        context.state()?.end_lease();
    }
    let (summary, posters) = fetched?;
    if by_hand {
        // The titles were refreshed even if their posters failed.
        report(context, &summary, posters.as_ref().unwrap_or(&PosterSummary::default()))?;
        posters?;
    }
    match () {
        () if summary.interrupted => Err(QuietEnd::Interrupted.into()),
        () if by_hand && summary.failed + summary.left > 0 => Err(QuietEnd::Negative.into()),
        () => Ok(()),
    }
}

/// Fetches titles, then posters. In the background, both share one time limit.
fn fetch(
    context: &mut Context<'_>,
    store: &mut Store,
    args: &Refresh,
    stop: &Arc<AtomicBool>,
) -> Result<(RefreshSummary, StoreResult<PosterSummary>)> {
    let by_hand = args.background.is_none();
    if by_hand {
        refresh_ratings(context, stop);
    }
    let time = context.env.limits.background;
    let options = RefreshOptions {
        titles: args.background.clone().unwrap_or_default(),
        limit: if by_hand { args.limit } else { Some(background::MAX_TITLES) },
        all: args.all,
        jobs: args.jobs.into(),
        by_hand,
        time: (!by_hand).then_some(time),
        stop: Arc::clone(stop),
    };
    let mut bar = context.bar();
    let asked_by = if by_hand { AskedBy::Person } else { AskedBy::Machine };
    let summary = context.cache(asked_by)?.refresh(store, &options, &mut bar)?;
    drop(bar);
    let choice = context.poster_choice(None)?;
    let Some(posters) = context.posters(choice) else {
        return Ok((summary, Ok(PosterSummary::default())));
    };
    let left = if by_hand { time } else { time.saturating_sub(context.stopwatch.elapsed()) };
    let posters = posters.refresh(store, context.settings()?, &context.env.clock, left, stop);
    Ok((summary, posters))
}

/// Updates the ratings of the catalogue if they are due. Only notes a failure: titles on the board have other sources.
fn refresh_ratings(context: &mut Context<'_>, stop: &AtomicBool) {
    let Some(confirmed_at) = context.in_catalog(Catalog::ratings_at) else { return };
    // A time that far in the future was set by a wrong clock, so it counts as old.
    if (context.now - confirmed_at).abs() < RATINGS_DUE {
        return;
    }
    match catalog::download(context, None, true, stop) {
        Ok(_) => context.reopen_catalog(),
        Err(error) if error.is::<QuietEnd>() => {}
        // Cron needs to see what has failed for days, in spite of `--quiet`.
        Err(error) if (context.now - confirmed_at).abs() > PARTIAL_LASTS => {
            context.warn(&UserError::new(format!("could not update the catalogue's ratings: {error:#}")));
        }
        Err(error) => context.note(&format!("Could not update the catalogue's ratings: {error:#}")),
    }
}

fn report(context: &mut Context<'_>, summary: &RefreshSummary, posters: &PosterSummary) -> Result<()> {
    let seconds = (summary.took.as_secs_f64() * 10.0).round() / 10.0;
    let document = json!({
        "refreshed": summary.refreshed,
        "unknown": summary.unknown,
        "failed": summary.failed,
        "skipped": summary.left_to_others + summary.kept + summary.left,
        "api_requests": summary.requests,
        "seconds": seconds,
    });
    let mut sentences = vec![sentence(summary, seconds)];
    if posters.fetched > 0 {
        sentences.push(format!("Fetched {}", count(posters.fetched, "poster", "posters")));
    }
    context.answer(&document, &sentences)?;
    if summary.partial > 0 {
        let what = count(summary.partial, "title has", "titles have");
        let why = why(summary).unwrap_or("no web source has more");
        context.note(&format!("{what} catalogue data only, without plot and poster: {why}"));
    }
    for (id, other) in &summary.merged {
        let remedy = format!("movienight withdraw {id}, then movienight propose {other}");
        context.note(&format!("IMDb has merged {id} into {other}: {remedy}"));
    }
    // A warning, because cron needs to see it in spite of `--quiet`.
    if let Some(why) = why(summary).filter(|_| summary.failed > 0) {
        let failed = count(summary.failed, "title", "titles");
        context.warn(&UserError::new(format!("{failed} could not be refreshed: {why}")));
    }
    // Only a note, which `--quiet` drops: a board is complete without posters.
    if let Some(why) = posters.last_error.as_ref().filter(|_| !context.options.json) {
        let failed = count(posters.failed, "poster", "posters");
        context.note(&format!("{failed} could not be fetched: {why}"));
    }
    Ok(())
}

/// Returns why titles failed: the last error, or that no source can be reached.
fn why(summary: &RefreshSummary) -> Option<&str> {
    summary.error.as_deref().or(summary.is_cut_off.then_some("no source can be reached"))
}

fn sentence(summary: &RefreshSummary, seconds: f64) -> String {
    if summary.wanted() == 0 {
        return "Nothing to refresh: all titles are up to date".to_owned();
    }
    let refreshed = if summary.interrupted { "Stopped: refreshed" } else { "Refreshed" };
    let mut parts = vec![format!("{refreshed} {}", count(summary.refreshed, "title", "titles"))];
    for (number, what) in [
        (summary.unknown, "unknown to IMDb"),
        (summary.failed, "failed"),
        (summary.left_to_others, "left to another refresh"),
        (summary.left, "left for later"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    let requests = count(summary.requests, "request", "requests");
    format!("{}, in {seconds:.1} s with {requests}", parts.join(", "))
}

fn stats(context: &mut Context<'_>, args: &Stats) -> Result<()> {
    // Without a database, there is nothing to check.
    let mut store = context.open_existing(OpenMode::Read)?;
    let catalog = context.in_catalog(Catalog::status);
    let health = health::examine(&mut store, context.settings()?, context.state()?, catalog, context.now)?;
    drop(store);
    let posters = context.posters(Choice::Auto).map(|posters| posters.stats(context.now)).unwrap_or_default();
    let database = sanitize_stored(context.board_location()?.location.to_string());
    if args.check && !context.options.json {
        // Monitors expect no output while all is well.
        health.problems.iter().for_each(|problem| context.warn(&in_words(problem)));
    } else {
        let now = context.now;
        let document = document(&health, &database, &posters);
        context.show(&document, |screen| render::health::health(&health, &database, &posters, now, screen))?;
    }
    if args.check && !health.problems.is_empty() { Err(QuietEnd::Negative.into()) } else { Ok(()) }
}

fn document(health: &Health, database: &str, posters: &PosterStats) -> Value {
    let record = &health.record;
    let rate = |lookups: Lookups| lookups.hit_rate().map(|rate| (rate * 10_000.0).round() / 10_000.0);
    let millis = |share: f64| record.board_percentile(share).map(|micros| (micros as f64 / 100.0).round() / 10.0);
    let source = |SourceHealth { was_asked, state }: &SourceHealth| {
        let word = match state.down_until {
            Some(_) => "down",
            None if *was_asked => "up",
            None => "unused",
        };
        let down_until = state.down_until.map(Timestamp);
        json!({ "name": state.name, "state": word, "down_until": down_until, "last_error": state.last_error })
    };
    json!({
        "database": database,
        "titles": health.titles,
        "hit_rate": { "last_24h": rate(record.lookups_last_day), "all": rate(record.lookups) },
        "api_requests": {
            "last_24h": record.requests_last_day,
            "failed_last_24h": record.failed_last_day,
            "all": record.requests,
        },
        "board_ms": {
            "count": record.board_micros.len(),
            "median": millis(0.5),
            "p95": millis(0.95),
            "max": millis(1.0),
        },
        "oldest_cached_at": health.oldest_cached_at.map(Timestamp),
        "last_refresh_at": record.last_refresh_at.map(Timestamp),
        "last_error": record.last_error.as_ref().map(|(_, error)| error),
        "sources": health.sources.iter().map(source).collect::<Vec<_>>(),
        "posters": posters,
        "catalog": health.catalog.as_ref().map(|status| catalog::document(Some(status), &status.path)),
        "healthy": health.problems.is_empty(),
        "problems": health.problems.iter().map(|problem| in_words(problem).to_string()).collect::<Vec<_>>(),
    })
}
