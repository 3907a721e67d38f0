//! The order of the board, which is the order by which the winner is picked.
//!
//! More votes first; among equals more favourites; among those still equal more wins head to
//! head, where a voter prefers a favourite to a vote and a vote to none; then the lower number, which was
//! given first.
//! Nothing is left to chance, so everybody sees the same board. What does not fit into the evening
//! comes last, whatever its votes.

use std::cmp::Reverse;

use super::evening::EveningFit;
use super::{Proposal, Vote};

/// The votes for a proposal of the people who count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Votes of those who count.
    pub votes: usize,
    /// Number of these that are favourites.
    pub favorites: usize,
    /// Others with as many votes and favourites that it beats head to head.
    pub wins: usize,
}

/// A proposal's place: where it stands in the slice that was ranked, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index into the ranked slice.
    pub index: usize,
    /// How it fits into the evening.
    pub fit: EveningFit,
    /// The criterion that decided.
    pub tally: Tally,
}

/// Ranks proposals by the votes of those for whom `counts` is true; best first, and those that
/// fit before those that may fit and those that do not.
///
/// The order of the input has no influence.
pub fn rank(
    proposals: &[Proposal],
    counts: impl Fn(usize) -> bool,
    fit: impl Fn(&Proposal) -> EveningFit,
) -> Vec<Place> {
    let mut places: Vec<Place> = proposals
        .iter()
        .enumerate()
        .map(|(index, proposal)| {
            let counted = || proposal.votes.iter().filter(|b| counts(b.voter));
            let votes = counted().count();
            let favorites = counted().filter(|b| b.favorite).count();
            Place { index, fit: fit(proposal), tally: Tally { votes, favorites, wins: 0 } }
        })
        .collect();
    let support = |p: &Place| (p.fit.group(), Reverse((p.tally.votes, p.tally.favorites)));
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

/// True when more of those who count prefer `a` to `b` than the other way round.
fn beats(a: &Proposal, b: &Proposal, counts: &impl Fn(usize) -> bool) -> bool {
    prefer(a, b, counts) > prefer(b, a, counts)
}

/// Number of those who count that prefer `a` to `b`: a favourite to a vote, and a vote to none.
fn prefer(a: &Proposal, b: &Proposal, counts: &impl Fn(usize) -> bool) -> usize {
    let counted = a.votes.iter().filter(|vote| counts(vote.voter));
    counted.filter(|vote| strength(Some(**vote)) > strength(b.vote_of(vote.voter))).count()
}

fn strength(vote: Option<Vote>) -> u8 {
    vote.map_or(0, |b| 1 + u8::from(b.favorite))
}

fn age(proposal: &Proposal) -> impl Ord + use<> {
    proposal.number
}

/// Puts the proposals into the board's order, in which everybody's vote counts.
pub fn sort(proposals: &mut Vec<Proposal>, fit: impl Fn(&Proposal) -> EveningFit) {
    let places = rank(proposals, |_| true, fit);
    let mut unsorted: Vec<Option<Proposal>> = proposals.drain(..).map(Some).collect();
    proposals.extend(places.iter().filter_map(|place| unsorted[place.index].take()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::evening::Misfit;
    use crate::model::{CacheEntry, ProposalNumber};
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;
    use time::UtcDateTime;

    const PEOPLE: usize = 6;

    fn proposal(id: usize, voters: impl IntoIterator<Item = usize>) -> Proposal {
        Proposal {
            number: ProposalNumber(id as i64),
            imdb_id: None,
            own_title: Some(format!("Movie {id}")),
            note: None,
            proposed_by: 0,
            proposed_at: UtcDateTime::UNIX_EPOCH,
            withdrawn_at: None,
            watched_at: None,
            votes: voters.into_iter().map(|voter| Vote { voter, favorite: false }).collect(),
            cache: CacheEntry::default(),
        }
    }

    /// Boards of a few movies, on which each person has at most one favourite.
    fn boards() -> impl Strategy<Value = Vec<Proposal>> {
        let votes = vec(btree_set(0..PEOPLE, 0..=PEOPLE), 1..8);
        (votes, vec(any::<Option<proptest::sample::Index>>(), PEOPLE)).prop_map(|(votes, favorites)| {
            let mut board: Vec<Proposal> = votes.into_iter().enumerate().map(|(i, v)| proposal(i, v)).collect();
            for (voter, favorite) in favorites.iter().enumerate() {
                let Some(favorite) = favorite else { continue };
                let movie = favorite.index(board.len());
                for vote in board[movie].votes.iter_mut().filter(|b| b.voter == voter) {
                    vote.favorite = true;
                }
            }
            board
        })
    }

    fn ids(board: &[Proposal], fits: impl Fn(&Proposal) -> bool) -> Vec<i64> {
        let fit = |p: &Proposal| if fits(p) { EveningFit::Fits } else { EveningFit::Misfit(Misfit::Genre) };
        rank(board, |_| true, fit).iter().map(|p| board[p.index].number.0).collect()
    }

    #[test]
    fn ties_are_settled_by_favourites_then_head_to_head_then_age() {
        let favor = |p: &mut Proposal, voter| p.votes.iter_mut().find(|b| b.voter == voter).unwrap().favorite = true;
        let mut board = vec![proposal(0, [0, 1]), proposal(1, [0, 2]), proposal(2, [1, 2])];
        assert_eq!(ids(&board, |_| true), [0, 1, 2], "the older first");
        favor(&mut board[2], 1);
        assert_eq!(ids(&board, |_| true), [2, 0, 1], "a favourite");
        favor(&mut board[1], 2);
        // One favourite each; person 2 votes for both and favours 1, person 1 has no vote for 1.
        assert_eq!(ids(&board, |_| true), [1, 2, 0], "head to head");
    }

    #[test]
    fn a_long_tie_is_ranked_quickly() {
        let board: Vec<Proposal> = (0..20_000).map(|i| proposal(i, 0..5)).collect();
        assert_eq!(ids(&board, |_| true).len(), 20_000);
    }

    proptest! {
        #[test]
        fn the_order_of_input_never_matters(board in boards(), seed in any::<u64>()) {
            let mut shuffled = board.clone();
            fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
            prop_assert_eq!(ids(&board, |_| true), ids(&shuffled, |_| true));
        }

        #[test]
        fn one_more_vote_never_hurts(board in boards(), movie in any::<proptest::sample::Index>()) {
            let movie = movie.index(board.len());
            let place = |b: &[Proposal]| ids(b, |_| true).iter().position(|id| *id == movie as i64);
            let before = place(&board);
            let mut after = board.clone();
            after[movie].votes.push(Vote { voter: PEOPLE, favorite: false });
            prop_assert!(place(&after) <= before);
        }

        #[test]
        fn the_first_is_always_among_those_that_fit(board in boards(), fitting in vec(any::<bool>(), 8)) {
            let fits = |p: &Proposal| fitting[p.number.0 as usize];
            let order = ids(&board, fits);
            let any_fits = board.iter().any(fits);
            prop_assert_eq!(any_fits, fitting[order[0] as usize]);
        }

        #[test]
        fn who_beats_all_others_on_votes_wins(board in boards()) {
            let votes = |id: i64| board[id as usize].votes.len();
            let most = board.iter().map(|p| p.votes.len()).max().unwrap();
            let leaders: Vec<i64> = board.iter().map(|p| p.number.0).filter(|id| votes(*id) == most).collect();
            if let [winner] = leaders[..] {
                prop_assert_eq!(ids(&board, |_| true)[0], winner);
            }
        }

        #[test]
        fn votes_never_fall_down_the_list(board in boards()) {
            let votes: Vec<usize> = ids(&board, |_| true).iter().map(|id| board[*id as usize].votes.len()).collect();
            prop_assert!(votes.is_sorted_by(|a, b| a >= b));
        }
    }
}
