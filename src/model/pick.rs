//! The winner and the reason, and the draw among those who are tied.

use super::Proposal;
use super::order::{Place, prefer, rank};

/// The criterion that put one movie before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieBreak {
    /// The other does not fit into the evening.
    Fits,
    /// Votes: its own and the other's.
    Votes(usize, usize),
    /// Favourites: its own and the other's.
    Favorites(usize, usize),
    /// Head to head against the other: who prefer it, and who prefer the other.
    HeadToHead(usize, usize),
    /// Others in the tie that it beats head to head, and that the other beats.
    Wins(usize, usize),
    /// Longer on the board.
    Age,
}

impl TieBreak {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Votes(..) => "votes",
            Self::Favorites(..) => "favorites",
            Self::HeadToHead(..) | Self::Wins(..) => "head_to_head",
            Self::Age => "age",
        }
    }
}

/// A movie's place in the ranking, and what put it before the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The place.
    pub place: Place,
    /// The criterion that put it before the next; none: it is the last.
    pub tie_break: Option<TieBreak>,
}

/// The ranking among those who are here, of what fits into the evening.
pub fn ranking(
    proposals: &[Proposal],
    counts: impl Fn(usize) -> bool + Copy,
    fits: impl Fn(&Proposal) -> bool,
) -> Vec<Ranked> {
    let places = rank(proposals, counts, fits);
    let next = places.iter().skip(1).map(Some).chain([None]);
    let ranked = places.iter().zip(next).map(|(place, next)| Ranked {
        place: *place,
        tie_break: next.map(|next| tie_break(proposals, place, next, counts)),
    });
    ranked.collect()
}

fn tie_break(proposals: &[Proposal], place: &Place, next: &Place, counts: impl Fn(usize) -> bool) -> TieBreak {
    let (own, other) = (place.tally, next.tally);
    if place.fits != next.fits {
        TieBreak::Fits
    } else if own.votes != other.votes {
        TieBreak::Votes(own.votes, other.votes)
    } else if own.favorites != other.favorites {
        TieBreak::Favorites(own.favorites, other.favorites)
    } else if own.wins != other.wins {
        let (a, b) = (&proposals[place.index], &proposals[next.index]);
        let duel = (prefer(a, b, &counts), prefer(b, a, &counts));
        match duel.0 > duel.1 {
            true => TieBreak::HeadToHead(duel.0, duel.1),
            // It beats more of the others, if not this one.
            false => TieBreak::Wins(own.wins, other.wins),
        }
    } else {
        TieBreak::Age
    }
}

/// The number of places from the top that are tied in all but age.
pub fn tied_for_first(ranking: &[Ranked]) -> usize {
    1 + ranking.iter().take_while(|r| r.tie_break == Some(TieBreak::Age)).count()
}

/// Draws a place from `weights` with a seed: the same seed draws the same, today and in later
/// versions. None when all weights are zero.
pub fn draw(weights: &[usize], seed: u64) -> Option<usize> {
    let total: u64 = weights.iter().map(|w| *w as u64).sum();
    let mut left = split_mix(seed).checked_rem(total)?;
    weights.iter().position(|&weight| {
        let is_it = left < weight as u64;
        left = left.saturating_sub(weight as u64);
        is_it
    })
}

/// SplitMix64 (Steele, Lea and Flood, 2014): one step is random enough for one draw, and it will
/// not change under us as a library's generator may.
fn split_mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_draw_is_fair_by_weight_and_repeats() {
        let mut drawn = [0; 3];
        for seed in 0..10_000 {
            drawn[draw(&[1, 0, 3], seed).unwrap()] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((2300..2700).contains(&drawn[0]), "{drawn:?}");
        assert_eq!(draw(&[0, 0], 7), None);
        assert_eq!(draw(&[], 7), None);
        assert_eq!(draw(&[1, 1, 1, 1], 42), draw(&[1, 1, 1, 1], 42));
        // Pinned: a seed that was printed years ago still draws the same.
        assert_eq!((0..8).map(|seed| draw(&[1; 10], seed).unwrap()).collect::<Vec<_>>(), PINNED);
    }

    const PINNED: [usize; 8] = [5, 5, 0, 3, 8, 8, 2, 7];

    proptest! {
        #[test]
        fn only_what_has_weight_is_drawn(weights in proptest::collection::vec(0usize..4, 0..10), seed in any::<u64>()) {
            match draw(&weights, seed) {
                Some(at) => prop_assert!(weights[at] > 0),
                None => prop_assert!(weights.iter().all(|w| *w == 0)),
            }
        }
    }
}
