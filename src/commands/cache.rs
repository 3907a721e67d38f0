//! `movienight cache`: brings the cache up to date, and tells how it is.

use anyhow::{Context, Result};
use serde_json::json;

use super::Status;
use crate::cache::refresh::{Order, Summary, refresh};
use crate::cache::{background, health};
use crate::cli::{Cache, Refresh, Stats};
use crate::render::format::count;
use crate::render::{self, json};
use crate::session::Session;
use crate::ui::progress::Bar;

pub fn run(session: &mut Session<'_>, command: &Cache) -> Result<Status> {
    match command {
        Cache::Refresh(args) if args.background => refresh_in_background(session, args),
        Cache::Refresh(args) => refresh_by_hand(session, args),
        Cache::Stats(args) => stats(session, args),
    }
}

fn refresh_by_hand(session: &mut Session<'_>, args: &Refresh) -> Result<Status> {
    let settings = session.sources()?.context("offline, so nothing can be refreshed: leave --offline out")?;
    let mut store = session.store()?;
    let order = Order {
        limit: args.limit,
        all: args.all,
        jobs: args.jobs.into(),
        by_hand: true,
        time: None,
        stop: session.env.interrupt.watch(),
    };
    let mut bar = Bar::new(session.env.stderr.is_terminal && !session.options.quiet);
    let summary = refresh(&mut store, &settings, &session.env.clock, &order, &mut bar)?;
    drop(bar);
    report(session, &summary)?;
    let is_done = summary.tally.failed == 0 && summary.left == 0;
    Ok(if is_done { Status::Done } else { Status::Negative })
}

fn report(session: &mut Session<'_>, summary: &Summary) -> Result<()> {
    let tally = summary.tally;
    let seconds = (summary.took.as_secs_f64() * 10.0).round() / 10.0;
    if session.options.json {
        session.print(&json::line(&json!({
            "refreshed": tally.refreshed, "unknown": tally.unknown, "failed": tally.failed,
            "skipped": summary.skipped, "api_requests": summary.requests, "seconds": seconds,
        })))?;
    } else if !session.options.quiet {
        session.print(&format!("{}\n", sentence(summary, seconds)))?;
    }
    // What is wrong is said to everybody, and to cron in the first place.
    if let Some(why) = summary.error.as_ref().filter(|_| tally.failed > 0) {
        let failed = count(tally.failed, "title", "titles");
        session.warn(&format!("{failed} could not be refreshed: {why}"));
    }
    Ok(())
}

fn sentence(summary: &Summary, seconds: f64) -> String {
    let tally = summary.tally;
    let all = tally.refreshed + tally.unknown + tally.failed + summary.skipped;
    if all == 0 {
        return "nothing to refresh: all that was asked for is fresh".into();
    }
    let mut parts = vec![format!("refreshed {}", count(tally.refreshed, "title", "titles"))];
    let others = summary.skipped - summary.left;
    for (number, what) in [
        (tally.unknown, "unknown to IMDb"),
        (tally.failed, "failed"),
        (others, "done by another refresh"),
        (summary.left, "left for later"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    let stopped = if summary.interrupted { "stopped: " } else { "" };
    let requests = count(summary.requests, "request", "requests");
    format!("{stopped}{}, in {seconds:.1} s with {requests}", parts.join(", "))
}

/// What a board starts, see [`background`]. Nobody reads what it would say.
fn refresh_in_background(session: &mut Session<'_>, args: &Refresh) -> Result<Status> {
    background::detach();
    let Some(settings) = session.sources()? else { return Ok(Status::Done) };
    let mut store = session.store()?;
    let order = Order {
        limit: Some(background::TITLES),
        all: false,
        jobs: args.jobs.into(),
        by_hand: false,
        time: Some(background::RUNS_AT_MOST),
        stop: std::sync::Arc::default(),
    };
    let result = refresh(&mut store, &settings, &session.env.clock, &order, &mut Bar::new(false));
    store.end_background()?;
    result?;
    Ok(Status::Done)
}

fn stats(session: &mut Session<'_>, args: &Stats) -> Result<Status> {
    let settings = session.settings()?;
    let mut store = session.store()?;
    let health = health::examine(&mut store, &settings, session.now)?;
    if session.options.json {
        session.print(&json::line(&render::health::json(&health)))?;
    } else if args.check {
        // For a monitor: quiet when all is well.
        for problem in &health.problems {
            session.warn(&problem.to_string());
        }
    } else {
        let offset = session.env.zone.offset_at(session.now);
        session.print(&render::health::text(&health, session.now, offset, session.screen()))?;
    }
    Ok(if args.check && !health.problems.is_empty() { Status::Negative } else { Status::Done })
}
