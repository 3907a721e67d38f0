//! Matches many names from other programs to titles: in the catalogue, then by searches, then by asking the person.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;

use anyhow::Result;

use super::choose::{self, MenuAnswer};
use super::search::MAX_OFFERED;
use crate::cache::PersonBudget;
use crate::context::Context;
use crate::env::{Progress, Unit};
use crate::model::ImdbId;
use crate::model::matching::{self, Match, is_series, name_key};
use crate::model::search::{Hit, Query};
use crate::model::title::with_year;
use crate::render;
use crate::sources::AskedBy;
use crate::store::Store;
use crate::user_error::QuietEnd;
use crate::view::format::count;
use crate::view::lists::Unmatched;
use crate::view::search::HitView;

/// A title as another program wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    pub title: String,
    pub year: Option<u16>,
    /// True for a series. `None` if the other program does not say.
    pub is_series: Option<bool>,
    /// True if the name was already on the person's list, which may be one of films: it then never means a series.
    pub is_from_list: bool,
}

impl Name {
    /// Returns the readings, likeliest first, each with the names of one title and its year. A number at the end of the
    /// title may be the year. With a year, brackets may hold other names. Last, the title may follow a list number.
    fn readings(&self) -> impl Iterator<Item = (Vec<String>, Option<u16>)> + use<> {
        let whole = (vec![self.title.clone()], self.year);
        let split = |title: &str| {
            let (title, year) = Query::parse(title).with_year?;
            self.year.is_none_or(|own| own == year).then(|| (vec![title], Some(year)))
        };
        let bracketed = self.year.map(|year| (matching::bracketed_names(&self.title), Some(year)));
        let unnumbered = without_number(&self.title);
        let unnumbered_whole = unnumbered.map(|title| (vec![title.to_owned()], self.year));
        let others = [split(&self.title), bracketed, unnumbered_whole, unnumbered.and_then(split)];
        std::iter::once(whole).chain(others.into_iter().flatten())
    }
}

/// Returns the text after the number of a list: `1.` or `2)`. `None` if there is no such number.
fn without_number(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(' ')?;
    number.strip_suffix(['.', ')'])?.parse::<u16>().ok().map(|_| rest)
}

/// Finds the title that each of these names means.
///
/// # Errors
/// Fails if the database cannot be read or the person interrupts. Answers to searches stay in the database.
pub fn find(
    context: &mut Context<'_>,
    store: &mut Store,
    names: HashSet<Name>,
) -> Result<HashMap<Name, Result<ImdbId, Unmatched>>> {
    let keys = names.iter().flat_map(Name::readings).flat_map(|(titles, _)| titles);
    let keys = keys.map(|title| name_key(&title)).collect();
    let mut by_name = context.in_catalog(|catalog| catalog.named(&keys)).unwrap_or_default();
    // Sorted, so that the same list leads to the same questions.
    let mut names: Vec<Name> = names.into_iter().collect();
    names.sort();
    let (mut found, mut unclear, mut only_series) = (HashMap::new(), Vec::new(), HashSet::new());
    // Sorts names into clear and unclear matches. Returns the names that match no title.
    let mut sort_matches = |names: Vec<Name>, by_name: &HashMap<String, Vec<Hit>>| {
        let mut left = Vec::new();
        for name in names {
            match meaning(&name, by_name, &mut only_series) {
                Match::Clear(id) => drop(found.insert(name, Ok(id))),
                Match::Unclear(hits) => unclear.push((name, hits)),
                Match::None => left.push(name),
            }
        }
        left
    };
    let left = sort_matches(names, &by_name);
    let not_searched = search(context, store, &left, &mut by_name)?;
    let missing = sort_matches(left, &by_name);
    for (name, chosen) in ask(context, unclear)? {
        found.insert(name, chosen.ok_or(Unmatched::Unclear));
    }
    found.extend(missing.into_iter().map(|name| {
        let why = if only_series.contains(&name) {
            Unmatched::OnlySeries
        } else if not_searched.contains(&name) {
            Unmatched::NotSearched
        } else {
            Unmatched::NotFound
        };
        (name, Err(why))
    }));
    Ok(found)
}

/// Returns the title that a name means. Adds the name to `only_series` if a film is wanted and only a series matches.
fn meaning(name: &Name, by_name: &HashMap<String, Vec<Hit>>, only_series: &mut HashSet<Name>) -> Match {
    let fits = |hit: &Hit| match name.is_series {
        Some(true) => matches!(hit.title.kind.as_deref(), Some("tvSeries" | "tvMiniSeries")),
        Some(false) => !is_series(hit),
        None => true,
    };
    for (titles, year) in name.readings() {
        let hits = titles.iter().filter_map(|title| by_name.get(&name_key(title))).flatten();
        let by_id: HashMap<ImdbId, Hit> = hits.map(|hit| (hit.id, hit.clone())).collect();
        // A name in brackets may be another movie of the series.
        let is_sure = |hit: &Hit| titles.len() == 1 || hit.title.year == year;
        let (hits, others): (Vec<Hit>, Vec<Hit>) = by_id.into_values().filter(is_sure).partition(fits);
        let found = matching::choose(&titles, year, &hits);
        let is_of_series = |id| hits.iter().any(|hit| hit.id == id && is_series(hit));
        if matches!(found, Match::Clear(id) if name.is_from_list && is_of_series(id)) {
            continue;
        }
        if name.is_series == Some(false) && matching::choose(&titles, year, &others) != Match::None {
            only_series.insert(name.clone());
        }
        if found != Match::None {
            return found;
        }
    }
    Match::None
}

/// Searches for one name after another and adds the titles to `by_name`. Returns the names for which a source that may
/// know them did not answer or was not asked.
fn search(
    context: &mut Context<'_>,
    store: &mut Store,
    names: &[Name],
    by_name: &mut HashMap<String, Vec<Hit>>,
) -> Result<HashSet<Name>> {
    if names.is_empty() || context.is_offline()? {
        return Ok(names.iter().cloned().collect());
    }
    context.note(&format!("Searching for {}", count(names.len(), "title", "titles")));
    let mut bar = context.bar();
    bar.begin("searching", Unit::Titles, Some(names.len() as u64), 0);
    let interrupt = context.env.interrupt.clone();
    interrupt.run_interruptible(|stop| {
        let mut not_searched = HashSet::new();
        for (at, name) in names.iter().enumerate() {
            // Without its number only if there is no title with it.
            for title in std::iter::once(&*name.title).chain(without_number(&name.title)) {
                // Each search gets the whole time that a person waits.
                context.budget = PersonBudget::new(context.env.limits.person);
                let query = Query::parse(title);
                let query = if name.year.is_none() { query } else { Query { with_year: None, ..query } };
                let hits = match context.cache(AskedBy::Person)?.search(Some(store), &query)? {
                    Ok(hits) => hits,
                    Err(error) if error.is_partial => {
                        not_searched.insert(name.clone());
                        continue;
                    }
                    Err(error) => {
                        context.note(&format!("Stopped searching: {}", error.why));
                        not_searched.extend(names[at..].iter().cloned());
                        return Ok(not_searched);
                    }
                };
                for hit in hits {
                    for title in [Some(&hit.title.title), hit.title.original_title.as_ref()].into_iter().flatten() {
                        by_name.entry(name_key(title)).or_default().push(hit.clone());
                    }
                }
                if by_name.contains_key(&name_key(title)) {
                    break;
                }
            }
            bar.advance(1);
            if stop.load(Ordering::Relaxed) {
                return Err(QuietEnd::Interrupted.into());
            }
        }
        Ok(not_searched)
    })
}

/// Asks on a terminal which titles are meant. `None` for names that stay unmatched.
fn ask(context: &mut Context<'_>, unclear: Vec<(Name, Vec<Hit>)>) -> Result<Vec<(Name, Option<ImdbId>)>> {
    let mut all = Vec::with_capacity(unclear.len());
    let mut asks = context.can_ask();
    for (name, mut hits) in unclear {
        hits.truncate(MAX_OFFERED);
        let mut chosen = None;
        if asks {
            let views: Vec<HitView<'_>> =
                hits.iter().map(|hit| HitView { hit, on_board: false, watched_on: None }).collect();
            context.env.stderr.write(&format!("{}:\n", with_year(&name.title, name.year)))?;
            let list = render::search::hits(&views, true, context.error_screen());
            match choose::hit(context, &list, views.len(), true)? {
                MenuAnswer::NoneOfAll => asks = false,
                answer => chosen = answer.one(),
            }
        }
        all.push((name, chosen.map(|at| hits[at].id)));
    }
    Ok(all)
}
