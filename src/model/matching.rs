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

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(id: u64, title: &str, year: u16, kind: &str, ratings: u64) -> Hit {
        let (title, kind) = (title.to_owned(), Some(kind.to_owned()));
        let title = Title { title, year: Some(year), kind, rating_count: Some(ratings), ..Title::default() };
        Hit { id: ImdbId::from_number(id).unwrap(), title }
    }

    fn clear(name: &str, year: impl Into<Option<u16>>, of: &[Hit]) -> Option<u64> {
        match choose(name, year.into(), of) {
            Match::Clear(id) => Some(id.number()),
            Match::Unclear(_) | Match::None => None,
        }
    }

    #[test]
    fn names_of_other_programs_are_compared_by_their_letters() {
        for (one, other) in [
            ("Matrix, The", "The Matrix"),
            ("Spider-Man", "spiderman"),
            ("Amélie", "AMELIE"),
            ("WALL·E", "Wall-E"),
            ("Fast & Furious", "Fast and Furious"),
            ("Avventura, L'", "L'Avventura"),
            ("Boot, Das", "Das Boot"),
            ("Death Wish 2", "Death Wish II"),
            ("Friday the 13th Part III", "Friday the 13th: Part 3"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}");
        }
        assert_ne!(name_key("???"), name_key("!!!"));
        assert_ne!(name_key("X"), name_key("10"));
        assert_ne!(name_key("Me, Myself & Irene"), name_key("Me"));
    }

    #[test]
    fn the_year_decides_then_the_kind_and_then_only_many_more_ratings() {
        let heat = [
            titled(1, "Heat", 1995, "movie", 700_000),
            titled(2, "Heat", 1996, "movie", 900),
            titled(3, "Heat", 1995, "short", 9_000),
        ];
        assert_eq!(clear("Heat", 1995, &heat), Some(1));
        assert_eq!(clear("Heat", 1994, &heat), Some(1), "a year off");
        assert_eq!(clear("Heat", 1996, &heat), None, "everybody knows the one of the year before");
        assert_eq!(clear("Heat", 1999, &heat), None);
        assert_eq!(clear("Heat", None, &heat), Some(1));
        let twins = [titled(1, "Twins", 2019, "movie", 900), titled(2, "Twins", 2019, "movie", 800)];
        assert_eq!(clear("Twins", 2019, &twins), None);
        assert!(matches!(choose("Twins", Some(2019), &twins), Match::Unclear(all) if all.len() == 2));
        assert_eq!(choose("Twins", Some(2021), &twins), Match::None);
        assert_eq!(clear("Heat", 1996, &[titled(1, "Heat", 1995, "movie", 999)]), None);
        let series = [titled(1, "Lost", 2019, "movie", 300), titled(2, "Lost", 2019, "tvMiniSeries", 900_000)];
        assert_eq!(clear("Lost", 2019, &series), None);
        let namesakes = [titled(1, "Home", 2008, "movie", 5_224), titled(2, "Home", 2008, "movie", 205)];
        assert_eq!(clear("Home", 2008, &namesakes), None, "some do mean the other one");
    }

    #[test]
    fn an_article_or_a_blank_makes_another_title_unless_that_is_well_known() {
        let inheritance =
            [titled(1, "The Inheritance", 2020, "movie", 133), titled(2, "Inheritance", 2020, "movie", 23_473)];
        assert_eq!(clear("The Inheritance", 2020, &inheritance), None);
        assert_eq!(clear("Inheritance", 2020, &inheritance), Some(2));
        let one = |title, year, ratings| [titled(1, title, year, "movie", ratings)];
        assert_eq!(clear("The Graduation", 2016, &one("Graduation", 2016, 15_479)), None);
        assert_eq!(clear("Go On", 2012, &one("Goon", 2011, 94_214)), None);
        assert_eq!(clear("An Impudent Girl", 1985, &one("Impudent Girl", 1985, 2_237)), Some(1));
        assert_eq!(clear("Spiderman", 2002, &one("Spider-Man", 2002, 900_000)), Some(1));
        assert_eq!(clear("Godfather", 1973, &one("The Godfather", 1972, 2_000_000)), Some(1));
    }
}
