//! What a person types to name a movie.

use std::fmt;

use super::ImdbId;
use super::imdb_id::strip_prefix_ignore_case;
use super::text::quoted;

/// A movie as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MovieRef {
    /// An IMDb id, or a link that holds one.
    Id(ImdbId),
    /// A number on the board, from 1.
    Number(usize),
    /// Words: part of a title on the board, or a search.
    Words(String),
}

impl MovieRef {
    /// Understands an IMDb id (`tt0111161`), a link to any page of a title on any host under
    /// imdb.com, a number of the board (`3`, `#3`) or words.
    ///
    /// # Errors
    /// Says in words why `text` cannot name a movie: an id that is none, a person, a link that
    /// leads elsewhere, nothing at all.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("an empty text names no movie".into());
        }
        if let Some(path) = imdb_path(text)? {
            return in_link(path, text).map(Self::Id);
        }
        if let Some(id) = ImdbId::parse(text) {
            return Ok(Self::Id(id));
        }
        refuse_odd_id(text)?;
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            // Too many digits for a number are too many for any board.
            return Ok(Self::Number(digits.parse().unwrap_or(usize::MAX)));
        }
        Ok(Self::Words(text.to_owned()))
    }
}

impl fmt::Display for MovieRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Words(words) => f.write_str(words),
        }
    }
}

/// The path of a link to IMDb; none when `text` is not a link.
fn imdb_path(text: &str) -> Result<Option<&str>, String> {
    let (rest, has_scheme) = match text.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(char::is_whitespace) => {
            if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
                return Err(format!("{} is not a web link", quoted(text)));
            }
            (rest, true)
        }
        _ => (text, false),
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    // What stands before an @ is a user, not a host: https://imdb.com@example.com leads elsewhere.
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host).trim_end_matches('.');
    let at_imdb = host.eq_ignore_ascii_case("imdb.com")
        || host.len() > ".imdb.com".len()
            && host.get(host.len() - ".imdb.com".len()..).is_some_and(|end| end.eq_ignore_ascii_case(".imdb.com"));
    match (at_imdb, has_scheme) {
        (true, _) => Ok(Some(path)),
        (false, true) => {
            Err(format!("{} is not a link to imdb.com: give the link of the movie there, or its id", quoted(text)))
        }
        (false, false) => Ok(None),
    }
}

fn in_link(path: &str, link: &str) -> Result<ImdbId, String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/');
    let id = parts
        .by_ref()
        .any(|part| part.eq_ignore_ascii_case("title"))
        .then(|| parts.next().unwrap_or_default())
        .and_then(ImdbId::parse);
    match id {
        Some(id) => Ok(id),
        None if path.split('/').any(is_person) => Err(format!("{} is a person, not a movie", quoted(link))),
        None => {
            Err(format!("{} is a link to imdb.com, but not to a movie: those have /title/tt… in them", quoted(link)))
        }
    }
}

/// Texts that were meant as ids get an answer about ids, not a search.
fn refuse_odd_id(text: &str) -> Result<(), String> {
    if is_person(text) {
        return Err(format!("{} is a person, not a movie", quoted(text)));
    }
    match strip_prefix_ignore_case(text, "tt") {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(format!("{} is not an IMDb id: those are tt and 7 to 10 digits, like tt0111161", quoted(text)))
        }
        _ => Ok(()),
    }
}

fn is_person(text: &str) -> bool {
    strip_prefix_ignore_case(text, "nm")
        .is_some_and(|digits| digits.len() >= 7 && digits.bytes().all(|b| b.is_ascii_digit()))
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
        assert_eq!(MovieRef::parse("3"), Ok(MovieRef::Number(3)));
        assert_eq!(MovieRef::parse("#12"), Ok(MovieRef::Number(12)));
        assert_eq!(MovieRef::parse("99999999999999999999999"), Ok(MovieRef::Number(usize::MAX)));
        for words in ["godf", "12 angry men", "tt", "ttyl", "#", "Mission: Impossible", "a://b c"] {
            if words != "a://b c" {
                assert_eq!(MovieRef::parse(words), Ok(MovieRef::Words(words.into())));
            }
        }
        for wrong in ["", "  ", "tt12", "nm0000151", "tt12345678901"] {
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
