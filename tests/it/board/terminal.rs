//! The program in a real terminal: the progress bar, questions, signals, and the winner on the screen.

use std::time::Duration;

use rustix::process::Signal;

use crate::support::server::{Server, dead_url};
use crate::support::terminal::Terminal;
use crate::support::{Friends, send_signal, wait_until};

/// Returns a group whose movies have no IMDb ids, so that they need no data.
fn titled(count: usize) -> Friends {
    let friends = Friends::offline();
    for n in 1..=count {
        friends.args(&["propose", "--title", &format!("Home Video {n}"), "--as", "Ana"]).ok();
    }
    friends
}

#[test]
fn the_winner_is_visible_on_a_board_of_forty_movies() {
    let friends = titled(40);
    friends.run("vote 17 --as Ben").ok();
    for (columns, lines) in [(40, 20), (60, 24), (80, 24), (140, 24), (200, 50)] {
        let (screen, printed, status) = Terminal::movienight("vote", &friends, columns, lines).end();
        assert!(status.success(), "{printed}");
        let rows: Vec<&str> = screen.lines().collect();
        assert!(rows[0].trim_start().starts_with('#'), "{columns}×{lines}:\n{screen}");
        assert!(rows[1].trim_start().starts_with("17  Home Video 17"), "{columns}×{lines}:\n{screen}");
        let shown = rows.iter().filter(|row| row.contains("Home Video")).count();
        let expected = format!("… {} more: movienight vote --all", 40 - shown);
        assert_eq!(screen.contains(&expected), lines < 40, "{columns}×{lines}:\n{screen}");
    }
    let (screen, printed, _) = Terminal::movienight("pick", &friends, 80, 24).end();
    assert!(screen.starts_with("Home Video 17"), "{printed}");
    let (_, printed, _) = Terminal::movienight("vote --all", &friends, 80, 24).end();
    assert_eq!(printed.matches("Home Video").count(), 40);
}

#[test]
fn a_dumb_terminal_gets_plain_text() {
    let mut friends = titled(2);
    friends.set("TERM", "dumb");
    for args in ["vote", "pick", "show 1", "history"] {
        let (_, printed, status) = Terminal::movienight(args, &friends, 80, 24).end();
        assert!(status.success() && !printed.contains('\x1b'), "{args}: {printed:?}");
    }
    friends.set("TERM", "xterm-256color");
    let (_, printed, _) = Terminal::movienight("vote", &friends, 80, 24).end();
    assert!(printed.contains("\x1b["), "{printed:?}");
}

#[test]
fn an_ambiguous_title_is_asked_and_arrow_keys_choose_nothing() {
    let friends = Friends::offline();
    for title in ["Blade Runner", "Blade Runner 2049"] {
        friends.args(&["propose", "--title", title, "--as", "Ana"]).ok();
    }
    let terminal = Terminal::movienight("vote blade --as Ben", &friends, 80, 24);
    terminal.wait_for("Which one?");
    terminal.types("\x1b[A\x1b[B\r");
    terminal.types("2\r");
    let (screen, _, status) = terminal.end();
    assert!(status.success() && screen.contains("Ben voted for Blade Runner 2049\nNew voter \"Ben\""), "{screen}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 3);
    // Ctrl-D chooses nothing.
    let terminal = Terminal::movienight("vote blade --as Cleo", &friends, 80, 24);
    terminal.wait_for("Which one?");
    terminal.types("\x04");
    let (_, _, status) = terminal.end();
    assert_eq!(status.code(), Some(1));
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 3);
}

#[test]
fn the_progress_bar_is_shown_and_removed() {
    let server = Server::imdbapi_after(Duration::from_millis(100));
    let friends = Friends::with_missing(&server, 40);
    let terminal = Terminal::movienight("cache refresh --jobs 1", &friends, 60, 24);
    terminal.wait_for("/40");
    let (screen, printed, status) = terminal.end();
    assert!(status.success(), "{printed}");
    assert!(screen.starts_with("Refreshed 40 titles, in "), "nothing is left of the bar:\n{screen}");
    // There is no bar in a pipe or with `--quiet`.
    let output = friends.command().args(["cache", "refresh", "--all"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let (screen, printed, _) = Terminal::movienight("cache refresh --all --quiet", &friends, 60, 24).end();
    assert_eq!((screen.as_str(), printed.as_str()), ("", ""));
}

#[test]
fn a_stopped_refresh_keeps_what_it_fetched() {
    for by_key in [true, false] {
        let server = Server::imdbapi_after(Duration::from_millis(50));
        let friends = Friends::with_missing(&server, 1_000);
        let terminal = Terminal::movienight("cache refresh --jobs 2", &friends, 80, 24);
        let stored = || friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at IS NOT NULL");
        wait_until(|| stored() > 0);
        match by_key {
            true => terminal.types("\x03"),
            false => send_signal(terminal.id(), Signal::TERM),
        }
        let (screen, printed, status) = terminal.end();
        assert_eq!(status.code(), Some(130), "{printed}");
        assert!(screen.contains("Stopped"), "{screen}");
        let kept = stored();
        assert!(screen.contains(&format!("refreshed {kept} titles")) && (1..1_000).contains(&kept), "{kept}: {screen}");
        assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE claimed_until IS NOT NULL"), 0);
    }
}

#[test]
fn after_an_outage_the_board_says_how_to_get_the_data() {
    let friends = Friends::online(&dead_url());
    friends.run("propose tt0000001").ok();
    let (screen, printed, status) = Terminal::movienight("vote", &friends, 80, 24).end();
    assert!(status.success() && screen.contains("movienight cache refresh"), "{printed}");
}

#[test]
fn errors_are_wrapped_between_words() {
    let friends = Friends::offline();
    friends.run("propose tt0000001").ok();
    let (screen, _, status) = Terminal::movienight("vote something that nobody proposed", &friends, 40, 24).end();
    assert_eq!(status.code(), Some(1));
    let said = "error: no movie on the board matches \"something that nobody proposed\"";
    assert_eq!(screen.lines().map(str::trim_end).collect::<Vec<_>>().join(" ").split(" hint:").next(), Some(said));
}

#[test]
fn proposing_many_over_a_slow_network_shows_progress() {
    let server = Server::imdbapi_after(Duration::from_millis(400));
    let friends = Friends::online(&server.url());
    let ids: Vec<String> = (1..=60).map(|n| format!("tt{n:07}")).collect();
    let terminal = Terminal::movienight(&format!("propose {}", ids.join(" ")), &friends, 80, 24);
    let (screen, printed, status) = terminal.end();
    assert!(status.success() && printed.contains("fetching"), "{printed}");
    assert!(!screen.contains("fetching"), "it is gone in the end: {screen}");
}
