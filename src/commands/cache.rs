//! `movienight cache`: brings the cache up to date, and tells how it is.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::{Status, catalog};
use crate::cache::freshness::RATINGS_DUE;
use crate::cache::refresh::{RefreshOptions, Summary, refresh};
use crate::cache::{background, health};
use crate::catalog::Catalog;
use crate::context::Context;
use crate::failure::Failure;
use crate::model::text::cleaned;
use crate::posters::Posters;
use crate::posters::fetch::Summary as PosterSummary;
use crate::render;
use crate::sources::Settings;
use crate::store::Store;
use crate::ui::picture::detect::Choice;
use crate::view::format::count;
use crate::view::health::HealthView;
use crate::view::outcome::RefreshView;
use crate::view::to_json;

/// The cache of IMDb data.
#[derive(Debug, Subcommand)]
pub enum Cache {
    /// Fetch what is missing or older than 24 hours
    ///
    /// Missing titles come first, then those with the oldest data, then posters that are lacking. What
    /// is fetched is written as it comes, so that nothing is lost when you stop it.
    Refresh(Refresh),
    /// Show the health of the cache
    Stats(Stats),
}

/// Fetch what is missing or older than 24 hours.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Exits with 1 when a title could not be brought up to date.

Examples:
  movienight cache refresh
  movienight cache refresh --limit 100
  movienight cache refresh --no-posters
  movienight cache refresh --quiet

With --quiet it says nothing unless something fails, as cron wants it.")]
pub struct Refresh {
    /// At most so many titles
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Fresh titles too
    #[arg(long)]
    pub all: bool,
    /// Requests at a time, 1 to 16
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub jobs: u8,
    /// Leave posters out
    #[arg(long)]
    pub no_posters: bool,
    /// Started by a board, for the next one.
    #[arg(long, hide = true)]
    pub background: bool,
}

/// Show the health of the cache.
#[derive(Args, Debug)]
#[command(after_long_help = "\
The cache is unhealthy when, of at least 20 lookups in the last 24 hours, less
than 95 % found fresh data, when data that a source still knows is older than 48
hours, or when no source can be reached.

Examples:
  movienight cache stats
  movienight cache stats --json | jq .hit_rate
  movienight cache stats --check || echo \"the cache needs a look\"")]
pub struct Stats {
    /// Say only what is wrong, and exit with 1 if anything is
    #[arg(long)]
    pub check: bool,
}

pub fn run(context: &mut Context<'_>, command: &Cache) -> Result<Status> {
    match command {
        Cache::Refresh(args) if args.background => refresh_in_background(context, args),
        Cache::Refresh(args) => refresh_by_hand(context, args),
        Cache::Stats(args) => stats(context, args),
    }
}

fn refresh_by_hand(context: &mut Context<'_>, args: &Refresh) -> Result<Status> {
    let settings = context.sources()?.ok_or_else(|| {
        Failure::new("offline, so nothing can be refreshed").hint("leave --offline and MOVIENIGHT_OFFLINE out")
    })?;
    let state = context.state()?;
    let mut store = context.open_for_writing()?;
    let stop = context.env.interrupt.flag();
    refresh_ratings(context, &stop);
    let catalog = context.catalog();
    let options =
        RefreshOptions { limit: args.limit, all: args.all, jobs: args.jobs.into(), by_hand: true, time: None, stop };
    let mut bar = context.bar("refreshing");
    let summary = refresh(&mut store, &settings, &state, &context.env.clock, catalog.as_deref(), &options, &mut bar)?;
    drop(bar);
    let posters = match wanted_posters(context, args)? {
        Some(posters) => {
            let limits = (options.jobs, context.env.limits.background);
            posters.refresh(&mut store, &settings, &context.env.clock, limits, &options.stop)
        }
        None => Ok(PosterSummary::default()),
    };
    drop(store);
    // The titles were refreshed whatever became of their posters.
    report(context, &summary, posters.as_ref().unwrap_or(&PosterSummary::default()), args)?;
    posters?;
    let is_done = summary.counts.failed == 0 && summary.left == 0;
    Ok(if is_done { Status::Done } else { Status::Negative })
}

/// Brings new ratings to the catalogue, if there is one and the ones that it has were confirmed long ago. That it cannot be
/// done is good to know and no failure: the titles on the board have sources of their own.
fn refresh_ratings(context: &mut Context<'_>, stop: &AtomicBool) {
    let Some(confirmed_at) = context.in_catalog(Catalog::ratings_at) else { return };
    // A time that far ahead was stamped by a clock that was wrong.
    if (context.now - confirmed_at).abs() < RATINGS_DUE {
        return;
    }
    match catalog::download(context, None, true, stop) {
        Ok(_) => context.reopen_catalog(),
        Err(error) => context.note(&format!("the catalogue keeps its ratings: {error:#}")),
    }
}

/// The folder of posters, if they are to be fetched.
fn wanted_posters(context: &Context<'_>, args: &Refresh) -> Result<Option<Posters>> {
    let choice = context.poster_choice(None)?;
    Ok(context.posters(choice).filter(|_| !args.no_posters))
}

fn report(context: &mut Context<'_>, summary: &Summary, posters: &PosterSummary, args: &Refresh) -> Result<()> {
    let counts = summary.counts;
    let seconds = (summary.took.as_secs_f64() * 10.0).round() / 10.0;
    let document = RefreshView {
        refreshed: counts.refreshed,
        unknown: counts.unknown,
        failed: counts.failed,
        skipped: summary.done_by_others + summary.kept + summary.left,
        api_requests: summary.requests,
        seconds,
    };
    let mut sentences = vec![sentence(summary, seconds, args)];
    if posters.fetched > 0 {
        sentences.push(format!("fetched {}", count(posters.fetched, "poster", "posters")));
    }
    context.answer(&document, &sentences)?;
    if summary.partial > 0 {
        let what = count(summary.partial, "title has", "titles have");
        let why = summary.error.as_deref().unwrap_or("no web source knows more");
        context.note(&format!("{what} data from the catalogue alone, without plot and poster: {why}"));
    }
    // What is wrong is said to everybody, and to cron in the first place.
    if let Some(why) = summary.error.as_ref().filter(|_| counts.failed > 0) {
        let failed = count(counts.failed, "title", "titles");
        context.warn(&Failure::new(format!("{failed} could not be refreshed: {why}")));
    }
    // A board is whole without pictures: cron, which is quiet, says nothing of them.
    if let Some(why) = posters.last_error.as_ref().filter(|_| !context.options.json) {
        let failed = count(posters.failed, "poster", "posters");
        context.note(&format!("{failed} could not be fetched: {why}"));
    }
    Ok(())
}

fn sentence(summary: &Summary, seconds: f64, args: &Refresh) -> String {
    let counts = summary.counts;
    if summary.wanted() == 0 {
        return match args.limit {
            Some(0) => "nothing was refreshed: --limit 0 allows no title".into(),
            _ if args.all => "nothing to refresh: there is no title on the board".into(),
            _ => "nothing to refresh: all that was asked for is fresh".into(),
        };
    }
    let mut parts = vec![format!("refreshed {}", count(counts.refreshed, "title", "titles"))];
    for (number, what) in [
        (counts.unknown, "unknown to IMDb"),
        (counts.failed, "failed"),
        (summary.done_by_others, "done by another refresh"),
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

/// Run by a board, see [`background`]. Nobody reads its output.
fn refresh_in_background(context: &mut Context<'_>, args: &Refresh) -> Result<Status> {
    background::detach();
    let Some(settings) = context.sources()? else { return Ok(Status::Done) };
    let (state, mut store, catalog) = (context.state()?, context.open_for_writing()?, context.catalog());
    let options = RefreshOptions {
        limit: Some(background::TITLES),
        all: false,
        jobs: args.jobs.into(),
        by_hand: false,
        time: Some(context.env.limits.background),
        stop: Arc::default(),
    };
    let result = refresh(&mut store, &settings, &state, &context.env.clock, catalog.as_deref(), &options, &mut ());
    let result =
        result.map_err(anyhow::Error::from).and_then(|_| posters_in_background(context, &settings, &mut store, args));
    state.end_lease();
    result?;
    Ok(Status::Done)
}

/// Fetches posters in the time that the titles have left.
fn posters_in_background(context: &Context<'_>, settings: &Settings, store: &mut Store, args: &Refresh) -> Result<()> {
    let time = context.env.limits.background.saturating_sub(context.stopwatch.elapsed());
    if let Some(posters) = wanted_posters(context, args)?.filter(|_| !time.is_zero()) {
        posters.refresh(store, settings, &context.env.clock, (args.jobs.into(), time), &Arc::default())?;
    }
    Ok(())
}

fn stats(context: &mut Context<'_>, args: &Stats) -> Result<Status> {
    let settings = Settings::from_env(context.env)?;
    let state = context.state()?;
    // Without a database there is nothing that could be healthy.
    let mut store = context.open_existing_for_reading()?;
    let catalog = context.in_catalog(Catalog::status);
    let health = health::examine(&mut store, &settings, &state, catalog, context.now)?;
    drop(store);
    let posters = context.posters(Choice::Auto).map(|posters| posters.stats(context.now)).unwrap_or_default();
    let database = cleaned(context.place()?.location.to_string());
    let view = HealthView { database, posters, ..HealthView::from(&health) };
    if context.options.json {
        context.print(&to_json(&view))?;
    } else if args.check {
        // For a monitor: quiet when all is well.
        for problem in &health.problems {
            context.warn(&problem.to_failure());
        }
        if health.record.board_micros.is_empty() {
            context.note("this machine has recorded no looks at this board: its hit rate is not known here");
        }
    } else {
        let text = render::health::health(&view, context.now, context.screen());
        context.print(&text)?;
    }
    Ok(if args.check && !health.problems.is_empty() { Status::Negative } else { Status::Done })
}
