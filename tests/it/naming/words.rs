//! A number always means the same movie, words mean one title if they can, and different titles stay different.

use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::server::{Reply, Server, dead_url, titles};

const MOVIES: [(&str, &str, u16); 9] = [
    ("tt0000001", "Heat", 1995),
    ("tt0000002", "Blade Runner", 1982),
    ("tt0000003", "3 Idiots", 2009),
    ("tt0000004", "Blade Runner 2049", 2017),
    ("tt0000005", "Alien", 1979),
    ("tt0000006", "1917", 2019),
    ("tt0000007", "9", 2009),
    ("tt0000008", "The Godfather", 1972),
    ("tt0000009", "The Idiots", 1998),
];

fn title((id, title, year): (&str, &str, u16)) -> Value {
    json!({"id": id, "type": "movie", "primaryTitle": title, "startYear": year, "runtimeSeconds": 6000})
}

/// Answers like a service with a fuzzy search, which finds Heat whatever the year.
fn respond(path: &str) -> Reply {
    if path.starts_with("/search") {
        let found: Vec<Value> = match path {
            p if p.contains("heat") => vec![title(MOVIES[0])],
            p if p.contains("idiots") => vec![title(MOVIES[8]), title(MOVIES[2])],
            _ => vec![],
        };
        return Reply::json(&json!({ "titles": found }));
    }
    titles(path, |id| MOVIES.into_iter().find(|movie| movie.0 == id).map(title))
}

fn friends(server: &Server, ids: &str) -> Friends {
    let mut friends = Friends::online(&server.url());
    friends.set("MOVIENIGHT_USER", "Ana");
    friends.run(&format!("propose {ids}")).ok();
    friends
}

const FIVE: &str = "tt0000001 tt0000002 tt0000003 tt0000004 tt0000005";

#[test]
fn a_number_means_the_same_movie_in_every_order_of_the_board() {
    let server = Server::start(respond);
    let friends = friends(&server, FIVE);
    friends.run("vote 4 5 --as Ben").ok();
    friends.run("vote 5 --as Cleo").ok();
    for line in ["vote --json", "vote --by 23:00 --json", "pick --json"] {
        let document = friends.run(line).json();
        let list = if line.starts_with("pick") { "ranking" } else { "proposals" };
        for movie in document[list].as_array().unwrap() {
            let number = movie["number"].as_i64().unwrap();
            assert_eq!(movie["imdb_id"], format!("tt000000{number}"), "{line}");
        }
        assert_eq!(document[list][0]["number"], 5, "{line}");
        assert_eq!(document[list][0]["rank"], 1, "{line}");
    }
    assert!(friends.run("watched 4").ok().out.contains("Blade Runner 2049"));
    let error = friends.run("vote 4").fails();
    assert!(error.contains("number 4, Blade Runner 2049 (2017), was watched on 2026-11-22"), "{error}");
    for line in ["vote runner 2049", "vote tt0000004"] {
        let error = friends.run(line).fails();
        assert!(
            error.contains("Blade Runner 2049 (2017) was watched on 2026-11-22: movienight propose --again tt0000004"),
            "{error}"
        );
    }
    friends.run("withdraw 3").ok();
    let error = friends.run("vote 3").fails();
    assert!(error.contains("number 3, 3 Idiots (2009), was taken off the board"), "{error}");
    assert!(friends.run("vote 77").fails().contains("no movie on the board has the number 77"));
}

#[test]
fn a_number_is_never_given_twice() {
    let friends = Friends::offline();
    let number = |line: &str| friends.run(line).json()["proposed"][0]["number"].as_i64().unwrap();
    assert_eq!(number("propose tt0000001 --json"), 1);
    assert_eq!(number("propose tt0000002 --json"), 2);
    friends.run("undo").ok();
    assert_eq!(number("propose tt0000003 --json"), 3, "undo does not lower it");
    friends.run("undo").ok();
    assert!(friends.run("redo").ok().out.contains("tt0000003"));
    let board = friends.run("vote --json").json();
    let numbers: Vec<i64> =
        board["proposals"].as_array().unwrap().iter().map(|p| p["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [1, 3], "redo gives back the same");
}

#[test]
fn words_are_matched_as_one_title() {
    let server = Server::start(respond);
    let friends = friends(&server, FIVE);
    let voted = |line: &str| {
        let document = friends.run(&format!("vote {line} --as Ben --json")).json();
        let numbers: Vec<i64> =
            document["votes"].as_array().unwrap().iter().map(|v| v["number"].as_i64().unwrap()).collect();
        friends.run("undo --as Ben").ok();
        numbers
    };
    for (line, expected) in [
        ("3 idiots", vec![3]),
        ("blade runner 2049", vec![4]),
        ("blade runner", vec![2]),
        ("blade runner 1982", vec![2]),
        ("heat 1995", vec![1]),
        ("heat", vec![1]),
        ("3 5", vec![3, 5]),
        ("3 and 5", vec![3, 5]),
        ("#3", vec![3]),
        ("tt0000001 3", vec![1, 3]),
        ("https://www.imdb.com/title/tt0000001/ 5", vec![1, 5]),
        ("https://letterboxd.com/film/blade-runner-2049/", vec![4]),
    ] {
        assert_eq!(voted(line), expected, "{line}");
    }
    let quoted = friends.args(&["vote", "blade runner", "3 idiots", "--as", "Ben", "--json"]).json();
    assert_eq!(quoted["votes"].as_array().unwrap().len(), 2);
    for (line, expected) in [
        (
            "vote heat alien",
            "\"heat alien\" may mean Heat (1995) or Alien (1979) or Heat (1995) and Alien (1979): \
             movienight vote 1 or movienight vote 5 or movienight vote 1 5",
        ),
        ("unvote --favorite 3 alien", "movienight unvote --favorite 3 or movienight unvote --favorite 5 or movienight"),
        ("vote 2049", "no movie on the board has the number 2049: movienight vote shows the board"),
        ("vote heat 1996", "no movie on the board matches \"heat 1996\": did you mean Heat (1995)?"),
        (
            "vote tt0000001 alien",
            "\"tt0000001 alien\" mixes an id and words: movienight vote 1 or movienight vote alien",
        ),
        ("vote https://www.imdb.com/title/tt0000001/ alien", "movienight vote 1 or movienight vote alien"),
        ("vote tt0000001 blade", "mixes an id and words"),
    ] {
        let error = friends.run(line).fails();
        assert!(error.contains(expected), "{line}: {error}");
    }
    assert!(friends.run("vote Look: https://www.imdb.com/title/tt0000005/ --as Zoë").ok().out.contains("Alien"));
    assert_eq!(friends.run("watched 3 idiots").ok().out.lines().count(), 1);
    assert_eq!(friends.run("history --json").json()["watched"].as_array().unwrap().len(), 1);
}

#[test]
fn an_ambiguous_number_is_asked_or_refused() {
    let server = Server::start(respond);
    let mut friends = friends(&server, "tt0000006 tt0000007");
    friends.stdin = (10..17).map(|n| format!("tt00000{n}\n")).collect();
    friends.run("propose - --offline").ok();
    assert!(friends.run("vote 1917 --as Ben").ok().out.contains("1917 (2019)"), "no number of the board's");
    // Number 9 is not the movie "9", which is number 2.
    let error = friends.run("vote 9 --as Ben").fails();
    assert!(
        error.ends_with(
            "\"9\" may mean tt0000016 or 9 (2009): movienight --as Ben vote '#9' or movienight --as Ben vote 2\n"
        ),
        "{error}"
    );
    assert!(friends.run("vote #9 --as Ben").ok().out.contains("tt0000016"));
    friends.asks = true;
    friends.stdin = "2\n".into();
    let ran = friends.run("vote 9 --as Ben").ok();
    assert!(ran.out.contains("Ben voted for 9 (2009)"), "{ran:?}");
    assert!(ran.err.contains("Which one? [number, Enter: none]"), "{}", ran.err);
}

#[test]
fn a_search_uses_the_typed_words() {
    let server = Server::start(respond);
    let friends = friends(&server, FIVE);
    assert!(friends.run("propose 3 idiots --as Ben").ok().out.contains("3 Idiots (2009) is on the board already"));
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 5);
    assert!(friends.run("propose agent 007").fails().contains("no title is called \"agent 007\""));
    assert!(server.requests().iter().any(|path| path.contains("query=agent+007")));
    // The service finds Heat (1995) for any year: that is another movie.
    let error = friends.run("propose heat 1996").fails();
    assert!(error.contains("\"heat\" of 1996 may be Heat (1995)"), "{error}");
}

#[test]
fn a_search_without_the_board_does_not_say_what_is_on_it() {
    let server = Server::start(respond);
    let mut friends = friends(&server, "tt0000001");
    let hit = |friends: &Friends| friends.run("search heat --json").ok().json()["results"][0]["on_board"].clone();
    assert_eq!(hit(&friends), true);
    let diary = friends.folder.path().join("diary.db");
    std::fs::write(&diary, "Dear diary").unwrap();
    friends.set("MOVIENIGHT_DB", &diary);
    assert_eq!(hit(&friends), Value::Null);
    for line in ["search heat", "show tt0000001"] {
        assert!(friends.run(line).ok().err.contains("The board cannot be read"), "{line}");
    }
}

#[test]
fn different_titles_are_different_movies() {
    let friends = Friends::offline();
    for (a, b) in [("パパ", "ハハ"), ("🍿", "🎂"), ("C++", "C#"), ("दिल", "दाल")] {
        let ran = friends.args(&["propose", "--title", a, "--title", b, "--json"]).json();
        let outcomes: Vec<&Value> = ran["proposed"].as_array().unwrap().iter().map(|p| &p["outcome"]).collect();
        assert_eq!(outcomes, ["proposed", "proposed"], "{a} {b}");
        for title in [a, b] {
            assert_eq!(friends.args(&["vote", title, "--as", "Ben"]).ok().out, format!("Ben voted for {title}\n"));
        }
    }
    let ran = friends.args(&["propose", "--title", "c++", "--as", "Ben"]).ok();
    assert_eq!(ran.out, "c++ is on the board already, with Ben's vote\n");
}

#[test]
fn pasted_links_and_names_are_understood() {
    let friends = Friends::offline();
    for text in [
        "\u{200e}https://www.imdb.com/title/tt0068646/",
        "tt0068\u{200b}646",
        "Check out The Godfather https://www.imdb.com/title/tt0068646/",
        "<https://www.imdb.com/title/tt0068646/>",
        "https://www.imdb.com/title/tt0068646.",
        "The Godfather (tt0068646)",
    ] {
        let friends = Friends::offline();
        assert_eq!(friends.args(&["propose", text]).ok().out, "Proposed tt0068646, as number 1\n", "{text:?}");
    }
    let mut friends = friends;
    friends.stdin = "\u{feff}tt0000001\r\nThe Godfather (tt0068646)\r\n".into();
    friends.run("propose -").ok();
    for command in ["vote", "unvote", "watched", "withdraw", "propose"] {
        friends.stdin = "\n# nothing\n".into();
        let error = friends.run(&format!("{command} -")).fails();
        assert!(error.contains("no movies on standard input"), "{command}: {error}");
    }
    friends.args(&["vote", "1", "--as", "Ana Maria"]).ok();
    for name in ["Ana  Maria", "ana\u{a0}maria"] {
        assert!(friends.args(&["vote", "1", "--as", name]).ok().out.contains("has already voted"), "{name:?}");
    }
}

#[test]
fn a_list_in_latin_1_is_read() {
    use std::io::Write;
    let friends = Friends::offline();
    let mut command = friends.command();
    command.args(["propose", "-"]).stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"tt0000001\nAm\xe9lie\n").unwrap();
    let error = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert!(error.contains("line 2: cannot search for \"Amélie\""), "{error}");
}

#[test]
fn a_persons_request_is_sent_even_while_a_source_is_suspended() {
    let mut friends = Friends::online(&dead_url());
    friends.run("propose tt0000001").ok();
    let server = Server::start(respond);
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    assert!(friends.run("search heat").ok().out.contains("Heat"));
    assert!(friends.run("show tt0000005").ok().out.contains("Alien"));
    assert!(friends.run("propose the godfather").fails().contains("no title is called"));
    assert!(friends.run("propose tt0000008").ok().out.contains("The Godfather"));
}

#[test]
fn a_number_always_means_the_same_movie() {
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_USER", "Ana");
    for title in ["Alpha", "Beta", "Gamma", "2"] {
        friends.args(&["propose", "--title", title]).ok();
    }
    let error = friends.run("propose 2 --as Ben").fails();
    let hint = "movienight --as Ben vote '#2' votes for it, movienight --as Ben vote 4 votes for 2";
    assert!(error.contains(&format!("number 2, Beta, is on the board already: {hint}\n")), "{error}");
    friends.run("withdraw 1 #2").ok();
    let error = friends.run("vote 1").fails();
    assert!(error.ends_with("movienight propose '#1' brings it back with its votes\n"), "{error}");
    assert_eq!(friends.run("propose 1").ok().out, "Brought back Alpha, with the votes it had\n");
    assert_eq!(friends.run("propose beta").ok().out, "Brought back Beta, with the votes it had\n");
    assert!(friends.run("propose #77").fails().contains("no movie on the board has the number 77"));
    friends.run("propose tt0000012").ok();
    friends.run("watched 5").ok();
    let error = friends.run("vote 5").fails();
    assert!(error.ends_with("movienight propose --again tt0000012 puts it on the board again\n"), "{error}");
    assert!(friends.run("propose 5").fails().contains("tt0000012 was watched on"));
    assert_eq!(friends.run("propose --again 5").ok().out, "Proposed tt0000012, as number 6\n");
}

#[test]
fn stored_control_characters_never_reach_the_terminal() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 --as Ana").ok();
    friends.args(&["propose", "--title", "Home video", "--note", "bring cake", "--as", "Ben"]).ok();
    friends.run("watched 2").ok();
    friends.execute(
        "UPDATE voters SET name = name || '\u{1b}]0;pwned\u{7}\u{202e}';
         UPDATE notes SET text = '\u{1b}[2Jx';
         UPDATE proposals SET title = 'Home\u{1b}[31m video' WHERE id = 2;
         INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source) VALUES ('tt0000012',
             '{\"title\":\"A\\u001b]0;pwned\\u0007\",\"plot\":\"B\\u009b31m\",\"genres\":[\"C\\u001b[1m\"],
               \"trailer_url\":\"https://x/\\u001b[0m\"}', unixepoch(), 'im\u{1b}db')",
    );
    for line in
        ["vote", "vote --json", "show 1", "history", "history --json", "voters", "undo --list", "pick", "open 1"]
            .into_iter()
            .chain(["voters --json", "show 1 --json", "undo --list --json", "page --markdown", "complete voters"])
    {
        let ran = friends.run(line);
        for text in [ran.out, ran.err] {
            let is_bad = |c: char| c != '\n' && movienight::model::text::is_unsafe(c);
            assert!(!text.contains(is_bad) && !text.contains("\\u001b"), "{line}: {text:?}");
        }
    }
    let ran = friends.run("unvote 1 --as Ana");
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{ran:?}");
}
