//! Search by name that tolerates typing errors.

use std::collections::BTreeSet;

use super::candidates::{Candidate, CandidateFinder};
use super::grams::{self, Gram, year_gram};
use super::normal::normal;
use super::score::Phrase;
use super::spelling::{Correction, corrections};
use super::{Catalog, CatalogError};
use crate::model::Title;
use crate::model::search::{Hit, Query};
use crate::model::text::without_article;

/// Maximum length of a query in characters. The rest is ignored.
const MAX_QUERY: usize = 200;
/// Maximum numbers of titles to compare with the query, and with each correction of it.
const MAX_CANDIDATES: usize = 400;
const MAX_CORRECTED: usize = 60;
/// Titles with a lower fit are not shown.
const MIN_FIT: f32 = 0.30;
/// Titles with less than this share of the first hit's fit are not shown. Next to a title that has the words, titles
/// that only resemble it are noise.
const MIN_SHARE: f32 = 0.7;
/// From this fit on, a title matches except for typing errors. Below it, the web is searched, too, which also knows
/// titles in other languages.
const GOOD_FIT: f32 = 0.85;
/// Deducted, as a share of the fit, for each letter that a correction changed.
const SLIP_COST: f32 = 0.12;
/// From this fit on, the query counts as spelled correctly.
const CLEAR_FIT: f32 = 0.93;

/// A title that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogHit {
    /// The title.
    pub title: Hit,
    /// True if its name matches the query except for typing errors. If no hit does, a web search may find better ones.
    pub is_good: bool,
}

impl Catalog {
    /// Returns titles by name, the likeliest first.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<CatalogHit>, CatalogError> {
        let query: String = query.chars().take(MAX_QUERY).collect();
        let wanted = Wanted::new(&query);
        let mut found = self.find(&wanted).map_err(self.failed())?;
        found.retain(|candidate| candidate.fit >= MIN_FIT);
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.rank.cmp(&b.rank)));
        let least = found.first().map_or(0.0, |first| first.fit * MIN_SHARE);
        found.retain(|candidate| candidate.fit >= least);
        found.truncate(limit);
        let mut hits = Vec::new();
        for Candidate { rank, fit, .. } in found {
            let Some(title) = self.at_rank(rank)? else { continue };
            hits.push(CatalogHit { is_good: fit >= GOOD_FIT || wanted.is_name_of(&title.title), title });
        }
        Ok(hits)
    }

    fn find(&self, wanted: &Wanted) -> rusqlite::Result<Vec<Candidate>> {
        let mut finder = CandidateFinder::new(&self.conn)?;
        let fit = |title: &str, original: Option<&str>, year| wanted.fit(title, original, year);
        finder.compare(&wanted.grams(), MAX_CANDIDATES, &fit)?;
        if finder.found.values().all(|candidate| candidate.fit < CLEAR_FIT) {
            let words: String = self.conn.query_one("SELECT words FROM vocabulary", [], |row| row.get(0))?;
            for (query, slips) in wanted.corrected(&words) {
                let meant = Wanted::new(&query);
                let factor = 1.0 - SLIP_COST * slips as f32;
                finder.compare(&meant.grams(), MAX_CORRECTED, &|title, original, year| {
                    fit(title, original, year).max(meant.fit(title, original, year) * factor)
                })?;
            }
        }
        Ok(finder.found.into_values().collect())
    }
}

/// A query and the ways to read it.
struct Wanted {
    query: Query,
    whole: Phrase,
    /// The words before a year at the end, and the year.
    stem: Option<(Phrase, u16)>,
}

impl Wanted {
    fn new(query: &str) -> Self {
        let query = Query::parse(query);
        let stem = query.with_year.as_ref().map(|(words, year)| (Phrase::new(&normal(words)), *year));
        Self { whole: Phrase::new(&normal(&query.words)), query, stem }
    }

    /// Returns the grams to look up, each with its weight.
    fn grams(&self) -> Vec<(Gram, u16)> {
        let mut grams = BTreeSet::new();
        let mut add = |gram| {
            grams.insert(gram);
        };
        let mut years = Vec::new();
        grams::of_title(&self.whole.text, &mut add);
        if let Some((stem, year)) = &self.stem {
            grams::of_title(&stem.text, &mut add);
            // The year weighs as much as the words of a short title. People are often off by one year.
            years.extend([(year_gram(*year), 5), (year_gram(*year - 1), 2), (year_gram(*year + 1), 2)]);
        }
        grams.into_iter().map(|gram| (gram, 1)).chain(years).collect()
    }

    /// Returns the fit of a title, from 0 to 1, by the better of its names.
    fn fit(&self, title: &str, original: Option<&str>, year: Option<u16>) -> f32 {
        let of = |title: &str| {
            let whole = fit(&self.whole, title);
            let stem = self.stem.as_ref().map_or(0.0, |(stem, wanted)| {
                let factor = match year.map(|year| year.abs_diff(*wanted)) {
                    Some(0) => 1.0,
                    Some(1) => 0.9,
                    _ => 0.55,
                };
                fit(stem, title) * factor
            });
            whole.max(stem)
        };
        of(title).max(original.map_or(0.0, of))
    }

    /// Returns the query with its words corrected, the likeliest correction first, and how many letters were changed.
    /// A word with fewer corrections than others repeats its last one. A word without any stays as typed.
    fn corrected(&self, words: &str) -> Vec<(String, usize)> {
        let typed: Vec<&str> = self.whole.text.split(' ').collect();
        let meant: Vec<Vec<Correction<'_>>> = typed.iter().map(|word| corrections(words, word)).collect();
        let most = meant.iter().map(Vec::len).max().unwrap_or(0);
        let query = |n: usize| {
            let (mut words, mut slips) = (typed.clone(), 0);
            for (word, meant) in words.iter_mut().zip(&meant) {
                if let Some(correction) = meant.get(n).or(meant.last()) {
                    *word = correction.word;
                    slips += correction.slips;
                }
            }
            (words.join(" "), slips)
        };
        (0..most).map(query).collect()
    }

    /// Returns true if the query equals a name of the title, ignoring case, accents, punctuation and a leading article.
    fn is_name_of(&self, title: &Title) -> bool {
        self.query.is_name_of(title, |name| without_article(&normal(name)).to_owned())
    }
}

fn fit(phrase: &Phrase, title: &str) -> f32 {
    let fit = phrase.fit(&normal(title));
    if fit < CLEAR_FIT && phrase.is_part(title) { CLEAR_FIT } else { fit }
}
