//! Processes killed at random moments: what was confirmed is stored, and nothing is half-done. Uses the real binary.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use crate::support::Friends;
use crate::support::server::Server;

/// Kills `times` processes, each within 12 milliseconds or once it has confirmed.
fn kill_often(times: usize) {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url()).in_file();
    friends.vars.remove("MOVIENIGHT_OFFLINE");
    let mut confirmed = BTreeSet::new();
    let mut confirmed_ever = 0;
    for n in 0..times {
        let id = format!("tt{:07}", 1000 + n);
        // Every tenth process starts without a database and may be killed while it makes one.
        if n % 10 == 0 {
            let _ = std::fs::remove_dir_all(friends.db().parent().unwrap());
            confirmed.clear();
        }
        let args: Vec<&str> = match n % 5 {
            0 | 1 => vec!["propose", &id],
            2 => vec!["propose", &id, "--offline"],
            3 => vec!["cache", "refresh", "--all"],
            _ => vec!["vote", "1", "--as", "Ben"],
        };
        let mut child = friends.command().args(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Some are killed as soon as they have confirmed. On a slow machine, the others never get that far.
        let mut line = if n % 5 == 1 { lines.next() } else { None };
        if line.is_none() {
            std::thread::sleep(Duration::from_micros(fastrand::u64(0..12_000)));
        }
        let _ = child.kill();
        line = line.or_else(|| lines.next());
        child.wait().unwrap();
        if let Some(Ok(line)) = line
            && line.starts_with("Proposed")
        {
            confirmed.insert(id);
            confirmed_ever += 1;
        }
        if n % 10 == 9 {
            check(&friends, &confirmed);
        }
    }
    assert!(confirmed_ever >= times / 5, "{confirmed_ever} of {times} were confirmed");
}

fn check(friends: &Friends, confirmed: &BTreeSet<String>) {
    let board = friends.run("vote --json --offline").json();
    if confirmed.is_empty() && std::fs::metadata(friends.db()).map_or(true, |meta| meta.len() == 0) {
        return;
    }
    let ids: BTreeSet<&str> =
        board["proposals"].as_array().unwrap().iter().map(|p| p["imdb_id"].as_str().unwrap()).collect();
    for id in confirmed {
        assert!(ids.contains(id.as_str()), "{id} was confirmed and is gone");
    }
    assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let halves = "SELECT count(*) FROM proposals p WHERE NOT EXISTS (SELECT 1 FROM votes WHERE proposal_id = p.id)";
    assert_eq!(friends.sql::<i64>(halves), 0, "a proposal counts as a vote, or is not there");
}

#[test]
fn confirmed_changes_survive_a_kill() {
    kill_often(60);
}

#[test]
#[ignore = "takes half a minute"]
fn confirmed_changes_survive_thousands_of_kills() {
    kill_often(3000);
}
