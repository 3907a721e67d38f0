//! Searching titles, and what the group has to do with those that are found.

use std::collections::HashMap;
use std::fmt;

use anyhow::{Result, bail};

use super::Session;
use crate::cache::search::search;
use crate::model::ImdbId;
use crate::model::search::{Hit, Query};
use crate::model::text::quoted;
use crate::render::format::date;
use crate::store::{ProposalStatus, Store};

/// What the group has to do with a title already.
pub enum GroupHistory {
    OnBoard,
    /// The day on which it was watched.
    Watched(String),
}

impl fmt::Display for GroupHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnBoard => f.write_str("on the board"),
            Self::Watched(day) => write!(f, "watched {day}"),
        }
    }
}

/// Searches the sources.
///
/// # Errors
/// Offline, no words, or no source could be asked.
pub fn find(session: &Session<'_>, store: &mut Store, words: &str) -> Result<Vec<Hit>> {
    if words.trim().is_empty() {
        bail!("a search needs some words");
    }
    let settings = session.sources()?;
    match search(store, settings.as_ref(), &session.env.clock, &Query::parse(words))? {
        Ok(hits) => Ok(hits),
        Err(why) => bail!("cannot search for {}: {why}; an IMDb id or a link works without a search", quoted(words)),
    }
}

/// What is on the board, and what was watched and when. To be asked before a search: local
/// time may not be told once threads have started, see [`crate::env::Zone`].
pub fn standing(session: &Session<'_>, store: &mut Store) -> Result<HashMap<ImdbId, GroupHistory>> {
    let mut standing = HashMap::new();
    let offset = session.env.zone.offset_at(session.now);
    for (id, watched_at) in store.proposed_ids(ProposalStatus::Watched)? {
        standing.extend(watched_at.map(|at| (id, GroupHistory::Watched(date(at, offset)))));
    }
    for (id, _) in store.proposed_ids(ProposalStatus::Board)? {
        standing.insert(id, GroupHistory::OnBoard);
    }
    Ok(standing)
}
