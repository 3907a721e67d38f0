//! Ballots that were handed in.

use serde::Serialize;

use crate::model::chat::NotUnderstood;
use crate::model::{Opinion, ProposalNumber};

/// The document of `ballot`.
#[derive(Clone, Debug, Serialize)]
pub struct Ballots<'a> {
    /// What each person said; at a keyboard, what they think now.
    pub ballots: Vec<BallotView>,
    pub not_understood: &'a [NotUnderstood],
    pub stored: bool,
}

/// A person's ballot, by numbers of movies.
#[derive(Clone, Debug, Serialize)]
pub struct BallotView {
    pub voter: String,
    /// Votes, the favourite among them.
    pub yes: Vec<i64>,
    pub favorite: Option<i64>,
    pub no: Vec<i64>,
}

impl BallotView {
    /// Of opinions in the order of the numbers.
    pub fn new(voter: &str, opinions: &[(ProposalNumber, Opinion)]) -> Self {
        let with = |wanted: fn(Opinion) -> bool| -> Vec<i64> {
            opinions.iter().filter(|(_, opinion)| wanted(*opinion)).map(|(number, _)| number.0).collect()
        };
        Self {
            voter: voter.to_owned(),
            yes: with(Opinion::is_yes),
            favorite: with(|opinion| opinion == Opinion::Favorite).first().copied(),
            no: with(|opinion| opinion == Opinion::No),
        }
    }
}
