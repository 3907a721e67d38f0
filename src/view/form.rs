//! A ballot being filled in: the movies, a person's opinions of them, and the current line.

use crate::model::opinion::MAX_NOES;
use crate::model::text::fold;
use crate::model::{Opinion, Proposal};

/// A ballot being filled in.
#[derive(Clone, Debug, Default)]
pub struct Form<'a> {
    pub voter: String,
    /// The movies, sorted by number. Never empty.
    pub movies: Vec<FormMovie<'a>>,
    /// Whether it started empty because votes are hidden.
    pub is_hidden: bool,
    /// The index of the current line.
    pub at: usize,
    /// The search text while a search is being typed.
    pub search: Option<String>,
    /// The message about the last key.
    pub message: Option<String>,
    /// Whether the help is shown in place of the movies.
    pub shows_help: bool,
}

/// A movie on a ballot.
#[derive(Clone, Debug)]
pub struct FormMovie<'a> {
    pub movie: &'a Proposal,
    /// The opinion on the form.
    pub opinion: Option<Opinion>,
    pub seen: bool,
}

impl Form<'_> {
    /// Moves by this many movies, stopping at the first and the last.
    pub fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.movies.len() - 1);
    }

    /// Gives the current movie an opinion, or takes it back if the movie has it. A favourite goes back to a yes.
    pub fn toggle(&mut self, opinion: Opinion) {
        let is_same = self.movies[self.at].opinion == Some(opinion);
        if opinion == Opinion::No && !is_same && self.count(Opinion::No) >= MAX_NOES {
            self.message = Some(format!("At most {MAX_NOES} noes: take one back first"));
            return;
        }
        if opinion == Opinion::Favorite {
            let favorites = self.movies.iter_mut().filter(|movie| movie.opinion == Some(Opinion::Favorite));
            favorites.for_each(|movie| movie.opinion = Some(Opinion::Yes));
        }
        let unmarked = (opinion == Opinion::Favorite).then_some(Opinion::Yes);
        self.movies[self.at].opinion = if is_same { unmarked } else { Some(opinion) };
    }

    /// Toggles whether the person has seen the current movie.
    pub fn toggle_seen(&mut self) {
        let movie = &mut self.movies[self.at];
        movie.seen = !movie.seen;
    }

    /// Moves to the first movie, from the current one on, whose number or name matches the search text.
    pub fn find(&mut self) {
        let wanted = fold(self.search.as_deref().unwrap_or_default());
        let number = wanted.strip_prefix('#').unwrap_or(&wanted);
        let places = (self.at..self.movies.len()).chain(0..self.at);
        let found = places.into_iter().find(|&at| {
            let movie = self.movies[at].movie;
            movie.number.to_string() == number || fold(&movie.name()).contains(&wanted)
        });
        match found {
            Some(at) => self.at = at,
            None => self.message = Some("No such movie".to_owned()),
        }
    }

    /// Returns the number of movies with this opinion.
    pub fn count(&self, opinion: Opinion) -> usize {
        self.movies.iter().filter(|movie| movie.opinion == Some(opinion)).count()
    }
}
