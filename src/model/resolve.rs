//! From what a person typed to a movie on the board.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt;

use super::text::{fold, quoted, without_article};
use super::{ImdbId, MovieRef, Proposal};

/// How alike a title must be (0 to 1) to be suggested.
const SUGGEST_FROM: f64 = 0.7;
/// Matches that an error lists by name.
const LISTED: usize = 5;

/// Why a movie on the board could not be named.
#[derive(Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Nothing is on the board.
    EmptyBoard,
    /// The board is shorter.
    NoSuchNumber(usize, usize),
    /// The id is not on the board.
    NotOnBoard(ImdbId),
    /// No title on the board has these words in it; the nearest one, if any is near.
    NoMatch(String, Option<String>),
    /// Several titles have.
    Ambiguous(String, Vec<String>),
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyBoard => write!(f, "the board is empty: movienight propose puts a movie on it"),
            Self::NoSuchNumber(n, len) => {
                let movies = if *len == 1 { "movie" } else { "movies" };
                write!(f, "there is no number {n} on the board, which has {len} {movies}: movienight vote shows it")
            }
            Self::NotOnBoard(id) => {
                write!(f, "{id} is not on the board: movienight propose {id} puts it there")
            }
            Self::NoMatch(words, Some(near)) => {
                write!(f, "no movie on the board matches {}: did you mean {near}?", quoted(words))
            }
            Self::NoMatch(words, None) => {
                write!(f, "no movie on the board matches {}: movienight vote shows the board", quoted(words))
            }
            Self::Ambiguous(words, names) => {
                let listed = names.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
                let more = match names.len().saturating_sub(LISTED) {
                    0 => String::new(),
                    n => format!(" and {n} more"),
                };
                let all = names.len();
                write!(
                    f,
                    "{} matches {all} movies on the board: {listed}{more}; say more of the title, or its number",
                    quoted(words)
                )
            }
        }
    }
}

/// Finds movies on the board by what people type; made once for many look-ups.
pub struct Resolver<'a> {
    proposals: &'a [Proposal],
    by_id: OnceCell<HashMap<ImdbId, usize>>,
    folded: OnceCell<Vec<Folded>>,
}

/// A title made comparable, alone and with its year: "heat" and "heat 1995".
struct Folded {
    title: String,
    name: String,
}

impl<'a> Resolver<'a> {
    /// For proposals in the board's order: numbers count from the first.
    pub fn new(proposals: &'a [Proposal]) -> Self {
        Self { proposals, by_id: OnceCell::new(), folded: OnceCell::new() }
    }

    /// The index of the proposal that `movie` names.
    ///
    /// # Errors
    /// See [`Unresolved`].
    pub fn find(&self, movie: &MovieRef) -> Result<usize, Unresolved> {
        if self.proposals.is_empty() {
            return match movie {
                MovieRef::Id(id) => Err(Unresolved::NotOnBoard(*id)),
                _ => Err(Unresolved::EmptyBoard),
            };
        }
        match movie {
            MovieRef::Id(id) => self.with_id(*id).ok_or(Unresolved::NotOnBoard(*id)),
            MovieRef::Number(n) => self.numbered(*n),
            MovieRef::Words(words) => self.titled(words),
        }
    }

    /// The index of the proposal with that id.
    pub fn with_id(&self, id: ImdbId) -> Option<usize> {
        let index = || {
            let ids = self.proposals.iter().enumerate();
            ids.filter_map(|(i, p)| Some((p.imdb_id?, i))).collect()
        };
        self.by_id.get_or_init(index).get(&id).copied()
    }

    /// The index of the one proposal whose whole title these words are, with or without its year.
    pub fn whole(&self, words: &str) -> Option<usize> {
        let wanted = fold(words);
        let wanted = without_article(&wanted);
        let is_it = |movie: &Folded| without_article(&movie.title) == wanted || without_article(&movie.name) == wanted;
        match self.indices(is_it)[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// A number on the board; beyond its end, a title with that number in it, such as 1917.
    fn numbered(&self, number: usize) -> Result<usize, Unresolved> {
        if (1..=self.proposals.len()).contains(&number) {
            return Ok(number - 1);
        }
        let word = number.to_string();
        match self.indices(|movie| movie.title.split(' ').any(|w| w == word))[..] {
            [one] => Ok(one),
            _ => Err(Unresolved::NoSuchNumber(number, self.proposals.len())),
        }
    }

    /// The one title that is these words, or the one that has them in it.
    fn titled(&self, words: &str) -> Result<usize, Unresolved> {
        let wanted = fold(words);
        let matches = self.indices(|movie| !wanted.is_empty() && movie.name.contains(&wanted));
        match matches[..] {
            [] => Err(Unresolved::NoMatch(words.to_owned(), self.nearest(&wanted))),
            [one] => Ok(one),
            _ => match self.whole(words) {
                Some(one) => Ok(one),
                None => {
                    let names = matches.iter().map(|&i| self.proposals[i].name()).collect();
                    Err(Unresolved::Ambiguous(words.to_owned(), names))
                }
            },
        }
    }

    fn indices(&self, matches: impl Fn(&Folded) -> bool) -> Vec<usize> {
        let movies = self.folded().iter().enumerate();
        movies.filter(|(_, movie)| matches(movie)).map(|(i, _)| i).collect()
    }

    fn nearest(&self, wanted: &str) -> Option<String> {
        let wanted = without_article(wanted);
        self.folded()
            .iter()
            .map(|movie| similarity(without_article(&movie.title), wanted))
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, similarity)| *similarity >= SUGGEST_FROM)
            .map(|(i, _)| self.proposals[i].name())
    }

    fn folded(&self) -> &[Folded] {
        let fold_name = |p: &Proposal| Folded { title: fold(&p.title()), name: fold(&p.name()) };
        self.folded.get_or_init(|| self.proposals.iter().map(fold_name).collect())
    }
}

/// How alike two folded texts are, 0 to 1: slips of the finger anywhere, or a good start.
pub fn similarity(a: &str, b: &str) -> f64 {
    let slips = strsim::normalized_damerau_levenshtein(a, b);
    // A shared start weighs heavily in Jaro-Winkler; what it finds is a little less sure.
    let start = strsim::jaro_winkler(a, b) - 0.1;
    slips.max(start)
}
