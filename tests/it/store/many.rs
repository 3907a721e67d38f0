//! Many processes at once: every confirmed vote is stored, and no process fails. Uses the real binary.

use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Friends, lock_for_heavy_tests};

const PROCESSES: usize = 64;
/// Fewer processes on a server, where each also takes a process of the server: a machine with two cores must be done
/// with all of them within the time that one command waits.
const PROCESSES_ON_SERVER: usize = 32;

fn processes(friends: &Friends) -> usize {
    if friends.is_on_server() { PROCESSES_ON_SERVER } else { PROCESSES }
}

/// How long a command waits for the lock of a file. One that is refused earlier has not waited for the others.
const WAITED: Duration = Duration::from_secs(10);
/// The shortest wait for a server: while all its connections are taken, a command waits at most half of its timeout.
const WAITED_ON_SERVER: Duration = Duration::from_millis(2500);
/// Parts of the errors after waiting, for a file and for a server.
const WAITING: [&str; 5] = [
    "is locked by another program",
    "another change is taking too long",
    "its server cancelled the statement",
    "did not answer within",
    "has no free connection (",
];

/// Starts a command for each number, all at once, and asserts that none of them fails. A command that has waited as
/// long as it may, on a machine that was too slow, is run once more.
#[track_caller]
fn all_succeed(friends: &Friends, count: usize, line: impl Fn(usize) -> String) {
    let _turn = lock_for_heavy_tests();
    let start = |n| {
        let mut command = friends.command();
        command.args(line(n).split_whitespace()).env("MOVIENIGHT_OFFLINE", "1");
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children: Vec<(Instant, Child)> = (0..count).map(|n| (Instant::now(), start(n))).collect();
    let ended: Vec<(Duration, Output)> = std::thread::scope(|scope| {
        let wait = |(begin, child): (Instant, Child)| {
            scope.spawn(move || {
                let output = child.wait_with_output().unwrap();
                (begin.elapsed(), output)
            })
        };
        let waiting: Vec<_> = children.into_iter().map(wait).collect();
        waiting.into_iter().map(|child| child.join().unwrap()).collect()
    });
    let waited = if friends.is_on_server() { WAITED_ON_SERVER } else { WAITED };
    let (done, refused): (Vec<_>, Vec<_>) =
        ended.into_iter().enumerate().partition(|(_, (_, output))| output.status.success());
    let person = |n: usize| line(n).split_once("--as ").map(|(_, person)| person.to_owned());
    let voters: Vec<String> = done.iter().filter_map(|(n, _)| person(*n)).collect();
    for (n, (took, output)) in refused {
        let error = String::from_utf8_lossy(&output.stderr);
        let has_waited = took >= waited && WAITING.iter().any(|words| error.contains(words));
        assert!(has_waited, "{} after {took:?}: {output:?}", line(n));
        if let Some(person) = person(n) {
            assert!(error.contains("nothing was stored"), "{}: {output:?}", line(n));
            let board = friends.run("vote --json").ok().out;
            assert!(
                voters.contains(&person) || !board.contains(&format!("\"{person}\"")),
                "{person} has a vote: {output:?}"
            );
        }
        let output = start(n).wait_with_output().unwrap();
        assert!(output.status.success(), "{}: {output:?}", line(n));
    }
}

#[test]
fn concurrent_first_commands_create_one_database() {
    for _ in 0..3 {
        let friends = Friends::offline();
        let count = processes(&friends);
        all_succeed(&friends, count, |n| format!("propose tt0000012 --as Friend{n}"));
        assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
        assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), count as i64);
        assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
    }
}

#[test]
fn concurrent_votes_proposals_and_views_all_succeed() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013").ok();
    let count = processes(&friends);
    all_succeed(&friends, count, |n| match n % 4 {
        0 => format!("propose tt{:07} --as Friend{n}", 100 + n),
        1 => format!("vote tt0000012 --as Friend{n}"),
        2 => format!("vote --favorite tt0000013 --as Friend{n}"),
        _ => "vote".to_owned(),
    });
    let votes_of = |id: &str| {
        let sql = format!("SELECT count(*) FROM votes JOIN proposals p ON p.id = proposal_id WHERE imdb_id = '{id}'");
        friends.sql::<i64>(&sql)
    };
    let of_each = count as i64 / 4;
    assert_eq!((votes_of("tt0000012"), votes_of("tt0000013")), (1 + of_each, 1 + of_each));
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 2 + of_each);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#[test]
fn concurrent_votes_of_one_person_leave_one_favourite() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013").ok();
    let ids = ["tt0000012", "tt0000013"];
    all_succeed(&friends, 32, |n| format!("vote --favorite {} --as Ben", ids[n % 2]));
    let ben = "voter_id = (SELECT id FROM voters WHERE name = 'Ben')";
    assert_eq!(friends.sql::<i64>(&format!("SELECT count(*) FROM votes WHERE {ben}")), 2);
    assert_eq!(friends.sql::<i64>(&format!("SELECT count(*) FROM votes WHERE opinion = 'favorite' AND {ben}")), 1);
}
