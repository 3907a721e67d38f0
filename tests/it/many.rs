//! Many at once: every confirmed vote is there, and nobody fails. With the real binary.

use std::process::{Child, Stdio};

use crate::support::Friends;

const PROCESSES: usize = 64;

fn start(friends: &Friends, args: &[&str]) -> Child {
    let mut command = friends.command();
    command.args(args).env("MOVIENIGHT_OFFLINE", "1").stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[track_caller]
fn all_succeed(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn a_new_database_is_made_by_whoever_comes_first() {
    for _ in 0..5 {
        let friends = Friends::offline();
        let name = |n: usize| format!("Friend {n}");
        let children = (0..PROCESSES).map(|n| start(&friends, &["propose", "tt0000012", "--as", &name(n)])).collect();
        all_succeed(children);
        assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
        assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), PROCESSES as i64);
        assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
    }
}

#[test]
fn an_old_database_is_migrated_by_whoever_comes_first() {
    let friends = Friends::offline().in_file();
    crate::versions::make(&friends, 1);
    let children = (0..PROCESSES).map(|n| start(&friends, &["vote", "1", "--as", &format!("Friend {n}")]));
    all_succeed(children.collect());
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 1 + PROCESSES as i64);
}

#[test]
fn an_old_database_whose_log_holds_votes_is_converted_by_whoever_comes_first() {
    for _ in 0..3 {
        let mut friends = Friends::offline();
        let path = crate::one_file::with_log(&friends);
        friends.set("MOVIENIGHT_DB", &path);
        let children = (0..PROCESSES).map(|n| match n % 2 {
            0 => start(&friends, &["vote"]),
            _ => start(&friends, &["vote", "1", "--as", &format!("Friend {n}")]),
        });
        all_succeed(children.collect());
        // Whoever meets no other converts it; with all at once it may be that nobody did.
        let board = friends.run("vote --json").json();
        assert_eq!(board["proposals"][0]["votes"], 2 + PROCESSES as i64 / 2);
        assert!(!path.with_file_name("old.db-wal").exists());
    }
}

#[test]
fn votes_proposals_and_looks_do_not_get_into_each_others_way() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013").ok();
    let children = (0..PROCESSES).map(|n| {
        let (id, name) = (format!("tt{:07}", 100 + n), format!("Friend {n}"));
        match n % 4 {
            0 => start(&friends, &["propose", &id, "--as", &name]),
            1 => start(&friends, &["vote", "tt0000012", "--as", &name]),
            2 => start(&friends, &["vote", "--favorite", "tt0000013", "--as", &name]),
            _ => start(&friends, &["vote"]),
        }
    });
    all_succeed(children.collect());
    let votes_of = |id: &str| {
        let sql = format!("SELECT count(*) FROM votes JOIN proposals p ON p.id = proposal_id WHERE imdb_id = '{id}'");
        friends.sql::<i64>(&sql)
    };
    assert_eq!((votes_of("tt0000012"), votes_of("tt0000013")), (17, 17));
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 18);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#[test]
fn one_person_in_a_hurry_has_one_vote_and_one_favourite() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013").ok();
    let ids = ["tt0000012", "tt0000013"];
    let children = (0..32).map(|n| start(&friends, &["vote", "--favorite", ids[n % 2], "--as", "Ben"]));
    all_succeed(children.collect());
    let ben = "voter_id = (SELECT id FROM voters WHERE name = 'Ben')";
    assert_eq!(friends.sql::<i64>(&format!("SELECT count(*) FROM votes WHERE {ben}")), 2);
    assert_eq!(friends.sql::<i64>(&format!("SELECT count(*) FROM votes WHERE favorite = 1 AND {ben}")), 1);
}
