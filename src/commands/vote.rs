//! `movienight vote`: votes for movies, or shows the board.

use anyhow::{Result, bail};
use serde_json::json;

use super::session::{Session, ranked_board};
use super::{Status, evening, list};
use crate::cache::{background, freshness, wait};
use crate::cli::{Times, Vote};
use crate::model::health::BoardLoad;
use crate::model::resolve::Resolver;
use crate::model::{Board, Fit, Freshness, Proposal, order};
use crate::render::board::View;
use crate::render::words::count;
use crate::render::{board, json};
use crate::store::{Favored, Store, Voted};

/// What a group sees first.
const WELCOME: &str = "\
Welcome to movienight: propose movies, vote, and see which one wins.
Nothing is on the board yet. Put a movie on it, by its IMDb id, its link or its title:
  movienight propose tt0111161
";
/// More movies than this are counted, not listed.
const LISTED: usize = 20;

pub fn run(session: &mut Session<'_>, args: &Vote) -> Result<Status> {
    match args.movies.is_empty() {
        true => show(session, &args.times)?,
        false if args.favorite => favor(session, args)?,
        false => vote(session, args)?,
    }
    Ok(Status::Done)
}

fn vote(session: &mut Session<'_>, args: &Vote) -> Result<()> {
    let voter = session.voter()?;
    let named = list::read(session, &args.movies)?;
    if named.is_empty() {
        bail!("standard input names no movie");
    }
    let mut store = session.store()?;
    let board = ranked_board(&mut store)?;
    let resolver = Resolver::new(&board.proposals);
    let chosen = list::resolve(&named, |movie| resolver.find(movie))?;
    let ids: Vec<_> = chosen.iter().map(|&i| board.proposals[i].id).collect();
    let outcomes = store.vote(&voter, session.now, &ids)?;
    let movies = chosen.iter().map(|&i| &board.proposals[i]).zip(outcomes);
    if session.options.json {
        let row = |(movie, outcome): (&Proposal, Voted)| {
            json::movie_with(movie, "outcome", if outcome == Voted::New { "voted" } else { "already_voted" })
        };
        return session.print(&json::line(&json!({ "votes": movies.map(row).collect::<Vec<_>>() })));
    }
    if session.options.quiet {
        return Ok(());
    }
    let text = if chosen.len() > LISTED {
        format!("{voter} voted for {}\n", count(chosen.len(), "movie", "movies"))
    } else {
        let sentence = |(movie, outcome): (&Proposal, Voted)| match outcome {
            Voted::New => format!("{voter} voted for {}\n", movie.name()),
            Voted::Already => format!("{voter} had voted for {} already\n", movie.name()),
        };
        movies.map(sentence).collect()
    };
    session.print(&text)
}

/// Marks one movie as the favourite.
fn favor(session: &mut Session<'_>, args: &Vote) -> Result<()> {
    let voter = session.voter()?;
    let named = list::read(session, &args.movies)?;
    let mut store = session.store()?;
    let board = ranked_board(&mut store)?;
    let resolver = Resolver::new(&board.proposals);
    let [chosen] = list::resolve(&named, |movie| resolver.find(movie))?[..] else {
        bail!("a person has one favourite: name one movie with --favorite");
    };
    let movie = &board.proposals[chosen];
    let outcome = store.favor(&voter, session.now, movie.id)?;
    if session.options.json {
        let word = if outcome == Favored::Already { "already_favorite" } else { "favorite" };
        return session.print(&json::line(&json!({ "votes": [json::movie_with(movie, "outcome", word)] })));
    }
    if session.options.quiet {
        return Ok(());
    }
    let name = movie.name();
    session.print(&match outcome {
        Favored::Already => format!("{name} is {voter}'s favourite already\n"),
        Favored::New => format!("{name} is {voter}'s favourite now\n"),
        Favored::Instead(old) => {
            let old = board.proposals.iter().find(|p| p.id == old).map(Proposal::name).unwrap_or_default();
            format!("{name} is {voter}'s favourite now, instead of {old}\n")
        }
    })
}

fn show(session: &mut Session<'_>, times: &Times) -> Result<()> {
    // Local time is asked for before threads start, see Zone.
    let offset = session.env.zone.offset_at(session.now);
    let (evening, shows_ends) = evening::read(session, times, offset)?;
    let settings = session.sources()?;
    let mut store = session.store()?;
    let settings = settings.filter(|_| !store.is_read_only());
    let mut board = ranked_board(&mut store)?;
    let mut fetching = 0;
    if let Some(settings) = &settings {
        // The board is shown whatever comes of it.
        match wait::fetch_missing(&mut store, &board.proposals, settings, &session.env.clock) {
            Ok(false) => {}
            Ok(true) => board = ranked_board(&mut store)?,
            Err(error) => session.complain(&format!("new data could not be kept: {error}")),
        }
        if session.env.exe.is_some() {
            fetching = background::worth_starting_for(&mut store, &board, settings, session.now)?;
        }
    }
    let fits = |p: &Proposal| evening.fit(p.runtime_minutes()) != Fit::TooLong;
    if shows_ends {
        order::sort(&mut board.proposals, fits);
    }
    let me = session.viewer(&board)?;
    let view = View { board: &board, me, now: session.now, is_fetching: fetching > 0, evening, shows_ends, offset };
    print(session, &store, &view)?;
    record(session, store, &board, fetching > 0);
    Ok(())
}

/// Writes the look at the board into the health record and starts the refresh in the background.
/// The board has been shown: from here on nothing is worth an error.
fn record(session: &Session<'_>, mut store: Store, board: &Board, is_refresh_due: bool) {
    let Ok(db) = session.db_path() else { return };
    let count = |wanted| board.proposals.iter().filter(|p| freshness(p, session.now) == wanted).count() as u32;
    let load = BoardLoad {
        fresh: count(Freshness::Fresh),
        stale: count(Freshness::Stale),
        missing: count(Freshness::Missing),
        micros: session.watch.elapsed().as_micros().try_into().unwrap_or(u64::MAX),
    };
    let now = session.env.clock.now();
    let lease = is_refresh_due.then(|| now + background::LEASE);
    if let Ok(true) = store.record_board(now, load, lease) {
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
    let mut text = board::board(view, screen);
    if !session.options.quiet {
        text.push_str(&screen.palette.paint(crate::render::style::Tone::Faint, &board::summary(view)));
        text.push('\n');
    }
    session.print(&text)?;
    if store.is_read_only() {
        session.note("the database cannot be written: this is what it holds");
    }
    Ok(())
}
