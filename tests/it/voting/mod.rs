//! The rule by which the winner is picked, by itself and through the commands.

mod commands;
pub mod evening;
mod hidden;
mod noes;
mod rule;
mod seen;

use std::collections::BTreeMap;

use movienight::model::{Opinion, Opinions, OwnTitle, Proposal, ProposalNumber};
use serde_json::Value;
use time::UtcDateTime;

use crate::support::shared;

/// The opinions of people on movies, by the indexes of both.
pub type Ballots = BTreeMap<(usize, usize), Opinion>;

/// Returns a board of titles without IMDb ids, numbered from 1.
pub fn board(movies: usize, ballots: &Ballots) -> Vec<Proposal> {
    let opinions = |movie: usize| {
        let mut opinions = Opinions::default();
        for ((person, _), opinion) in ballots.iter().filter(|((_, other), _)| *other == movie) {
            opinions.add(*person, *opinion);
        }
        opinions
    };
    let movie = |at: usize| Proposal {
        own: Some(OwnTitle { title: format!("Movie {at}"), year: None, runtime_minutes: None }),
        opinions: opinions(at),
        ..Proposal::new(ProposalNumber(at as i64 + 1), UtcDateTime::UNIX_EPOCH)
    };
    (0..movies).map(movie).collect()
}

/// Returns the cases beside the project. `None`, with a note, if they are absent.
pub fn cases() -> Option<Vec<Case>> {
    let text = std::fs::read_to_string(shared("voting/cases.json")?).unwrap();
    let cases: Value = serde_json::from_str(&text).unwrap();
    Some(cases["cases"].as_array().unwrap().iter().map(Case::of).collect())
}

/// A board with the order that two independent programs found.
pub struct Case {
    pub name: String,
    pub movies: Vec<String>,
    pub people: Vec<String>,
    pub ballots: Ballots,
    /// The indexes of the people who are here. `None` if everybody counts.
    pub here: Option<Vec<usize>>,
    pub order: Vec<usize>,
    pub decided_by: Vec<String>,
    pub expected: Value,
}

impl Case {
    fn of(case: &Value) -> Self {
        let texts = |list: &Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let movies = texts(&case["movies"]);
        let by_person = case["ballots"].as_object().unwrap();
        let people: Vec<String> = by_person.keys().cloned().collect();
        let place = |names: &[String], name: &str| names.iter().position(|other| other == name).unwrap();
        let mut ballots = Ballots::new();
        for (person, ballot) in by_person.values().enumerate() {
            let mut set = |movie: &str, opinion| {
                ballots.insert((person, place(&movies, movie)), opinion);
            };
            texts(&ballot["yes"]).iter().for_each(|movie| set(movie, Opinion::Yes));
            texts(&ballot["no"]).iter().for_each(|movie| set(movie, Opinion::No));
            ballot["favorite"].as_str().into_iter().for_each(|movie| set(movie, Opinion::Favorite));
        }
        let here = case.get("here").map(|here| texts(here).iter().map(|name| place(&people, name)).collect());
        let expected = case["expected"].clone();
        let order = texts(&expected["order"]).iter().map(|movie| place(&movies, movie)).collect();
        let name = format!("case {}: {}", case["id"], case["name"]);
        Self { name, decided_by: texts(&expected["decided_by"]), movies, people, ballots, here, order, expected }
    }
}
