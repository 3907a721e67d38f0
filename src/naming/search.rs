//! Searches for titles, and decides which one is meant.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use time::Date;

use super::choose;
use crate::context::{Context, offer};
use crate::model::ImdbId;
use crate::model::change::NewProposal;
use crate::model::search::{Hit, Query, clear, merge};
use crate::model::text::{likeness, quoted, shell_word};
use crate::render;
use crate::sources::AskedBy;
use crate::store::Store;
use crate::user_error::{Code, ShortMovie, UserError};
use crate::view::search::HitView;

/// The number of hits to take from the catalogue.
const MAX_HITS: usize = 20;
/// The number of hits to offer as a choice.
pub const MAX_OFFERED: usize = 9;

/// The movies that the group has proposed, by their status.
#[derive(Default)]
pub struct GroupHistory {
    on_board: HashSet<NewProposal>,
    withdrawn: HashSet<NewProposal>,
    watched: HashMap<NewProposal, Date>,
}

impl GroupHistory {
    /// Reads it from the database. Empty without one.
    pub fn read(store: Option<&mut Store>) -> Result<Self> {
        let mut known = Self::default();
        for movie in store.map(Store::proposed).transpose()?.unwrap_or_default() {
            let Some(title) = NewProposal::again(&movie).map(|proposal| proposal.identity()) else { continue };
            match (movie.watched_on, movie.withdrawn_at) {
                (Some(day), _) => drop(known.watched.insert(title, day)),
                (None, Some(_)) => drop(known.withdrawn.insert(title)),
                (None, None) => drop(known.on_board.insert(title)),
            }
        }
        Ok(known)
    }

    /// Returns the view of a hit: whether it is on the board, or else when it was watched.
    pub fn view<'a>(&self, hit: &'a Hit) -> HitView<'a> {
        let title = NewProposal::Imdb(hit.id);
        let on_board = self.on_board.contains(&title);
        HitView { hit, on_board, watched_on: self.watched.get(&title).copied().filter(|_| !on_board) }
    }

    /// Returns the date on which a movie was watched. `None` if it is on the board, or can come back as withdrawn.
    pub fn watched_on(&self, movie: &NewProposal) -> Option<Date> {
        let title = movie.identity();
        let is_open = self.on_board.contains(&title) || self.withdrawn.contains(&title);
        self.watched.get(&title).copied().filter(|_| !is_open)
    }
}

/// Searches for titles, best match first: in the catalogue, and at the sources only if it has no good match.
///
/// # Errors
/// Fails if there are no words, or if there is no match and a source did not answer.
pub fn find(context: &mut Context<'_>, store: Option<&mut Store>, words: &str) -> Result<Vec<Hit>> {
    if words.trim().is_empty() {
        return Err(UserError::new("there are no words to search for").into());
    }
    let searched = context.in_catalog(|catalog| catalog.search(words, MAX_HITS));
    let has_catalog = searched.is_some();
    let matches = searched.unwrap_or_default();
    let is_good = matches.iter().any(|found| found.is_good);
    let local: Vec<Hit> = matches.into_iter().map(|found| found.title).collect();
    if is_good {
        return Ok(local);
    }
    match context.cache(AskedBy::Person)?.search(store, &Query::parse(words))? {
        Ok(hits) => Ok(merge(vec![hits, local])),
        Err(_) if !local.is_empty() => Ok(local),
        Err(error) => {
            let mut hint = "give an IMDb id or a link".to_owned();
            if !has_catalog {
                hint += &format!("; {} makes searches work offline", offer());
            }
            let failure = UserError::new(format!("cannot search for {} ({})", quoted(words), error.why));
            Err(failure.code(Code::Network).hint(hint).into())
        }
    }
}

/// Returns the error for a search without results, with the next step.
pub fn nothing_found(context: &mut Context<'_>, words: &str) -> UserError {
    let hint = "try fewer or other words, or give an IMDb id";
    let failure = UserError::new(format!("no title is called {}", quoted(words))).code(Code::NotFound);
    match context.catalog() {
        Some(_) => failure.hint(hint),
        None => failure.hint(format!("{hint}; {} lets you search all titles with 100 votes or more", offer())),
    }
}

/// Searches for the title that is called `words`. `None` if there is none, or the search fails.
pub fn called(context: &mut Context<'_>, store: Option<&mut Store>, words: &str) -> Option<ImdbId> {
    let hits = find(context, store, words).ok()?;
    hits.first().filter(|hit| Query::parse(words).is_name_of(&hit.title, likeness)).map(|hit| hit.id)
}

/// Returns the title that `words` mean: a clear match, or the one that the person chooses. `None` if they choose none.
///
/// # Errors
/// Fails if nothing is found, or the words are ambiguous and nobody can be asked.
pub fn choose(
    context: &mut Context<'_>,
    mut store: Option<&mut Store>,
    words: &str,
    can_ask: bool,
) -> Result<Option<ImdbId>> {
    let mut hits = find(context, store.as_deref_mut(), words)?;
    if hits.is_empty() {
        return Err(nothing_found(context, words).into());
    }
    let query = Query::parse(words);
    if let Some((meant, other)) = clear(&hits, &query) {
        if let Some(other) = other {
            context.note(&format!("There is also {}, {}", other.title.with_year(), other.id));
        }
        return Ok(Some(meant.id));
    }
    let left_out = hits.len().saturating_sub(MAX_OFFERED);
    hits.truncate(MAX_OFFERED);
    let known = GroupHistory::read(store)?;
    let views: Vec<HitView<'_>> = hits.iter().map(|hit| known.view(hit)).collect();
    let screen = context.error_screen();
    let list = render::search::hits(&views, can_ask, screen);
    let list = list + &screen.left_out(left_out, &format!("movienight search {}", shell_word(words)));
    if can_ask {
        return Ok(choose::hit(context, &list, hits.len(), false)?.one().map(|at| hits[at].id));
    }
    if !context.options.json {
        context.env.stderr.write(&list)?;
    }
    let words = match &query.with_year {
        Some((words, year)) => format!("{} of {year}", quoted(words)),
        None => quoted(words),
    };
    let many = format!("{}{}", if left_out > 0 { "more than " } else { "" }, hits.len());
    let failure = match &hits[..] {
        [one] => UserError::new(format!("{words} may be {}", one.title.with_year()))
            .hint(format!("movienight propose {} proposes it", one.id)),
        _ if hits.iter().any(|hit| query.is_name_of(&hit.title, likeness)) => {
            UserError::new(format!("{many} titles match {words}"))
                .hint("propose one of them by its id, or add the year")
        }
        _ => UserError::new(format!("no title is called {words}, but {many} are similar"))
            .hint("propose one of them by its id"),
    };
    let candidate = |hit: &Hit| ShortMovie::new(None, Some(hit.id), Some(&hit.title.title), hit.title.year);
    Err(failure.candidates(hits.iter().map(candidate)).into())
}
