//! What a server's owner has set up: rights, policies, rows that another program has changed.

use crate::support::Friends;
use crate::support::postgres::{self, Postgres, friends};

/// Returns a board of Ana's, and a role that may read and write it but is in no group. `None` without PostgreSQL.
fn board_with_guest() -> Option<(Friends, &'static Postgres, String, String)> {
    let (friends, server, board) = friends(|server, board| server.address("owner", board))?;
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    let guest = format!("guest_{board}");
    server.sql(&format!(
        "CREATE ROLE {guest} LOGIN; GRANT USAGE ON SCHEMA {board} TO {guest};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {board} TO {guest}"
    ));
    Some((friends, server, board, guest))
}

#[test]
fn rows_hidden_by_row_level_security_are_an_error() {
    let Some((mut friends, server, board, guest)) = board_with_guest() else { return };
    friends.set("MOVIENIGHT_DB", server.address(&guest, &board));
    friends.run("vote 1 --as Ben").ok();
    for table in ["proposals", "votes", "voters"] {
        server.sql(&format!("ALTER TABLE {board}.{table} ENABLE ROW LEVEL SECURITY"));
        for line in ["vote", "vote 1 --as Cleo", "pick"] {
            let error = friends.run(line).fails();
            assert!(
                error.contains("enough privileges (query would be affected by row-level security"),
                "{table}, {line}: {error}"
            );
        }
        server.sql(&format!("ALTER TABLE {board}.{table} DISABLE ROW LEVEL SECURITY"));
    }
}

#[test]
fn missing_rights_on_the_database_are_reported() {
    let Some((mut friends, server, board, _)) = board_with_guest() else { return };
    server.sql(&format!("CREATE ROLE out_{board} LOGIN"));
    server.sql(&format!("CREATE DATABASE closed_{board}"));
    server.sql(&format!("REVOKE CONNECT ON DATABASE closed_{board} FROM PUBLIC"));
    friends.set("MOVIENIGHT_DB", format!("postgres://out_{board}@127.0.0.1:{}/closed_{board}", server.port));
    for line in ["vote", "board list"] {
        let error = friends.run(line).fails();
        assert!(
            error.contains(&format!("enough privileges (permission denied for database \"closed_{board}\")")),
            "{error}"
        );
    }
    server.sql(&format!("GRANT CONNECT ON DATABASE closed_{board} TO out_{board}"));
    assert!(friends.run("board list").ok().out.contains("There is no board in"));
}

#[test]
fn granting_access_reports_a_table_of_another_owner() {
    let Some((mut friends, server, _, guest)) = board_with_guest() else { return };
    let board = postgres::new_board();
    server.sql(&format!("CREATE ROLE group_{board}; GRANT CREATE ON DATABASE films TO {guest}"));
    friends.set("MOVIENIGHT_DB", server.address(&guest, &board));
    friends.run("propose tt0000012").ok();
    server.sql(&format!("CREATE TABLE {board}.backup AS SELECT * FROM {board}.votes"));
    let error = friends.run(&format!("board create {board} --group group_{board}")).fails();
    assert!(error.contains("it, or a table in it, belongs to somebody else: its owner must run"), "{error}");
}

#[test]
fn a_damaged_counter_is_reported_and_overwrites_nothing() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    friends.run("vote 1 --as Ben").ok();
    let before = friends.run("vote --json").ok().out;
    for (counters, line) in [
        ("last_number = 0", "propose tt0000300 --as Ana"),
        ("last_voter = 0", "vote 2 --as Cleo"),
        ("last_number = 9223372036854775807", "propose tt0000300 --as Ana"),
    ] {
        friends.execute(&format!("UPDATE counters SET {counters}"));
        let error = friends.run(line).fails();
        assert!(error.contains("is damaged") && error.contains("nothing was stored"), "{counters}: {error}");
        assert_eq!(friends.run("vote --json").ok().out, before, "{counters}");
        friends.execute("UPDATE counters SET last_number = 2, last_voter = 2");
    }
    friends.run("propose tt0000300 --as Cleo").ok();
}

#[test]
fn a_damaged_change_is_reported_with_the_location_of_the_board() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 --as Ana").ok();
    friends.execute("UPDATE edits SET after = 'x'");
    let error = friends.run("undo --as Ana").fails();
    assert!(error.contains("nothing was stored"), "{error}");
    let is_named = match friends.is_on_server() {
        true => error.contains("at 127.0.0.1") && error.contains("is damaged") && !error.contains("sqlite"),
        false => error.contains("movienight.db is damaged"),
    };
    assert!(is_named, "{error}");
    assert!(!friends.run("undo --list").fails().contains("stored"));
}

#[test]
fn a_role_with_partial_rights_is_reported_as_read_only() {
    let Some((mut friends, server, board, guest)) = board_with_guest() else { return };
    let address = server.address(&guest, &board);
    friends.set("MOVIENIGHT_DB", &address);
    let rights = |friends: &Friends| {
        let out = friends.run("doctor").out;
        let at = out.find("access: ").unwrap();
        out[at..].split_whitespace().take(4).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rights(&friends), "access: read and write");
    for withdrawn in ["DELETE", "INSERT, UPDATE, DELETE"] {
        server.sql(&format!("REVOKE {withdrawn} ON ALL TABLES IN SCHEMA {board} FROM {guest}"));
        assert!(!rights(&friends).contains("write"), "{withdrawn}");
        let joined = friends.args(&["join", &address, "--as", "Ben"]).ok();
        assert!(joined.err.contains("This board is read-only for you"), "{joined:?}");
        let document = friends.args(&["join", &address, "--as", "Ben", "--json"]).json();
        assert!(document["warnings"].to_string().contains("This board is read-only for you"), "{document}");
        let error = friends.run("vote 1 --as Ben").fails();
        assert!(error.contains("enough privileges (permission denied for table"), "{error}");
    }
}
