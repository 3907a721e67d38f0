//! The forms in which a person names a movie.

use std::fmt;

use super::imdb_id::strip_prefix_ignore_case;
use super::link::{self, Link};
use super::text::{quoted, without_unsafe};
use super::{ImdbId, ProposalNumber};
use crate::failure::Failure;

/// A movie as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MovieRef {
    /// An IMDb id, or a link that holds one.
    Id(ImdbId),
    /// A number, as it was written.
    Number(ProposalNumber, String),
    /// Words: part of a title on the board, or a search.
    Words(String),
}

impl MovieRef {
    /// Understands an IMDb id (`tt0111161`), a link to a movie, both also with text around them, a number (`3`, `#3`) or
    /// words. Invisible characters, which come along with what is pasted, are passed over.
    ///
    /// # Errors
    /// Says in words why `text` cannot name a movie: an id that is none, a person, a link that leads elsewhere, several
    /// movies, nothing at all.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let visible = without_unsafe(text);
        let text = visible.trim();
        if text.is_empty() {
            return Err(Failure::new("an empty text names no movie").hint("give an IMDb id, a link or a title"));
        }
        refuse_commas(text)?;
        if let Some(movie) = definite(text)? {
            return Ok(movie);
        }
        if let Some(movie) = inside(text)? {
            return Ok(movie);
        }
        Ok(Self::Words(text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

impl fmt::Display for MovieRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Number(_, text) | Self::Words(text) => f.write_str(text),
        }
    }
}

/// A link, an id or a number that is all of the text, perhaps in brackets or at the end of a sentence.
fn definite(text: &str) -> Result<Option<MovieRef>, Failure> {
    let bare = bare(text);
    if bare.contains(char::is_whitespace) {
        return Ok(None);
    }
    match link::parse(bare)? {
        Some(Link::Imdb(id)) => return Ok(Some(MovieRef::Id(id))),
        Some(Link::Words(words)) => return Ok(Some(MovieRef::Words(words))),
        None => {}
    }
    if let Some(id) = ImdbId::parse(bare) {
        return Ok(Some(MovieRef::Id(id)));
    }
    refuse_odd_id(bare)?;
    let digits = text.strip_prefix('#').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    // Too many digits for a number are too many for any board.
    Ok(is_number.then(|| MovieRef::Number(ProposalNumber(digits.parse().unwrap_or(i64::MAX)), text.to_owned())))
}

/// The one link or id that stands inside other text: `Check out https://…`, `The Godfather (tt0068646)`.
fn inside(text: &str) -> Result<Option<MovieRef>, Failure> {
    let mut found: Option<MovieRef> = None;
    for word in text.split(|c: char| c.is_whitespace() || "()[]<>{}\"“”".contains(c)) {
        let word = bare(word);
        // A word that is no link to a movie is a word.
        let movie = match link::parse(word) {
            Ok(Some(Link::Imdb(id))) => MovieRef::Id(id),
            Ok(Some(Link::Words(words))) => MovieRef::Words(words),
            Ok(None) | Err(_) => match ImdbId::parse(word) {
                Some(id) => MovieRef::Id(id),
                None => continue,
            },
        };
        if found.as_ref().is_some_and(|known| *known != movie) {
            let failure = Failure::new(format!("{} names several movies", quoted(text)));
            return Err(failure.hint("give each of them by itself"));
        }
        found = Some(movie);
    }
    Ok(found)
}

/// Text without the brackets, quotes and full stop that it was pasted with.
fn bare(text: &str) -> &str {
    let mut text = text.trim_start_matches(['<', '(', '[', '{', '"', '\'', '“', '‘', '«']);
    while let Some(last) = text.chars().next_back() {
        let is_surplus = match last {
            // Links to Wikipedia end in a bracket of their own: `Tenet_(film)`.
            ')' => text.matches(')').count() > text.matches('(').count(),
            '>' | ']' | '}' | '"' | '\'' | '”' | '’' | '»' | '.' | ',' | ';' | '!' | ':' => true,
            _ => false,
        };
        if !is_surplus {
            break;
        }
        text = &text[..text.len() - last.len_utf8()];
    }
    text
}

/// Texts that were meant as ids get an answer about ids, not a search.
fn refuse_odd_id(text: &str) -> Result<(), Failure> {
    if ImdbId::is_person(text) {
        return Err(Failure::new(format!("{} is a person, not a movie", quoted(text))));
    }
    match strip_prefix_ignore_case(text, "tt") {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(Failure::new(format!("{} is not an IMDb id", quoted(text)))
                .hint("those are tt and 7 to 10 digits, like tt0111161"))
        }
        _ => Ok(()),
    }
}

/// Several numbers with commas between them: no title, and no number either.
fn refuse_commas(text: &str) -> Result<(), Failure> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| {
        let digits = part.strip_prefix('#').unwrap_or(part);
        !digits.is_empty() && digits.len() < 3 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    match text.contains(',') && parts.iter().all(is_number) {
        true => Err(Failure::new(format!("{} is no number and no title", quoted(text)))
            .hint(format!("put blanks between numbers: {}", parts.join(" ")))),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(text: &str) -> MovieRef {
        MovieRef::Id(ImdbId::parse(text).unwrap())
    }

    #[test]
    fn understands_links_of_every_kind() {
        for link in [
            "https://www.imdb.com/title/tt0068646/",
            "http://imdb.com/title/tt0068646",
            "https://m.imdb.com/de/title/tt0068646/?ref_=x",
            "https://pro.imdb.com/title/tt0068646/details",
            "https://app.imdb.com/title/tt0068646",
            "https://www.imdb.com/title/tt0068646/mediaviewer/rm746868224/?ref_=tt_ov_i",
            "HTTPS://WWW.IMDB.COM/title/TT0068646/reviews#top",
            "www.imdb.com/pt/title/tt0068646/ratings",
            "imdb.com/title/tt0068646",
            "https://www.imdb.com:443/title/tt0068646/",
            "  https://m.imdb.com/title/tt0068646  ",
        ] {
            assert_eq!(MovieRef::parse(link), Ok(id("tt0068646")), "{link}");
        }
    }

    #[test]
    fn understands_what_is_pasted() {
        for text in [
            "\u{200e}https://www.imdb.com/title/tt0068646/",
            "tt0068\u{200b}646",
            "\u{feff}tt0068646",
            "Check out The Godfather: https://www.imdb.com/title/tt0068646/?ref_=x, it is great!",
            "<https://www.imdb.com/title/tt0068646/>",
            "https://www.imdb.com/title/tt0068646.",
            "The Godfather (tt0068646)",
            "tt0068646, The Godfather",
            "(tt0068646)",
            "tt0068646 https://imdb.com/title/tt0068646/",
            "(see https://www.imdb.com/title/tt0068646/)",
        ] {
            assert_eq!(MovieRef::parse(text), Ok(id("tt0068646")), "{text:?}");
        }
        for (text, words) in [
            ("https://en.wikipedia.org/wiki/Tenet_(film)", "Tenet"),
            ("(https://en.wikipedia.org/wiki/Heat_(1985_film))", "Heat 1985"),
            ("\u{1F469}\u{200D}\u{1F4BB} life\u{200B}", "\u{1F469}\u{200D}\u{1F4BB} life"),
        ] {
            assert_eq!(MovieRef::parse(text), Ok(MovieRef::Words(words.into())), "{text:?}");
        }
        let several = MovieRef::parse("tt0068646 and tt0071562").unwrap_err();
        assert!(several.error.contains("names several movies"));
        let elsewhere = MovieRef::parse("seen on https://letterboxd.com/film/heat-1995/ yesterday");
        assert_eq!(elsewhere, Ok(MovieRef::Words("heat 1995".into())));
    }

    #[test]
    fn refuses_links_that_lead_elsewhere() {
        for link in [
            "https://example.com/title/tt0111161",
            "https://notimdb.com/title/tt0111161",
            "https://imdb.com.example.org/title/tt0111161",
            "https://imdb.com@example.com/title/tt0111161",
            "https://example.com/?u=imdb.com/title/tt0111161",
            "ftp://imdb.com/title/tt0111161",
            "https://www.imdb.com/name/nm0000151/",
            "https://www.imdb.com/title/",
            "https://www.imdb.com/?title/tt0111161",
        ] {
            assert!(MovieRef::parse(link).is_err(), "{link}");
        }
    }

    #[test]
    fn tells_ids_numbers_and_words_apart() {
        let number = |n, text: &str| Ok(MovieRef::Number(ProposalNumber(n), text.into()));
        assert_eq!(MovieRef::parse("3"), number(3, "3"));
        assert_eq!(MovieRef::parse("#12"), number(12, "#12"));
        assert_eq!(MovieRef::parse("007"), number(7, "007"));
        assert_eq!(MovieRef::parse("99999999999999999999999"), number(i64::MAX, "99999999999999999999999"));
        for words in [
            "godf",
            "12 angry men",
            "tt",
            "ttyl",
            "#",
            "Mission: Impossible",
            "a://b c",
            "$",
            "M*A*S*H",
            "1e3",
            "10,000",
            "3, 2, 1, action",
        ] {
            assert_eq!(MovieRef::parse(words), Ok(MovieRef::Words(words.into())));
        }
        assert_eq!(MovieRef::parse("blade\u{a0} runner"), Ok(MovieRef::Words("blade runner".into())));
        for wrong in ["1,2", "1,", "#1, #2", "", "  ", "tt12", "nm0000151", "tt12345678901", "\u{200b}"] {
            assert!(MovieRef::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = MovieRef::parse(&text);
        }

        #[test]
        fn only_imdb_links_give_an_id(host in "[a-z]{1,12}\\.(com|org|imdb)", number in 0u64..99_999_999) {
            let link = format!("https://{host}/title/tt{number:07}/");
            prop_assert!(host == "imdb.com" || MovieRef::parse(&link).is_err());
        }
    }
}
