//! The ranking with its reasons, and a draw by scores.

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

/// Draws one of the movies, weighted by their scores, for a random number. The first if no score is above 0.
pub fn draw(candidates: &[Ranked], random: u64) -> usize {
    let weight = |ranked: &Ranked| u64::try_from(ranked.place.tally.score()).unwrap_or(0);
    let total: u64 = candidates.iter().map(weight).sum();
    let mut left = random % total.max(1);
    let is_drawn = |ranked: &Ranked| {
        let weight = weight(ranked);
        let is_it = left < weight;
        left = left.saturating_sub(weight);
        is_it
    };
    candidates.iter().position(is_drawn).unwrap_or(0)
}
