//! Loads the board for the commands that show it, or the copy that was seen last if its server is away.

use anyhow::Result;
use time::UtcDateTime;

use super::{Context, ranked_board};
use crate::cache::lookup::{Policy, entries};
use crate::model::{Board, CacheEntry, ImdbId, Proposal};
use crate::state::BoardLoad;
use crate::store::{ErrorKind, OpenMode, Store, StoreError};
use crate::user_error::UserError;
use crate::view::format::clock_or_date;

/// The ranked board, and what commands need to know about it.
#[derive(Default)]
pub struct LoadedBoard {
    pub board: Board,
    /// The counts of titles by freshness, as they were before web sources were asked.
    pub counts: BoardLoad,
    /// The titles that a background refresh would take now.
    pub due: Vec<ImdbId>,
    /// True if the board cannot be written.
    pub is_read_only: bool,
    /// The time at which this copy of the board was seen. `None` if it comes from the database.
    pub as_of: Option<UtcDateTime>,
}

/// Loads the ranked board and looks its titles up by `policy`. Data that cannot be fetched or stored is no error.
///
/// # Errors
/// Fails if a setting is invalid, the database cannot be read, or the person interrupts.
pub fn load(context: &mut Context<'_>, store: &mut Store, policy: &Policy) -> Result<LoadedBoard> {
    context.online()?;
    let mut board = ranked_board(store)?;
    let lookup = context.lookup(Some(store), entries(&mut board), policy)?;
    let counts = lookup.counts_before(&board, context.now);
    if let Some(error) = lookup.not_claimed {
        context.note(&format!("Could not fetch new data: {}", error.while_reading()));
    }
    if let Some(error) = lookup.not_saved {
        context.note(&format!("Could not store new data: {}", error.while_reading()));
    }
    let is_read_only = store.is_read_only();
    let due = if is_read_only { Vec::new() } else { context.due(cached(&board.proposals))? };
    Ok(LoadedBoard { board, counts, due, is_read_only, as_of: None })
}

/// Loads the board from the database. Falls back to the copy that was seen last, with a warning, if its server is away
/// or busy. `None` if there is no board at the default location.
///
/// # Errors
/// Fails if a setting is invalid, a named location has no board, the board cannot be read, or the person interrupts.
pub fn load_or_last_seen(context: &mut Context<'_>) -> Result<Option<LoadedBoard>> {
    let opened = context.open(OpenMode::Read);
    let loaded = opened.and_then(|store| store.map(|mut store| load(context, &mut store, &Policy::VIEW)).transpose());
    let state = context.state()?;
    let is_server = context.board_location()?.location.is_server();
    let is_away = |error: &StoreError| matches!(error.kind, ErrorKind::Unreachable | ErrorKind::Lost | ErrorKind::Busy);
    match loaded {
        Ok(Some(loaded)) if is_server => {
            state.save_board_copy(&loaded.board, context.now);
            Ok(Some(loaded))
        }
        Err(error) if is_server && error.downcast_ref().is_some_and(is_away) => match state.board_copy() {
            Some((board, at)) => {
                let then = clock_or_date(at, context.now, &context.env.zone);
                context.warn(&UserError::new(format!("the server is away or busy: this is the board as of {then}")));
                Ok(Some(LoadedBoard { board, as_of: Some(at), ..LoadedBoard::default() }))
            }
            None => Err(error),
        },
        other => other,
    }
}

/// Returns the ids of movies with their cache entries. Skips movies without an id.
pub fn cached<'b>(movies: impl IntoIterator<Item = &'b Proposal>) -> impl Iterator<Item = (ImdbId, &'b CacheEntry)> {
    movies.into_iter().filter_map(|movie| Some((movie.imdb_id?, &movie.cache)))
}
