//! Finding the title that another program means by a name and a year.

use std::cmp::Reverse;

use super::search::Hit;
use super::text::{fold, without_article};
use super::{ImdbId, Title};

/// The outcome of matching a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// One title is clearly meant.
    Clear(ImdbId),
    /// Any of these may be meant, the likeliest first.
    Unclear(Vec<Hit>),
    /// No title of that year or an adjacent one has that name.
    None,
}

/// A title is clearly meant only if it has more than this many times the ratings of each namesake that matches as well.
const CLEAR_BY: u64 = 100;
/// A namesake that matches less well may still be meant if it has this many times the ratings.
const RIVAL_BY: u64 = 10;
/// The ratings that a title needs to be clear, by its [`mismatch`]. There are many obscure namesakes, and the right one
/// may be in no catalogue.
const KNOWN_FROM: [u64; 6] = [0, 100, 1_000, 200_000, 200_000, 500_000];
/// The ratings that a title of one word needs to be clear: many titles are called that.
const ONE_WORD_FROM: u64 = 200;
/// Articles that follow a comma in lists sorted by title.
const ARTICLES: [&str; 15] =
    ["the", "a", "an", "le", "la", "les", "l'", "el", "los", "las", "il", "lo", "der", "die", "das"];

/// Returns the form in which names from other programs are compared: `plain` text without blanks and without a leading
/// article, which may also follow a comma (`Matrix, The`).
pub fn name_key(name: &str) -> String {
    let folded = folded(name);
    if folded.is_empty() { name.trim().to_lowercase() } else { key_of_folded(&folded) }
}

/// Returns the [`name_key`] of folded text.
pub fn key_of_folded(folded: &str) -> String {
    without_article(&plain(folded)).replace(' ', "")
}

/// Splits a name that ends with other names in brackets: `Seven (a.k.a. Se7en)` gives `Seven` and `Se7en`. Empty if
/// there are none, or one is a number.
pub fn bracketed_names(name: &str) -> Vec<String> {
    let Some((first, others)) = name.strip_suffix(')').and_then(|name| name.split_once(" (")) else {
        return Vec::new();
    };
    let names = std::iter::once(first).chain(others.split(") ("));
    if names.clone().any(|name| name.bytes().all(|b| b.is_ascii_digit())) {
        return Vec::new();
    }
    let is_mark = |word: &str| ["a.k.a.", "aka"].contains(&word);
    names
        .map(|name| name.split_once(' ').filter(|(word, _)| is_mark(word)).map_or(name, |(_, rest)| rest).to_owned())
        .collect()
}

/// Folds a name, and moves an article after a comma to the front: `Crow, The: Salvation` is `the crow salvation`.
fn folded(name: &str) -> String {
    let article_first = |name: &str, subtitle: &str| {
        let (rest, last) = name.rsplit_once(", ")?;
        let article = last.to_lowercase();
        let blank = if article.ends_with('\'') { "" } else { " " };
        ARTICLES.contains(&article.as_str()).then(|| fold(&format!("{article}{blank}{rest} {subtitle}")))
    };
    let before_subtitle = || name.split_once(": ").and_then(|(name, subtitle)| article_first(name, subtitle));
    article_first(name, "").or_else(before_subtitle).unwrap_or_else(|| fold(name))
}

/// Unifies the spelling of folded text: numbers after the first word become digits without `part` or `chapter`, `+`
/// becomes `and`, `dr` and `vol` are written out, and a final `the movie` is left out.
fn plain(folded: &str) -> String {
    const NUMERALS: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let folded = folded.strip_suffix(" the movie").unwrap_or(folded);
    let mut out = String::with_capacity(folded.len());
    let mut before = "";
    for word in folded.split(' ') {
        let is_part = matches!(before, "part" | "chapter");
        let numeral = NUMERALS.iter().position(|numeral| *numeral == word).map(|at| at + 1);
        // An "i" alone is seldom a number.
        let numeral = numeral.filter(|n| is_part || matches!(before, "vol" | "volume") || *n > 1 && !out.is_empty());
        if is_part && out.len() > before.len() && (numeral.is_some() || word.bytes().all(|b| b.is_ascii_digit())) {
            out.truncate(out.len() - before.len() - 1);
        }
        if !out.is_empty() {
            out.push(' ');
        }
        match (numeral, word) {
            (Some(number), _) => out.push_str(&number.to_string()),
            (None, "dr") => out.push_str("doctor"),
            (None, "vol") => out.push_str("volume"),
            (None, word) => out.push_str(word),
        }
        before = word;
    }
    out.replace('+', "and")
}

/// Rates the differences between a title and a name with its year, from 0 to 5. A year that is off by one or missing
/// counts 1, or 2 for a name of one word. A difference in the article or in a spelling that [`plain`] unifies counts 1,
/// or more for a name of one word. A difference in blanks counts 2, any other 3.
fn mismatch(name: &str, years: u16, title: &Title) -> usize {
    let exact = folded(name);
    let has_words = without_article(&exact).contains(' ');
    let name = plain(&exact);
    let words = without_article(&name);
    let unlike = |own: &String| {
        let own = folded(own);
        if own == exact {
            return 0;
        }
        match plain(&own) {
            own if has_words && without_article(&own) == words => 1,
            own if own.replace(' ', "") == name.replace(' ', "") => 2,
            _ => 3,
        }
    };
    let names = std::iter::once(&title.title).chain(&title.original_title);
    let years = usize::from(years) * if has_words { 1 } else { 2 };
    names.map(unlike).min().unwrap_or(0) + years
}

/// Returns true for a series with seasons. Miniseries are on lists of films, too.
pub fn is_series(hit: &Hit) -> bool {
    hit.title.kind.as_deref() == Some("tvSeries")
}

/// Chooses among the titles that have one of the names. The title with the fewest differences comes first; among
/// equals, a feature film comes before a series, a short or a video.
pub fn choose(names: &[String], year: Option<u16>, namesakes: &[Hit]) -> Match {
    let years = |title: &Title| match (year, title.year) {
        (Some(wanted), Some(own)) => wanted.abs_diff(own),
        (Some(_), None) => u16::MAX,
        // Counts like an adjacent year.
        (None, _) => 1,
    };
    let near = namesakes.iter().map(|hit| (years(&hit.title), hit)).filter(|(years, _)| *years <= 1);
    let ratings = |hit: &Hit| hit.title.rating_count.unwrap_or(0);
    // With a year, a film that hardly anybody knows is not preferred to a series.
    let series = near.clone().map(|(_, hit)| hit).filter(|hit| year.is_some() && is_series(hit)).map(ratings).max();
    let is_feature = |hit: &Hit| is_feature(&hit.title) && ratings(hit) * CLEAR_BY >= series.unwrap_or(0);
    let mut near: Vec<((usize, bool), u64, &Hit)> = near
        .map(|(years, hit)| {
            let mismatch = names.iter().map(|name| mismatch(name, years, &hit.title)).min().unwrap_or(0);
            ((mismatch, !is_feature(hit)), ratings(hit), hit)
        })
        .collect();
    near.sort_by_key(|(tier, ratings, hit)| (*tier, Reverse(*ratings), hit.id));
    let Some(((first_tier, first_ratings, first), others)) = near.split_first() else { return Match::None };
    let is_rival = |(tier, ratings, _): &((usize, bool), u64, _)| match tier == first_tier {
        true => ratings * CLEAR_BY >= *first_ratings,
        // A far better known namesake is a rival, and so is a feature film to a series.
        false => *ratings > first_ratings * RIVAL_BY || (is_series(first) && !tier.1),
    };
    let is_one_word = !names.iter().any(|name| name.contains(' '));
    let is_known = *first_ratings >= KNOWN_FROM[first_tier.0].max(if is_one_word { ONE_WORD_FROM } else { 0 });
    match is_known && !others.iter().any(is_rival) {
        true => Match::Clear(first.id),
        false => Match::Unclear(near.into_iter().map(|(.., hit)| hit.clone()).collect()),
    }
}

fn is_feature(title: &Title) -> bool {
    matches!(title.kind.as_deref(), Some("movie" | "tvMovie") | None)
}
