//! Databases of earlier versions, and of every step on the way, open and keep what they hold.

use std::path::Path;

use crate::support::Friends;

mod embedded {
    refinery::embed_migrations!("migrations");
}

#[test]
fn a_database_of_the_first_version_opens() {
    let friends = Friends::offline().in_file();
    std::fs::create_dir_all(friends.db().parent().unwrap()).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/database-v5.sql");
    friends.execute(&std::fs::read_to_string(path).unwrap());
    let board = friends.run("vote --json").json();
    let titles: Vec<&str> =
        board["proposals"].as_array().unwrap().iter().map(|p| p["title"].as_str().unwrap_or("?")).collect();
    assert_eq!(titles, ["Movie number 0000013", "Movie number 0000015", "Ana's wedding video"]);
    assert_eq!(board["proposals"][0]["favorite_of"], serde_json::json!(["Zoë"]));
    let history = friends.run("history --json").json();
    assert_eq!(history["watched"][0]["present"], serde_json::json!(["Ana", "Ben"]));
    assert_eq!(friends.run("undo --list").ok().out.lines().count(), 8);
    for line in
        ["vote 2 --as Ben", "propose tt0000014 --as Ben", "undo --any", "redo", "watched 2", "cache stats", "pick"]
    {
        friends.run(line).ok();
    }
    assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
}

/// Makes a database as it was after so many migrations, with one proposal of Ana's. Versions before 6 had a write-ahead
/// log.
pub fn make(friends: &Friends, version: i64) {
    std::fs::create_dir_all(friends.db().parent().unwrap()).unwrap();
    let conn = rusqlite::Connection::open(friends.db()).unwrap();
    let mode = if version < 6 { "wal" } else { "delete" };
    conn.pragma_update(None, "journal_mode", mode).unwrap();
    conn.execute_batch(
        "CREATE TABLE refinery_schema_history(version int4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255),
             checksum VARCHAR(255))",
    )
    .unwrap();
    let mut migrations = embedded::migrations::runner().get_migrations().clone();
    migrations.sort_by_key(refinery::Migration::version);
    for migration in migrations.iter().filter(|m| i64::from(m.version()) <= version) {
        conn.execute_batch(migration.sql().unwrap()).unwrap();
        conn.execute(
            "INSERT INTO refinery_schema_history VALUES (?1, ?2, '2026-11-22T16:17:05Z', ?3)",
            rusqlite::params![migration.version(), migration.name(), migration.checksum().to_string()],
        )
        .unwrap();
    }
    conn.execute_batch(
        "INSERT INTO voters (name, name_key) VALUES ('Ana', 'ana');
         INSERT INTO proposals (imdb_id, proposed_by, proposed_at) VALUES ('tt0000012', 1, 1795000000);
         INSERT INTO votes (proposal_id, voter_id, voted_at) VALUES (1, 1, 1795000000);",
    )
    .unwrap();
    if version >= 6 {
        conn.execute_batch("UPDATE counters SET last_number = 1, last_voter = 1").unwrap();
    }
}

#[test]
fn every_step_on_the_way_is_brought_up_to_date() {
    let newest = movienight::store::SCHEMA_VERSION;
    for version in 1..=newest {
        let friends = Friends::offline().in_file();
        make(&friends, version);
        assert_eq!(friends.sql::<i64>("PRAGMA user_version"), version, "each migration sets its own");
        let board = friends.run("vote --json").json();
        assert_eq!(board["proposals"][0]["voters"], serde_json::json!(["Ana"]), "from {version}");
        assert_eq!(friends.sql::<i64>("PRAGMA user_version"), newest);
        assert_eq!(friends.sql::<String>("PRAGMA journal_mode"), "delete");
    }
}
