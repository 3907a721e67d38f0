//! The vote board, as `movienight` and `movienight vote` show it.

use anyhow::Result;
use time::{UtcDateTime, UtcOffset};

use crate::cache::{background, freshness, wait};
use crate::cli::Times;
use crate::model::health::BoardLoad;
use crate::model::{Board, Freshness, Proposal, order};
use crate::render::board::View;
use crate::render::style::Tone;
use crate::render::{self, json};
use crate::session::evening;
use crate::session::{Session, ranked_board};
use crate::sources::Settings;
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
    let mut store = session.store()?;
    let Loaded { mut board, lookups, settings } = load(session, &mut store)?;
    let is_refresh_due = match &settings {
        Some(settings) if session.env.exe.is_some() => {
            background::is_worth_starting(&mut store, &board, settings, session.now)?
        }
        _ => false,
    };
    let fits = |p: &Proposal| evening.fits(p.runtime_minutes());
    if shows_ends {
        order::sort(&mut board.proposals, fits);
    }
    let me = session.viewer(&board)?;
    let view = View { board: &board, me, now: session.now, is_fetching: is_refresh_due, evening, shows_ends, offset };
    print(session, &store, &view)?;
    record(session, store, lookups, is_refresh_due);
    Ok(())
}

/// The board in its order, with the data that could be had at once.
pub struct Loaded {
    pub board: Board,
    /// What the cache had to offer before anything was fetched.
    pub lookups: BoardLoad,
    /// The sources, if the network may be touched and what it brings be kept.
    pub settings: Option<Settings>,
}

/// Loads the board, and fetches what is missing; it is loaded whatever comes of that.
pub fn load(session: &mut Session<'_>, store: &mut Store) -> Result<Loaded> {
    let settings = session.sources()?.filter(|_| !store.is_read_only());
    let mut board = ranked_board(store)?;
    let lookups = lookups(&board, session.now);
    if let Some(settings) = &settings {
        match wait::fetch_missing(store, &board.proposals, settings, &session.env.clock) {
            Ok(false) => {}
            Ok(true) => board = ranked_board(store)?,
            Err(error) => session.warn(&format!("new data could not be kept: {error}")),
        }
    }
    Ok(Loaded { board, lookups, settings })
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
