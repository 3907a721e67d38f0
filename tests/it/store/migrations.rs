//! Both sets of migrations lead to the same tables and columns.

use std::collections::BTreeSet;

use crate::support::{Friends, postgres};

#[test]
fn both_stores_have_the_same_tables_and_columns() {
    let Some(server) = postgres::server() else { return };
    let mut friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    let sqlite: String = friends.sql(
        "SELECT group_concat(t.name || '.' || c.name, ' ') FROM pragma_table_list t, pragma_table_info(t.name) c
         WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%'",
    );
    let board = postgres::new_board();
    friends.set("MOVIENIGHT_DB", server.address("owner", &board));
    friends.run("propose tt0000012").ok();
    let postgres = server.sql(&format!(
        "SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns
         WHERE table_schema = '{board}'"
    ));
    let set = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(set(&sqlite).contains("votes.opinion"));
    assert_eq!(set(&sqlite), set(&postgres));
}

/// Resets a file to what it was before its only migration.
fn make_older_file(friends: &Friends) {
    let file = rusqlite::Connection::open(friends.db()).unwrap();
    let tables = "SELECT group_concat('DROP ' || type || ' ' || name, ';') FROM sqlite_schema
                  WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' AND name <> 'refinery_schema_history'";
    let drop: String = file.query_row(tables, [], |row| row.get(0)).unwrap();
    let sql =
        format!("PRAGMA foreign_keys = OFF; {drop}; DELETE FROM refinery_schema_history; PRAGMA user_version = 0");
    file.execute_batch(&sql).unwrap();
}

#[test]
fn a_file_is_migrated_and_a_failed_migration_changes_nothing() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    make_older_file(&friends);
    friends.run("propose tt0000013").ok();
    friends.run("vote 1 --as Ben").ok();
    assert_eq!(friends.sql::<i64>("SELECT user_version FROM pragma_user_version"), 1);
    make_older_file(&friends);
    // This table is in the way of the last one of the migration.
    friends.execute("CREATE TABLE counters (other INTEGER)");
    let schema = "SELECT group_concat(sql) || (SELECT user_version FROM pragma_user_version) FROM sqlite_schema";
    let before: String = friends.sql(schema);
    friends.run("propose tt0000014").fails();
    assert_eq!(friends.sql::<String>(schema), before);
}

#[test]
fn a_file_that_had_another_migration_is_named() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    friends.execute("UPDATE refinery_schema_history SET checksum = '1'; PRAGMA user_version = 0");
    let error = friends.run("propose tt0000013").fails();
    assert!(error.contains("movienight.db cannot be updated (") && error.contains("so nothing was stored"), "{error}");
    friends.execute("UPDATE refinery_schema_history SET name = 'x' || char(27) || '[31m' || char(10) || 'error: y'");
    let error = friends.run("propose tt0000013").fails();
    assert!(
        error.contains("cannot be updated (") && error.lines().count() == 1 && !error.contains('\u{1b}'),
        "{error}"
    );
}

#[test]
fn a_board_on_a_server_is_migrated_by_its_owner() {
    let Some((mut friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    server.sql(&format!("CREATE ROLE group_{board}; CREATE ROLE member_{board} LOGIN IN ROLE group_{board}"));
    friends.run(&format!("board create {board} --group group_{board}")).ok();
    friends.run("propose tt0000012").ok();
    make_older(server, &board);
    let owner = friends.vars["MOVIENIGHT_DB"].clone();
    let member = server.address(&format!("member_{board}"), &board);
    friends.set("MOVIENIGHT_DB", &member);
    let error = friends.run("propose tt0000012 --as Ben").fails();
    assert!(
        error.contains("is of an older version, so nothing was stored: its owner must run movienight once"),
        "{error}"
    );
    friends.set("MOVIENIGHT_DB", owner);
    friends.run("propose tt0000012 --as Ana").ok();
    // The group may also use what the newer version has added.
    friends.set("MOVIENIGHT_DB", member);
    friends.run("vote 1 --as Ben").ok();
}

/// Resets a board to what it was before its only migration.
fn make_older(server: &postgres::Postgres, board: &str) {
    server.sql(&format!(
        "SET search_path = {board};
         DROP TABLE voters, proposals, votes, imdb_cache, searches, attendance, wishes, notes, seen, settings, changes, edits,
             counters CASCADE;
         DELETE FROM refinery_schema_history; COMMENT ON SCHEMA {board} IS 'movienight board, schema 0'"
    ));
}

#[test]
fn a_board_from_before_the_first_release_is_refused() {
    let Some((friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    friends.run("propose tt0000012").ok();
    server.sql(&format!("COMMENT ON SCHEMA {board} IS 'movienight board, version 7'"));
    for line in ["vote", "vote 1 --as Ben"] {
        let error = friends.run(line).fails();
        assert!(error.contains("was made before 0.1.0, by an unreleased version: give another name"), "{error}");
    }
}

#[test]
fn a_board_migrated_by_another_role_stays_usable_by_its_owner() {
    let Some((mut friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    server.sql(&format!(
        "CREATE ROLE crew_{board}; CREATE ROLE ana_{board} LOGIN IN ROLE crew_{board};
         CREATE ROLE ben_{board} LOGIN IN ROLE crew_{board}; CREATE SCHEMA {board} AUTHORIZATION ana_{board};
         CREATE SCHEMA crew_{board} AUTHORIZATION crew_{board}"
    ));
    let owner = friends.vars["MOVIENIGHT_DB"].clone();
    let at = |role: &str, board: &str| server.address(&format!("{role}_{}", board.trim_start_matches("crew_")), board);
    // The server's owner is the first to use a schema that was made for another role.
    friends.run("propose tt0000012").ok();
    friends.set("MOVIENIGHT_DB", at("ana", &board));
    friends.run(&format!("board create {board} --group crew_{board}")).ok();
    friends.run("propose tt0000012 --as Ana").ok();
    make_older(server, &board);
    friends.set("MOVIENIGHT_DB", owner);
    friends.run("propose tt0000012").ok();
    for role in ["ana", "ben"] {
        friends.set("MOVIENIGHT_DB", at(role, &board));
        friends.run(&format!("vote 1 --as {role}")).ok();
    }
    // This schema belongs to a group.
    let of_crew = format!("crew_{board}");
    for role in ["ana", "ben"] {
        friends.set("MOVIENIGHT_DB", at(role, &of_crew));
        friends.run("propose tt0000012").ok();
    }
}
