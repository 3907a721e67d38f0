//! A server that is unreachable, refuses logins or takes no changes: the errors, and what is stored and still shown.

use std::time::Duration;

use crate::support::postgres::{behind_proxy, friends};
use crate::support::proxy::{LATE, Mode};
use crate::support::server::Server;
use crate::support::{EVENING, Friends};

fn friends_at(address: &str) -> Friends {
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_DB", address);
    friends
}

#[test]
fn a_commit_with_a_lost_answer_takes_effect_once() {
    let Some((mut friends, proxy, server, board)) = behind_proxy() else { return };
    let changes = || server.sql(&format!("SELECT count(*) FROM {board}.changes WHERE action = 'vote'"));
    // The first commit was stored. The second was not, and is sent again. The third arrives after it was sent again.
    for (mode, voter, votes) in
        [(Mode::LoseAnswer, "Ben", "1"), (Mode::LoseCommit, "Cleo", "2"), (Mode::LateCommit, "Dan", "3")]
    {
        proxy.set(mode);
        friends.run(&format!("vote 1 --as {voter}")).ok();
        if mode == Mode::LateCommit {
            std::thread::sleep(LATE);
        }
        assert_eq!(changes(), votes, "{mode:?}");
    }
    // Enough time for everything before the commit, even on a busy machine.
    friends.limits.database = Duration::from_secs(3);
    proxy.set(Mode::SilentCommit);
    let error = friends.run("vote 1 --as Eva").fails();
    assert!(error.contains("may or may not have been stored: movienight --as Eva undo --list"), "{error}");
}

#[test]
fn each_server_failure_is_named_with_the_board() {
    let Some((mut friends, proxy, server, board)) = behind_proxy() else { return };
    friends.set("HOME", friends.folder.path().to_owned());
    let named = [format!("board {board} in films at 127.0.0.1"), format!("board new_{board} in films at 127.0.0.1")];
    let sql = |sql: &str| server.sql(&format!("SET search_path = {board}; {sql}"));
    proxy.set(Mode::Silent);
    let patience = std::mem::replace(&mut friends.limits.database, Duration::from_secs(1));
    let error = friends.run("vote 1").fails();
    assert!(error.contains(&named[0]) && error.contains("did not answer within 1 s, so nothing was stored"), "{error}");
    // Every other answer comes at once, or as soon as a busy machine allows.
    friends.limits.database = patience;
    let mut fails = |address: &str, line: &str, words: &[&str]| {
        friends.set("MOVIENIGHT_DB", address);
        let error = friends.run(line).fails();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(named.iter().any(|named| error.contains(named)), "{error}");
        for words in words.iter().chain([&"nothing was stored"]) {
            assert!(error.contains(words), "{words}: {error}");
        }
    };
    let at = |user: &str, port: u16| format!("postgres://{user}@127.0.0.1:{port}/films?board={board}");
    let here = at("owner", server.port);
    fails(&at("owner", 9), "vote 1", &["cannot be reached (connection refused)", "that the server is running"]);
    fails(
        &at("locked:falsch", server.port),
        "vote 1",
        &["rejected the login of locked (password authentication failed", "~/.pgpass"],
    );
    fails(&at("locked", server.port), "vote 1", &["requires a password for locked", "films:locked:PASSWORD to"]);
    server.sql(&format!("CREATE ROLE guest_{board} LOGIN"));
    fails(&at(&format!("guest_{board}"), server.port), "vote 1", &["enough privileges", "GRANT USAGE ON SCHEMA"]);
    server.sql(&format!("CREATE ROLE crowd_{board} LOGIN CONNECTION LIMIT 0"));
    fails(
        &at(&format!("crowd_{board}"), server.port),
        "vote 1",
        &["has no free connection (too many connections for role", "try again in a moment"],
    );
    server.sql(&format!(
        "CREATE ROLE copy_{board} LOGIN IN ROLE owner; ALTER ROLE copy_{board} SET default_transaction_read_only = on"
    ));
    fails(
        &at(&format!("copy_{board}"), server.port),
        "vote 1 --as Zoë",
        &["default_transaction_read_only is on", "ask its owner"],
    );
    fails(
        &at(&format!("copy_{board}"), server.port).replace("board=", "board=new_"),
        "propose tt0000012",
        &["default_transaction_read_only is on", "ask its owner"],
    );
    let raise = |code: &str| {
        sql(&format!(
            "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {code} END$$;
             CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON votes EXECUTE FUNCTION fail()"
        ));
    };
    sql("CREATE SEQUENCE tries");
    raise("IF nextval('tries') < 3 THEN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END IF; RETURN NEW;");
    friends_at(&here).run("vote 1 --as Conflict").ok();
    raise("RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100';");
    fails(&here, "vote 1 --as Ben", &["the disk of its server is full", "free some space"]);
    raise("PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL;");
    fails(&here, "vote 1 --as Ben", &["try again in a moment"]);
    sql("DROP FUNCTION fail CASCADE");
    let before = sql("SELECT count(*) FROM votes");
    sql("CREATE TABLE kept AS SELECT * FROM counters; DELETE FROM counters");
    fails(&here, "vote 1 --as Ben", &["another program has changed it", "restore a backup"]);
    sql("INSERT INTO counters SELECT * FROM kept; DROP TABLE kept");
    assert_eq!(sql("SELECT count(*) FROM votes"), before);
    sql(&format!("COMMENT ON SCHEMA {board} IS 'movienight board, schema 99'"));
    fails(&here, "vote 1", &["newer movienight (database version 99", "update movienight"]);
}

#[test]
fn a_busy_database_is_reported_after_the_timeout() {
    let Some((mut friends, ..)) = friends(|server, board| server.address("owner", board)) else { return };
    friends.run("propose tt0000012").ok();
    friends.limits.database = Duration::from_secs(5);
    let error = friends.while_locked(Duration::from_secs(30), || friends.run("vote 1 --as Ben").fails());
    assert!(error.contains("is busy: another change is taking too long"), "{error}");
}

#[test]
fn the_first_reachable_host_of_an_address_is_used() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    let mut at = |hosts: &str, line: &str| {
        friends.set("MOVIENIGHT_DB", format!("postgres://{hosts}/films?board={board}"));
        friends.run(line)
    };
    let port = server.port;
    at(&format!("owner@127.0.0.2:9,127.0.0.1:{port}"), "propose tt0000012").ok();
    // An unreachable host does not hide the answer of another.
    let error = at(&format!("locked:falsch@127.0.0.1:{port},127.0.0.2:9"), "vote 1").fails();
    assert!(error.contains("rejected the login of locked (password authentication failed"), "{error}");
    let error = at("owner@127.0.0.1:9,127.0.0.2:9", "vote 1").fails();
    assert!(error.contains("cannot be reached (connection refused)"), "{error}");
}

#[test]
fn a_busy_server_shows_the_saved_copy_of_the_board() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    friends.run("propose tt0000012").ok();
    let shown = friends.run("vote").ok().out;
    friends.limits.database = Duration::from_secs(2);
    let _lock = server.lock_by(&board, "LOCK TABLE votes IN ACCESS EXCLUSIVE MODE; SELECT 'locked'");
    let ran = friends.run("vote").ok();
    assert_eq!(
        (ran.out, ran.err.as_str()),
        (shown, "warning: the server is away or busy: this is the board as of 21:00\n")
    );
    assert_eq!(friends.run("pick --json").json()["as_of"], "2026-11-22T20:00:00Z");
}

#[test]
fn the_saved_copy_includes_later_changes_of_this_machine() {
    let Some((mut friends, proxy, _, _)) = behind_proxy() else { return };
    for line in [
        "vote 1 --as Ben",
        "propose tt0000014 --as Cleo",
        "vote --favorite 3 --as Ben",
        "unvote 1 --as Ben",
        "undo --as Ben",
        "withdraw 2",
        "watched 3",
        "hide",
        "reveal",
    ] {
        friends.run(line).ok();
        proxy.set(Mode::Silent);
        friends.limits.database = Duration::from_millis(500);
        let seen = friends.run("vote --json").json();
        proxy.set(Mode::Pass);
        friends.limits.database = Duration::from_secs(20);
        let now = friends.run("vote --json").json();
        assert!(seen["as_of"].is_string() && now["as_of"].is_null(), "{line}: {seen}");
        assert_eq!((&seen["proposals"], &seen["hidden"]), (&now["proposals"], &now["hidden"]), "{line}");
    }
}

#[test]
fn a_saved_copy_of_an_empty_board_shows_its_time() {
    let Some((mut friends, proxy, _, board)) = behind_proxy() else { return };
    friends.set("MOVIENIGHT_DB", format!("postgres://owner@127.0.0.1:{}/films?board={board}_new", proxy.port));
    friends.run("propose tt0000012 --as Ana").ok();
    friends.run("undo --as Ana").ok();
    assert!(friends.run("vote").ok().out.contains("Welcome"));
    proxy.set(Mode::Silent);
    friends.limits.database = Duration::from_secs(1);
    assert!(!friends.run("vote").ok().out.contains("Welcome"));
    let error = friends.run("pick").fails();
    assert!(error.contains("as of 21:00") && error.contains("the board is empty"), "{error}");
}

#[test]
fn a_refresh_on_a_responsive_server_may_exceed_the_timeout() {
    let Some((mut friends, proxy, _server, _board)) = behind_proxy() else { return };
    // The source takes longer than an answer of the server may take.
    let sources = Server::imdbapi_after(Duration::from_secs(4));
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.set("MOVIENIGHT_SOURCES", "imdbapi");
    friends.set("MOVIENIGHT_IMDBAPI_URL", sources.url());
    proxy.set(Mode::Delay(100));
    friends.limits.database = Duration::from_secs(3);
    assert!(friends.run("cache refresh").ok().out.starts_with("Refreshed 2 titles"));
}

#[test]
fn certificates_are_checked_and_the_password_is_never_shown() {
    let Some((mut friends, server, board)) = friends(|server, board| {
        format!("postgres://owner:geheim@localhost:{}/films?board={board}&sslmode=require", server.port)
    }) else {
        return;
    };
    let error = friends.run("propose tt0000012").fails();
    assert!(
        error.contains("is not trusted (") && error.contains("PGSSLROOTCERT") && !error.contains("geheim"),
        "{error}"
    );
    friends.set("PGSSLROOTCERT", server.folder.join("ca.pem"));
    friends.run("propose tt0000012").ok();
    // The certificate is for localhost, and the address names 127.0.0.1.
    for mode in ["require", "verify-ca", "verify-full"] {
        let address = server.address("owner", &board) + "&sslmode=" + mode;
        let error = friends.args(&["vote", "--db", &address]).fails();
        assert!(error.contains("not valid for name") && error.contains("the host name in the certificate"), "{error}");
    }
    let used = server.sql(&format!("SELECT count(*) FROM {board}.votes"));
    assert_eq!(used, "1");
    for line in ["vote --json", "cache stats --json", "show 1", "undo --list", "board list"] {
        let ran = friends.run(line).ok();
        assert!(!ran.out.contains("geheim") && !ran.err.contains("geheim"), "{line}");
    }
    let log = friends.state("log").unwrap_or_default();
    assert!(!log.contains("geheim"));
}

#[test]
fn when_the_server_is_away_only_the_saved_copy_is_shown() {
    let Some((mut friends, proxy, server, board)) = behind_proxy() else { return };
    friends.run("vote 1 --as Ben").ok();
    friends.execute(&format!("INSERT INTO imdb_cache (imdb_id, unknown_at) VALUES ('tt0000013', {EVENING})"));
    let shown = friends.run("vote").ok().out;
    assert!(shown.contains("1 unknown to IMDb"), "{shown}");
    friends.later(Duration::from_secs(600));
    // The address is the same, but nothing answers there.
    proxy.set(Mode::Silent);
    friends.limits.database = Duration::from_secs(1);
    let ran = friends.run("vote").ok();
    assert_eq!(ran.out, shown);
    assert_eq!(ran.err, "warning: the server is away or busy: this is the board as of 21:00\n");
    // Without the warning, the old board would pass for the current one.
    assert!(friends.run("vote --quiet").ok().err.contains("as of 21:00"));
    assert_eq!(friends.run("vote --json").json()["as_of"], "2026-11-22T20:00:00Z");
    let pick = friends.run("pick --json").json();
    assert_eq!((&pick["winner"]["number"], &pick["as_of"]), (&1.into(), &"2026-11-22T20:00:00Z".into()));
    assert!(friends.run("pick --watched").fails().contains("nothing was stored"));
    let error = friends.run("history").fails();
    assert!(error.contains("did not answer within 1 s: check") && !error.contains("stored"), "{error}");
    let error = friends.run("board list").fails();
    assert!(error.contains(" in films at 127.0.0.1") && !error.contains("stored"), "{error}");
    let copy = friends.folder.path().join("copy.db");
    let error =
        friends.args(&["board", "copy", friends.vars["MOVIENIGHT_DB"].to_str().unwrap(), copy.to_str().unwrap()]);
    assert!(error.fails().contains("did not answer within 1 s"));
    assert!(!copy.exists());
    proxy.set(Mode::Close);
    assert_eq!(friends.run("vote").ok().out, shown);
    let kept = friends.state("seen").unwrap();
    // A copy that another program changed until it names somebody who is not on the board counts as none.
    friends.set_state("seen", &kept.replace("\"present\":[]", "\"present\":[9]"));
    assert!(friends.run("vote").fails().contains("server"));
    friends.set_state("seen", &kept);
    proxy.set(Mode::Silent);
    // Completion asks no server.
    assert_ne!(proxy.connections(), 0);
    friends.limits.database = Duration::from_secs(60);
    assert_eq!(friends.run("complete voters").ok().out, "Ana\nBen\n");
    assert_eq!(proxy.connections(), 0);
    friends.set("MOVIENIGHT_DB", server.address("owner", &board));
    assert!(!friends.run("vote --json").ok().out.contains("as_of"));
}

#[test]
fn creating_a_board_survives_a_lost_answer() {
    let Some((friends, proxy, server, board)) = behind_proxy() else { return };
    let file = friends.folder.path().join("copy.db");
    proxy.set(Mode::LoseAnswer);
    friends.run(&format!("board create {board}_new")).ok();
    let from = friends.vars["MOVIENIGHT_DB"].to_str().unwrap().to_owned();
    friends.args(&["board", "copy", &from, file.to_str().unwrap()]).ok();
    proxy.set(Mode::LoseAnswer);
    friends.args(&["board", "copy", file.to_str().unwrap(), &from.replace(&board, &format!("{board}_new"))]).ok();
    assert_eq!(server.sql(&format!("SELECT count(*) FROM {board}_new.votes")), "2");
}

#[test]
fn an_idle_connection_that_was_closed_is_reopened() {
    let source = Server::imdbapi_after(Duration::from_millis(1500));
    let Some((_, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    server.sql(&format!(
        "CREATE ROLE idle_{board} LOGIN SUPERUSER; ALTER ROLE idle_{board} SET idle_session_timeout = '500ms'"
    ));
    let mut friends = Friends::online(&source.url());
    friends.set("MOVIENIGHT_DB", server.address(&format!("idle_{board}"), &board));
    friends.run("propose tt0000013 --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["cache"], "fresh");
}

#[test]
fn only_unused_schemas_become_boards() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    let refused = |friends: &Friends| friends.run("propose tt0000012").fails();
    server.sql(&format!("CREATE SCHEMA {board}; CREATE TYPE {board}.color AS ENUM ('red')"));
    assert!(refused(&friends).contains("is not a movienight board: give another name with board=NAME"));
    server.sql(&format!("DROP TYPE {board}.color; COMMENT ON SCHEMA {board} IS 'the shop'"));
    assert!(refused(&friends).contains("is not a movienight board"));
    server.sql(&format!("COMMENT ON SCHEMA {board} IS NULL"));
    friends.run("propose tt0000012").ok();
    // SQL keywords are valid names of boards, and quotes are valid in names of roles.
    server.sql(&format!("CREATE ROLE \"we\"\"ird_{board}\" LOGIN"));
    friends.set("MOVIENIGHT_DB", server.address(&format!("we%22ird_{board}"), "group"));
    let error = refused(&friends);
    let sql = error.split_once("owner must run: ").unwrap().1.trim();
    server.sql(sql);
    friends.run("propose tt0000012").ok();
}
