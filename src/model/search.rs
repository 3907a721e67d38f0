//! Searching titles by name: what is found, and whether one of it is clearly meant.

use serde::{Deserialize, Serialize};

use super::text::{title_key, without_article};
use super::{ImdbId, Title};

/// A title that a search found; less is known of it than of one that was fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub id: ImdbId,
    /// The data that the search gave.
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
    kept.into_iter().map(|k| Some(Hit { id: ImdbId::parse(&k.id)?, title: k.title.cleaned() })).collect()
}

/// Merges the findings of several sources, each title once: in the order of the first source, with what only
/// later ones know filled in.
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

    /// In that form, the words are the title's name or original name; or they are it without the year at their end, and the
    /// title is of that year.
    pub fn is_name_of(&self, title: &Title, form: impl Fn(&str) -> String) -> bool {
        let of_year = self.with_year.as_ref().filter(|(_, year)| title.year == Some(*year)).map(|(stem, _)| stem);
        [Some(&self.words), of_year].into_iter().flatten().any(|words| {
            let words = form(words);
            let mut names = [Some(&title.title), title.original_title.as_ref()].into_iter().flatten();
            names.any(|name| form(name) == words)
        })
    }
}

/// The hit of the catalogue that is clearly meant: the first one, if the query is its name but for case and a leading
/// article. The catalogue ranks by votes, so that others of the same name after it do not count.
pub fn clear_by_rank<'a>(hits: &'a [Hit], query: &Query) -> Option<&'a Hit> {
    hits.first().filter(|hit| query.is_name_of(&hit.title, but_article))
}

/// The hit of other sources that is clearly meant: as in [`clear_by_rank`], and the only one of that name, because what
/// their order means is not known.
pub fn clear<'a>(hits: &'a [Hit], query: &Query) -> Option<&'a Hit> {
    let mut others = hits.iter().skip(1);
    clear_by_rank(hits, query).filter(|_| !others.any(|hit| query.is_name_of(&hit.title, but_article)))
}

/// The form of a name in which case and a leading article are ignored.
pub fn but_article(name: &str) -> String {
    without_article(&title_key(name)).to_owned()
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
    fn a_clear_hit_is_the_only_one_of_that_name_and_the_first() {
        let original =
            Title { original_title: Some("Le fabuleux destin".into()), ..hit("tt0000003", "Amélie", None).title };
        let amelie = Hit { title: original, ..hit("tt0000003", "", None) };
        let godfathers =
            [hit("tt0000001", "The Godfather", Some(1972)), hit("tt0000002", "The Godfather Part II", Some(1974))];
        let heats = [hit("tt0000004", "Heat", Some(1995)), hit("tt0000005", "Heat", Some(2013))];
        let clear = |hits: &[Hit], words: &str| clear(hits, &Query::parse(words)).map(|h| h.id.to_string());
        assert_eq!(clear(&godfathers, "godfather").as_deref(), Some("tt0000001"));
        assert_eq!(clear(&godfathers, "the godfather 1972").as_deref(), Some("tt0000001"));
        assert_eq!(clear(&godfathers, "the godfather part ii"), None, "it is not the first");
        assert_eq!(clear(&godfathers, "the godfather 1973"), None, "another year");
        assert_eq!(clear(&godfathers, "god"), None);
        assert_eq!(clear(&heats, "heat"), None);
        let by_rank = |hits: &[Hit], words: &str| clear_by_rank(hits, &Query::parse(words)).map(|h| h.id.to_string());
        assert_eq!(by_rank(&heats, "heat").as_deref(), Some("tt0000004"));
        assert_eq!(by_rank(&heats, "heat 2013"), None, "it is not the first");
        assert_eq!(clear(&heats, "heat 1995").as_deref(), Some("tt0000004"));
        assert_eq!(clear(&[amelie], "LE FABULEUX DESTIN").as_deref(), Some("tt0000003"));
        let hards = [hit("tt0000006", "Die Hard", Some(1988)), hit("tt0000007", "Hard", Some(2001))];
        assert_eq!(clear(&hards, "hard"), None, "an article of another language is a word in English");
        assert_eq!(clear(&hards, "die hard 1988").as_deref(), Some("tt0000006"));
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
