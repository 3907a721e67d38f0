//! The last copy of a server's board, for when the server cannot be reached.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use time::UtcDateTime;

use super::State;
use crate::model::Board;
use crate::model::board::Proposal;

#[derive(Serialize, Deserialize)]
struct BoardCopy<'a> {
    at: UtcDateTime,
    board: Cow<'a, Board>,
}

impl State {
    /// Saves a copy of the board, seen at `now`.
    pub fn save_board_copy(&self, board: &Board, now: UtcDateTime) {
        Self::save(self.board_path("seen"), &BoardCopy { at: now, board: Cow::Borrowed(board) });
    }

    /// Returns the last copy of the board and its time. `None` if absent or unreadable.
    pub fn board_copy(&self) -> Option<(Board, UtcDateTime)> {
        let copy: BoardCopy<'_> = Self::load(self.board_path("seen"))?;
        is_sound(&copy.board).then(|| (copy.board.into_owned(), copy.at))
    }
}

/// Returns true if a board names only people who are on it.
fn is_sound(board: &Board) -> bool {
    board.proposals.iter().all(|movie| {
        let Proposal { notes, proposed_by, opinions, seen_by, listed_by, present, .. } = movie;
        let people = opinions.iter().map(|(voter, _)| voter).chain(notes.iter().map(|(writer, _)| *writer));
        let mut people = people.chain(seen_by.iter().chain(listed_by).chain(present).copied()).chain([*proposed_by]);
        people.all(|voter| voter < board.voters.len())
    })
}
