//! Whole outputs as files in `snapshots/`, so that a reader sees the product and a failure shows what changed.
//! `INSTA_UPDATE=always` rewrites them.

use std::fmt::Write as _;

use crate::support::Friends;
use crate::support::server::{Reply, Server, titles};

/// Returns the data of a movie. Among them are a long title, another script, and a movie without facts.
fn movie(id: &str) -> Option<serde_json::Value> {
    let (title, original, year, rating, minutes, genres) = match id {
        "tt0000001" => ("Heat", "Heat", 1995, Some(8.3), 170, vec!["Crime", "Drama"]),
        "tt0000002" => {
            ("Amélie", "Le fabuleux destin d'Amélie Poulain", 2001, Some(8.3), 122, vec!["Comedy", "Romance"])
        }
        "tt0000003" => (
            "千と千尋の神隠し",
            "千と千尋の神隠し",
            2001,
            Some(8.6),
            125,
            vec!["Animation", "Adventure", "Family", "Fantasy"],
        ),
        "tt0000004" => (
            "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
            "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
            1964,
            Some(8.3),
            95,
            vec!["Comedy", "War"],
        ),
        "tt0000005" => ("Old Joy", "Old Joy", 2006, None, 73, vec![]),
        _ => return None,
    };
    let rating = rating.map(|rating| serde_json::json!({"aggregateRating": rating, "voteCount": 123_456}));
    Some(serde_json::json!({
        "id": id, "type": "movie", "primaryTitle": title, "originalTitle": original, "startYear": year,
        "runtimeSeconds": minutes * 60, "genres": genres, "rating": rating,
        "plot": "Somebody wants something, and somebody else is in the way. It takes longer than anybody thought.",
        "directors": [{"displayName": "Jo Director"}], "stars": [{"displayName": "Sam Star"}, {"displayName": "Kim Star"}],
    }))
}

fn serve(path: &str) -> Reply {
    match path.starts_with("/search/") {
        true => Reply::json(&serde_json::json!({"titles": [movie("tt0000001"), movie("tt0000004")]})),
        false => titles(path, movie),
    }
}

/// Returns a board of five movies with the opinions of four people.
fn board(server: &Server) -> Friends {
    let mut friends = Friends::online(&server.url()).in_file();
    friends.set("NO_COLOR", "1");
    friends.run_all(
        "Ana: propose tt0000001 tt0000002 tt0000003
         Ben: propose tt0000004 tt0000005
         Cleo: vote --favorite 4
         Cleo: vote --no 2
         Dan: vote 1 3 4
         Ana: propose tt0000001 --note Long,butgood",
    );
    friends
}

/// Compares text with the snapshot of that name.
fn assert_matches_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Runs command lines. Returns each with what it prints. Text after `<` is its standard input; `#` begins a heading.
fn session(friends: &mut Friends, lines: &str) -> String {
    let folder = friends.folder.path().display().to_string();
    let server = friends.vars["MOVIENIGHT_IMDBAPI_URL"].to_str().unwrap().to_owned();
    let mut out = String::new();
    for line in lines.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            writeln!(out, "{line}").unwrap();
            continue;
        }
        let (command, input) = line.split_once(" < ").unwrap_or((line, ""));
        friends.stdin = input.replace("\\n", "\n");
        let ran = friends.run(&command.replace('~', &folder));
        let text = (ran.out + &ran.err).replace(&folder, "~").replace(&server, "http://127.0.0.1:9");
        let code = if ran.code == 0 { String::new() } else { format!("[exit code {}]\n", ran.code) };
        writeln!(out, "$ movienight {line}\n{}{code}", text.trim_start_matches('\n')).unwrap();
    }
    out
}

#[test]
fn the_board_at_every_width() {
    let server = Server::start(serve);
    let mut friends = board(&server);
    let mut text = String::new();
    for width in [40, 60, 80, 140] {
        friends.terminal = Some(width);
        writeln!(text, "{width} columns\n\n{}", friends.run("vote --as Ana").ok().out).unwrap();
    }
    friends.terminal = None;
    writeln!(text, "piped\n\n{}", friends.run("vote --as Ana").ok().out).unwrap();
    assert_matches_snapshot("board", &text);
}

#[test]
fn the_card_of_a_movie() {
    let server = Server::start(serve);
    let mut friends = board(&server);
    let mut text = String::new();
    for width in [40, 80, 140] {
        friends.terminal = Some(width);
        writeln!(text, "{width} columns\n\n{}", friends.run("show 2 4 --as Ana").ok().out).unwrap();
    }
    assert_matches_snapshot("card", &text);
}

#[test]
fn the_page() {
    let server = Server::start(serve);
    let friends = board(&server);
    assert_matches_snapshot("page.html", &friends.run("page --start 20:00").ok().out);
    assert_matches_snapshot("page.md", &friends.run("page --markdown").ok().out);
    assert_matches_snapshot("ballot.html", &friends.run("page --ballot").ok().out);
}

#[test]
fn every_help_text() {
    let friends = Friends::offline().in_file();
    let mut lines = vec!["-h".to_owned(), "--help".to_owned()];
    let is_own = |command: &&clap::Command| !command.is_hide_set() && command.get_name() != "help";
    for command in movienight::Cli::whole().get_subcommands().filter(is_own) {
        let name = command.get_name();
        lines.push(format!("{name} --help"));
        lines.extend(command.get_subcommands().map(|inner| format!("{name} {} --help", inner.get_name())));
    }
    lines.retain(|line| !line.contains("help --help") && !line.contains(" help "));
    let text = lines.iter().map(|line| format!("$ movienight {line}\n{}\n", friends.run(line).out));
    assert_matches_snapshot("help", &text.collect::<String>());
}

#[test]
fn the_messages_of_a_session() {
    let server = Server::start(serve);
    let mut friends = Friends::online(&server.url()).in_file();
    friends.set("NO_COLOR", "1");
    assert_matches_snapshot("said", &session(&mut friends, include_str!("said.txt")));
}
