//! Finding the movie on the board that a person named.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::search::Query;
use super::text::{fold, likeness, title_key, without_article};
use super::{ImdbId, MovieRef, Proposal, ProposalNumber};

/// The lowest similarity (0 to 1) of a title that is suggested.
const SUGGEST_FROM: f64 = 0.7;

/// An index of the movies on the board by what people type, made once for many lookups. It returns proposals as indices
/// into the slice.
pub struct Resolver<'a> {
    proposals: &'a [Proposal],
    by_id: OnceCell<HashMap<ImdbId, usize>>,
    by_number: OnceCell<HashMap<ProposalNumber, usize>>,
    names: OnceCell<Vec<Names>>,
}

/// The forms in which a title is compared.
struct Names {
    /// The title and its original by [`title_key`], for identity.
    keys: Vec<String>,
    /// The title and its original by [`likeness`], for likeness.
    likes: Vec<String>,
    /// The title and its original by [`fold`], for parts and similarity.
    folds: Vec<String>,
    folded_with_year: String,
    year: Option<u16>,
}

impl Names {
    fn of(proposal: &Proposal) -> Self {
        let original = proposal.cache.title.as_ref().and_then(|title| title.original_title.as_deref());
        let title = proposal.title();
        let both = |form: fn(&str) -> String| std::iter::once(&*title).chain(original).map(form).collect();
        Self {
            keys: both(title_key),
            likes: both(likeness),
            folds: both(fold),
            folded_with_year: fold(&proposal.name()),
            year: proposal.year(),
        }
    }
}

impl<'a> Resolver<'a> {
    /// Returns a resolver for these proposals.
    pub fn new(proposals: &'a [Proposal]) -> Self {
        Self { proposals, by_id: OnceCell::new(), by_number: OnceCell::new(), names: OnceCell::new() }
    }

    /// Returns the proposals that an id, one number or words mean by themselves. Several are equally likely.
    pub fn movie(&self, movie: &MovieRef) -> Vec<usize> {
        match movie {
            MovieRef::Id(id) => self.with_id(*id).into_iter().collect(),
            MovieRef::Number(number, _) => self.with_number(*number).into_iter().collect(),
            MovieRef::Numbers(_, words) | MovieRef::Words(words) => self.phrase(words),
        }
    }

    /// Returns the index of the proposal with that id.
    pub fn with_id(&self, id: ImdbId) -> Option<usize> {
        let index = || self.proposals.iter().enumerate().filter_map(|(i, p)| Some((p.imdb_id?, i))).collect();
        self.by_id.get_or_init(index).get(&id).copied()
    }

    /// Returns the index of the proposal with that number.
    pub fn with_number(&self, number: ProposalNumber) -> Option<usize> {
        let index = || self.proposals.iter().enumerate().map(|(i, p)| (p.number, i)).collect();
        self.by_number.get_or_init(index).get(&number).copied()
    }

    /// Returns the proposals whose whole title, or title and year, equals these words, or if there are none, those
    /// whose title is only alike.
    pub fn whole(&self, words: &str) -> Vec<usize> {
        let equal = self.equal(words, title_key, |names| &names.keys);
        if equal.is_empty() { self.equal(words, likeness, |names| &names.likes) } else { equal }
    }

    /// Returns the proposals with exactly that title, including its article, with or without their year.
    pub fn called(&self, words: &str) -> Vec<usize> {
        self.equal(words, fold, |names| &names.folds)
    }

    /// Returns true if the title of a proposal only resembles these words, as Heat resembles The Heat.
    pub fn is_alike(&self, index: usize, words: &str) -> bool {
        self.whole(words).contains(&index) && !self.called(words).contains(&index)
    }

    /// Returns the proposals that words mean: by their whole title, else by a part of it, else by a part of the
    /// original title. A number alone is not part of a title. Neither is the end of a longer number, nor its beginning
    /// if it may be a movie's number: `heat 1` is not a part of `heat 1995`, but `heat 199` is.
    pub fn phrase(&self, words: &str) -> Vec<usize> {
        let whole = self.whole(words);
        let wanted = fold(words);
        // Neither a number alone nor punctuation alone, of which folding leaves nothing, is part of a title.
        if !whole.is_empty() || wanted.bytes().all(|b| b.is_ascii_digit()) {
            return whole;
        }
        let is_digit = |c: char| c.is_ascii_digit();
        let last = wanted.rsplit(' ').next().and_then(|word| word.parse().ok());
        let may_be_number = last.is_some_and(|last: i64| self.proposals.iter().any(|movie| last <= movie.number.0));
        let has_part = |text: &str| {
            text.match_indices(&wanted).any(|(at, part)| {
                let (before, after) = (&text[..at], &text[at + part.len()..]);
                let splits_first = wanted.starts_with(is_digit) && before.ends_with(is_digit);
                let splits_last = may_be_number && after.starts_with(is_digit);
                !splits_first && !splits_last
            })
        };
        let parts = self.indices(|names| has_part(&names.folded_with_year));
        if !parts.is_empty() {
            return parts;
        }
        self.indices(|names| names.folds[1..].iter().any(|original| has_part(original)))
    }

    /// Returns the proposals with a name that equals these words in some form, with or without their year at the end.
    fn equal(&self, words: &str, form: fn(&str) -> String, of: fn(&Names) -> &[String]) -> Vec<usize> {
        // Computed once, not for each of thousands of titles.
        let wanted = form(words);
        let with_year = Query::parse(words).with_year.map(|(stem, year)| (form(&stem), year));
        self.indices(|names| {
            let of_year = with_year.as_ref().filter(|(_, year)| names.year == Some(*year)).map(|(stem, _)| stem);
            of(names).iter().any(|name| *name == wanted || Some(name) == of_year)
        })
    }

    fn indices(&self, matches: impl Fn(&Names) -> bool) -> Vec<usize> {
        let movies = self.names().iter().enumerate();
        movies.filter(|(_, names)| matches(names)).map(|(i, _)| i).collect()
    }

    /// Returns the proposal with the title most similar to these words. `None` if no title is similar enough.
    pub fn nearest(&self, words: &str) -> Option<usize> {
        let wanted = fold(words);
        self.names()
            .iter()
            .map(|names| similarity(without_article(&names.folds[0]), without_article(&wanted)))
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, similarity)| *similarity >= SUGGEST_FROM)
            .map(|(i, _)| i)
    }

    fn names(&self) -> &[Names] {
        self.names.get_or_init(|| self.proposals.iter().map(Names::of).collect())
    }
}

/// Returns the normalized Damerau-Levenshtein similarity of two folded texts, 0 to 1.
pub fn edit_similarity(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

/// The similarity (0 to 1) above which a name is suggested: Ben for Bne, not Ana for Hanna.
const SUGGEST_NAME_ABOVE: f64 = 0.6;

/// Returns the candidate of the highest similarity. `None` if that is too low to suggest it.
pub fn most_similar<T>(candidates: impl Iterator<Item = (f64, T)>) -> Option<T> {
    let similar = candidates.filter(|(similarity, _)| *similarity > SUGGEST_NAME_ABOVE);
    similar.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// Returns the word that is most similar to a mistyped one. `None` if no word is similar enough to suggest it.
pub fn suggest<'w>(mistyped: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    most_similar(words.map(|word| (edit_similarity(word, mistyped), word)))
}

/// Returns the similarity of two folded texts, 0 to 1. It is high for few typing errors and for a common start.
pub fn similarity(a: &str, b: &str) -> f64 {
    let slips = edit_similarity(a, b);
    // Jaro-Winkler favours a common start, so its result counts a little less.
    let start = strsim::jaro_winkler(a, b) - 0.1;
    slips.max(start)
}
