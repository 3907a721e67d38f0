//! The vote board: loading it, for whatever command, and showing it as `movienight` and `movienight vote` do.

use std::collections::HashMap;

use anyhow::Result;
use time::UtcDateTime;

use crate::cache::foreground::{self, Gain};
use crate::cache::freshness::{freshness, is_tolerably_partial};
use crate::cache::{background, catalog};
use crate::catalog::DOWNLOAD_SIZE;
use crate::context::evening::EveningArgs;
use crate::context::{Context, ranked_board};
use crate::model::{Board, Evening, Fetched, Freshness, ImdbId, order};
use crate::render::{self, changes::sentences, style::Tone};
use crate::sources::Settings;
use crate::state::{BoardLoad, State};
use crate::store::{ErrorKind, Store, StoreError};
use crate::view::Timestamp;
use crate::view::board::BoardView;
use crate::view::format::date;
use crate::view::movie::Viewpoint;
use crate::view::to_json;

/// The text of an empty board.
const WELCOME: &str = "\
Welcome to movienight: propose movies, vote, and see which one wins.
Nothing is on the board yet. Put a movie on it, by its IMDb id, its link or its title:
  movienight propose tt0111161
";

/// With what makes a search work offline, while there is no catalogue.
fn welcome(context: &mut Context<'_>) -> String {
    let mut lines: Vec<String> = WELCOME.lines().map(str::to_owned).collect();
    if context.catalog().is_none() {
        let offer = "To find every title by name, also without a network, keep IMDb's own data at hand";
        lines.push(format!("{offer} ({DOWNLOAD_SIZE} to download):"));
        lines.push("  movienight catalog update".to_owned());
    }
    sentences(&lines, context.screen())
}

/// Shows the board, and sees to it that the next one has fresh data.
pub fn show(context: &mut Context<'_>, args: &EveningArgs, all: bool) -> Result<()> {
    let evening = args.evening(context)?;
    let state = context.state()?;
    let Some(Loaded { mut board, counts, settings, is_read_only, as_of }) = load_or_last_seen(context, &state)? else {
        return show_nothing(context);
    };
    let is_due = |settings: &Settings| background::is_worth_starting(&board, settings, &state, context.now);
    let is_refresh_due = context.env.exe.is_some() && settings.as_ref().is_some_and(is_due);
    args.check_genres(&board)?;
    if args.asks_for_anything() {
        order::sort(&mut board.proposals, |movie| evening.fit(movie));
    }
    let me = context.viewer(&board)?;
    let mut view = BoardView::of(&board, Viewpoint { now: context.now, me, evening: &evening });
    view.is_fetching |= is_refresh_due;
    view.as_of = as_of.map(Timestamp);
    view.shows_ends = args.asks_for_times();
    let lacks_data = view.count(Freshness::Stale) + view.count(Freshness::Missing) > 0;
    view.is_cut_off =
        lacks_data && settings.as_ref().is_some_and(|settings| background::is_cut_off(settings, &state, context.now));
    print(context, &board, &view, me, &evening, all)?;
    if is_read_only && !context.options.json {
        context.note("the database cannot be written: this is what it holds");
    }
    match as_of {
        Some(at) => note_as_of(context, at),
        None => record(context, &state, counts, is_refresh_due),
    }
    Ok(())
}

/// Says that what was shown is from `at`.
pub fn note_as_of(context: &mut Context<'_>, at: UtcDateTime) {
    let zone = &context.env.zone;
    let wall = zone.local(at);
    let time = format!("{:02}:{:02}", wall.hour(), wall.minute());
    let day =
        if wall.date() == zone.local(context.now).date() { String::new() } else { format!("{} ", date(at, zone)) };
    context.note_always(&format!("as of {day}{time}, the server cannot be reached; what came later is missing"));
}

/// The board, from the database or, when its server is away, as it was seen last; none: there is none.
pub fn load_or_last_seen(context: &mut Context<'_>, state: &State) -> Result<Option<Loaded>> {
    let loaded = context
        .open_for_reading()
        .and_then(|store| store.map(|mut store| load(context, &mut store, state)).transpose());
    let is_server = context.place()?.location.is_server();
    match loaded {
        Ok(Some(loaded)) => {
            if is_server {
                state.keep_board(&loaded.board, context.now);
            }
            Ok(Some(loaded))
        }
        Err(error) if is_server && is_away(&error) => match state.seen_board() {
            Some((board, at)) => Ok(Some(Loaded { as_of: Some(at), ..Loaded::of(board) })),
            None => Err(error),
        },
        other => other,
    }
}

fn is_away(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<StoreError>().map(StoreError::kind);
    matches!(kind, Some(ErrorKind::Unreachable | ErrorKind::Lost))
}

fn show_nothing(context: &mut Context<'_>) -> Result<()> {
    let evening = Evening::open_end(context.now);
    let board = Board::default();
    let view = BoardView::of(&board, Viewpoint { now: context.now, me: None, evening: &evening });
    let text = if context.options.json { to_json(&view) } else { welcome(context) };
    context.print(&text)
}

/// The board in its order, with the data that could be had at once.
pub struct Loaded {
    pub board: Board,
    /// The looked-up titles by freshness, before anything was fetched.
    pub counts: BoardLoad,
    /// The sources, if requests may be made and what they bring be kept.
    pub settings: Option<Settings>,
    /// Nothing can be written.
    pub is_read_only: bool,
    /// The server is away, and this is what it held then.
    pub as_of: Option<UtcDateTime>,
}

impl Loaded {
    fn of(board: Board) -> Self {
        Self { board, counts: BoardLoad::default(), settings: None, is_read_only: false, as_of: None }
    }
}

/// Loads the board, and fetches what is missing; it is loaded whatever comes of that.
pub fn load(context: &mut Context<'_>, store: &mut Store, state: &State) -> Result<Loaded> {
    let settings = context.sources()?.filter(|_| !store.is_read_only());
    let mut board = ranked_board(store)?;
    copy_from_catalog(context, store, &mut board);
    let counts = counts(&board, context.now);
    if let Some(settings) = settings.as_ref().filter(|_| counts.missing > 0) {
        let (clock, limit) = (&context.env.clock, context.env.limits.writer);
        let gain =
            foreground::fetch_missing(store, &board.proposals, settings, state, clock, &mut context.budget, limit);
        match gain {
            Ok(gain) => take_in(context, store, &mut board, &gain),
            Err(error) => context.note(&format!("new data could not be fetched: {}", error.while_reading())),
        }
    }
    Ok(Loaded { counts, settings, is_read_only: store.is_read_only(), ..Loaded::of(board) })
}

/// Fills in what was fetched: it is worth showing also where it cannot be kept, or read again.
fn take_in(context: &mut Context<'_>, store: &mut Store, board: &mut Board, gain: &Gain) {
    if gain.is_more_in_cache
        && let Ok(newest) = ranked_board(store)
    {
        *board = newest;
    }
    fill(board, &gain.fetched, context.env.clock.now());
    if let Some(error) = &gain.not_kept {
        context.note(&format!("new data could not be kept: {error}"));
    }
}

fn fill(board: &mut Board, fetched: &[Fetched], at: UtcDateTime) {
    let by_id: HashMap<ImdbId, &Fetched> = fetched.iter().map(|fetched| (fetched.id, fetched)).collect();
    for movie in &mut board.proposals {
        if let Some(fetched) = movie.imdb_id.and_then(|id| by_id.get(&id)) {
            movie.cache.take(&fetched.outcome, at);
        }
    }
}

/// Fills in what the catalogue knows of movies without data, before any network.
fn copy_from_catalog(context: &mut Context<'_>, store: &mut Store, board: &mut Board) {
    let lacking = board.proposals.iter().filter(|movie| movie.cache.title.is_none());
    let ids: Vec<ImdbId> = lacking.filter_map(|movie| movie.imdb_id).collect();
    if ids.is_empty() {
        return;
    }
    let known = context.in_catalog(|opened| catalog::known(opened, &ids)).unwrap_or_default();
    fill(board, &known, context.now);
    if !store.is_read_only() {
        // What cannot be kept is shown all the same, and copied again by the next look.
        let _ = store.with_lock_timeout(context.env.limits.writer, |store| store.save_fetched(context.now, &known));
    }
}

fn counts(board: &Board, now: UtcDateTime) -> BoardLoad {
    let mut counts = BoardLoad::default();
    for proposal in &board.proposals {
        match freshness(proposal, now) {
            Freshness::Fresh => counts.fresh += 1,
            // Nobody could have fetched it: it waits for the day's download of ratings, and its age has a limit of its own.
            Freshness::Stale if is_tolerably_partial(&proposal.cache, now) => {}
            Freshness::Stale => counts.stale += 1,
            Freshness::Missing => counts.missing += 1,
            Freshness::Unknown | Freshness::None => {}
        }
    }
    counts
}

/// Records the load and starts the refresh in the background. The board has been shown: from here on nothing is worth an
/// error.
fn record(context: &Context<'_>, state: &State, counts: BoardLoad, is_refresh_due: bool) {
    let micros = context.stopwatch.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
    let now = context.env.clock.now();
    state.record_board_load(now, BoardLoad { micros, ..counts });
    if is_refresh_due && let Ok(place) = context.place() {
        background::start_if_free(context.env, &place.location, state, now);
    }
}

fn print(
    context: &mut Context<'_>,
    board: &Board,
    view: &BoardView<'_>,
    me: Option<usize>,
    evening: &Evening,
    all: bool,
) -> Result<()> {
    if context.options.json {
        return context.print(&to_json(view));
    }
    if view.proposals.is_empty() {
        let text = match view.voters.is_empty() {
            true => welcome(context),
            false => "The board is empty: movienight propose puts a movie on it.\n".to_owned(),
        };
        return context.print(&text);
    }
    let screen = context.screen();
    let screen = render::Screen { height: screen.height.filter(|_| !all), ..screen };
    let me = me.map(|me| board.voters[me].name.as_str());
    let mut text = render::board::board(view, me, evening.start, screen);
    if !context.options.quiet {
        text.push_str(&screen.palette.paint(Tone::Faint, &render::board::summary(view, screen)));
        text.push('\n');
    }
    context.print(&text)
}
