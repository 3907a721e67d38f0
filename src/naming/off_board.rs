//! Finds movies that are no longer on the board.

use std::rc::Rc;

use anyhow::Result;

use super::FoundMovie;
use super::find::Finder;
use crate::model::movie_ref::unique_argument;
use crate::model::resolve::Resolver;
use crate::model::{Board, MovieRef, Proposal, ProposalStatus};
use crate::user_error::{Code, UserError};

impl Finder<'_, '_> {
    /// Returns the withdrawn and the watched movies. They are read on first use, once for all names.
    pub fn off_board(&mut self) -> Result<Rc<Board>> {
        if let Some(board) = &self.off_board {
            return Ok(Rc::clone(board));
        }
        let store = self.store.as_deref_mut();
        let board = store.map(|store| store.board(ProposalStatus::OffBoard)).transpose()?.unwrap_or_default();
        Ok(Rc::clone(self.off_board.insert(Rc::new(board))))
    }

    /// Finds a movie off the board for which `is_wanted` is true.
    pub fn find_off_board(&mut self, movie: &MovieRef, is_wanted: fn(&Proposal) -> bool) -> Result<Option<FoundMovie>> {
        let board = self.off_board()?;
        let found = Resolver::new(&board.proposals).movie(movie).into_iter();
        // Of several that words match, the one that was proposed last.
        let last = found.filter(|&at| is_wanted(&board.proposals[at])).max();
        Ok(last.map(|at| FoundMovie::OffBoard(board, at)))
    }

    /// Finds a withdrawn movie without an IMDb id by its whole title.
    pub fn own_title(&mut self, words: &str) -> Result<Option<FoundMovie>> {
        let board = self.off_board()?;
        let is_own = |movie: &Proposal| movie.own.is_some() && movie.watched_at.is_none();
        let own = Resolver::new(&board.proposals).whole(words).into_iter().find(|&at| is_own(&board.proposals[at]));
        Ok(own.map(|at| FoundMovie::OffBoard(board, at)))
    }

    /// Finds a movie off the board with exactly this name, including its article.
    pub fn called_off_board(&mut self, words: &str) -> Result<Option<FoundMovie>> {
        let board = self.off_board()?;
        let called = Resolver::new(&board.proposals).called(words).pop();
        Ok(called.map(|at| FoundMovie::OffBoard(board, at)))
    }

    /// Returns the error for a name whose movie is no longer on the board. `None` if there is no such movie.
    pub fn gone(&mut self, movie: &MovieRef) -> Result<Option<UserError>> {
        let board = self.off_board()?;
        // A movie that was watched and proposed again has two numbers.
        let Some(at) = Resolver::new(&board.proposals).movie(movie).into_iter().max() else { return Ok(None) };
        let gone = &board.proposals[at];
        let name = match movie {
            MovieRef::Number(..) => format!("number {}, {},", gone.number, gone.name()),
            _ => gone.name(),
        };
        let again =
            gone.imdb_id.and_then(|id| self.resolver.with_id(id)).map(|place| self.board.proposals[place].number);
        let failure = match gone.watched_on {
            Some(day) => UserError::new(format!("{name} was watched on {day}")).code(Code::Watched),
            None => UserError::new(format!("{name} was taken off the board")).code(Code::NotFound),
        };
        let argument = unique_argument(gone.imdb_id, gone.number);
        Ok(Some(match (again, gone.watched_at) {
            (Some(again), _) => failure.hint(format!("it is on the board again as number {again}")),
            (None, Some(_)) => {
                failure.hint(format!("movienight propose --again {argument} puts it on the board again"))
            }
            (None, None) => failure.hint(format!("movienight propose {argument} brings it back with its votes")),
        }))
    }
}
