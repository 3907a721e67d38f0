//! Every kind of change, undone and redone in turn.

use crate::voting::evening::{friends, library};

#[test]
fn every_change_can_be_undone_and_redone_in_turn() {
    let server = library();
    let friends = friends(&server);
    if friends.is_on_server() {
        // The test reads whole tables of a file.
        return;
    }
    let dump = || {
        let conn = rusqlite::Connection::open(friends.db()).unwrap();
        let mut rows = Vec::new();
        // People whose changes were all undone are still stored, but nobody sees them.
        let voters = "voters WHERE removed_at IS NULL AND id IN (SELECT voter_id FROM votes
                      UNION SELECT proposed_by FROM proposals UNION SELECT voter_id FROM attendance
                      UNION SELECT voter_id FROM notes UNION SELECT voter_id FROM seen)";
        for table in ["proposals", "votes", voters, "attendance", "notes", "seen"] {
            let mut query = conn.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
            let columns = query.column_count();
            let row = |row: &rusqlite::Row<'_>| (0..columns).map(|c| row.get::<_, rusqlite::types::Value>(c)).collect();
            rows.extend(query.query_map([], row).unwrap().collect::<rusqlite::Result<Vec<Vec<_>>>>().unwrap());
        }
        rows
    };
    let changes = [
        "vote 1 2 --as Ben",
        "vote --favorite two --as Ben",
        "vote --favorite three --as Ben",
        "unvote three --as Ben",
        "withdraw two",
        "propose tt0000002 --as Cleo --note again",
        "seen three --as Ben",
        "seen --not three --as Ben",
        "watched one --here Ben,Dan",
        "propose tt0000001 --again --as Zoë",
        "voters rename Cleo Clea",
        "voters merge Ben Ana",
        "voters remove Zoë",
    ];
    let mut states = Vec::new();
    for line in changes {
        states.push(dump());
        friends.later(std::time::Duration::from_secs(60));
        friends.run(line).ok();
        assert_ne!(&dump(), states.last().unwrap(), "{line}");
    }
    let last = dump();
    assert_eq!(friends.run("undo --list").ok().out.lines().count(), 10);
    for (line, state) in changes.iter().zip(&states).rev() {
        let ran = friends.run("undo --any").ok();
        assert!(ran.out.starts_with("Undid: "), "{}", ran.out);
        assert_eq!(&dump(), state, "{line}");
    }
    assert_eq!(
        friends.run("undo").ok().out,
        "Undid: Ana proposed One (2001), Two (2001) and Three (2001), 13 minutes ago\n"
    );
    assert!(friends.run("undo").fails().contains("there is nothing to undo"));
    for _ in 0..=changes.len() {
        assert!(friends.run("redo").ok().out.starts_with("Redid: "));
    }
    assert_eq!(dump(), last);
    assert!(friends.run("redo").fails().contains("Ana has nothing to redo"));
}

#[test]
fn a_command_without_effect_records_no_change() {
    let server = library();
    let friends = friends(&server);
    friends.run("vote 1 --as Ana").ok();
    friends.run("unvote 1 --as Ben").ok();
    friends.run("propose tt0000001 --as Ana").ok();
    assert_eq!(friends.run("undo --list --json").json()["changes"].as_array().unwrap().len(), 1);
}
