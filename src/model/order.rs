//! The order of the board, which is the order by which the winner is picked.
//!
//! More votes first; among equals more favourites; among those still equal more wins head to
//! head, where a voter prefers a favourite to a vote and a vote to none; then the older proposal.
//! Nothing is left to chance, so everybody sees the same board.

use std::cmp::Reverse;

use super::{Ballot, Proposal};

/// What a proposal has to show for itself among the people who count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Votes of those who count.
    pub votes: usize,
    /// How many of these are favourites.
    pub favorites: usize,
    /// Others with as many votes and favourites that it beats head to head.
    pub wins: usize,
}

/// A proposal's place: where it stands in the slice that was ranked, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into the ranked slice.
    pub index: usize,
    /// What decided.
    pub tally: Tally,
}

/// Ranks proposals by the votes of those for whom `counts` is true; best first.
///
/// The order of the input has no influence.
pub fn rank(proposals: &[Proposal], counts: impl Fn(usize) -> bool) -> Vec<Place> {
    let mut places: Vec<Place> = proposals
        .iter()
        .enumerate()
        .map(|(index, proposal)| {
            let counted = || proposal.ballots.iter().filter(|b| counts(b.voter));
            let votes = counted().count();
            let favorites = counted().filter(|b| b.favorite).count();
            Place { index, tally: Tally { votes, favorites, wins: 0 } }
        })
        .collect();
    let support = |p: &Place| Reverse((p.tally.votes, p.tally.favorites));
    places.sort_by_cached_key(|p| (support(p), age(&proposals[p.index])));
    for tie in places.chunk_by_mut(|a, b| support(a) == support(b)) {
        // Each person has one favourite. Two movies with equally many votes are told apart head
        // to head only by people who vote for both and favour one, so a tie without favourites
        // needs no look (and may be thousands long), and a tie with them is at most as long as
        // there are people.
        if tie.len() > 1 && tie[0].tally.favorites > 0 {
            settle_head_to_head(tie, proposals, &counts);
        }
    }
    places
}

fn settle_head_to_head(tie: &mut [Place], proposals: &[Proposal], counts: &impl Fn(usize) -> bool) {
    for i in 0..tie.len() {
        let a = &proposals[tie[i].index];
        tie[i].tally.wins = (0..tie.len()).filter(|&j| j != i && beats(a, &proposals[tie[j].index], counts)).count();
    }
    tie.sort_by_cached_key(|p| (Reverse(p.tally.wins), age(&proposals[p.index])));
}

/// Whether more of those who count prefer `a` to `b` than the other way round.
pub fn beats(a: &Proposal, b: &Proposal, counts: &impl Fn(usize) -> bool) -> bool {
    let prefer = |x: &Proposal, y: &Proposal| {
        x.ballots
            .iter()
            .filter(|vote| counts(vote.voter))
            .filter(|vote| strength(Some(**vote)) > strength(y.ballot_of(vote.voter)))
            .count()
    };
    prefer(a, b) > prefer(b, a)
}

fn strength(ballot: Option<Ballot>) -> u8 {
    ballot.map_or(0, |b| 1 + u8::from(b.favorite))
}

fn age(proposal: &Proposal) -> impl Ord + use<> {
    (proposal.proposed_at, proposal.id)
}

/// Puts the proposals into the board's order, in which everybody's vote counts.
pub fn sort(proposals: &mut Vec<Proposal>) {
    let places = rank(proposals, |_| true);
    let mut unsorted: Vec<Option<Proposal>> = proposals.drain(..).map(Some).collect();
    proposals.extend(places.iter().filter_map(|place| unsorted[place.index].take()));
}
