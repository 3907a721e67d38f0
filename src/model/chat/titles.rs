//! Finding titles of the board in a message.

use super::tokens::{Kind, Token, tokens};
use super::words;
use crate::model::movie_ref::MAX_RANGE;
use crate::model::text::{after_article, fold};
use crate::model::{ImdbId, Proposal, ProposalNumber};

/// The shortest prefix that stands for a word, in characters.
const MIN_PREFIX: usize = 4;
/// The most words beside a number that hardly means anything but a movie.
const FEW_WORDS: usize = 4;

/// The movies on the board by number and by the words of their titles.
pub struct Titles {
    numbers: Vec<(ProposalNumber, Option<ImdbId>)>,
    names: Vec<Name>,
}

struct Name {
    movie: ProposalNumber,
    words: Vec<String>,
    year: Option<u16>,
    /// The title as it is written, in lower case.
    text: String,
}

/// The movies that words may mean.
pub struct TitleMatch {
    /// The number of words.
    pub length: usize,
    /// The movies, each once.
    pub movies: Vec<ProposalNumber>,
    /// True if the words, or those of the title, are everyday words.
    pub is_everyday: bool,
}

impl Titles {
    /// Returns the titles of these movies.
    pub fn new<'a>(board: impl IntoIterator<Item = &'a Proposal>) -> Self {
        let mut titles = Self { numbers: Vec::new(), names: Vec::new() };
        for proposal in board {
            titles.numbers.push((proposal.number, proposal.imdb_id));
            let original = proposal.cache.title.as_ref().and_then(|title| title.original_title.as_deref());
            for text in proposal.known_title().into_iter().chain(original) {
                titles.add(proposal.number, text, proposal.year());
            }
        }
        titles
    }

    fn add(&mut self, movie: ProposalNumber, text: &str, year: Option<u16>) {
        let folded = fold(text);
        // An everyday word alone is no title: The Thing is not "Thing".
        let short = after_article(&folded).filter(|short| !short.split(' ').all(words::is_everyday));
        for form in std::iter::once(folded.as_str()).chain(short) {
            let words: Vec<String> = form.split(' ').map(str::to_owned).collect();
            self.names.push(Name { movie, words, year, text: text.to_lowercase() });
        }
    }

    /// Returns true for a number on the board.
    pub fn has(&self, number: ProposalNumber) -> bool {
        self.numbers.iter().any(|(known, _)| *known == number)
    }

    /// Returns the movies in a range of numbers. `None` if it is empty, too long or ends beyond the last.
    pub fn between(&self, from: i64, to: i64) -> Option<Vec<ProposalNumber>> {
        let last = self.numbers.iter().map(|(number, _)| number.0).max()?;
        let is_range = from < to && to <= last && to - from < MAX_RANGE;
        let mut within: Vec<_> = self.numbers.iter().map(|(n, _)| *n).filter(|n| (from..=to).contains(&n.0)).collect();
        within.sort();
        (is_range && !within.is_empty()).then_some(within)
    }

    /// Returns the movie with this IMDb id.
    pub fn with_id(&self, id: ImdbId) -> Option<ProposalNumber> {
        self.numbers.iter().find(|(_, known)| *known == Some(id)).map(|(number, _)| *number)
    }

    /// Returns the movies with the longest title that starts these folded words, or those of its year if that follows.
    pub fn whole(&self, words: &[&str]) -> Option<TitleMatch> {
        let begins =
            |name: &&Name| name.words.len() <= words.len() && name.words.iter().zip(words).all(|(a, b)| a == b);
        let length = self.names.iter().filter(begins).map(|name| name.words.len()).max()?;
        let named = || self.names.iter().filter(begins).filter(move |name| name.words.len() == length);
        let year: Option<u16> = words.get(length).filter(|word| word.len() == 4).and_then(|word| word.parse().ok());
        let of_year: Vec<_> = named().filter(|name| year.is_some() && name.year == year).map(|n| n.movie).collect();
        let is_everyday = words[..length].iter().all(|word| words::is_everyday(word));
        Some(match of_year.is_empty() {
            true => TitleMatch { length, movies: unique(named().map(|name| name.movie).collect()), is_everyday },
            false => TitleMatch { length: length + 1, movies: unique(of_year), is_everyday: false },
        })
    }

    /// Returns the movies in whose titles the most of these folded words, from the first one on, are side by side. The
    /// last word may be a prefix, unless `is_exact`.
    pub fn part<'a>(&'a self, words: &[&str], is_exact: bool) -> Option<TitleMatch> {
        (1..=words.len()).rev().find_map(|length| {
            let (last, others) = words[..length].split_last()?;
            let is_last = |word: &str| {
                word == *last || (!is_exact && last.chars().count() >= MIN_PREFIX && word.starts_with(last))
            };
            let is_part = |window: &&[String]| {
                window[..length - 1].iter().zip(others).all(|(a, b)| a == b) && is_last(&window[length - 1])
            };
            let part_of = |name: &'a Name| Some((name.movie, name.words.windows(length).find(is_part)?));
            let found: Vec<(ProposalNumber, &[String])> = self.names.iter().filter_map(part_of).collect();
            let is_everyday = words[..length].iter().all(|word| words::is_everyday(word))
                || found.iter().any(|(_, part)| part.iter().all(|word| words::is_everyday(word)));
            let movies = unique(found.into_iter().map(|(movie, _)| movie).collect());
            (!movies.is_empty()).then_some(TitleMatch { length, movies, is_everyday })
        })
    }

    /// Returns true if the text contains a word of a title that is not an everyday word, the numbers of two movies on
    /// the board, or the number of one and few words. Among many words, one number may count anything.
    pub fn appear_in(&self, text: &str) -> bool {
        let (mut words, mut numbers) = (0, Vec::new());
        for Token { kind, folded, .. } in &tokens(text) {
            match kind {
                Kind::Number(number) if self.has(ProposalNumber(*number)) => numbers.push(*number),
                Kind::Word => words += 1,
                _ => {}
            }
            if self.part(&[folded], true).is_some_and(|part| !part.is_everyday) {
                return true;
            }
        }
        numbers.dedup();
        numbers.len() > 1 || numbers.len() == 1 && words <= FEW_WORDS
    }

    /// Returns true if a title ends with this sign, as "O Brother, Where Art Thou?" does.
    pub fn ends_with(&self, movie: ProposalNumber, sign: char) -> bool {
        self.names.iter().any(|name| name.movie == movie && name.text.ends_with(sign))
    }

    /// Returns true if a line begins with a title that has a colon in it, and so not with a name.
    pub fn begins(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        self.names.iter().any(|name| name.text.contains(':') && line.starts_with(&name.text))
    }
}

fn unique(mut movies: Vec<ProposalNumber>) -> Vec<ProposalNumber> {
    movies.sort();
    movies.dedup();
    movies
}
