//! The vote board, as `movienight` and `movienight vote` show it.

use anyhow::Result;
use time::{UtcDateTime, UtcOffset};

use super::evening;
use super::session::{Session, ranked_board};
use crate::cache::{background, freshness, wait};
use crate::cli::Times;
use crate::model::health::BoardLoad;
use crate::model::{Board, Fit, Freshness, Proposal, order};
use crate::render::board::View;
use crate::render::style::Tone;
use crate::render::{self, json};
use crate::store::Store;

/// What a group sees first.
const WELCOME: &str = "\
Welcome to movienight: propose movies, vote, and see which one wins.
Nothing is on the board yet. Put a movie on it, by its IMDb id, its link or its title:
  movienight propose tt0111161
";

/// Shows the board, and sees to it that the next one has fresh data.
pub fn show(session: &mut Session<'_>, times: &Times) -> Result<()> {
    // Local time is asked for before threads start, see Zone, and only where it may be shown.
    let asked = [&times.start, &times.by, &times.max].iter().any(|t| t.is_some());
    let tells_time = session.env.stdout.is_terminal || asked;
    let offset = if tells_time { session.env.zone.offset_at(session.now) } else { UtcOffset::UTC };
    let (evening, shows_ends) = evening::read(session, times, offset)?;
    let settings = session.sources()?;
    let mut store = session.store()?;
    let settings = settings.filter(|_| !store.is_read_only());
    let mut board = ranked_board(&mut store)?;
    // What the cache had to offer, before anything was fetched.
    let load = lookups(&board, session.now);
    let mut is_refresh_due = false;
    if let Some(settings) = &settings {
        // The board is shown whatever comes of it.
        match wait::fetch_missing(&mut store, &board.proposals, settings, &session.env.clock) {
            Ok(false) => {}
            Ok(true) => board = ranked_board(&mut store)?,
            Err(error) => session.complain(&format!("new data could not be kept: {error}")),
        }
        if session.env.exe.is_some() {
            is_refresh_due = background::is_worth_starting(&mut store, &board, settings, session.now)?;
        }
    }
    let fits = |p: &Proposal| evening.fit(p.runtime_minutes()) != Fit::TooLong;
    if shows_ends {
        order::sort(&mut board.proposals, fits);
    }
    let me = session.viewer(&board)?;
    let view = View { board: &board, me, now: session.now, is_fetching: is_refresh_due, evening, shows_ends, offset };
    print(session, &store, &view)?;
    record(session, store, load, is_refresh_due);
    Ok(())
}

fn lookups(board: &Board, now: UtcDateTime) -> BoardLoad {
    let mut load = BoardLoad::default();
    for proposal in &board.proposals {
        match freshness(proposal, now) {
            Freshness::Fresh => load.fresh += 1,
            Freshness::Stale => load.stale += 1,
            Freshness::Missing => load.missing += 1,
            Freshness::Unknown | Freshness::None => {}
        }
    }
    load
}

/// Writes the look at the board into the health record and starts the refresh in the background.
/// The board has been shown: from here on nothing is worth an error.
fn record(session: &Session<'_>, mut store: Store, load: BoardLoad, is_refresh_due: bool) {
    let Ok(db) = session.db_path() else { return };
    let micros = session.watch.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
    let now = session.env.clock.now();
    let lease = is_refresh_due.then(|| now + background::LEASE);
    if let Ok(true) = store.record_board(now, BoardLoad { micros, ..load }, lease) {
        drop(store);
        background::start(session.env, &db);
    }
}

fn print(session: &mut Session<'_>, store: &Store, view: &View<'_>) -> Result<()> {
    if session.options.json {
        return session.print(&json::line(&json::board(view)));
    }
    if view.board.proposals.is_empty() {
        return session.print(match view.board.voters.is_empty() {
            true => WELCOME,
            false => "The board is empty: movienight propose puts a movie on it.\n",
        });
    }
    let screen = session.screen();
    let mut text = render::board::board(view, screen);
    if !session.options.quiet {
        text.push_str(&screen.palette.paint(Tone::Faint, &render::board::summary(view)));
        text.push('\n');
    }
    session.print(&text)?;
    if store.is_read_only() {
        session.note("the database cannot be written: this is what it holds");
    }
    Ok(())
}
