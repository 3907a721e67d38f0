//! The forms in which a person names a movie.

use std::ops::RangeInclusive;

use super::imdb_id::{ids_in, strip_prefix_ignore_case};
use super::link;
use super::text::{fold, quoted, strip_unsafe};
use super::{ImdbId, ProposalNumber};
use crate::user_error::UserError;

/// The most movies that a range such as `3-7` may name.
pub const MAX_RANGE: i64 = 100;

/// Returns the argument that means this movie and nothing else, whatever titles there are: its id, or its number as
/// `#3`, quoted for a shell.
pub fn unique_argument(id: Option<ImdbId>, number: ProposalNumber) -> String {
    id.map_or_else(|| format!("'#{number}'"), |id| id.to_string())
}

/// A movie as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MovieRef {
    /// An IMDb id, or a link that holds one.
    Id(ImdbId),
    /// A number, as it was written.
    Number(ProposalNumber, String),
    /// Several numbers, and ranges of them, as they were written: `1,3,5` or `1-3`.
    Numbers(Vec<RangeInclusive<i64>>, String),
    /// Words: part of a title on the board, or a search.
    Words(String),
}

impl MovieRef {
    /// Parses one argument or line: IMDb ids in any wrapping, links to movies, numbers (`3`, `#3`, `(3)`, `1,3,5`,
    /// `1-3`) or words. Ignores text around ids and links, and invisible characters in pasted text.
    ///
    /// # Errors
    /// `text` cannot name a movie: it is a malformed id, a person, a link that leads elsewhere, or empty.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, UserError> {
        let visible = strip_unsafe(text);
        let text = visible.trim();
        if text.is_empty() {
            return Err(UserError::new("the argument is empty").hint("give an IMDb id, a link or a title"));
        }
        let named = ids_and_links(text);
        if !named.is_empty() {
            return Ok(named);
        }
        if !text.contains(char::is_whitespace) {
            let bare = bare(text);
            link::words(bare)?;
            refuse_odd_id(bare)?;
        }
        let words = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(vec![numbers(text).unwrap_or_else(|| Self::Words(words()))])
    }
}

/// Returns the movies of the ids and links in a text, each once. A link is one movie.
fn ids_and_links(text: &str) -> Vec<MovieRef> {
    let mut named: Vec<MovieRef> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "[]<>\"“”".contains(c)).flat_map(split_links) {
        let movies: Vec<MovieRef> = match link::id(word) {
            Some(id) => vec![MovieRef::Id(id)],
            None if link::is_link(word) => {
                link::words(bare(word)).ok().flatten().map(MovieRef::Words).into_iter().collect()
            }
            None => ids_in(word).map(MovieRef::Id).collect(),
        };
        for movie in movies {
            if !named.contains(&movie) {
                named.push(movie);
            }
        }
    }
    named
}

/// Splits links that follow each other with a comma or the like between them.
fn split_links(word: &str) -> impl Iterator<Item = &str> {
    let starts = word.match_indices("http").filter(|(at, _)| word[..*at].ends_with([',', ';', '|', '(', ')']));
    let mut ends: Vec<usize> = starts.map(|(at, _)| at).collect();
    ends.push(word.len());
    let mut start = 0;
    ends.into_iter().map(move |end| &word[std::mem::replace(&mut start, end)..end])
}

/// Parses text that is only a number, numbers separated by commas or `and`, or a range, perhaps in brackets or quotes.
fn numbers(text: &str) -> Option<MovieRef> {
    let number = |part: &str| {
        let folded = fold(part);
        let digits = folded.strip_prefix('#').unwrap_or(&folded);
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some(digits)?.parse().ok()
    };
    if let Some(one) = number(text) {
        return Some(MovieRef::Number(ProposalNumber(one), text.to_owned()));
    }
    // 10,000 is one large number.
    let is_short = |part: &str| {
        let digits = part.chars().filter(char::is_ascii_digit).collect::<String>();
        (1..=3).contains(&digits.len()) && !digits.starts_with('0')
    };
    let part = |part: &str| match part.split_once(['-', '–']) {
        Some((first, last)) => {
            let (first, last) = (number(first)?, number(last)?);
            (0 < first && first < last).then_some(first..=last)
        }
        None => number(part).filter(|_| is_short(part)).map(|one| one..=one),
    };
    let listed = text.to_lowercase().replace(" and ", ",");
    let parts = listed.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(part).collect::<Option<Vec<_>>>().filter(|p| !p.is_empty()).map(|p| MovieRef::Numbers(p, text.to_owned()))
}

/// Returns the text without surrounding brackets and quotes and without final punctuation, as from a paste.
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

/// Refuses text that was meant as an id, with an error about ids instead of a search.
fn refuse_odd_id(text: &str) -> Result<(), UserError> {
    if ImdbId::is_person(text) {
        return Err(UserError::new(format!("{} is a person, not a movie", quoted(text))));
    }
    match strip_prefix_ignore_case(text, "tt") {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(UserError::new(format!("{} is not an IMDb id", quoted(text)))
                .hint("an id is tt followed by 7 to 10 digits, like tt0111161"))
        }
        _ => Ok(()),
    }
}
