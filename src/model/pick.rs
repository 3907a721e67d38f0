//! The winner with its reason, and the draw among tied movies.

use super::Proposal;
use super::evening::EveningFit;
use super::order::{RankedPlace, Tally, rank};

/// The criterion that put one movie before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieBreak {
    /// The other does not fit into the evening, or is not known to fit.
    Fits,
    /// Votes, where neither has a no: its own and the other's.
    Votes(usize, usize),
    /// Votes minus noes: its own and the other's.
    Score(i64, i64),
    /// Noes, of which it has fewer: its own and the other's.
    Noes(usize, usize),
    /// Favourites: its own and the other's.
    Favorites(usize, usize),
    /// Duels won against the movies still tied: its own and the other's. The other may have won the duel of the two.
    Duels(usize, usize),
    /// Proposed first.
    Age,
}

impl TieBreak {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Votes(..) => "votes",
            Self::Score(..) => "score",
            Self::Noes(..) => "noes",
            Self::Favorites(..) => "favorites",
            Self::Duels(..) => "head_to_head",
            Self::Age => "age",
        }
    }
}

/// A movie's place in the ranking, and what put it before the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The place.
    pub place: RankedPlace,
    /// The criterion that put it before the next. `None` for the last one.
    pub tie_break: Option<TieBreak>,
}

/// The ranking among those who are here, of what fits into the evening.
pub fn ranking(
    proposals: &[Proposal],
    counts: impl Fn(usize) -> bool + Copy,
    fit: impl Fn(&Proposal) -> EveningFit,
) -> Vec<Ranked> {
    let places = rank(proposals, counts, fit);
    let next = places.iter().skip(1).map(Some).chain([None]);
    let ranked = places
        .iter()
        .zip(next)
        .map(|(place, next)| Ranked { place: *place, tie_break: next.map(|next| tie_break(place, next)) });
    ranked.collect()
}

fn tie_break(place: &RankedPlace, next: &RankedPlace) -> TieBreak {
    let (own, other): (Tally, Tally) = (place.tally, next.tally);
    if place.fit.group() != next.fit.group() {
        TieBreak::Fits
    } else if own.score() != other.score() {
        match own.noes + other.noes {
            0 => TieBreak::Votes(own.votes, other.votes),
            _ => TieBreak::Score(own.score(), other.score()),
        }
    } else if own.noes != other.noes {
        TieBreak::Noes(own.noes, other.noes)
    } else if own.favorites != other.favorites {
        TieBreak::Favorites(own.favorites, other.favorites)
    } else if own.wins != other.wins {
        TieBreak::Duels(own.wins, other.wins)
    } else {
        TieBreak::Age
    }
}

/// The number of movies at the top that are tied on everything but age.
pub fn tied_for_first(ranking: &[Ranked]) -> usize {
    1 + ranking.iter().take_while(|r| r.tie_break == Some(TieBreak::Age)).count()
}

/// Draws a place from `weights`. The same seed draws the same place, also in later versions. `None` if all weights are
/// zero.
pub fn draw(weights: &[usize], seed: u64) -> Option<usize> {
    let total: u64 = weights.iter().map(|w| *w as u64).sum();
    let mut left = split_mix(seed).checked_rem(total)?;
    weights.iter().position(|&weight| {
        let is_it = left < weight as u64;
        left = left.saturating_sub(weight as u64);
        is_it
    })
}

/// SplitMix64 (Steele, Lea and Flood, 2014): one step is random enough for one draw, and unlike a library's generator it
/// never changes.
fn split_mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
