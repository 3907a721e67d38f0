//! Databases of earlier versions, and of every step on the way, open and keep what they hold.

use std::path::Path;

use crate::support::Friends;

mod embedded {
    refinery::embed_migrations!("migrations");
}

#[test]
fn a_database_of_the_first_version_opens() {
    let friends = Friends::offline();
    std::fs::create_dir(friends.db().parent().unwrap()).unwrap();
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
    for line in ["vote 1 --as Ben", "propose tt0000014 --as Ben", "undo", "watched 1", "cache stats", "pick"] {
        friends.run(line).ok();
    }
    assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
}

/// Makes a database as it was after so many migrations, with one proposal of Ana's.
pub fn make(friends: &Friends, version: i64) {
    std::fs::create_dir_all(friends.db().parent().unwrap()).unwrap();
    let mut conn = rusqlite::Connection::open(friends.db()).unwrap();
    let target = refinery::Target::Version(version.try_into().unwrap());
    embedded::migrations::runner().set_target(target).run(&mut conn).unwrap();
    conn.execute_batch(
        "INSERT INTO voters (name, name_key) VALUES ('Ana', 'ana');
         INSERT INTO proposals (imdb_id, proposed_by, proposed_at) VALUES ('tt0000012', 1, 1795000000);
         INSERT INTO votes (proposal_id, voter_id, voted_at) VALUES (1, 1, 1795000000);",
    )
    .unwrap();
}

#[test]
fn every_step_on_the_way_is_brought_up_to_date() {
    let newest = movienight::store::SCHEMA_VERSION;
    for version in 1..=newest {
        let friends = Friends::offline();
        make(&friends, version);
        assert_eq!(friends.sql::<i64>("PRAGMA user_version"), version, "each migration sets its own");
        let board = friends.run("vote --json").json();
        assert_eq!(board["proposals"][0]["voters"], serde_json::json!(["Ana"]), "from {version}");
        assert_eq!(friends.sql::<i64>("PRAGMA user_version"), newest);
        assert_eq!(friends.sql::<String>("PRAGMA journal_mode"), "wal");
    }
}
