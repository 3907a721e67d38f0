//! The vote board. Each row is a `MovieView`.

use std::collections::HashSet;

use serde::Serialize;

use super::Timestamp;
use super::movie::{MovieView, Viewpoint};
use crate::model::{Board, Freshness};

/// The vote board, in its order.
#[derive(Clone, Debug, Serialize)]
pub struct BoardView<'a> {
    /// The movies, first place first.
    pub proposals: Vec<MovieView<'a>>,
    /// The people who take part, in the order in which they joined.
    pub voters: Vec<&'a str>,
    /// The time of this copy of the board if the server cannot be reached. Absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// True while votes are hidden, absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// The people who have voted since votes were hidden. Absent otherwise.
    #[serde(rename = "voted", skip_serializing_if = "Option::is_none")]
    pub has_voted: Option<Vec<&'a str>>,
    /// Number of votes.
    #[serde(skip)]
    pub votes: usize,
    /// Number of noes.
    #[serde(skip)]
    pub noes: usize,
    /// Number of people with an opinion on any movie of the board.
    #[serde(skip)]
    pub voter_count: usize,
    /// The people expected this evening who have not voted.
    #[serde(skip)]
    pub missing: Vec<&'a str>,
    /// Whether new data is being fetched.
    #[serde(skip)]
    pub is_fetching: bool,
    /// Whether data is missing or stale because no source can be reached.
    #[serde(skip)]
    pub is_cut_off: bool,
    /// Whether the user asked about times, so that the column of ends is kept longer than others.
    #[serde(skip)]
    pub shows_ends: bool,
}

impl<'a> BoardView<'a> {
    /// Makes the view of a board that is already sorted.
    pub fn of(board: &'a Board, from: Viewpoint<'_>) -> Self {
        let movies = board.proposals.iter().enumerate();
        let people = || (0..board.voters.len()).filter(|at| board.voters[*at].is_listed);
        let name = |voter: usize| board.voters[voter].name.as_str();
        let with_opinion = board.proposals.iter().flat_map(|movie| movie.opinions.iter().map(|(voter, _)| voter));
        let proposals: Vec<_> = movies.map(|(at, p)| MovieView::of(p, Some(at + 1), board, from)).collect();
        Self {
            voters: people().map(name).collect(),
            hidden: board.is_hidden().then_some(true),
            has_voted: board.is_hidden().then(|| people().filter(|voter| board.has_voted(*voter)).map(name).collect()),
            votes: proposals.iter().filter_map(|movie| movie.votes).sum(),
            noes: proposals.iter().filter_map(|movie| movie.noes).sum(),
            voter_count: with_opinion.collect::<HashSet<_>>().len(),
            missing: board.missing(from.now),
            is_fetching: proposals.iter().any(|movie| movie.is_being_fetched),
            as_of: None,
            is_cut_off: false,
            shows_ends: false,
            proposals,
        }
    }

    /// Returns the number of movies whose cached data is in this state.
    pub fn count(&self, freshness: Freshness) -> usize {
        self.proposals.iter().filter(|movie| movie.title.cache == freshness).count()
    }
}
