//! The problems of a cache, on both sides of their edges.

use movienight::cache::health::examine;
use movienight::config::Config;
use movienight::model::change::{IfWatched, NewProposal};
use movienight::model::{FetchOutcome, Fetched, ImdbId, Title, VoterName};
use movienight::render::health::in_words;
use movienight::sources::Settings;
use movienight::state::{BoardLoad, RequestRecord, SourceState, State};
use movienight::store::Store;
use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};

use crate::support::Friends;

const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);
/// Six hours between refreshes, and an hour for the refresh.
const REFRESHES_EVERY: Duration = Duration::hours(7);
const TOO_OLD: Duration = Duration::hours(48);

/// Returns the problems of a board, with this `sources` setting and the state that `remember` records.
fn problems(sources: &str, store: &mut Store, remember: impl FnOnce(&State)) -> Vec<String> {
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_SOURCES", sources);
    let env = friends.env();
    let settings = Settings::new(&env, &Config::read(&env, None, |_| None)).unwrap();
    let state = State::new(Some(friends.folder.path().join("remembered")), "here");
    remember(&state);
    let problems = examine(store, &settings, &state, None, NOW).unwrap().problems;
    problems.iter().map(|problem| in_words(problem).to_string()).collect()
}

/// Returns the problems of an empty board with one source.
fn remembered(remember: impl FnOnce(&State)) -> Vec<String> {
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
    assert!(check(0, 19).is_empty());
    assert!(check(19, 20).is_empty());
    let problem = "only 90 % of the lookups of the last 24 hours found fresh data: \
                   run movienight cache refresh every few hours, from cron";
    assert_eq!(check(18, 20), [problem]);
}

#[test]
fn the_remedy_for_a_low_hit_rate_depends_on_its_cause() {
    let of_board = |missing: &[NewProposal], since, failed: usize| {
        let mut store = Store::in_memory().unwrap();
        let ana = VoterName::parse("Ana").unwrap();
        store.propose(&ana, NOW, missing, IfWatched::Refuse, None, &[]).unwrap();
        problems("imdbapi", &mut store, |state| {
            state.record_refresh(NOW - since);
            let requests: Vec<_> = (0..failed).map(|_| request(NOW - Duration::hours(2), Some("no"))).collect();
            state.record_requests(&requests);
            state.record_board_load(NOW, load(0, 20));
        })
    };
    let missing = [NewProposal::Imdb(ImdbId::parse("tt0000012").unwrap())];
    let cause = |since, failed| of_board(&missing, since, failed);
    let expected = |remedy: &str| [format!("only 0 % of the lookups of the last 24 hours found fresh data: {remedy}")];
    let (all, catches_up) = ("if cron runs it with --limit, leave that out", "the next refresh catches up");
    assert_eq!(cause(REFRESHES_EVERY, 0), expected(&format!("run movienight cache refresh; {all}")));
    assert_eq!(cause(REFRESHES_EVERY, 2), expected(&format!("run movienight cache refresh; {all}")), "an accident");
    assert_eq!(cause(REFRESHES_EVERY, 3), expected(&format!("sources failed (see the last error); {catches_up}")));
    let remedy = "run movienight cache refresh every few hours, from cron";
    assert_eq!(cause(REFRESHES_EVERY + Duration::SECOND, 1), expected(remedy));
    assert_eq!(
        of_board(&[], Duration::MINUTE, 3),
        expected(&format!("all titles are fresh now; to keep them so, {remedy}")),
        "a view has refreshed everything, too late for it"
    );
}

#[test]
fn three_failed_requests_in_an_hour_without_an_answer_are_a_problem() {
    let check = |failed: usize, answered: usize| {
        let errors = std::iter::repeat_n(Some("no"), failed).chain(std::iter::repeat_n(None, answered));
        let requests: Vec<_> = errors.map(|error| request(NOW, error)).collect();
        remembered(|state| state.record_requests(&requests))
    };
    assert!(check(2, 0).is_empty() && check(3, 1).is_empty());
    let remedy = "see the last error, and check the network and MOVIENIGHT_SOURCES";
    assert_eq!(check(3, 0), [format!("all 3 requests of the last hour failed: {remedy}")]);
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
    assert!(check(TOO_OLD).is_empty());
    let problem = "the oldest data is 48 hours old: run movienight cache refresh to see why";
    assert_eq!(check(TOO_OLD + Duration::SECOND), [problem]);
}

#[test]
fn one_source_that_is_not_down_is_enough() {
    let down = |name| SourceState { down_until: Some(NOW + Duration::HOUR), ..SourceState::new(name) };
    let check = |states: &[SourceState]| {
        problems("imdbapi,cinemeta", &mut Store::in_memory().unwrap(), |state| state.save_source_states(states))
    };
    assert!(check(&[down("imdbapi")]).is_empty(), "the other one is not used yet");
    assert!(check(&[down("imdbapi"), SourceState::new("cinemeta")]).is_empty(), "the other one is up");
    let problems = check(&[down("imdbapi"), down("cinemeta")]);
    assert!(problems.len() == 1 && problems[0].starts_with("no source delivers data"), "{problems:?}");
}
