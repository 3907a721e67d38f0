//! Boards made by 0.1.0: this program opens them, their migration no longer changes, and another one can follow it.

use movienight::store::Result;
use movienight::store::migrations::{AppliedRow, Migratable, migrate};
use refinery_core::{Migration, Runner};

use crate::support::{Friends, postgres};

const FILE: &str = include_str!("v1.sqlite.sql");
const SERVER: &str = include_str!("v1.postgres.sql");

/// Returns friends with boards made by 0.1.0: one in a file, and one on a server if there is PostgreSQL.
fn old_boards() -> Vec<Friends> {
    let file = Friends::offline().in_file();
    std::fs::create_dir_all(file.db().parent().unwrap()).unwrap();
    rusqlite::Connection::open(file.db()).unwrap().execute_batch(FILE).unwrap();
    let on_server =
        postgres::friends(|server, board| server.address("owner", board)).map(|(friends, server, board)| {
            server.sql(&SERVER.replace("v1", &board));
            friends
        });
    [file].into_iter().chain(on_server).collect()
}

#[test]
fn v1_is_frozen() {
    let applied = |friends: &Friends| -> String {
        friends.sql("SELECT version || ' ' || name || ' ' || checksum FROM refinery_schema_history WHERE version = 1")
    };
    for mut friends in old_boards() {
        let old = applied(&friends);
        match friends.vars.get("MOVIENIGHT_DB").map(|address| address.to_str().unwrap().to_owned()) {
            Some(address) => friends.set("MOVIENIGHT_DB", format!("{address}_new")),
            None => std::fs::remove_file(friends.db()).unwrap(),
        }
        friends.run("propose tt0000012").ok();
        assert_eq!(applied(&friends), old, "V1 is frozen: boards of 0.1.0 exist. Add a migration instead");
    }
}

#[test]
fn a_board_of_the_first_release_can_be_shown_and_changed() {
    let mut exports = Vec::new();
    for friends in old_boards() {
        let mut exported = friends.run("export").json();
        exported["exported_at"].take();
        exports.push(exported);
        let board = friends.run("vote --json").json();
        let movies = board["proposals"].as_array().unwrap().iter();
        let movies: Vec<_> = movies.map(|movie| (movie["number"].as_i64(), movie["score"].as_i64())).collect();
        assert_eq!(movies, [(1, 4), (3, 2), (5, 1), (2, 1)].map(|(number, score)| (Some(number), Some(score))));
        let own = &board["proposals"][2];
        assert_eq!(
            (&own["title"], &own["year"], &own["runtime_minutes"], &own["note"]),
            (&"Ana's wedding".into(), &2019.into(), &90.into(), &"bring tissues".into())
        );
        let first = &board["proposals"][0];
        assert_eq!((&first["title"], &first["favorite_of"][0]), (&"Movie 12".into(), &"Ben".into()));
        assert_eq!(board["proposals"][3]["seen_by"][0], "Cleo");
        let history = friends.run("history --json").json();
        assert_eq!(
            (&history["watched"][0]["number"], &history["watched"][0]["present"][1]),
            (&4.into(), &"Ben".into())
        );
        assert!(friends.run("overlap Ben").ok().out.contains("Movie 17"));
        assert_eq!(friends.run("undo --list --json").json()["changes"].as_array().unwrap().len(), 10);
        for (line, expected) in [
            ("undo --as Eva", "Undid: Eva voted for Movie 12"),
            ("redo --as Eva", "Redid: Eva voted for Movie 12"),
            ("redo --as Ana", "Redid: Ana voted for Movie 14"),
            ("undo --as Ben", "Undid: Ben"),
            ("propose 6 --as Ben", "Ben brought back"),
        ] {
            let out = friends.run(line).ok().out;
            assert!(out.starts_with(expected), "{line}: {out}");
        }
    }
    assert!(exports.iter().all(|exported| *exported == exports[0]));
}

/// Returns a runner of this migration and an empty one after it.
fn with_next(first: &str) -> Runner {
    let next = Migration::unapplied("V2__next", "-- Nothing yet\n").unwrap();
    Runner::new(&[Migration::unapplied("V1__board", first).unwrap(), next])
}

/// A board on a server, reached through psql.
struct ByPsql<'a>(&'a postgres::Postgres, String);

impl Migratable for ByPsql<'_> {
    fn run_script(&mut self, script: &str) -> Result<()> {
        self.0.sql(&format!("SET search_path = {}; {script}", self.1));
        Ok(())
    }

    fn applied(&mut self, _: &str) -> Result<Vec<AppliedRow>> {
        let row = "version || '|' || name || '|' || applied_on || '|' || checksum";
        let rows = self.0.sql(&format!("SELECT {row} FROM {}.refinery_schema_history", self.1));
        let rows = rows.lines().map(|line| line.split('|').map(str::to_owned).collect::<Vec<_>>());
        Ok(rows.map(|row| (row[0].parse().unwrap(), row[1].clone(), row[2].clone(), row[3].clone())).collect())
    }
}

#[test]
fn another_migration_can_follow_the_first() {
    let sqlite = include_str!("../../../migrations/sqlite/V1__board.sql");
    let mut conn = rusqlite::Connection::open_in_memory().unwrap();
    conn.execute_batch(FILE).unwrap();
    for _ in 0..2 {
        let mut transaction = conn.transaction().unwrap();
        assert!(migrate(&mut transaction, with_next(sqlite), |why| panic!("{why}")).is_ok());
        transaction.commit().unwrap();
        let applied = "SELECT group_concat(version || name) FROM refinery_schema_history";
        assert_eq!(conn.query_row(applied, [], |row| row.get::<_, String>(0)).unwrap(), "1board,2next");
    }
    let Some(server) = postgres::server() else { return };
    let board = postgres::new_board();
    server.sql(&SERVER.replace("v1", &board));
    let first = include_str!("../../../migrations/postgres/V1__board.sql");
    assert!(migrate(&mut ByPsql(server, board.clone()), with_next(first), |why| panic!("{why}")).is_ok());
    let applied =
        format!("SELECT string_agg(version || name, ',' ORDER BY version) FROM {board}.refinery_schema_history");
    assert_eq!(server.sql(&applied).trim(), "1board,2next");
}
