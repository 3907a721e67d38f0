//! Posters from the outside: fetched by refreshes, drawn by `show`, included in `page`.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::json;

use crate::support::server::{Reply, Server, made_up, titles};
use crate::support::{Friends, binary, pictures, wait_until};

/// Starts a server that answers like imdbapi and has posters, except those whose number begins with 8 or 9.
fn library() -> Server {
    let own = Arc::new(OnceLock::<String>::new());
    let known = Arc::clone(&own);
    let server = Server::start(move |path| match path.strip_prefix("/poster/") {
        Some(name) if name.starts_with(['8', '9']) => Reply::status(404, &json!({})),
        Some(_) => Reply::Answer(200, Vec::new(), pictures::poster(path.len(), 300, 450)),
        None => titles(path, |id| {
            let mut title = made_up(id);
            let number: u64 = id[2..].parse().unwrap();
            title["primaryImage"] = json!({"url": format!("{}/poster/{number}.jpg", known.get().unwrap())});
            Some(title)
        }),
    });
    own.set(server.url()).unwrap();
    server
}

/// Returns a group whose refreshes fetch posters, with `movies` movies on the board.
fn group(server: &Server, movies: u64) -> Friends {
    of(Friends::online(&server.url()), movies)
}

/// Returns the same group on the day of the test.
fn group_of_today(server: &Server, movies: u64) -> Friends {
    of(Friends::online(&server.url()).with_system_clock(), movies)
}

fn of(mut friends: Friends, movies: u64) -> Friends {
    friends.stdin = (1..=movies).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose -").ok();
    friends.stdin = String::new();
    friends.exe = Some(binary().to_owned());
    friends
}

fn posters(friends: &Friends) -> Vec<PathBuf> {
    let folder = friends.folder.path().join("cache/movienight/posters");
    let files = fs::read_dir(folder).into_iter().flatten().map(|file| file.unwrap().path());
    let mut posters: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "jpg")).collect();
    posters.sort();
    posters
}

fn poster_requests(server: &Server) -> usize {
    server.requests().iter().filter(|path| path.starts_with("/poster/")).count()
}

#[test]
fn a_refresh_fetches_posters_and_does_not_count_them_as_titles() {
    let server = library();
    let friends = group(&server, 9);
    assert_eq!(poster_requests(&server), 0, "a proposal fetches none itself");
    let ran = friends.run("cache refresh --all --json").ok();
    let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    // Two missing posters are no failures of their titles.
    assert_eq!((&document["refreshed"], &document["failed"]), (&json!(9), &json!(0)));
    assert_eq!(document["api_requests"], json!(2));
    assert_eq!((posters(&friends).len(), poster_requests(&server)), (7, 9));
    let stats = friends.run("cache stats --json").json();
    assert_eq!(stats["api_requests"]["failed_last_24h"], json!(0));
    let kept = &stats["posters"];
    assert_eq!((&kept["pictures"], &kept["failures"]), (&json!(7), &json!(2)));
    let text = friends.run("cache stats").ok().out;
    let line = text.lines().find(|line| line.starts_with("Posters")).unwrap();
    assert!(line.contains("7 pictures") && text.contains("2 failed, not retried yet"), "{text}");
    // Neither stored posters nor missing ones are requested again.
    let again = friends.run("cache refresh").ok();
    assert_eq!((poster_requests(&server), again.err.as_str()), (9, ""));
    assert!(again.out.starts_with("Nothing to refresh"), "{}", again.out);
    friends.later(Duration::from_secs(8 * 24 * 3600));
    let ran = friends.run("cache refresh").ok();
    assert!(ran.err.contains("2 posters could not be fetched: tt"), "{}", ran.err);
    assert_eq!(friends.run("cache refresh --quiet").ok().err, "");
}

#[test]
fn with_poster_never_no_posters_are_fetched() {
    let server = library();
    let mut friends = group(&server, 2);
    friends.set("MOVIENIGHT_POSTER", "never");
    friends.run("cache refresh --all").ok();
    friends.run("propose tt0000003").ok();
    assert_eq!((posters(&friends).len(), poster_requests(&server)), (0, 0));
    friends.set("MOVIENIGHT_POSTER", "sometimes");
    for command in ["show 1", "cache refresh", "page --markdown", "propose tt0000004"] {
        let error = friends.run(command).fails();
        assert!(error.contains("MOVIENIGHT_POSTER is \"sometimes\""), "{command}: {error}");
    }
}

#[test]
fn a_proposal_starts_fetching_posters_and_a_view_does_not() {
    let server = library();
    let friends = group_of_today(&server, 1);
    // All data is fresh; only a poster is missing.
    assert!(friends.command().arg("vote").output().unwrap().status.success());
    assert_eq!(friends.state("lease"), None);
    assert!(friends.command().args(["propose", "tt0000002"]).output().unwrap().status.success());
    wait_until(|| posters(&friends).len() == 2 && friends.state("lease").is_some_and(|lease| lease == "0"));
    assert_eq!(server.requests_by_title()["tt0000001"], 1);
    // Nothing is missing any more, so nothing is requested.
    let count = server.count();
    assert!(friends.command().args(["propose", "tt0000002"]).output().unwrap().status.success());
    assert_eq!((friends.state("lease").as_deref(), server.count()), (Some("0"), count));
}

#[test]
fn a_damaged_picture_is_not_shown_and_is_fetched_again() {
    let server = library();
    let mut friends = group(&server, 1);
    friends.run("cache refresh").ok();
    let file = posters(&friends).remove(0);
    let (whole, mut changed) = (fs::read(&file).unwrap(), fs::read(&file).unwrap());
    changed.truncate(whole.len() / 2);
    fs::write(&file, changed).unwrap();
    friends.terminal = Some(80);
    for (name, value) in [("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1"), ("COLORTERM", "truecolor")] {
        friends.set(name, value);
    }
    assert!(!friends.run("show 1").ok().out.contains("\x1b_G"));
    let ran = friends.run("cache refresh").ok();
    assert!(ran.out.contains("Fetched 1 poster"), "{}", ran.out);
    assert_eq!(fs::read(&file).unwrap(), whole);
    assert!(friends.run("show 1").ok().out.contains("\x1b_G"));
}

#[cfg(unix)]
mod on_a_terminal {
    use super::*;
    use crate::support::terminal::Terminal;

    /// Returns a group with posters whose terminal is not known to show pictures.
    fn ready() -> (Server, Friends) {
        let server = library();
        let mut friends = group(&server, 2);
        friends.run("cache refresh").ok();
        friends.set("COLORTERM", "truecolor");
        (server, friends)
    }

    #[test]
    fn posters_stand_beside_the_cards() {
        let (_server, friends) = ready();
        for (columns, lines, picture) in [(60, 24, 20), (80, 24, 24), (140, 40, 30)] {
            let (screen, printed, status) = Terminal::movienight("show 1", &friends, columns, lines).end();
            assert!(status.success(), "{printed}");
            let rows: Vec<&str> = screen.lines().collect();
            assert_eq!(rows[0], "▀".repeat(picture) + "  Movie 1 (1951)", "{screen}");
            assert!(rows.iter().all(|row| row.chars().count() <= columns.into()), "{screen}");
            assert!(rows.iter().any(|row| row.ends_with("https://www.imdb.com/title/tt0000001/")), "{screen}");
            // The last colour code is a reset.
            let codes = printed.split("\x1b[").filter_map(|part| part.split_once('m')).map(|(code, _)| code);
            let colors = codes.filter(|code| code.bytes().all(|b| b.is_ascii_digit() || b == b';'));
            assert_eq!(colors.last(), Some("0"), "{printed:?}");
        }
        let (screen, _, _) = Terminal::movienight("show 1 2", &friends, 80, 60).end();
        let rows: Vec<&str> = screen.lines().collect();
        let titles: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].contains("▀  Movie ")).collect();
        assert_eq!(titles.len(), 2, "{screen}");
        assert_eq!(rows[titles[1] - 1], "", "{screen}");
    }

    #[test]
    fn no_picture_is_drawn_where_it_is_disabled_or_does_not_fit() {
        let (_server, mut friends) = ready();
        let drawn = |friends: &Friends, args: &str, columns: u16| {
            let (_, printed, status) = Terminal::movienight(args, friends, columns, 24).end();
            assert!(status.success() && printed.contains("Movie 1 (1951)") || args.contains("json"), "{printed}");
            printed.contains('▀') || printed.contains("\x1b_G")
        };
        assert!(drawn(&friends, "show 1", 80));
        for args in ["show 1 --poster never", "show 1 --color never", "show 1 --json"] {
            assert!(!drawn(&friends, args, 80), "{args}");
        }
        assert!(!drawn(&friends, "show 1", 50), "too narrow");
        let output = friends.command().args(["show", "1"]).output().unwrap();
        assert!(!String::from_utf8(output.stdout).unwrap().contains('▀'));
        for (name, value) in [("NO_COLOR", "1"), ("MOVIENIGHT_POSTER", "never"), ("TERM", "dumb")] {
            let before = friends.vars.clone();
            friends.set(name, value);
            assert!(!drawn(&friends, "show 1", 80), "{name}");
            friends.vars = before;
        }
        // The option overrides the variable.
        friends.set("MOVIENIGHT_POSTER", "never");
        assert!(drawn(&friends, "show 1 --poster blocks", 80));
    }

    #[test]
    fn a_terminal_with_picture_support_gets_a_picture() {
        let (_server, mut friends) = ready();
        for (vars, start) in [
            ([("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")], "\x1b_Ga=T"),
            ([("TERM_PROGRAM", "WezTerm"), ("WEZTERM_PANE", "0")], "\x1b]1337;File=inline=1"),
        ] {
            let before = friends.vars.clone();
            vars.iter().for_each(|(name, value)| friends.set(name, value));
            let (_, printed, _) = Terminal::movienight("show 1", &friends, 80, 24).end();
            assert!(printed.contains(start), "{vars:?}");
            friends.vars = before;
        }
        // An unknown terminal gets half blocks, and is not queried.
        let (screen, printed, status) = Terminal::movienight("show 1", &friends, 80, 24).end();
        assert!(status.success() && screen.contains("▀  Movie 1") && !printed.contains("\x1b[c"));
    }
}

#[test]
fn a_page_shows_the_board_with_its_posters() {
    let server = library();
    let mut friends = group(&server, 3);
    friends.run("cache refresh").ok();
    friends.args(&["propose", "--title", "Ana's <b>video</b>", "--note", "bring tissues", "--as", "Ben"]).ok();
    friends.run("vote 2 --favorite --as Cleo").ok();
    friends.run("watched 3").ok();
    let html = friends.run("page").ok().out;
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    assert_eq!(html.matches("<img src=\"data:image/jpeg;base64,").count(), 2);
    assert!(html.contains("Ana&#39;s &lt;b&gt;video&lt;/b&gt;") && !html.contains("<b>"));
    for text in ["Movie 2", "Cleo", "bring tissues", "Sunday, 22 November 2026", "Recently watched", "22 November"] {
        assert!(html.contains(text), "{text}");
    }
    // Nobody would know from when the ends are counted.
    assert!(!html.contains("ends "));
    let timed = friends.run("page --start 20:30 --by 22:00").ok().out;
    assert!(timed.contains("starts at 20:30, over by 22:00") && timed.contains("ends 21:52"), "{timed}");
    for (asked, shown, misfit) in [
        ("--by 21:30 --start 20:30", "starts at 20:30, over by 21:30", "Does not fit: ends at 21:52"),
        ("--max 1h", "at most 1h 0m", "Does not fit: runs 1h 22m"),
        ("--genre Horror,War", "Horror or War", "Does not fit: genre: Drama, Comedy"),
        ("--years 1990-1999", "from 1990 to 1999", "Does not fit: year: 1952"),
        ("--years 1990-", "from 1990 or later", "Does not fit: year: 1952"),
        ("--rating 9", "rated 9.0 or more", "Does not fit: rating: 1.2"),
    ] {
        for format in ["page", "page --markdown"] {
            let page = friends.run(&format!("{format} {asked}")).ok().out.replace('\u{200b}', "");
            assert!(page.contains(shown) && page.contains(misfit), "{asked}: {page}");
            // The genre, year, rating and running time of the video are unknown.
            assert_eq!(page.matches("Not known whether it fits").count(), 1, "{asked}: {page}");
        }
    }
    assert!(!html.contains("Not known whether it fits"));
    let hidden = friends.run("page --hide-names").ok().out;
    assert!(!hidden.contains("Cleo") && hidden.contains("favourite of 1 person"));
    assert_eq!(friends.run("page --json").json()["movies"][0]["title"], json!("Movie 2"));
    let list = friends.run("page --markdown").ok().out;
    assert!(list.contains("**2** · Movie 2 (1952) · 2 votes"), "{list}");
    friends.terminal = Some(80);
    let error = friends.run("page").fails();
    assert!(error.contains("--out tonight.html"), "{error}");
    assert_eq!(friends.run("page --markdown").ok().out, list);
    assert_eq!(poster_requests(&server), 3, "a page fetches nothing");
}
