//! Which title is meant by a name and a year that another program wrote.

use std::cmp::Reverse;

use super::search::Hit;
use super::text::{fold, without_article};
use super::{ImdbId, Title};

/// The title that is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// It is clear.
    Clear(ImdbId),
    /// Any of these may be meant, the likeliest first.
    Unclear(Vec<Hit>),
    /// No title has that name, and is of that year or the year beside it.
    None,
}

/// A namesake counts as meant only if it has this many times the ratings of any other that might be.
const CLEAR_BY: u64 = 100;
/// A namesake that is less alike may be meant if it has this many times the ratings.
const RIVAL_BY: u64 = 10;
/// The ratings that a title needs to be clear, by its [`doubt`]: obscure namesakes are many, and the one that is meant may
/// be in no catalogue.
const KNOWN_FROM: [u64; 6] = [0, 100, 1_000, 200_000, 200_000, 500_000];
/// Articles that stand behind a comma in lists that are sorted by title.
const ARTICLES: [&str; 15] =
    ["the", "a", "an", "le", "la", "les", "l'", "el", "los", "las", "il", "lo", "der", "die", "das"];

/// The form in which names of other programs are compared: without case, accents, punctuation, blanks and a leading article,
/// which may also stand behind a comma: `Matrix, The`. `Rocky II` is `Rocky 2`.
pub fn name_key(name: &str) -> String {
    let folded = folded(name);
    if folded.is_empty() { name.trim().to_lowercase() } else { key_of_folded(&folded) }
}

/// The same for text that was folded.
pub fn key_of_folded(folded: &str) -> String {
    without_article(&with_digits(folded)).replace(' ', "")
}

/// A name without case, accents and punctuation, an article behind a comma put first.
fn folded(name: &str) -> String {
    let behind = name.rsplit_once(", ").map(|(rest, last)| (rest, last.to_lowercase()));
    match behind.filter(|(_, last)| ARTICLES.contains(&last.as_str())) {
        Some((rest, article)) if article.ends_with('\'') => fold(&(article + rest)),
        Some((rest, article)) => fold(&(article + " " + rest)),
        None => fold(name),
    }
}

/// Folded text with the Roman numerals behind its first word as digits.
fn with_digits(folded: &str) -> String {
    const NUMERALS: [&str; 9] = ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let Some((first, rest)) = folded.split_once(' ') else { return folded.to_owned() };
    rest.split(' ').fold(first.to_owned(), |out, word| match NUMERALS.iter().position(|numeral| *numeral == word) {
        Some(at) => format!("{out} {}", at + 2),
        None => out + " " + word,
    })
}

/// Counts what tells a title from a name and a year, from 0 to 5: the year beside it, or none, weighs more for a name of one
/// word; so does an article too many or too few, which is then as much as other blanks.
fn doubt(name: &str, years: u16, title: &Title) -> usize {
    let spelled = |name: &str| with_digits(&folded(name));
    let name = spelled(name);
    let words = without_article(&name);
    let has_words = words.contains(' ');
    let unlike = |own: &String| match spelled(own) {
        own if own == name => 0,
        own if has_words && without_article(&own) == words => 1,
        _ => 3,
    };
    let names = std::iter::once(&title.title).chain(&title.original_title);
    let years = usize::from(years) * if has_words { 1 } else { 2 };
    names.map(unlike).min().unwrap_or(0) + years
}

/// Chooses among the titles that have the name. What is most alike comes first, in the name and the year, then a feature
/// film before a series, a short or a video.
pub fn choose(name: &str, year: Option<u16>, namesakes: &[Hit]) -> Match {
    let years = |title: &Title| match (year, title.year) {
        (Some(wanted), Some(own)) => wanted.abs_diff(own),
        (Some(_), None) => u16::MAX,
        // As doubtful as the year beside it.
        (None, _) => 1,
    };
    let near = namesakes.iter().map(|hit| (years(&hit.title), hit)).filter(|(years, _)| *years <= 1);
    let mut near: Vec<((usize, bool), u64, &Hit)> = near
        .map(|(years, hit)| {
            let tier = (doubt(name, years, &hit.title), !is_feature(&hit.title));
            (tier, hit.title.rating_count.unwrap_or(0), hit)
        })
        .collect();
    near.sort_by_key(|(tier, ratings, hit)| (*tier, Reverse(*ratings), hit.id));
    let Some(((first_tier, first_ratings, first), others)) = near.split_first() else { return Match::None };
    let is_rival = |(tier, ratings, _): &(_, u64, _)| match tier == first_tier {
        true => ratings * CLEAR_BY >= *first_ratings,
        // A far better known namesake is a rival.
        false => *ratings > first_ratings * RIVAL_BY,
    };
    let is_known = *first_ratings >= KNOWN_FROM[first_tier.0];
    match is_known && !others.iter().any(is_rival) {
        true => Match::Clear(first.id),
        false => Match::Unclear(near.into_iter().map(|(.., hit)| hit.clone()).collect()),
    }
}

fn is_feature(title: &Title) -> bool {
    matches!(title.kind.as_deref(), Some("movie" | "tvMovie") | None)
}
