//! Which title is meant by a name and a year that another program wrote.

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
const CLEAR_BY: u64 = 10;
/// A title of the year beside it needs this many ratings to be clear: years of obscure titles are seldom off, and the one
/// that is meant may be in no catalogue.
const KNOWN_FROM: u64 = 1_000;

/// The form in which names of other programs are compared: without case, accents, punctuation, blanks and a leading article,
/// which may also stand behind a comma: `Matrix, The`.
pub fn name_key(name: &str) -> String {
    let behind = name.rsplit_once(", ").filter(|(_, last)| ["The", "A", "An"].contains(last)).map(|(first, _)| first);
    let name = behind.unwrap_or(name);
    let folded = fold(name);
    if folded.is_empty() { name.trim().to_lowercase() } else { key_of_folded(&folded) }
}

/// The same for text that was folded.
pub fn key_of_folded(folded: &str) -> String {
    without_article(folded).replace(' ', "")
}

/// Chooses among the titles that have the name. A title of that very year comes before one of the year beside it, and a
/// feature film before a series, a short or a video.
pub fn choose(year: Option<u16>, namesakes: &[Hit]) -> Match {
    let distance = |title: &Title| match (year, title.year) {
        (Some(wanted), Some(own)) => wanted.abs_diff(own),
        (Some(_), None) => u16::MAX,
        (None, _) => 0,
    };
    let tier = |title: &Title| (distance(title), !is_feature(title));
    let ratings = |namesake: &Hit| namesake.title.rating_count.unwrap_or(0);
    let mut near: Vec<&Hit> = namesakes.iter().filter(|namesake| distance(&namesake.title) <= 1).collect();
    near.sort_by_key(|namesake| (tier(&namesake.title), u64::MAX - ratings(namesake), namesake.id));
    let Some((first, others)) = near.split_first() else { return Match::None };
    let is_rival = |other: &&&Hit| match tier(&other.title) == tier(&first.title) {
        true => ratings(other) * CLEAR_BY >= ratings(first),
        // The one that everybody knows is not meant by a namesake whom hardly anybody has seen.
        false => ratings(other) > ratings(first) * CLEAR_BY,
    };
    let is_obscure = distance(&first.title) == 1 && ratings(first) < KNOWN_FROM;
    match is_obscure || others.iter().any(|other| is_rival(&other)) {
        true => Match::Unclear(near.into_iter().cloned().collect()),
        false => Match::Clear(first.id),
    }
}

fn is_feature(title: &Title) -> bool {
    matches!(title.kind.as_deref(), Some("movie" | "tvMovie") | None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(id: u64, year: u16, kind: &str, ratings: u64) -> Hit {
        let title =
            Title { year: Some(year), kind: Some(kind.to_owned()), rating_count: Some(ratings), ..Title::default() };
        Hit { id: ImdbId::from_number(id).unwrap(), title }
    }

    #[test]
    fn names_of_other_programs_are_compared_by_their_letters() {
        for (one, other) in [
            ("Matrix, The", "The Matrix"),
            ("Spider-Man", "spiderman"),
            ("Amélie", "AMELIE"),
            ("WALL·E", "Wall-E"),
            ("Fast & Furious", "Fast and Furious"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}");
        }
        assert_ne!(name_key("???"), name_key("!!!"));
        assert_ne!(name_key("Me, Myself & Irene"), name_key("Me"));
    }

    #[test]
    fn the_year_decides_then_the_kind_and_then_only_many_more_ratings() {
        let clear = |year, of: &[Hit]| match choose(year, of) {
            Match::Clear(id) => Some(id.number()),
            Match::Unclear(_) | Match::None => None,
        };
        let heat = [titled(1, 1995, "movie", 700_000), titled(2, 1996, "movie", 900), titled(3, 1995, "short", 9_000)];
        assert_eq!(clear(Some(1995), &heat), Some(1));
        assert_eq!(clear(Some(1994), &heat), Some(1), "a year off");
        assert_eq!(clear(Some(1996), &heat), None, "everybody knows the one of the year before");
        assert_eq!(clear(Some(1999), &heat), None);
        assert_eq!(clear(None, &heat), Some(1));
        let twins = [titled(1, 2019, "movie", 900), titled(2, 2019, "movie", 800)];
        assert_eq!(clear(Some(2019), &twins), None);
        assert!(matches!(choose(Some(2019), &twins), Match::Unclear(all) if all.len() == 2));
        assert_eq!(choose(Some(2021), &twins), Match::None);
        assert_eq!(clear(Some(1996), &[titled(1, 1995, "movie", 999)]), None);
        let series = [titled(1, 2019, "movie", 300), titled(2, 2019, "tvMiniSeries", 900_000)];
        assert_eq!(clear(Some(2019), &series), None);
    }
}
