//! `movienight show`: everything known about one movie.

use anyhow::{Result, anyhow};

use super::Status;
use crate::cache::wait;
use crate::cli::Show;
use crate::model::resolve::Resolver;
use crate::model::{Board, Cache, Evening, Fetched, ImdbId, MovieRef, Outcome, Proposal, ProposalId};
use crate::render::board::View;
use crate::render::{card, json};
use crate::session::naming;
use crate::session::{Session, ranked_board};
use crate::store::{ProposalStatus, Store};

pub fn run(session: &mut Session<'_>, args: &Show) -> Result<Status> {
    let movie = naming::phrase(&args.movie)?;
    // Before threads start, see Zone.
    let offset = session.env.zone.offset_at(session.now);
    let mut store = session.store()?;
    let mut board = ranked_board(&mut store)?;
    let on_board = Resolver::new(&board.proposals).find(&movie);
    let index = match on_board {
        Ok(index) => index,
        Err(why) => match elsewhere(&mut store, &movie)? {
            Some(found) => {
                board = found.0;
                found.1
            }
            None => match movie {
                MovieRef::Id(id) => return preview(session, &mut store, id),
                _ => return Err(anyhow!("{why}")),
            },
        },
    };
    if let Some(fetched) = fetch(session, &mut store, &board.proposals[index])? {
        board.proposals[index].cache = fetched;
    }
    let me = session.viewer(&board)?;
    let movie = &board.proposals[index];
    if session.options.json {
        let evening = Evening::open_end(session.now);
        let view = View { board: &board, me, now: session.now, is_fetching: false, evening, shows_ends: false, offset };
        return session.print(&json::line(&json::proposal(movie, None, &view))).map(|()| Status::Done);
    }
    let text = card::card(movie, &board, session.now, offset, session.screen());
    session.print(&text)?;
    Ok(Status::Done)
}

/// A movie that was watched or withdrawn.
fn elsewhere(store: &mut Store, movie: &MovieRef) -> Result<Option<(Board, usize)>> {
    if matches!(movie, MovieRef::Number(_)) {
        return Ok(None);
    }
    for shelf in [ProposalStatus::Watched, ProposalStatus::Withdrawn] {
        let board = store.board(shelf)?;
        let found = Resolver::new(&board.proposals).find(movie);
        if let Ok(index) = found {
            return Ok(Some((board, index)));
        }
    }
    Ok(None)
}

/// What is missing of one movie, fetched and kept.
fn fetch(session: &Session<'_>, store: &mut Store, movie: &Proposal) -> Result<Option<Cache>> {
    let settings = session.sources()?.filter(|_| !store.is_read_only());
    let (Some(settings), Some(id)) = (settings, movie.imdb_id) else { return Ok(None) };
    let one = std::slice::from_ref(movie);
    match wait::fetch_missing(store, one, &settings, &session.env.clock) {
        Ok(true) => Ok(store.cached(&[id])?.pop()),
        _ => Ok(None),
    }
}

/// A movie that nobody proposed: a look before proposing it. Nothing is kept.
fn preview(session: &mut Session<'_>, store: &mut Store, id: ImdbId) -> Result<Status> {
    let mut cache = store.cached(&[id])?.pop().unwrap_or_default();
    if cache.title.is_none()
        && let Some(settings) = session.sources()?
        && let Some(sources) = wait::sources(store, &settings, &session.env.clock)?
    {
        match wait::fetch(&sources, &[id]).pop() {
            Some(Fetched { outcome: Outcome::Found(title, source), .. }) => {
                cache = Cache {
                    title: Some(*title),
                    cached_at: Some(session.now),
                    source: Some(source.to_owned()),
                    ..Cache::default()
                };
            }
            Some(Fetched { outcome: Outcome::Unknown, .. }) => {
                return Err(anyhow!("{id} is unknown to IMDb: check the id"));
            }
            Some(Fetched { outcome: Outcome::Failed(why), .. }) => return Err(anyhow!("no data for {id}: {why}")),
            _ => {}
        }
    }
    if cache.title.is_none() {
        return Err(anyhow!("{id} is not on the board, and no source can be asked about it"));
    }
    let movie = Proposal {
        id: ProposalId(0),
        imdb_id: Some(id),
        own_title: None,
        note: None,
        proposed_by: 0,
        proposed_at: session.now,
        watched_at: None,
        ballots: Vec::new(),
        cache,
    };
    let text = match session.options.json {
        true => json::line(&json::title(&movie, session.now)),
        false => card::preview(&movie, session.now, session.screen()),
    };
    session.print(&text)?;
    Ok(Status::Done)
}
