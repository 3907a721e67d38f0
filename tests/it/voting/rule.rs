//! The rule by itself: the cases beside the project, and what holds on every board.

use std::cmp::Reverse;

use movienight::model::evening::{EveningFit, Misfit};
use movienight::model::opinion::MAX_NOES;
use movienight::model::order::{RankedPlace, rank};
use movienight::model::{Opinion, Proposal, to_word};
use movienight::view::pick::Reasoning;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Ballots, board, cases};

const PEOPLE: usize = 6;

#[test]
fn the_order_agrees_with_the_reference_programs() {
    for case in cases().into_iter().flatten() {
        let counts = |person| case.here.as_ref().is_none_or(|here| here.contains(&person));
        let ranked = rank(&board(case.movies.len(), &case.ballots), counts, |_| EveningFit::Fits);
        let order: Vec<usize> = ranked.iter().map(|ranked| ranked.index).collect();
        assert_eq!(order, case.order, "{}", case.name);
        // The program says "votes" instead of "score" if neither movie has a no.
        let steps =
            ranked.iter().filter_map(|ranked| ranked.tie_break.map(|step| to_word(&step).replace("votes", "score")));
        assert_eq!(steps.collect::<Vec<_>>(), case.decided_by, "{}", case.name);
        for place in &ranked {
            let expected = &case.expected["movies"][&case.movies[place.index]];
            let tally = place.tally;
            let found =
                [tally.score(), tally.votes as i64, tally.noes as i64, tally.favorites as i64, tally.wins as i64];
            let names = ["score", "yes", "noes", "favorites", "wins_in_tie"];
            assert_eq!(found.map(Some), names.map(|name| expected[name].as_i64()), "{}", case.name);
        }
    }
}

#[test]
fn a_long_tie_is_ranked_quickly() {
    let movies = board(20_000, &Ballots::new());
    assert_eq!(rank(&movies, |_| true, |_| EveningFit::Fits).len(), 20_000);
}

/// Generates the ballots of [`PEOPLE`] people on 1 to 7 movies: at most one favourite and three noes each.
fn ballots(has_noes: bool) -> impl Strategy<Value = (usize, Ballots)> {
    (1..8usize).prop_flat_map(move |movies| {
        vec(vec(0..if has_noes { 4u8 } else { 3 }, movies), PEOPLE).prop_map(move |people| {
            let mut ballots = Ballots::new();
            for (person, opinions) in people.iter().enumerate() {
                let (mut favorites, mut noes) = (0, 0);
                for (movie, opinion) in opinions.iter().enumerate() {
                    let opinion = match opinion {
                        1 => Opinion::Yes,
                        2 if favorites == 0 => {
                            favorites = 1;
                            Opinion::Favorite
                        }
                        3 if noes < MAX_NOES => {
                            noes += 1;
                            Opinion::No
                        }
                        _ => continue,
                    };
                    ballots.insert((person, movie), opinion);
                }
            }
            (movies, ballots)
        })
    })
}

fn order(movies: &[Proposal]) -> Vec<i64> {
    ranked(movies).iter().map(|ranked| movies[ranked.index].number.0 - 1).collect()
}

fn ranked(movies: &[Proposal]) -> Vec<RankedPlace> {
    rank(movies, |_| true, |_| EveningFit::Fits)
}

fn place(movies: usize, ballots: &Ballots, movie: usize) -> usize {
    order(&board(movies, ballots)).iter().position(|other| *other == movie as i64).unwrap()
}

/// Returns the votes, noes and favourites of a movie, counted without the program.
fn counted(ballots: &Ballots, movie: usize) -> (usize, usize, usize) {
    let number = |wanted: &[Opinion]| {
        (0..PEOPLE).filter(|person| ballots.get(&(*person, movie)).is_some_and(|own| wanted.contains(own))).count()
    };
    (number(&[Opinion::Yes, Opinion::Favorite]), number(&[Opinion::No]), number(&[Opinion::Favorite]))
}

/// Returns the number of duels that a movie wins against others, counted without the program.
fn duels_won(ballots: &Ballots, movie: usize, others: &[usize]) -> usize {
    let liking = |person, movie| match ballots.get(&(person, movie)) {
        Some(Opinion::Favorite) => 3,
        Some(Opinion::Yes) => 2,
        None => 1,
        Some(Opinion::No) => 0,
    };
    let beats = |other: &&usize| {
        let likes = |a, b| (0..PEOPLE).filter(|person| liking(*person, a) > liking(*person, b)).count();
        likes(movie, **other) > likes(**other, movie)
    };
    others.iter().filter(beats).count()
}

/// Returns the order of a board by counting each movie, with the step that puts each before the next.
fn counted_order(movies: usize, ballots: &Ballots) -> Vec<(usize, &'static str)> {
    let standing = |movie: usize| {
        let (votes, noes, favorites) = counted(ballots, movie);
        (votes as i64 - noes as i64, Reverse(noes), favorites)
    };
    let tied =
        |movie: usize| -> Vec<usize> { (0..movies).filter(|other| standing(*other) == standing(movie)).collect() };
    let key = |movie: usize| (standing(movie), duels_won(ballots, movie, &tied(movie)), Reverse(movie));
    let mut order: Vec<usize> = (0..movies).collect();
    order.sort_by_key(|movie| Reverse(key(*movie)));
    let step = |pair: &[usize]| {
        let ((score, noes, favorites), wins, _) = key(pair[0]);
        let ((other_score, other_noes, other_favorites), other_wins, _) = key(pair[1]);
        match () {
            () if score != other_score => "score",
            () if noes != other_noes => "noes",
            () if favorites != other_favorites => "favorites",
            () if wins != other_wins => "head_to_head",
            () => "age",
        }
    };
    let steps: Vec<_> = order.windows(2).map(step).chain(["last"]).collect();
    order.into_iter().zip(steps).collect()
}

/// Returns the words that begin every reason: `5 votes and 1 no`.
fn standing(ballots: &Ballots, movie: usize) -> String {
    let (votes, noes, _) = counted(ballots, movie);
    let votes = format!("{votes} vote{}", if votes == 1 { "" } else { "s" });
    match noes {
        0 => votes,
        1 => format!("{votes} and 1 no"),
        n => format!("{votes} and {n} noes"),
    }
}

proptest! {
    #[test]
    fn the_order_matches_an_independent_count((movies, ballots) in ballots(true), seed in any::<u64>()) {
        let expected: Vec<i64> = counted_order(movies, &ballots).iter().map(|(movie, _)| *movie as i64).collect();
        let mut board = board(movies, &ballots);
        prop_assert_eq!(&order(&board), &expected);
        // The order of the rows does not matter.
        fastrand::Rng::with_seed(seed).shuffle(&mut board);
        prop_assert_eq!(&order(&board), &expected);
    }

    #[test]
    fn without_noes_more_votes_win_then_favourites_then_duels_then_age((movies, ballots) in ballots(false)) {
        let votes = |movie: usize| (counted(&ballots, movie).0, counted(&ballots, movie).2);
        let tied = |movie: usize| -> Vec<usize> { (0..movies).filter(|other| votes(*other) == votes(movie)).collect() };
        let mut expected: Vec<usize> = (0..movies).collect();
        expected.sort_by_key(|movie| {
            // Among movies with equal votes and no favourite, nobody wins a duel.
            let wins = if votes(*movie).1 > 0 { duels_won(&ballots, *movie, &tied(*movie)) } else { 0 };
            (Reverse(votes(*movie)), Reverse(wins), *movie)
        });
        let order: Vec<usize> = order(&board(movies, &ballots)).iter().map(|movie| *movie as usize).collect();
        prop_assert_eq!(order, expected);
    }

    #[test]
    fn a_no_never_helps_and_a_yes_never_hurts(
        (movies, ballots) in ballots(true), movie in any::<proptest::sample::Index>(), person in 0..=PEOPLE,
    ) {
        let movie = movie.index(movies);
        let with = |opinion: Option<Opinion>| {
            let mut ballots = ballots.clone();
            // A favourite is added without taking it from another movie, as the program would.
            ballots.remove(&(person, movie));
            ballots.extend(opinion.map(|opinion| ((person, movie), opinion)));
            place(movies, &ballots, movie)
        };
        prop_assert!(with(Some(Opinion::No)) >= with(None));
        prop_assert!(with(None) >= with(Some(Opinion::Yes)));
        prop_assert!(with(Some(Opinion::Yes)) >= with(Some(Opinion::Favorite)));
    }

    #[test]
    fn the_reason_is_the_step_that_decided((movies, ballots) in ballots(true)) {
        let board = board(movies, &ballots);
        let ranking = ranked(&board);
        let reason = Reasoning { proposals: &board, ranking: &ranking, winner: 0, drawn: None, from_here: "", misfit: None };
        let reason = reason.to_sentences();
        let counted_order = counted_order(movies, &ballots);
        let (winner, step) = counted_order[0];
        let own = standing(&ballots, winner);
        let Some((other, _)) = counted_order.get(1).copied() else {
            prop_assert_eq!(reason, format!("The only movie on the board, with {own}."));
            return Ok(());
        };
        let (score, noes) = (counted(&ballots, winner).0 as i64 - counted(&ballots, winner).1 as i64, counted(&ballots, winner).1);
        let (others_votes, others_noes, others_favorites) = counted(&ballots, other);
        let theirs = standing(&ballots, other);
        let name = format!("Movie {other}");
        let more = score - (others_votes as i64 - others_noes as i64);
        let expected = match step {
            "score" if noes == others_noes => format!("{own}, {more} more than {name}."),
            "score" => {
                let score = |standing: &str| standing.replace(" and ", " minus ");
                format!("{}, {more} more than {name}, which has {}.", score(&own), score(&theirs))
            }
            "noes" => format!("{own}, the same score as {name} with {theirs}; it has fewer noes: {noes} to {others_noes}."),
            "favorites" => {
                let favorites = counted(&ballots, winner).2;
                format!("{own}, as many as {name}; it has more favourites: {favorites} to {others_favorites}.")
            }
            "head_to_head" => {
                let (votes, noes, favorites) = counted(&ballots, winner);
                let words = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
                let mut tied = vec![words(votes, "vote", "votes")];
                tied.extend((noes > 0).then(|| words(noes, "no", "noes")));
                tied.extend((favorites > 0).then(|| words(favorites, "favourite", "favourites")));
                let last = tied.pop().unwrap();
                let and = if tied.is_empty() { "" } else { " and " };
                let begins = format!("Tied with {name} on {}{and}{last}; ", tied.join(", "));
                prop_assert!(reason.starts_with(&begins) && reason.contains("it wins more often head-to-head: "), "{}", reason);
                return Ok(());
            }
            _ => {
                prop_assert!(reason.starts_with("Tied with ") && reason.ends_with("because it was proposed first."), "{}", reason);
                return Ok(());
            }
        };
        prop_assert_eq!(reason, expected);
    }

    #[test]
    fn the_winner_fits_if_any_movie_fits((movies, ballots) in ballots(true), fitting in vec(any::<bool>(), 8)) {
        let board = board(movies, &ballots);
        let fit = |movie: &Proposal| match fitting[movie.number.0 as usize - 1] {
            true => EveningFit::Fits,
            false => EveningFit::Misfit(Misfit::Genre),
        };
        let first = rank(&board, |_| true, fit)[0].index;
        prop_assert_eq!(fitting[..movies].contains(&true), fitting[first]);
    }
}
