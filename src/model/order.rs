//! The order of the board, by which the winner is also picked.
//!
//! A higher score comes first, which is votes minus noes; then fewer noes; then more favourites; then more duels won
//! head to head against the movies that are still tied; then the lower number, which was given first. In a duel, a
//! person prefers a favourite to a yes, a yes to no opinion, and no opinion to a no. Nothing is left to chance, so
//! everybody sees the same board. Movies that do not fit into the evening come last.

use std::cmp::Reverse;

use serde::Serialize;

use super::evening::EveningFit;
use super::opinion::{Opinion, Opinions};
use super::{Proposal, ProposalNumber};

/// The counts of the opinions of one movie, among the people who count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Votes.
    pub votes: usize,
    /// Noes.
    pub noes: usize,
    /// Votes that are favourites.
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

    /// Returns votes minus noes.
    pub fn score(self) -> i64 {
        self.votes as i64 - self.noes as i64
    }

    /// Returns what is compared before duels. Lower is better.
    pub fn standing(self) -> impl Ord {
        (Reverse(self.score()), self.noes, Reverse(self.favorites))
    }
}

/// The criterion that ranks one movie before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TieBreak {
    /// The other does not fit into the evening, or is not known to fit.
    Fits,
    /// Votes, if neither has a no.
    Votes,
    /// Votes minus noes.
    Score,
    /// Fewer noes.
    Noes,
    /// Favourites.
    Favorites,
    /// Duels won against the movies still tied. The other may have won the duel of the two.
    HeadToHead,
    /// It was proposed first.
    #[serde(rename = "age")]
    ProposedFirst,
}

/// A proposal's place in the ranking, and the reason for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedPlace {
    /// The index into the ranked slice.
    pub index: usize,
    /// How it fits into the evening.
    pub fit: EveningFit,
    /// The counts that decided.
    pub tally: Tally,
    /// The criterion that put it before the next. `None` for the last one.
    pub tie_break: Option<TieBreak>,
}

/// Ranks proposals by the opinions of the people for whom `counts` is true, best first. Movies that fit come first,
/// then movies that may fit, then the others.
///
/// The order of the input does not matter.
pub fn rank(
    proposals: &[Proposal],
    counts: impl Fn(usize) -> bool,
    fit: impl Fn(&Proposal) -> EveningFit,
) -> Vec<RankedPlace> {
    let place = |(index, proposal): (usize, &Proposal)| RankedPlace {
        index,
        fit: fit(proposal),
        tally: Tally::of(&proposal.opinions, &counts),
        tie_break: None,
    };
    let mut places: Vec<RankedPlace> = proposals.iter().enumerate().map(place).collect();
    let standing = |p: &RankedPlace| (p.fit.group(), p.tally.standing());
    let number = |p: &RankedPlace| -> ProposalNumber { proposals[p.index].number };
    places.sort_by_cached_key(|p| (standing(p), number(p)));
    for tie in places.chunk_by_mut(|a, b| standing(a) == standing(b)) {
        // Movies with equally many votes but no favourites or noes win no duels. Such a tie may be thousands long and
        // is skipped. Others are short, because a person has one favourite and three noes.
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
    for next in 1..places.len() {
        places[next - 1].tie_break = Some(tie_break(&places[next - 1], &places[next]));
    }
    places
}

fn tie_break(place: &RankedPlace, next: &RankedPlace) -> TieBreak {
    let (own, other): (Tally, Tally) = (place.tally, next.tally);
    if place.fit.group() != next.fit.group() {
        TieBreak::Fits
    } else if own.score() != other.score() {
        if own.noes + other.noes == 0 { TieBreak::Votes } else { TieBreak::Score }
    } else if own.noes != other.noes {
        TieBreak::Noes
    } else if own.favorites != other.favorites {
        TieBreak::Favorites
    } else if own.wins != other.wins {
        TieBreak::HeadToHead
    } else {
        TieBreak::ProposedFirst
    }
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

/// Draws one of the movies with a random number, weighted by their scores. Returns its index, 0 if no score is above 0.
pub fn draw(candidates: &[RankedPlace], random: u64) -> usize {
    let weight = |ranked: &RankedPlace| u64::try_from(ranked.tally.score()).unwrap_or(0);
    let total: u64 = candidates.iter().map(weight).sum();
    let mut left = random % total.max(1);
    for (at, candidate) in candidates.iter().enumerate() {
        if left < weight(candidate) {
            return at;
        }
        left -= weight(candidate);
    }
    0
}

/// Sorts the proposals into the board's order, in which everybody's opinion counts.
pub fn sort(proposals: &mut Vec<Proposal>, fit: impl Fn(&Proposal) -> EveningFit) {
    let places = rank(proposals, |_| true, fit);
    let mut unsorted: Vec<Option<Proposal>> = proposals.drain(..).map(Some).collect();
    proposals.extend(places.iter().filter_map(|place| unsorted[place.index].take()));
}
