//! The last copy of a server's board, for when the server cannot be reached.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use time::UtcDateTime;

use super::State;
use crate::model::board::Proposal;
use crate::model::text::sanitize_stored;
use crate::model::{Board, OwnTitle, Title};

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
        Some((sanitized(copy.board.into_owned())?, copy.at))
    }
}

/// Sanitizes a board, because another program may have written it. `None` if it names somebody who is not on it.
fn sanitized(mut board: Board) -> Option<Board> {
    for voter in &mut board.voters {
        voter.name = sanitize_stored(std::mem::take(&mut voter.name));
    }
    for Proposal { own, notes, proposed_by, opinions, seen_by, listed_by, present, cache, .. } in &mut board.proposals {
        let people = opinions.iter().map(|(voter, _)| voter).chain(notes.iter().map(|(writer, _)| *writer));
        let mut people =
            people.chain(seen_by.iter().chain(&*listed_by).chain(&*present).copied()).chain([*proposed_by]);
        people.all(|voter| voter < board.voters.len()).then_some(())?;
        *own = own.take().map(|own| OwnTitle { title: sanitize_stored(own.title), ..own });
        notes.iter_mut().for_each(|(_, note)| *note = sanitize_stored(std::mem::take(note)));
        cache.title = cache.title.take().map(Title::sanitized);
        cache.source = cache.source.take().map(sanitize_stored);
    }
    Some(board)
}
