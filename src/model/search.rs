//! Searching titles by name: the hits, and whether one of them is clearly meant.

use serde::{Deserialize, Serialize};

use super::text::{fold, likeness};
use super::{ImdbId, Title};

/// A title that a search found, with less data than a fetched one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Its id.
    pub id: ImdbId,
    /// The data that the search returned.
    #[serde(flatten)]
    pub title: Title,
}

/// Returns hits as JSON, to be stored.
pub fn to_json(hits: &[Hit]) -> String {
    serde_json::to_string(hits).expect("hits serialize to JSON")
}

/// Parses stored hits. `None` if they are unreadable.
pub fn from_json(json: &str) -> Option<Vec<Hit>> {
    let hits: Vec<Hit> = serde_json::from_str(json).ok()?;
    Some(hits.into_iter().map(|hit| Hit { title: hit.title.sanitized(), ..hit }).collect())
}

/// Merges the hits of several sources, each title once, in the order in which they first appear. Later sources fill in
/// unknown fields.
pub fn merge(answers: Vec<Vec<Hit>>) -> Vec<Hit> {
    let mut merged: Vec<Hit> = Vec::new();
    for hit in answers.into_iter().flatten() {
        match merged.iter_mut().find(|known| known.id == hit.id) {
            None => merged.push(hit),
            Some(known) => known.title.fill_from(hit.title),
        }
    }
    merged
}

/// The words of a search, and the year that they end in: `heat 1995`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The words as they were typed.
    pub words: String,
    /// The words without the year, and the year.
    pub with_year: Option<(String, u16)>,
}

impl Query {
    /// Parses words with or without a year at the end, bare or in brackets.
    pub fn parse(words: &str) -> Self {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let with_year = words.rsplit_once(' ').and_then(|(stem, last)| {
            let digits = last.strip_prefix('(').and_then(|l| l.strip_suffix(')')).unwrap_or(last);
            let year = digits.parse().ok().filter(|year| (1870..2100).contains(year))?;
            (digits.len() == 4).then(|| (stem.to_owned(), year))
        });
        Self { words, with_year }
    }

    /// Returns true if in that form the words equal the title or the original title, with or without the title's year
    /// at their end.
    pub fn is_name_of(&self, title: &Title, form: impl Fn(&str) -> String) -> bool {
        let of_year = self.with_year.as_ref().filter(|(_, year)| title.year == Some(*year)).map(|(stem, _)| stem);
        [Some(&self.words), of_year].into_iter().flatten().any(|words| {
            let words = form(words);
            let mut names = [Some(&title.title), title.original_title.as_ref()].into_iter().flatten();
            names.any(|name| form(name) == words)
        })
    }
}

/// A title is clearly meant among others of the same name if it has this many times the ratings of each.
const CLEARLY_BETTER_KNOWN: u64 = 10;

/// Returns the hit that is clearly meant, and the best known other hit of that name. The hit ranks first, the query is
/// its name or its name and year in the sense of [`likeness`], and it is the only one of that name or by far the best
/// known. A title equal to the query beats titles that differ by an article ("Heat", "The Heat"): always if an article
/// was typed, otherwise if it has at least as many ratings. `None` if no hit is clear.
pub fn clear<'a>(hits: &'a [Hit], query: &Query) -> Option<(&'a Hit, Option<&'a Hit>)> {
    let is_exact = |hit: &Hit| query.is_name_of(&hit.title, fold);
    let has_article = likeness(&query.words) != fold(&query.words);
    let first = hits.iter().find(|hit| has_article && is_exact(hit)).or(hits.first())?;
    if !query.is_name_of(&first.title, likeness) {
        return None;
    }
    let ratings = |hit: &Hit| hit.title.rating_count.unwrap_or(0);
    let of_name = || hits.iter().filter(|hit| hit.id != first.id && query.is_name_of(&hit.title, likeness));
    let is_beaten = |other: &Hit| {
        if is_exact(first) && !is_exact(other) {
            return has_article || ratings(first) >= ratings(other);
        }
        ratings(first) >= CLEARLY_BETTER_KNOWN * ratings(other).max(1)
    };
    of_name().all(is_beaten).then(|| (first, of_name().max_by_key(|hit| ratings(hit))))
}
