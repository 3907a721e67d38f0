//! Searching titles, and which of them is meant.

use std::collections::HashMap;

use anyhow::Result;
use time::UtcDateTime;

use super::choose;
use crate::catalog::{CatalogHit, Fit};
use crate::context::Context;
use crate::context::catalog::offer;
use crate::failure::Failure;
use crate::model::ImdbId;
use crate::model::search::{Hit, Query, clear, clear_by_rank, merge};
use crate::model::text::quoted;
use crate::render;
use crate::sources::AskedBy;
use crate::store::Store;
use crate::view::format::count;
use crate::view::search::HitView;

/// Hits of the catalogue that are shown.
const HITS: usize = 20;
/// Hits that are offered for choice.
const OFFERED: usize = 9;

/// The titles that the group knows: those on the board (none), and those that were watched, with the time.
pub struct Known(HashMap<ImdbId, Option<UtcDateTime>>);

impl Known {
    /// From the database, if there is one.
    pub fn read(store: Option<&mut Store>) -> Result<Self> {
        let mut known = HashMap::new();
        let rows = store.map(Store::watched_or_on_board).transpose()?.unwrap_or_default();
        for (id, watched_at) in rows {
            // What was watched and proposed again is on the board.
            if watched_at.is_none() || known.get(&id) != Some(&None) {
                known.insert(id, watched_at);
            }
        }
        Ok(Self(known))
    }

    /// A hit, with that.
    pub fn view<'a>(&self, hit: &'a Hit) -> HitView<'a> {
        let known = self.0.get(&hit.id);
        HitView::of(hit, known == Some(&None), known.copied().flatten())
    }

    /// The hits that the group has proposed or watched.
    pub fn ids(&self, hits: &[Hit]) -> Vec<ImdbId> {
        hits.iter().map(|hit| hit.id).filter(|id| self.0.contains_key(id)).collect()
    }

    /// The time at which a title was watched that is not on the board.
    pub fn watched_at(&self, id: ImdbId) -> Option<UtcDateTime> {
        self.0.get(&id).copied().flatten()
    }
}

/// The hits of a search.
pub struct Matches {
    /// Best match first.
    pub hits: Vec<Hit>,
    /// The title that is clearly meant, if one is.
    pub clear: Option<ImdbId>,
}

/// Searches titles: in the catalogue, and elsewhere only when it has none that fits well.
///
/// # Errors
/// No words; or nothing fits, and offline, or no source could be asked.
pub fn find(context: &mut Context<'_>, store: Option<&mut Store>, words: &str) -> Result<Matches> {
    if words.trim().is_empty() {
        return Err(Failure::new("a search needs some words").into());
    }
    let query = Query::parse(words);
    let local = context.in_catalog(|catalog| catalog.search(words, HITS));
    let has_catalog = local.is_some();
    let local = local.unwrap_or_default();
    if local.iter().any(|hit| hit.fit >= Fit::Good) {
        let hits: Vec<Hit> = local.into_iter().map(to_hit).collect();
        let clear = clear_by_rank(&hits, &query).map(|hit| hit.id);
        return Ok(Matches { hits, clear });
    }
    let hits = match context.cache(AskedBy::Person)?.search(store, &query)? {
        Ok(hits) => merge(vec![hits, local.into_iter().map(to_hit).collect()]),
        Err(_) if !local.is_empty() => local.into_iter().map(to_hit).collect(),
        Err(why) => {
            let hint = match has_catalog {
                true => "an IMDb id or a link works without a search".to_owned(),
                false => format!("an IMDb id or a link works without a search, and {} makes one work offline", offer()),
            };
            let why = why.map_or_else(|| "offline".to_owned(), |error| error.to_string());
            return Err(Failure::new(format!("cannot search for {}: {why}", quoted(words))).hint(hint).into());
        }
    };
    let clear = clear(&hits, &query).map(|hit| hit.id);
    Ok(Matches { hits, clear })
}

fn to_hit(found: CatalogHit) -> Hit {
    Hit { id: found.title.id, title: found.title.title }
}

/// The failure of a search that could be made and found nothing, with the next step.
pub fn nothing_found(context: &mut Context<'_>, words: &str) -> Failure {
    let hint = "try fewer or other words, or give an IMDb id";
    let failure = Failure::new(format!("no title is called {}", quoted(words)));
    match context.catalog() {
        Some(_) => failure.hint(hint),
        None => failure.hint(format!("{hint}; {} brings all of IMDb's titles", offer())),
    }
}

/// The title that is meant by `words`: the one that is clearly meant, or the one that the person chooses; none when they
/// choose none.
///
/// # Errors
/// Nothing is found; or it is not clear what is meant and nobody is there to be asked.
pub fn choose(context: &mut Context<'_>, mut store: Option<&mut Store>, words: &str) -> Result<Option<ImdbId>> {
    let Matches { mut hits, clear } = find(context, store.as_deref_mut(), words)?;
    if hits.is_empty() {
        return Err(nothing_found(context, words).into());
    }
    if clear.is_some() {
        return Ok(clear);
    }
    hits.truncate(OFFERED);
    let known = Known::read(store)?;
    let views: Vec<HitView<'_>> = hits.iter().map(|hit| known.view(hit)).collect();
    let can_ask = context.can_ask();
    let list = render::search::hits(&views, can_ask, context.error_screen());
    if can_ask {
        let keys: Vec<i64> = (1..=hits.len() as i64).collect();
        return Ok(choose::ask(context, &list, &keys)?.map(|at| hits[at].id));
    }
    if !context.options.json {
        context.env.stderr.write(&list)?;
    }
    let failure = match &hits[..] {
        [one] => Failure::new(format!("{} may be {}", quoted(words), one.title.with_year()))
            .hint(format!("movienight propose {} proposes it", one.id)),
        _ => Failure::new(format!("{} may be {}", quoted(words), count(hits.len(), "title", "titles")))
            .hint("propose one of them by its id"),
    };
    Err(failure.into())
}
