//! Movies that were named and are no longer on the board.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;

use crate::context::Context;
use crate::failure::Failure;
use crate::model::resolve::{Resolution, Resolver};
use crate::model::{Board, MovieRef, ProposalStatus};
use crate::store::Store;
use crate::view::format::date;

/// The watched and the withdrawn movies, read when one of them may be meant, and once however many are named.
#[derive(Default)]
pub struct OffBoard {
    boards: HashMap<ProposalStatus, Rc<Board>>,
}

impl OffBoard {
    /// The movies of a status.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn board(&mut self, store: &mut Store, status: ProposalStatus) -> Result<Rc<Board>> {
        if let Some(board) = self.boards.get(&status) {
            return Ok(Rc::clone(board));
        }
        let board = Rc::new(store.board(status)?);
        self.boards.insert(status, Rc::clone(&board));
        Ok(board)
    }

    /// A movie that has one of these statuses: the board of its status, and its index there.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn find(
        &mut self,
        store: &mut Store,
        movie: &MovieRef,
        statuses: &[ProposalStatus],
    ) -> Result<Option<(Rc<Board>, usize)>> {
        for status in statuses {
            let board = self.board(store, *status)?;
            let found = match resolve(&board, movie) {
                Resolution::One(at) => Some(at),
                // The last one that was watched, or withdrawn, of several that words match.
                Resolution::Several(several) => several.into_iter().max_by_key(|&at| board.proposals[at].number),
                Resolution::None(_) => None,
            };
            if let Some(at) = found {
                return Ok(Some((board, at)));
            }
        }
        Ok(None)
    }

    /// The failure of a number, an id or words that mean a movie which is no longer on the board.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn failure(&mut self, context: &Context<'_>, store: &mut Store, movie: &MovieRef) -> Result<Option<Failure>> {
        for status in [ProposalStatus::Watched, ProposalStatus::Withdrawn] {
            let board = self.board(store, status)?;
            let Resolution::One(at) = resolve(&board, movie) else { continue };
            let gone = &board.proposals[at];
            let number = gone.number;
            let name = match movie {
                MovieRef::Number(..) => format!("number {number}, {},", gone.name()),
                _ => gone.name(),
            };
            return Ok(Some(match gone.watched_at {
                Some(at) => Failure::new(format!("{name} was watched on {}", date(at, &context.env.zone)))
                    .hint(format!("movienight propose --again {number} puts it on the board anew")),
                None => Failure::new(format!("{name} was taken off the board"))
                    .hint(format!("movienight propose {number} brings it back with its votes")),
            }));
        }
        Ok(None)
    }
}

/// The movie of a board that is no longer to be voted for: a number is nothing else there, not even a title.
fn resolve(board: &Board, movie: &MovieRef) -> Resolution {
    let resolver = Resolver::new(&board.proposals);
    match movie {
        MovieRef::Number(number, _) => resolver.with_number(*number).map_or(Resolution::None(None), Resolution::One),
        _ => resolver.movie(movie),
    }
}
