//! Servers in real use: stopped and started while they are used, replicated, and behind a pooler.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::postgres::{
    Postgres, another_server, as_server, folder, free_port, give_to_server, say_absent, server,
};
use crate::support::{Friends, wait_until};

fn friends(address: String) -> Friends {
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_DB", address);
    friends
}

#[test]
fn confirmed_votes_survive_restarts_and_refused_ones_are_not_stored() {
    let Some(server) = another_server() else { return };
    let friends = friends(server.address("owner", "evening"));
    friends.run("propose tt0000012 --as Ana").ok();
    let (confirmed, cut_off) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let vote = |person: String| {
        let ran = friends.run(&format!("vote 1 --as {person}"));
        assert!(ran.code == 0 || ran.err.lines().count() == 1, "{ran:?}");
        if ran.code == 0 {
            confirmed.fetch_add(1, Ordering::SeqCst);
        } else if ran.err.contains("cannot be reached") || ran.err.contains("is unavailable: its server is starting") {
            // The server accepts no connections yet.
            std::thread::sleep(Duration::from_millis(20));
        } else {
            cut_off.fetch_add(1, Ordering::SeqCst);
        }
        (person, ran)
    };
    let votes: Vec<_> = std::thread::scope(|scope| {
        // People vote as long as this exists. It is dropped if an assertion fails, so that the threads end.
        let voting = Arc::new(());
        let people: Vec<_> = (0..4)
            .map(|person| {
                let (voting, vote) = (Arc::downgrade(&voting), &vote);
                let names = (0..).map(move |n| format!("P{person}x{n}"));
                let names = names.take_while(move |_| voting.strong_count() > 0);
                scope.spawn(move || names.map(vote).collect::<Vec<_>>())
            })
            .collect();
        let some_are_confirmed = || {
            let before = confirmed.load(Ordering::SeqCst);
            wait_until(|| confirmed.load(Ordering::SeqCst) >= before + 10);
        };
        some_are_confirmed();
        // Each mode twice, and then again until a stop has cut off a vote.
        for (n, mode) in ["fast", "immediate"].into_iter().cycle().enumerate().take(20) {
            if n >= 4 && cut_off.load(Ordering::SeqCst) > 0 {
                break;
            }
            server.restart(mode);
            some_are_confirmed();
        }
        drop(voting);
        people.into_iter().flat_map(|person| person.join().unwrap()).collect()
    });
    assert_ne!(cut_off.into_inner(), 0, "no vote was under way when the server stopped");
    let board = friends.run("vote --json").json();
    let voters: BTreeSet<&str> =
        board["proposals"][0]["voters"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    for (person, ran) in &votes {
        let is_there = voters.contains(person.as_str());
        match ran.code {
            0 => assert!(is_there, "{person} was told that the vote counts"),
            _ if ran.err.contains("may or may not have been stored") => {}
            _ => assert!(!is_there && ran.err.contains("nothing was stored"), "{person}: {ran:?}"),
        }
    }
    friends.run("vote 1 --as Ben").ok();
}

#[test]
fn a_replica_shows_the_board_and_refuses_changes() {
    let Some(server) = another_server() else { return };
    let mut friends = friends(server.address("owner", "evening"));
    friends.run("propose tt0000012 --as Ana").ok();
    let copy = server.replica();
    friends.run("vote 1 --as Ben").ok();
    let shown = friends.run("vote --json").json()["proposals"].clone();
    let at_server = friends.vars["MOVIENIGHT_DB"].to_str().unwrap().to_owned();
    friends.set("MOVIENIGHT_DB", copy.address("owner", "evening"));
    wait_until(|| friends.run("vote --json").json()["proposals"] == shown);
    assert!(friends.run("vote").ok().err.contains("This board is read-only for you"));
    let new = copy.address("owner", "new");
    for line in ["vote 1 --as Cleo", "propose tt0000013", "undo --as Ben", &format!("board copy {at_server} {new}")] {
        let error = friends.run(line).fails();
        assert!(
            error.contains("its server is a replica, or default_transaction_read_only is on, so nothing was stored"),
            "{line}: {error}"
        );
    }
}

/// A pgbouncer that shares one session of the server between the transactions of all clients.
struct Pooler {
    port: u16,
    process: Child,
}

impl Pooler {
    fn in_front_of(server: &Postgres) -> Option<Self> {
        let paths = std::env::var_os("PATH")?;
        let program = std::env::split_paths(&paths)
            .chain([PathBuf::from("/usr/sbin")])
            .map(|folder| folder.join("pgbouncer"))
            .find(|program| program.is_file());
        let Some(program) = program else {
            say_absent("pgbouncer");
            return None;
        };
        let (folder, port) = (folder(), free_port());
        let write = |name: &str, text: String| {
            std::fs::write(folder.join(name), text).unwrap();
            give_to_server(&folder.join(name));
        };
        write("users", "\"owner\" \"\"\n".to_owned());
        write("settings", settings(server, &folder, port));
        let process = as_server(program).arg(folder.join("settings")).stdin(Stdio::null()).spawn().unwrap();
        wait_until(|| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        Some(Self { port, process })
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = (self.process.kill(), self.process.wait());
    }
}

fn settings(server: &Postgres, folder: &Path, port: u16) -> String {
    format!(
        "[databases]\nfilms = host={} port={}\n\
         [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = trust\n\
         auth_file = {}\npool_mode = transaction\ndefault_pool_size = 1\n",
        server.folder.display(),
        server.port,
        folder.join("users").display()
    )
}

#[test]
fn behind_a_pooler_no_state_leaks_between_commands() {
    let Some(server) = server() else { return };
    let Some(pooler) = Pooler::in_front_of(server) else { return };
    let at = |board: &str| friends(format!("postgres://owner@127.0.0.1:{}/films?board={board}", pooler.port));
    std::thread::scope(|scope| {
        for board in ["pooled_a", "pooled_b", "pooled_c"] {
            scope.spawn(move || {
                let friends = at(board);
                for n in 0..10 {
                    friends.run(&format!("propose --title {board}-{n} --as Ana")).ok();
                    friends.run(&format!("vote --favorite {} --as Ben", n + 1)).ok();
                    friends.run("undo --as Ben").ok();
                    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), n + 1);
                }
            });
        }
    });
    for board in ["pooled_a", "pooled_b", "pooled_c"] {
        let shown = at(board).run("vote --json").json();
        let movies = shown["proposals"].as_array().unwrap();
        assert!(movies.iter().all(|movie| movie["title"].as_str().unwrap().starts_with(board)), "{shown}");
    }
    let settings = ["search_path", "lock_timeout", "statement_timeout", "transaction_isolation"];
    let show = |port: u16, name: &str| server.sql_through(port, &format!("SHOW {name}"));
    for name in settings {
        assert_eq!(show(pooler.port, name), show(server.port, name), "{name}");
    }
}
