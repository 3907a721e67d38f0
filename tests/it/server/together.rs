//! One board for several machines: a PostgreSQL server, the round trips that it takes, and many people at once.

use std::time::Duration;

use crate::support::postgres::{self, behind_proxy, friends};
use crate::support::proxy::Mode;
use crate::support::server::{Server, imdbapi};
use crate::support::{Friends, lock_for_heavy_tests};

#[test]
fn round_trips_are_few_however_long_the_list() {
    let Some((mut friends, proxy, _, board)) = behind_proxy() else { return };
    proxy.set(Mode::Delay(20));
    let trips = |friends: &Friends, line: &str| {
        friends.run(line).ok();
        proxy.trips()
    };
    for (line, most) in [
        ("vote", 2),
        ("vote 1 --as Ben", 5),
        ("vote --favorite 2 --as Ben", 5),
        ("propose tt0000014", 6),
        ("history", 2),
        ("undo --as Ben", 7),
        ("redo --as Ben", 7),
    ] {
        let needed = trips(&friends, line);
        assert!((1..=most).contains(&needed), "{line}: {needed}");
    }
    friends.stdin = (100..500).map(|n| format!("tt{n:07}\n")).collect();
    let needed = trips(&friends, "propose - --as Cleo");
    assert!(needed <= 12, "{needed}");
    friends.stdin = (1..200).map(|n| format!("{n}\n")).collect();
    let needed = trips(&friends, "vote - --as Dan");
    assert!(needed <= 12, "{needed}");
    friends.run("unvote 1 --as Dan").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 403);
    // Making a board takes more round trips, once.
    friends.set("MOVIENIGHT_DB", format!("postgres://owner@127.0.0.1:{}/films?board={board}_new", proxy.port));
    proxy.trips();
    let needed = trips(&friends, "propose tt0000012");
    assert!((2..=12).contains(&needed), "{needed}");
}

#[test]
fn a_view_survives_a_server_that_stops_answering_during_a_fetch() {
    for line in ["vote", "pick"] {
        let Some((_, proxy, _, board)) = behind_proxy() else { return };
        let address = format!("postgres://owner@127.0.0.1:{}/films?board={board}", proxy.port);
        let source = Server::start(move |path| {
            proxy.set(Mode::Silent);
            imdbapi(path)
        });
        let mut friends = Friends::online(&source.url());
        friends.set("MOVIENIGHT_DB", address);
        friends.limits.database = Duration::from_secs(3);
        let ran = friends.run(line).ok();
        assert!(ran.err.contains("Could not store new data: ") && !ran.err.contains("as of"), "{ran:?}");
        assert!(ran.out.contains("Movie 12"), "{ran:?}");
    }
}

#[test]
fn without_the_right_to_create_a_board_the_needed_sql_is_shown() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    assert!(friends.run("vote").fails().contains(&format!("there is no board {board} in films at 127.0.0.1")));
    server.sql(&format!("CREATE ROLE anna_{board} LOGIN"));
    friends.set("MOVIENIGHT_DB", server.address(&format!("anna_{board}"), &board));
    let error = friends.run("propose tt0000012").fails();
    let hint = format!("CREATE SCHEMA \"{board}\" AUTHORIZATION \"anna_{board}\";");
    assert!(error.contains("nothing was stored") && error.contains(&hint), "{error}");
    server.sql(&hint);
    // This statement is enough.
    friends.run("propose tt0000012").ok();
    friends.run("vote 1 --as Ben").ok();
    server.sql(&format!("CREATE SCHEMA other_{board}; CREATE TABLE other_{board}.t (a int)"));
    friends.set("MOVIENIGHT_DB", server.address("owner", &format!("other_{board}")));
    assert!(friends.run("propose tt0000012").fails().contains("is not a movienight board"));
}

#[test]
fn a_new_board_with_a_similar_name_is_reported() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    let mut propose = |name: &str| {
        friends.set("MOVIENIGHT_DB", server.address("owner", &format!("{board}_{name}")));
        friends.run("propose tt0000012").ok().err
    };
    assert!(!propose("saturday").contains("is new"));
    assert!(!propose("saturday2").contains("is new"));
    assert!(!propose("cellar").contains("is new"));
    let note = propose("satruday");
    assert!(note.contains("is new; did you mean") && note.contains(&format!("board={board}_saturday")), "{note}");
    assert!(!propose("satruday").contains("is new"));
}

#[test]
fn eight_people_at_once_do_not_conflict() {
    let Some((friends, ..)) = friends(|server, board| server.address("owner", board)) else { return };
    let _turn = lock_for_heavy_tests();
    // Each of them may be the one who makes the board.
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
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes WHERE opinion = 'favorite'"), 8);
    assert_eq!(friends.sql::<i64>("SELECT max(p.id) - max(last_number) FROM proposals p, counters"), 0);
}

#[test]
fn eighty_simultaneous_first_proposals_create_one_board() {
    let Some((friends, ..)) = friends(|server, board| server.address("owner", board)) else { return };
    let _turn = lock_for_heavy_tests();
    std::thread::scope(|scope| {
        for person in 0..80 {
            let friends = &friends;
            scope.spawn(move || friends.run(&format!("propose tt0000012 --as P{person}")).ok());
        }
    });
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 80);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
}

#[test]
fn creating_the_default_board_beside_others_is_reported() {
    let Some((mut friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    server.sql(&format!("CREATE DATABASE of_{board}"));
    let at = |parameters: &str| format!("postgres://owner@127.0.0.1:{}/of_{board}{parameters}", server.port);
    friends.set("MOVIENIGHT_DB", at("?board=friends"));
    assert_eq!(
        friends.run("propose tt0000012 --as Ana").ok().err,
        "No data yet for 1 movie (offline); it will be fetched later\n"
    );
    friends.set("MOVIENIGHT_DB", at(""));
    assert!(friends.run("vote").fails().contains("movienight board list shows the others"));
    let note = friends.run("propose tt0000012 --as Ana").ok().err;
    assert!(
        note.contains("the database has other boards: movienight board list shows them, ?board=NAME chooses one"),
        "{note}"
    );
    assert!(!friends.run("propose tt0000013 --as Ana").ok().err.contains("did you mean"));
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
    let copied = friends.args(&["board", "copy", &file, &address]).ok().out;
    // People are counted as in `voters`: Cleo has nothing on the board.
    assert!(copied.contains("by 2 people to"), "{copied}");
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
    let error = friends.run(&format!("board create {board} --group nobody")).fails();
    assert!(error.contains("no role nobody on the server at 127.0.0.1, so nothing was stored"), "{error}");
    let listed = |friends: &Friends| friends.run("board list").ok().out.lines().any(|line| line == board);
    assert!(!listed(&friends));
    friends.run(&format!("board create {board} --group group_{board}")).ok();
    assert!(listed(&friends));
    friends.set("MOVIENIGHT_DB", server.address(&format!("member_{board}"), &board));
    friends.run("propose tt0000012 --as Ben").ok();
    friends.run("undo --as Ben").ok();
    // A member may vote, but cannot let others in.
    server.sql(&format!("CREATE ROLE other_{board}"));
    let error = friends.run(&format!("board create {board} --group other_{board}")).fails();
    assert!(error.contains("belongs to somebody else: its owner must run: movienight board create"), "{error}");
}

#[test]
fn a_first_vote_works_over_a_slow_line() {
    let Some((mut friends, proxy, _, board)) = behind_proxy() else { return };
    // Each answer comes within the timeout, and all of them together take longer.
    proxy.set(Mode::Delay(150));
    friends.limits.database = Duration::from_secs(3);
    friends.set("MOVIENIGHT_DB", format!("postgres://owner@127.0.0.1:{}/films?board={board}_new", proxy.port));
    friends.run("propose tt0000012").ok();
    friends.run("vote 1 --as Ben").ok();
}

#[test]
fn stored_times_follow_the_servers_clock() {
    let Some((friends, server, board)) = friends(|server, board| server.address("owner", board)) else { return };
    let library = ["x86_64", "aarch64"].map(|arch| format!("/usr/lib/{arch}-linux-gnu/faketime/libfaketimeMT.so.1"));
    let library = library.iter().find(|path| std::path::Path::new(path).exists());
    let Some(library) = library.filter(|_| std::env::var_os("FAKETIME").is_none()) else {
        return postgres::say_absent("a clock of the test's own");
    };
    let ahead = |seconds: i64, line: &str| {
        let mut command = friends.command();
        command.env("LD_PRELOAD", library).env("FAKETIME", format!("{seconds:+}")).args(line.split(' '));
        assert!(command.output().unwrap().status.success(), "{line}");
    };
    ahead(3 * 24 * 3600, "propose tt0000012 --as Ana");
    ahead(-600, "vote 1 --as Ben");
    ahead(3600, "watched 1 --as Cleo");
    for column in
        ["proposed_at FROM proposals", "watched_at FROM proposals", "max(voted_at) FROM votes", "max(at) FROM changes"]
    {
        let time: i64 = server.sql(&format!("SET search_path = {board}; SELECT {column}")).parse().unwrap();
        let now: i64 = server.sql("SELECT floor(extract(epoch FROM now()))::bigint").parse().unwrap();
        assert!((time - now).abs() < 300, "{column}: {time} at {now}");
    }
    // The evening has the date that it has by the right clock, read before and after.
    let watch = |seconds: i64, line: &str| {
        ahead(0, "propose tt0000012 --again --as Ana");
        ahead(seconds, line);
        server.sql(&format!("SET search_path = {board}; SELECT watched_on FROM proposals ORDER BY id DESC LIMIT 1"))
    };
    for line in ["watched tt0000012", "watched tt0000012 --on today", "pick --watched"] {
        let days = [0, 3 * 24 * 3600, 0].map(|seconds| watch(seconds, line));
        assert!(days.is_sorted(), "{line}: {days:?}");
    }
}
