//! Opinions of movies.

use serde::{Deserialize, Serialize};

/// The most noes that a person may have among the movies on the board.
pub const MAX_NOES: usize = 3;

/// A person's opinion of a movie. Somebody without an opinion is neutral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// A vote for it.
    Yes,
    /// A marked vote. A person has one favourite among the movies on the board.
    Favorite,
    /// A no. A person has at most [`MAX_NOES`] among the movies on the board.
    No,
}

impl Opinion {
    /// Returns true for a vote, marked or not.
    pub fn is_yes(self) -> bool {
        self != Self::No
    }

    /// Returns the rank of an opinion, for comparing two: 0 for a no, 1 for none, 2 for a yes, 3 for a favourite.
    pub fn preference(opinion: Option<Self>) -> u8 {
        match opinion {
            Some(Self::Favorite) => 3,
            Some(Self::Yes) => 2,
            None => 1,
            Some(Self::No) => 0,
        }
    }
}

/// The opinions of a movie in the order in which they were given, by people as indices into [`super::Board::voters`].
/// There is no `len`, so that a no is never counted as a vote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinions(Vec<(usize, Opinion)>);

impl Opinions {
    /// Adds the opinion of a person who has given none yet, as the last one.
    pub fn add(&mut self, voter: usize, opinion: Opinion) {
        self.0.push((voter, opinion));
    }

    /// Returns all opinions.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Opinion)> {
        self.0.iter().copied()
    }

    /// Returns the people who vote for the movie, including those whose favourite it is.
    pub fn yes(&self) -> impl Iterator<Item = usize> {
        self.iter().filter(|(_, opinion)| opinion.is_yes()).map(|(voter, _)| voter)
    }

    /// Returns the people who say no to it.
    pub fn noes(&self) -> impl Iterator<Item = usize> {
        self.iter().filter(|(_, opinion)| *opinion == Opinion::No).map(|(voter, _)| voter)
    }

    /// Returns the people whose favourite it is.
    pub fn favorite(&self) -> impl Iterator<Item = usize> {
        self.iter().filter(|(_, opinion)| *opinion == Opinion::Favorite).map(|(voter, _)| voter)
    }

    /// Returns the opinion of one person. `None` if they gave none.
    pub fn of(&self, voter: usize) -> Option<Opinion> {
        self.iter().find(|(other, _)| *other == voter).map(|(_, opinion)| opinion)
    }
}
