//! Finds movies that are no longer on the board.

use std::rc::Rc;

use anyhow::Result;

use super::FoundMovie;
use super::find::Finder;
use crate::model::movie_ref::unique_argument;
use crate::model::resolve::Resolver;
use crate::model::{Board, MovieRef, ProposalStatus};
use crate::user_error::{Code, UserError};

impl Finder<'_, '_> {
    /// Returns the movies with this status. They are read on first use, once for all names.
    fn off_board(&mut self, status: ProposalStatus) -> Result<Rc<Board>> {
        if let Some(board) = self.off_board.get(&status) {
            return Ok(Rc::clone(board));
        }
        let board = self.store.as_deref_mut().map(|store| store.board(status)).transpose()?.unwrap_or_default();
        Ok(Rc::clone(self.off_board.entry(status).or_insert(Rc::new(board))))
    }

    /// Finds a movie with one of these statuses, tried in order.
    pub fn find_off_board(&mut self, movie: &MovieRef, statuses: &[ProposalStatus]) -> Result<Option<FoundMovie>> {
        for status in statuses {
            let board = self.off_board(*status)?;
            let found = Resolver::new(&board.proposals).movie(movie);
            // Of several that words match, the one that was proposed last.
            if let Some(at) = found.into_iter().max_by_key(|&at| board.proposals[at].number) {
                return Ok(Some(FoundMovie::OffBoard(board, at)));
            }
        }
        Ok(None)
    }

    /// Finds a withdrawn movie without an IMDb id by its whole title.
    pub fn own_title(&mut self, words: &str) -> Result<Option<FoundMovie>> {
        let board = self.off_board(ProposalStatus::Withdrawn)?;
        let whole = Resolver::new(&board.proposals).whole(words);
        let own = whole.into_iter().find(|&at| board.proposals[at].own.is_some());
        Ok(own.map(|at| FoundMovie::OffBoard(board, at)))
    }

    /// Finds a movie off the board with exactly this name, including its article.
    pub fn called_off_board(&mut self, words: &str) -> Result<Option<FoundMovie>> {
        for board in self.both_off_board()? {
            let called = Resolver::new(&board.proposals).called(words);
            if let Some(at) = called.last() {
                return Ok(Some(FoundMovie::OffBoard(board, *at)));
            }
        }
        Ok(None)
    }

    /// Returns the withdrawn movies and the watched ones.
    pub fn both_off_board(&mut self) -> Result<[Rc<Board>; 2]> {
        Ok([self.off_board(ProposalStatus::Withdrawn)?, self.off_board(ProposalStatus::Watched)?])
    }

    /// Returns the error for a name whose movie is no longer on the board. `None` if there is no such movie.
    pub fn gone(&mut self, movie: &MovieRef) -> Result<Option<UserError>> {
        let boards = self.both_off_board()?;
        let movies = boards.iter().flat_map(|board| {
            let places = Resolver::new(&board.proposals).movie(movie);
            places.into_iter().map(|place| &board.proposals[place])
        });
        // A movie that was watched and proposed again has two numbers.
        let Some(gone) = movies.max_by_key(|movie| movie.number) else { return Ok(None) };
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
