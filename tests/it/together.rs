//! One board on several machines: a PostgreSQL server, what it costs, and what is said when it is away.

use std::time::Duration;

use movienight::cache::freshness::{CLAIM_LASTS, is_due};
use movienight::model::ImdbId;
use movienight::store::{Access, Location, Store};
use time::UtcDateTime;

use crate::support::postgres::{self, Postgres};
use crate::support::proxy::{Mode, Proxy};
use crate::support::{EVENING, Friends};

/// Friends with a board of their own at an address made of its name; none: PostgreSQL is absent.
fn friends(address: impl Fn(&Postgres, &str) -> String) -> Option<(Friends, &'static Postgres, String)> {
    let server = postgres::server()?;
    let board = postgres::new_board();
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_DB", address(server, &board));
    Some((friends, server, board))
}

fn behind_proxy() -> Option<(Friends, Proxy, &'static Postgres, String)> {
    let proxy = Proxy::before(postgres::server()?.port);
    let port = proxy.port;
    let (friends, server, board) =
        friends(|_, board| format!("postgres://owner@127.0.0.1:{port}/films?board={board}"))?;
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    proxy.trips();
    Some((friends, proxy, server, board))
}

#[test]
fn round_trips_are_few_however_long_the_list() {
    let Some((mut friends, proxy, ..)) = behind_proxy() else { return };
    proxy.set(Mode::Delay(40));
    let trips = |friends: &Friends, line: &str| {
        friends.run(line).ok();
        proxy.trips()
    };
    for (line, most) in
        [("vote", 2), ("vote 1 --as Ben", 5), ("vote --favorite 2 --as Ben", 5), ("propose tt0000014", 6)]
    {
        let needed = trips(&friends, line);
        assert!((1..=most).contains(&needed), "{line}: {needed}");
    }
    friends.stdin = (100..1100).map(|n| format!("tt{n:07}\n")).collect();
    let needed = trips(&friends, "propose - --as Cleo");
    assert!(needed <= 12, "{needed}");
    friends.stdin = (1..200).map(|n| format!("{n}\n")).collect();
    let needed = trips(&friends, "vote - --as Dan");
    assert!(needed <= 12, "{needed}");
    friends.run("unvote 1 --as Dan").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 1003);
}

#[test]
fn a_commit_whose_answer_is_lost_is_found_out() {
    let Some((mut friends, proxy, ..)) = behind_proxy() else { return };
    let voters = |friends: &Friends| friends.run("vote --json").json()["proposals"][0]["voters"].to_string();
    proxy.set(Mode::LoseAnswer);
    friends.run("vote 1 --as Ben").ok();
    assert_eq!(voters(&friends), r#"["Ana","Ben"]"#);
    proxy.set(Mode::LoseCommit);
    let error = friends.run("vote 1 --as Cleo").fails();
    assert!(error.contains("the connection was lost, so nothing was stored: try again"), "{error}");
    assert_eq!(voters(&friends), r#"["Ana","Ben"]"#);
    friends.limits.database = Duration::from_secs(2);
    proxy.set(Mode::SilentCommit);
    let error = friends.run("vote 1 --as Cleo").fails();
    assert!(error.contains("it is not known whether it was: movienight undo --list"), "{error}");
}

#[test]
fn what_keeps_a_server_from_answering_is_named_with_the_board() {
    let Some((mut friends, proxy, server, board)) = behind_proxy() else { return };
    let named = format!("board {board} of films at 127.0.0.1");
    let sql = |sql: &str| server.sql(&format!("SET search_path = {board}; {sql}"));
    let mut fails = |address: &str, line: &str, words: &[&str]| {
        friends.set("MOVIENIGHT_DB", address);
        friends.limits.database = Duration::from_secs(2);
        let error = friends.run(line).fails();
        assert_eq!(error.lines().count(), 1, "{error}");
        for words in words.iter().chain([&named.as_str(), &"nothing was stored"]) {
            assert!(error.contains(words), "{words}: {error}");
        }
    };
    let at = |user: &str, port: u16| format!("postgres://{user}@127.0.0.1:{port}/films?board={board}");
    let here = at("owner", server.port);
    fails(&at("owner", 9), "vote 1", &["cannot be reached (connection refused)", "whether the server is up"]);
    proxy.set(Mode::Silent);
    fails(&at("owner", proxy.port), "vote 1", &["no answer within 2 s"]);
    server.sql("CREATE ROLE locked LOGIN PASSWORD 'geheim'");
    fails(&at("locked:falsch", server.port), "vote 1", &["refuses the password of locked", "~/.pgpass"]);
    fails(&at("locked", server.port), "vote 1", &["wants a password from locked"]);
    server.sql(&format!("CREATE ROLE guest_{board} LOGIN"));
    fails(
        &at(&format!("guest_{board}"), server.port),
        "vote 1",
        &["may not be used by guest_", "GRANT USAGE ON SCHEMA"],
    );
    server.sql(&format!("CREATE ROLE crowd_{board} LOGIN CONNECTION LIMIT 0"));
    fails(&at(&format!("crowd_{board}"), server.port), "vote 1", &["all connections of its server are taken"]);
    server.sql(&format!(
        "CREATE ROLE copy_{board} LOGIN IN ROLE owner; ALTER ROLE copy_{board} SET default_transaction_read_only = on"
    ));
    fails(
        &at(&format!("copy_{board}"), server.port),
        "vote 1 --as Zoë",
        &["read-only copy", "the server that it copies"],
    );
    let raise = |code: &str| {
        sql(&format!(
            "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {code} END$$;
             CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON votes EXECUTE FUNCTION fail()"
        ));
    };
    raise("RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100';");
    fails(&here, "vote 1 --as Ben", &["the disk of its server is full", "make room"]);
    raise("PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL;");
    fails(&here, "vote 1 --as Ben", &["try again in a moment"]);
    sql("DROP FUNCTION fail CASCADE");
    sql(&format!("COMMENT ON SCHEMA {board} IS 'movienight board, version 99'"));
    fails(&here, "vote 1", &["newer movienight (database version 99", "update movienight"]);
}

#[test]
fn who_may_make_no_board_is_told_what_its_owner_types() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    assert!(friends.run("vote").fails().contains(&format!("there is no board {board} of films at 127.0.0.1")));
    server.sql(&format!("CREATE ROLE anna_{board} LOGIN"));
    friends.set("MOVIENIGHT_DB", server.address(&format!("anna_{board}"), &board));
    let error = friends.run("propose tt0000012").fails();
    let hint = format!("CREATE SCHEMA {board} AUTHORIZATION \"anna_{board}\";");
    assert!(error.contains("nothing was stored") && error.contains(&hint), "{error}");
    server.sql(&hint);
    // That is all it takes.
    friends.run("propose tt0000012").ok();
    friends.run("vote 1 --as Ben").ok();
    server.sql(&format!("CREATE SCHEMA other_{board}; CREATE TABLE other_{board}.t (a int)"));
    friends.set("MOVIENIGHT_DB", server.address("owner", &format!("other_{board}")));
    assert!(friends.run("propose tt0000012").fails().contains("is no movienight board"));
}

#[test]
fn certificates_are_checked_and_the_password_is_nowhere() {
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
fn eight_people_at_once_get_into_nobodys_way() {
    let Some((friends, ..)) = friends(|server, board| server.address("owner", board)) else { return };
    // All of them may be the first.
    std::thread::scope(|scope| {
        for person in 0..8 {
            let friends = &friends;
            scope.spawn(move || {
                for step in 0..20 {
                    let id = 100 + (person * 3 + step) % 12;
                    let line = match step % 5 {
                        0 => format!("propose tt{id:07}"),
                        1 | 2 => format!("vote tt{:07}", 100 + person * 3 % 12),
                        3 => "vote --json".to_owned(),
                        _ => format!("vote --favorite tt{:07}", 100 + person * 3 % 12),
                    };
                    friends.run(&format!("{line} --as P{person}")).ok();
                }
            });
        }
    });
    assert_eq!(friends.sql::<i64>("SELECT count(*) - count(DISTINCT imdb_id) FROM proposals"), 0);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM voters"), 8);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes WHERE favorite = 1"), 8);
    assert_eq!(friends.sql::<i64>("SELECT max(p.id) - max(last_number) FROM proposals p, counters"), 0);
}

#[test]
fn a_hundred_and_sixty_first_openers_make_one_board() {
    let Some((friends, ..)) = friends(|server, board| server.address("owner", board)) else { return };
    std::thread::scope(|scope| {
        for person in 0..160 {
            let friends = &friends;
            scope.spawn(move || friends.run(&format!("propose tt0000012 --as P{person}")).ok());
        }
    });
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 160);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
}

#[test]
fn a_claim_holds_for_clocks_an_hour_apart() {
    let Some((friends, ..)) = friends(|server, board| server.address("owner", board)) else { return };
    friends.run("propose tt0000012").ok();
    let location = Location::parse(&friends.vars["MOVIENIGHT_DB"], &|_| None).unwrap();
    let claim = |ahead: i64| {
        let now = UtcDateTime::from_unix_timestamp(EVENING + ahead).unwrap();
        let mut store = Store::open(&location, Access::Existing).unwrap().unwrap();
        store.claim(&[ImdbId::parse("tt0000012").unwrap()], now, CLAIM_LASTS, is_due).unwrap()
    };
    assert_eq!(claim(0).granted.len(), 1);
    assert_eq!((claim(3600).held.len(), claim(-3600).held.len()), (1, 1));
}

#[test]
fn a_board_moves_from_a_file_to_a_server_and_back() {
    let Some(server) = postgres::server() else { return };
    let mut friends = Friends::offline().in_file();
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    friends.args(&["propose", "--title", "Ana's video", "--as", "Ben"]).ok();
    for line in ["vote --favorite 2 --as Cleo", "watched 1 --here Ana,Ben", "withdraw 3", "undo --as Cleo"] {
        friends.run(line).ok();
    }
    friends.execute(
        "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at) VALUES ('tt0000012', '{\"title\":\"é\"}', 5)",
    );
    let shown = |friends: &Friends| {
        ["vote --json", "history --json", "undo --list --json", "voters --json"].map(|line| friends.run(line).ok().out)
    };
    let before = shown(&friends);
    let file = friends.db().to_str().unwrap().to_owned();
    let address = server.address("owner", &postgres::new_board());
    friends.args(&["board", "copy", &file, &address]).ok();
    assert!(friends.args(&["board", "copy", &file, &address]).fails().contains("nothing was copied"));
    friends.set("MOVIENIGHT_DB", &address);
    assert_eq!(shown(&friends), before);
    friends.run("redo --as Cleo").ok();
    friends.run("undo --as Cleo").ok();
    let copy = friends.folder.path().join("copy.db");
    friends.args(&["board", "copy", &address, copy.to_str().unwrap()]).ok();
    friends.set("MOVIENIGHT_DB", &copy);
    assert_eq!(shown(&friends)[0], before[0]);
    friends.run("redo --as Cleo").ok();
}

#[test]
fn a_board_is_made_for_a_group_and_listed() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    server.sql(&format!("CREATE ROLE group_{board}; CREATE ROLE member_{board} LOGIN IN ROLE group_{board}"));
    friends.run(&format!("board create {board} --group group_{board}")).ok();
    assert!(friends.run("board list").ok().out.lines().any(|line| line == board));
    friends.set("MOVIENIGHT_DB", server.address(&format!("member_{board}"), &board));
    friends.run("propose tt0000012 --as Ben").ok();
    friends.run("undo --as Ben").ok();
}

#[test]
fn when_the_server_is_away_the_board_seen_last_is_shown_and_nothing_else() {
    let Some((mut friends, proxy, server, board)) = behind_proxy() else { return };
    friends.run("vote 1 --as Ben").ok();
    let shown = friends.run("vote").ok().out;
    friends.later(Duration::from_secs(600));
    // The same place, as far as the address tells, but nobody is there.
    proxy.set(Mode::Silent);
    friends.limits.database = Duration::from_secs(1);
    let ran = friends.run("vote").ok();
    assert_eq!(ran.out, shown);
    assert!(ran.err.contains("as of 21:00, the server cannot be reached"), "{ran:?}");
    assert_eq!(friends.run("vote --json").json()["as_of"], "2026-11-22T20:00:00Z");
    let pick = friends.run("pick --json").json();
    assert_eq!((&pick["winner"]["number"], &pick["as_of"]), (&1.into(), &"2026-11-22T20:00:00Z".into()));
    assert!(friends.run("pick --watched").fails().contains("nothing was stored"));
    assert!(friends.run("history").fails().contains("no answer"));
    // A key that is pressed asks nobody.
    proxy.trips();
    friends.limits.database = Duration::from_secs(60);
    assert_eq!(friends.run("complete voters").ok().out, "Ana\nBen\n");
    friends.set("MOVIENIGHT_DB", server.address("owner", &board));
    assert!(!friends.run("vote --json").ok().out.contains("as_of"));
}
