//! Searching titles by name: what is found, and whether one of it is clearly meant.

use serde::{Deserialize, Serialize};

use super::text::{fold, without_article};
use super::{ImdbId, Title};

/// A title that a search found; less is known of it than of one that was fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub id: ImdbId,
    /// What the search says of it.
    pub title: Title,
}

/// The form in which hits are kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: String,
    #[serde(flatten)]
    title: Title,
}

/// Hits as JSON, to be kept.
pub fn to_json(hits: &[Hit]) -> String {
    let kept = hits.iter().map(|h| Kept { id: h.id.to_string(), title: h.title.clone() });
    serde_json::to_string(&kept.collect::<Vec<_>>()).expect("a hit has no key that JSON cannot write")
}

/// Hits that were kept; none when they cannot be read.
pub fn from_json(json: &str) -> Option<Vec<Hit>> {
    let kept: Vec<Kept> = serde_json::from_str(json).ok()?;
    kept.into_iter().map(|k| Some(Hit { id: ImdbId::parse(&k.id)?, title: k.title })).collect()
}

/// What several sources found, each title once: in the order of the first source, with what only
/// later ones know filled in.
pub fn merge(answers: Vec<Vec<Hit>>) -> Vec<Hit> {
    let mut merged: Vec<Hit> = Vec::new();
    for hit in answers.into_iter().flatten() {
        match merged.iter_mut().find(|known| known.id == hit.id) {
            None => merged.push(hit),
            Some(Hit { title, .. }) => {
                title.original_title = title.original_title.take().or(hit.title.original_title);
                title.year = title.year.or(hit.title.year);
                title.kind = title.kind.take().or(hit.title.kind);
                title.rating = title.rating.or(hit.title.rating);
                title.rating_count = title.rating_count.or(hit.title.rating_count);
            }
        }
    }
    merged
}

/// Words that are searched, with the year that they end in: `heat 1995`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The words as they were typed.
    pub words: String,
    /// The words without the year, and the year.
    pub with_year: Option<(String, u16)>,
}

impl Query {
    /// Understands a year at the end, bare or in brackets.
    pub fn parse(words: &str) -> Self {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let with_year = words.rsplit_once(' ').and_then(|(stem, last)| {
            let digits = last.strip_prefix('(').and_then(|l| l.strip_suffix(')')).unwrap_or(last);
            let year = digits.parse().ok().filter(|year| (1870..2100).contains(year))?;
            (digits.len() == 4).then(|| (stem.to_owned(), year))
        });
        Self { words, with_year }
    }
}

/// The hits that have exactly these words as their title, or as their original title; case, accents
/// and leading articles aside.
pub fn exact<'a>(hits: &'a [Hit], words: &str) -> Vec<&'a Hit> {
    let wanted = fold(words);
    let wanted = without_article(&wanted);
    let is_it = |title: &str| without_article(&fold(title)) == wanted;
    hits.iter().filter(|h| is_it(&h.title.title) || h.title.original_title.as_deref().is_some_and(is_it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(id: &str, title: &str, year: Option<u16>) -> Hit {
        Hit { id: ImdbId::parse(id).unwrap(), title: Title { title: title.into(), year, ..Title::default() } }
    }

    #[test]
    fn a_year_at_the_end_is_a_year() {
        let year = |words: &str| Query::parse(words).with_year;
        assert_eq!(year("heat 1995"), Some(("heat".into(), 1995)));
        assert_eq!(year("  heat   (1995) "), Some(("heat".into(), 1995)));
        for words in ["heat", "1917", "heat 95", "district 9", "apollo 0013", "room 9999"] {
            assert_eq!(year(words), None, "{words}");
        }
    }

    #[test]
    fn exact_matches_leave_case_accents_and_articles_aside() {
        let hits = [
            hit("tt0000001", "The Godfather", Some(1972)),
            hit("tt0000002", "The Godfather Part II", Some(1974)),
            Hit {
                title: Title {
                    original_title: Some("Le fabuleux destin".into()),
                    ..hit("tt0000003", "Amélie", None).title
                },
                ..hit("tt0000003", "", None)
            },
        ];
        let ids = |words: &str| exact(&hits, words).iter().map(|h| h.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids("godfather"), ["tt0000001"]);
        assert_eq!(ids("AMELIE"), ["tt0000003"]);
        assert_eq!(ids("fabuleux destin"), ["tt0000003"]);
        assert_eq!(ids("god"), Vec::<String>::new());
    }

    #[test]
    fn merging_keeps_the_first_and_fills_in() {
        let first = vec![hit("tt0000001", "Heat", None), hit("tt0000002", "Heat 2", None)];
        let second = vec![hit("tt0000003", "Heathers", None), hit("tt0000001", "HEAT", Some(1995))];
        let merged = merge(vec![first, second]);
        assert_eq!(
            merged,
            [
                hit("tt0000001", "Heat", Some(1995)),
                hit("tt0000002", "Heat 2", None),
                hit("tt0000003", "Heathers", None)
            ]
        );
        assert_eq!(from_json(&to_json(&merged)), Some(merged));
    }
}
