//! `movienight search`: looks for titles by name.

use std::collections::HashMap;
use std::fmt;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::Status;
use super::session::Session;
use crate::cache::search::search;
use crate::cli::Search;
use crate::model::search::{Hit, Query};
use crate::model::text::quoted;
use crate::model::{ImdbId, Rating};
use crate::render::words::date;
use crate::render::{card, json};
use crate::store::{Shelf, Store};

pub fn run(session: &mut Session<'_>, args: &Search) -> Result<Status> {
    let words = args.words.join(" ");
    let mut store = session.store()?;
    let standing = standing(session, &mut store)?;
    let hits = find(session, &mut store, &words)?;
    let remark = |hit: &Hit| standing.get(&hit.id).map(Standing::to_string).unwrap_or_default();
    if session.options.json {
        let rows: Vec<Value> = hits.iter().map(|hit| document(hit, standing.get(&hit.id))).collect();
        session.print(&json::line(&json!({ "results": rows })))?;
    } else if hits.is_empty() {
        bail!("no title is called {}: try fewer or other words", quoted(&words));
    } else {
        session.print(&card::hits(&hits, false, remark, session.screen()))?;
    }
    Ok(Status::Done)
}

/// What the group has to do with a title already.
pub enum Standing {
    OnBoard,
    /// The day on which it was watched.
    Watched(String),
}

impl fmt::Display for Standing {
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
pub fn standing(session: &Session<'_>, store: &mut Store) -> Result<HashMap<ImdbId, Standing>> {
    let mut standing = HashMap::new();
    let offset = session.env.zone.offset_at(session.now);
    for (id, watched_at) in store.proposed_ids(Shelf::Watched)? {
        standing.extend(watched_at.map(|at| (id, Standing::Watched(date(at, offset)))));
    }
    for (id, _) in store.proposed_ids(Shelf::Board)? {
        standing.insert(id, Standing::OnBoard);
    }
    Ok(standing)
}

fn document(hit: &Hit, standing: Option<&Standing>) -> Value {
    let title = &hit.title;
    json!({
        "imdb_id": hit.id.to_string(),
        "title": title.title,
        "original_title": title.original_title,
        "year": title.year,
        "type": title.kind,
        "rating": title.rating.map(Rating::value),
        "rating_count": title.rating_count,
        "on_board": matches!(standing, Some(Standing::OnBoard)),
        "watched": matches!(standing, Some(Standing::Watched(_))),
    })
}
