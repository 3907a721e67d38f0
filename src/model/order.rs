//! The order of the board, which is the order by which the winner is picked.
//!
//! A higher score first, which is votes minus noes; then fewer noes; then more favourites; then more duels won against
//! the movies that are still tied; then the lower number, which was given first. In a duel a person prefers a favourite
//! to a yes, a yes to nothing, and nothing to a no.
//! Nothing is left to chance, so everybody sees the same board. What does not fit into the evening comes last.

use std::cmp::Reverse;

use super::evening::EveningFit;
use super::opinion::{Opinion, Opinions};
use super::{Proposal, ProposalNumber};

/// The numbers of opinions of one movie, among the people who count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Votes.
    pub votes: usize,
    /// Noes.
    pub noes: usize,
    /// Number of the votes that are favourites.
    pub favorites: usize,
    /// Duels won against the movies with the same score, noes and favourites.
    pub wins: usize,
}

impl Tally {
    fn of(opinions: &Opinions, counts: &impl Fn(usize) -> bool) -> Self {
        let mut tally = Self::default();
        for (_, opinion) in opinions.iter().filter(|(voter, _)| counts(*voter)) {
            match opinion {
                Opinion::Yes => tally.votes += 1,
                Opinion::Favorite => (tally.votes, tally.favorites) = (tally.votes + 1, tally.favorites + 1),
                Opinion::No => tally.noes += 1,
            }
        }
        tally
    }

    /// Votes minus noes.
    pub fn score(self) -> i64 {
        self.votes as i64 - self.noes as i64
    }

    /// Compares what comes before duels: the lower, the better.
    pub fn standing(self) -> impl Ord {
        (Reverse(self.score()), self.noes, Reverse(self.favorites))
    }
}

/// A proposal's place: where it stands in the slice that was ranked, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedPlace {
    /// Index into the ranked slice.
    pub index: usize,
    /// How it fits into the evening.
    pub fit: EveningFit,
    /// The numbers that decided.
    pub tally: Tally,
}

/// Ranks proposals by the opinions of the people for whom `counts` is true, best first. Those that fit come before those
/// that may fit, and these before those that do not.
///
/// The order of the input has no influence.
pub fn rank(
    proposals: &[Proposal],
    counts: impl Fn(usize) -> bool,
    fit: impl Fn(&Proposal) -> EveningFit,
) -> Vec<RankedPlace> {
    let place = |(index, proposal): (usize, &Proposal)| RankedPlace {
        index,
        fit: fit(proposal),
        tally: Tally::of(&proposal.opinions, &counts),
    };
    let mut places: Vec<RankedPlace> = proposals.iter().enumerate().map(place).collect();
    let standing = |p: &RankedPlace| (p.fit.group(), p.tally.standing());
    let number = |p: &RankedPlace| -> ProposalNumber { proposals[p.index].number };
    places.sort_by_cached_key(|p| (standing(p), number(p)));
    for tie in places.chunk_by_mut(|a, b| standing(a) == standing(b)) {
        // Movies with equally many votes, of which none has a favourite or a no, win no duel, so that such a tie is
        // skipped, and may be thousands long. A person has one favourite and three noes, so that others are short.
        let Tally { noes, favorites, .. } = tie[0].tally;
        if tie.len() > 1 && (favorites > 0 || noes > 0) {
            for i in 0..tie.len() {
                let others = tie.iter().filter(|other| other.index != tie[i].index);
                let opinions = |p: &RankedPlace| &proposals[p.index].opinions;
                tie[i].tally.wins = others.filter(|p| beats(opinions(&tie[i]), opinions(p), &counts)).count();
            }
            tie.sort_by_cached_key(|p| (Reverse(p.tally.wins), number(p)));
        }
    }
    places
}

/// Returns true if more of the people who count prefer `a` to `b` than `b` to `a`.
fn beats(a: &Opinions, b: &Opinions, counts: &impl Fn(usize) -> bool) -> bool {
    let preference = |opinions: &Opinions, voter| Opinion::preference(opinions.of(voter));
    // A person without an opinion of either movie prefers neither.
    let of_either = a.iter().chain(b.iter().filter(|(voter, _)| a.of(*voter).is_none()));
    let signs = of_either.filter(|(voter, _)| counts(*voter)).map(|(voter, _)| {
        let (own, other) = (preference(a, voter), preference(b, voter));
        i64::from(own > other) - i64::from(own < other)
    });
    signs.sum::<i64>() > 0
}

/// Puts the proposals into the board's order, in which everybody's opinion counts.
pub fn sort(proposals: &mut Vec<Proposal>, fit: impl Fn(&Proposal) -> EveningFit) {
    let places = rank(proposals, |_| true, fit);
    let mut unsorted: Vec<Option<Proposal>> = proposals.drain(..).map(Some).collect();
    proposals.extend(places.iter().filter_map(|place| unsorted[place.index].take()));
}
