//! A source with less data stands in for a better one, and takes nothing away.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::server::{Reply, Server, made_up, titles};

/// Starts an imdbapi with detailed data, which fails while `down` is set.
fn imdbapi(down: &Arc<AtomicBool>) -> Server {
    let down = Arc::clone(down);
    Server::start(move |path| {
        if down.load(Ordering::SeqCst) {
            return Reply::status(500, &json!({}));
        }
        titles(path, |id| {
            let mut title = made_up(id);
            title["originalTitle"] = "Der Untergang".into();
            title["stars"] = json!([{"displayName": "Bruno Ganz"}]);
            Some(title)
        })
    })
}

fn movie(friends: &Friends) -> Value {
    friends.run("show 1 --json").json()
}

#[test]
fn values_of_a_better_source_are_kept() {
    let down = Arc::new(AtomicBool::new(false));
    let (imdbapi, cinemeta) = (imdbapi(&down), Server::cinemeta());
    let friends = Friends::with_two_sources(&imdbapi.url(), &cinemeta.url()).impatient();
    friends.run("propose tt0000012").ok();
    let before = movie(&friends);
    down.store(true, Ordering::SeqCst);
    friends.later(Duration::from_secs(24 * 3600));
    friends.run("cache refresh").ok();
    let after = movie(&friends);
    assert_eq!(after["source"], "cinemeta");
    assert_eq!(after["cache"], "fresh");
    for kept in ["title", "original_title", "rating", "rating_count", "type", "genres", "plot", "runtime_minutes"] {
        assert!(!before[kept].is_null(), "{kept}");
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    assert_eq!((&before["directors"], &after["stars"]), (&json!([]), &json!(["Bruno Ganz"])));
    friends.run("vote untergang --as Ben").ok();
}

#[test]
fn a_better_source_that_failed_is_asked_again_when_it_is_up() {
    let down = Arc::new(AtomicBool::new(true));
    let (imdbapi, cinemeta) = (imdbapi(&down), Server::cinemeta());
    let friends = Friends::with_two_sources(&imdbapi.url(), &cinemeta.url()).impatient();
    friends.run("propose tt0000012").ok();
    assert_eq!(movie(&friends)["source"], "cinemeta");
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["cache"], "fresh");
    down.store(false, Ordering::SeqCst);
    friends.later(Duration::from_secs(3600 - 1));
    let asked = cinemeta.count();
    friends.run("page --markdown").ok();
    assert_eq!(movie(&friends)["source"], "cinemeta", "a source that fails is left alone for an hour");
    friends.later(Duration::from_secs(1));
    friends.run("page --markdown").ok();
    assert_eq!(movie(&friends)["source"], "imdbapi");
    assert_eq!(cinemeta.count(), asked);
}

#[test]
fn a_better_source_that_does_not_know_a_title_is_not_asked_again() {
    let unknowing = Server::start(|path| titles(path, |_| None));
    let cinemeta = Server::cinemeta();
    let friends = Friends::with_two_sources(&unknowing.url(), &cinemeta.url());
    friends.run("propose tt0000012").ok();
    let asked = unknowing.count();
    friends.later(Duration::from_secs(2 * 3600));
    assert!(friends.run("cache refresh").ok().out.contains("up to date"));
    assert_eq!(unknowing.count(), asked);
}
