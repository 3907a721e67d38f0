//! The vote board. A row is a `MovieView`.

use serde::Serialize;

use super::Timestamp;
use super::movie::{MovieView, Viewpoint};
use crate::model::{Board, Freshness};

/// The vote board, in its order.
#[derive(Clone, Debug, Serialize)]
pub struct BoardView<'a> {
    /// The movies, first place first.
    pub proposals: Vec<MovieView<'a>>,
    /// The people who take part, in the order in which they came.
    pub voters: Vec<&'a str>,
    /// The server is away, and this is what it held then; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// True while votes are hidden; absent otherwise, as the next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// The people who have voted since votes were hidden.
    #[serde(rename = "voted", skip_serializing_if = "Option::is_none")]
    pub has_voted: Option<Vec<&'a str>>,
    /// Number of votes.
    #[serde(skip)]
    pub votes: usize,
    /// Number of noes.
    #[serde(skip)]
    pub noes: usize,
    /// Number of people with an opinion of anything on the board.
    #[serde(skip)]
    pub voted: usize,
    /// People who take part and have no opinion of anything on the board.
    #[serde(skip)]
    pub silent: Vec<&'a str>,
    /// New data is being fetched.
    #[serde(skip)]
    pub is_fetching: bool,
    /// No source can be reached, and data is missing or stale because of that.
    #[serde(skip)]
    pub is_cut_off: bool,
    /// The person asked about times, so that the ends of movies are shown whatever else must go.
    #[serde(skip)]
    pub shows_ends: bool,
}

impl<'a> BoardView<'a> {
    /// Of a board in its order.
    pub fn of(board: &'a Board, from: Viewpoint<'_>) -> Self {
        let movies = board.proposals.iter().enumerate();
        let mut has_voted = vec![false; board.voters.len()];
        for (voter, _) in board.proposals.iter().flat_map(|proposal| proposal.opinions.iter()) {
            has_voted[voter] = true;
        }
        if board.is_hidden() {
            has_voted = (0..board.voters.len()).map(|voter| board.has_voted(voter)).collect();
        }
        let people = || board.voters.iter().zip(&has_voted).filter(|(voter, _)| voter.is_listed);
        let names = |wanted: bool| -> Vec<&'a str> {
            people().filter(|(_, voted)| **voted == wanted).map(|(voter, _)| voter.name.as_str()).collect()
        };
        let proposals: Vec<_> = movies.map(|(at, p)| MovieView::of(p, Some(at + 1), board, from)).collect();
        Self {
            voters: people().map(|(voter, _)| voter.name.as_str()).collect(),
            hidden: board.is_hidden().then_some(true),
            has_voted: board.is_hidden().then(|| names(true)),
            votes: proposals.iter().filter_map(|movie| movie.votes).sum(),
            noes: proposals.iter().filter_map(|movie| movie.noes).sum(),
            voted: has_voted.iter().filter(|voted| **voted).count(),
            silent: names(false),
            is_fetching: proposals.iter().any(|movie| movie.is_being_fetched),
            as_of: None,
            is_cut_off: false,
            shows_ends: false,
            proposals,
        }
    }

    /// The number of movies whose cached data is like that.
    pub fn count(&self, freshness: Freshness) -> usize {
        self.proposals.iter().filter(|movie| movie.title.cache == freshness).count()
    }
}
