//! The problems of a cache, on both sides of their edges.

use movienight::cache::health::{Cause, Problem, examine};
use movienight::config::Config;
use movienight::model::change::{IfWatched, NewProposal};
use movienight::model::{FetchOutcome, Fetched, ImdbId, Title, VoterName};
use movienight::sources::Settings;
use movienight::state::{BoardLoad, RequestRecord, SourceState, State};
use movienight::store::Store;
use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};

use crate::support::Friends;

const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);
/// A refresh every six hours, and some time for it.
const REFRESHES_EVERY: Duration = Duration::hours(7);
const TOO_OLD: Duration = Duration::hours(48);

/// The problems of a board, with what this machine remembers and with the sources of that setting.
fn problems(sources: &str, store: &mut Store, remember: impl FnOnce(&State)) -> Vec<Problem> {
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_SOURCES", sources);
    let env = friends.env();
    let settings = Settings::new(&env, &Config::read(&env, None, |_| None)).unwrap();
    let state = State::new(Some(friends.folder.path().join("remembered")), "here");
    remember(&state);
    examine(store, &settings, &state, None, NOW).unwrap().problems
}

/// The problems of an empty board with one source.
fn remembered(remember: impl FnOnce(&State)) -> Vec<Problem> {
    problems("imdbapi", &mut Store::in_memory().unwrap(), remember)
}

fn load(fresh: u32, all: u32) -> BoardLoad {
    BoardLoad { fresh, stale: all - fresh, missing: 0, micros: 1 }
}

fn request(at: UtcDateTime, error: Option<&str>) -> RequestRecord {
    (at, error.map(str::to_owned))
}

#[test]
fn the_hit_rate_counts_from_twenty_lookups_on() {
    let check = |fresh, all| remembered(|state| state.record_board_load(NOW, load(fresh, all)));
    assert_eq!(check(0, 19), []);
    assert_eq!(check(19, 20), []);
    assert_eq!(check(18, 20), [Problem::HitRate(0.9, Cause::NotRefreshed)]);
}

#[test]
fn a_low_hit_rate_has_the_remedy_of_its_cause() {
    let cause = |since, failed: usize| {
        remembered(|state| {
            state.record_refresh(NOW - since);
            let requests: Vec<_> = (0..failed).map(|_| request(NOW - Duration::hours(2), Some("no"))).collect();
            state.record_requests(&requests);
            state.record_board_load(NOW, load(0, 20));
        })
    };
    let expected = |cause| [Problem::HitRate(0.0, cause)];
    assert_eq!(cause(REFRESHES_EVERY, 0), expected(Cause::LeftOut));
    assert_eq!(cause(REFRESHES_EVERY, 1), expected(Cause::SourcesFailed));
    assert_eq!(cause(REFRESHES_EVERY + Duration::SECOND, 1), expected(Cause::NotRefreshed));
}

#[test]
fn three_failed_requests_in_an_hour_without_an_answer_are_a_problem() {
    let check = |failed: usize, answered: usize| {
        let errors = std::iter::repeat_n(Some("no"), failed).chain(std::iter::repeat_n(None, answered));
        let requests: Vec<_> = errors.map(|error| request(NOW, error)).collect();
        remembered(|state| state.record_requests(&requests))
    };
    assert_eq!((check(2, 0), check(3, 1)), (vec![], vec![]));
    assert_eq!(check(3, 0), [Problem::AllFailed(3)]);
}

#[test]
fn data_may_be_48_hours_old_and_no_older() {
    let check = |age| {
        let mut store = Store::in_memory().unwrap();
        let id = ImdbId::parse("tt0000012").unwrap();
        let title = Title { title: "Heat".into(), ..Title::default() };
        let outcome = FetchOutcome::Found { title: Box::new(title), source: "imdbapi".into(), better_failed: None };
        let (ana, movies) = (VoterName::parse("Ana").unwrap(), [NewProposal::Imdb(id)]);
        store.propose(&ana, NOW - age, &movies, IfWatched::Refuse, None, &[Fetched { id, outcome }]).unwrap();
        problems("imdbapi", &mut store, |_| ())
    };
    assert_eq!(check(TOO_OLD), []);
    assert_eq!(check(TOO_OLD + Duration::SECOND), [Problem::OldData(TOO_OLD + Duration::SECOND)]);
}

#[test]
fn one_source_that_is_not_down_is_enough() {
    let down = |name| SourceState { down_until: Some(NOW + Duration::HOUR), ..SourceState::new(name) };
    let check = |states: &[SourceState]| {
        problems("imdbapi,cinemeta", &mut Store::in_memory().unwrap(), |state| state.save_source_states(states))
    };
    assert_eq!(check(&[down("imdbapi")]), [], "the other one is not used yet");
    assert_eq!(check(&[down("imdbapi"), SourceState::new("cinemeta")]), [], "the other one is up");
    assert_eq!(check(&[down("imdbapi"), down("cinemeta")]), [Problem::NoSource]);
}
