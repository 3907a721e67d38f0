//! Typed arguments: numbers, ids, words, and those that can be read in two ways.

use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::datasets::{BASICS_HEADER, Datasets, RATINGS_HEADER};
use crate::support::server::{Reply, Server, titles};

fn board(titles: &[&str]) -> Friends {
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_USER", "Ana");
    for title in titles {
        friends.args(&["propose", "--title", title]).ok();
    }
    friends
}

/// Returns the numbers that Ben votes for with these arguments.
fn voted(friends: &Friends, args: &[&str]) -> Vec<i64> {
    let document = friends.args(&[&["vote", "--as", "Ben", "--json"], args].concat()).json();
    friends.run("undo --as Ben").ok();
    document["votes"].as_array().unwrap().iter().map(|vote| vote["number"].as_i64().unwrap()).collect()
}

#[test]
fn numbers_lists_and_ranges_name_proposals() {
    let friends = board(&["Heat", "Up", "Shrek 2", "Alien 3", "Jaws"]);
    for (args, numbers) in [
        (&["3."][..], &[3][..]),
        (&["(3)"], &[3]),
        (&["\"3\""], &[3]),
        (&["1,3,5"], &[1, 3, 5]),
        (&["1,", "3"], &[1, 3]),
        (&["1, 3"], &[1, 3]),
        (&["1-3"], &[1, 2, 3]),
        (&["2-3,5"], &[2, 3, 5]),
        (&["shrek 2", "4"], &[3, 4]),
    ] {
        assert_eq!(voted(&friends, args), numbers, "{args:?}");
    }
    friends.run("watched 2").ok();
    let error = friends.run("vote 2").fails();
    assert!(error.contains("number 2, Up, was watched on 2026-11-22"), "{error}");
    let error = friends.run("vote 1,2").fails();
    assert!(error.contains("number 2, Up, was watched"), "{error}");
    assert_eq!(voted(&friends, &["1-3"]), [1, 3], "a range is what is on the board");
    let error = friends.run("vote 2-77").fails();
    assert!(error.contains("no movie on the board matches \"2-77\""), "{error}");
    assert!(friends.run("vote 12").fails().contains("no movie on the board has the number 12"));
}

#[test]
fn a_title_that_is_a_number_makes_a_number_ambiguous() {
    let friends = board(&["Heat", "Up", "2", "1-2", "2:3", "Se7en"]);
    for (args, error) in [
        (&["vote", "2"][..], "\"2\" may mean Up or 2: movienight vote '#2' or movienight vote 3"),
        (&["vote", "2."], "\"2.\" may mean Up or 2"),
        (&["vote", "1-2"], "\"1-2\" may mean Heat and Up or 1-2: movienight vote 1 '#2' or movienight vote 4"),
        (&["vote", "2", "3"], "\"2\" may mean Up or 2"),
        (&["vote", "7", "up"], "no movie on the board matches \"7 up\""),
        (
            &["vote", "6", "up"],
            "\"6 up\" may mean Se7en or Up or Se7en and Up: movienight vote 6 or movienight vote '#2' or movienight vote 6 '#2'",
        ),
    ] {
        let ran = friends.args(args).fails();
        assert!(ran.contains(error), "{args:?}: {ran}");
    }
    assert_eq!(voted(&friends, &["#2"]), [2]);
    assert_eq!(voted(&friends, &["#2,6"]), [2, 6]);
    assert_eq!(voted(&friends, &["1", "heat"]), [1], "all readings are one");
    friends.args(&["propose", "--title", "Blade Runner"]).ok();
    let error = friends.run("vote 1 blade runner").fails();
    let expected = "may mean Heat or Blade Runner or Heat and Blade Runner: \
                    movienight vote 1 or movienight vote 7 or movienight vote 1 7\n";
    assert!(error.ends_with(expected), "{error}");
    assert_eq!(voted(&friends, &["1 AND 6"]), [1, 6]);
    // The 1 is not the first digit of a year, but 19 is no number on the board.
    friends.args(&["propose", "--title", "Jaws", "--year", "1975"]).ok();
    let error = friends.run("vote jaws 1").fails();
    assert!(error.contains("\"jaws 1\" may mean Jaws (1975) or Heat or Jaws (1975) and Heat"), "{error}");
    assert_eq!(voted(&friends, &["jaws", "19"]), [8]);
    friends.args(&["propose", "--title", "35 Up"]).ok();
    let error = friends.run("vote 5 up").fails();
    assert!(error.contains("\"5 up\" may mean 2:3 or Up or 2:3 and Up"), "{error}");
    friends.args(&["withdraw", "#9"]).ok();
    friends.run("watched #2").ok();
    let error = friends.run("vote 2").fails();
    assert!(error.contains("number 2, Up, was watched on 2026-11-22: movienight vote 3 means 2"), "{error}");
}

#[test]
fn on_a_terminal_an_ambiguous_number_is_asked() {
    let mut friends = board(&["Heat", "Up", "1-2"]);
    friends.asks = true;
    friends.set("NO_COLOR", "1");
    // The keys are numbers on the board: 2 would be Up.
    friends.stdin = "2\n2, 1\ny\n".into();
    let ran = friends.run("vote 1-2 --as Ben").ok();
    assert_eq!(ran.out, "Ben voted for Heat\nBen voted for Up\n");
    assert!(ran.err.starts_with("  1 2  Heat and Up\n    3  1-2\nWhich one? [numbers, Enter: none]"), "{}", ran.err);
    friends.stdin = "\n".into();
    assert!(friends.run("vote 1-2 --as Ben").fails().contains("nothing chosen, nothing changed"));
}

#[test]
fn several_ids_are_several_movies() {
    let friends = Friends::offline();
    let out = friends.args(&["propose", "https://www.imdb.com/title/tt0000001/ and imdb.com/title/tt0000002"]).ok().out;
    assert_eq!(out.lines().count(), 2, "{out}");
    assert_eq!(friends.run("propose tt0000003,tt0000004").ok().out.lines().count(), 2);
    let out = friends.run("vote letterboxd.com/imdb/tt0000001/ {imdb-tt0000003} --as Ben").ok().out;
    assert_eq!(out, "Ben voted for tt0000001\nBen voted for tt0000003\n");
}

const LIBRARY: [(&str, &str, u16, u64); 10] = [
    ("tt0000001", "Amélie", 2001, 800_000),
    ("tt0000002", "Léon: The Professional", 1994, 1_200_000),
    ("tt0000003", "Les Misérables", 2012, 340_000),
    ("tt0000004", "Leo", 2023, 12_000),
    ("tt0000005", "Leo", 2023, 900),
    ("tt0000006", "Cat", 2001, 500),
    ("tt0000007", "Cat", 2002, 400),
    ("tt0000008", "9", 2009, 140_000),
    ("tt0000009", "Heat", 1995, 700_000),
    ("tt0000010", "The Heat", 2013, 200_000),
];

fn title((id, title, year, ratings): (&str, &str, u16, u64)) -> Value {
    let original = if title.starts_with("Léon") { "Léon" } else { title };
    json!({"id": id, "type": "movie", "primaryTitle": title, "originalTitle": original, "startYear": year,
           "rating": {"aggregateRating": 8, "voteCount": ratings}})
}

pub fn respond(path: &str) -> Reply {
    if let Some(query) = path.strip_prefix("/search/titles?query=") {
        let word = query.split(['+', '&', '%']).next().unwrap().to_lowercase();
        let has = |name: &str| name.to_lowercase().replace('é', "e").contains(&word);
        let found: Vec<Value> = LIBRARY.into_iter().filter(|movie| has(movie.1)).map(title).collect();
        return Reply::json(&json!({ "titles": found }));
    }
    titles(path, |id| LIBRARY.into_iter().find(|movie| movie.0 == id).map(title))
}

/// Returns friends with these titles in a catalogue, and without a web source.
fn with_catalog() -> Friends {
    let datasets = Datasets::start();
    let (mut basics, mut ratings) = (BASICS_HEADER.to_owned(), RATINGS_HEADER.to_owned());
    for (id, title, year, votes) in LIBRARY {
        let original = if title.starts_with("Léon") { "Léon" } else { title };
        basics += &format!("{id}\tmovie\t{title}\t{original}\t0\t{year}\t\\N\t90\tDrama\n");
        ratings += &format!("{id}\t8.0\t{votes}\n");
    }
    for n in 0..3000 {
        basics += &format!("tt1{n:06}\tmovie\tFiller {n}\tFiller {n}\t0\t1999\t\\N\t90\tDrama\n");
        ratings += &format!("tt1{n:06}\t5.5\t150\n");
    }
    datasets.set(&basics, &ratings, "2");
    Friends::with_catalog(&datasets)
}

#[test]
fn accents_and_namesakes_work_with_and_without_a_catalogue() {
    let server = Server::start(respond);
    for friends in [Friends::online(&server.url()), with_catalog()] {
        for (line, out) in [
            ("propose amelie", "Proposed Amélie (2001), rated 8.0, as number 1\n"),
            ("propose leon", "Proposed Léon: The Professional (1994), rated 8.0, as number 2\n"),
            ("propose les miserables 2012", "Proposed Les Misérables (2012), rated 8.0, as number 3\n"),
            ("propose AMELIE --as Ben", "Amélie (2001) is on the board already; added Ben's vote\n"),
        ] {
            assert_eq!(friends.run(line).ok().out, out, "{line}");
        }
        let ran = friends.run("propose leo 2023").ok();
        assert_eq!(ran.out, "Proposed Leo (2023), rated 8.0, as number 4\n");
        assert!(ran.err.contains("There is also Leo (2023), tt0000005\n"), "{}", ran.err);
        let error = friends.run("propose cat").fails();
        assert!(error.contains("tt0000006") && error.contains("2 titles match \"cat\""), "{error}");
        assert_eq!(friends.run("propose cat 2002").ok().out, "Proposed Cat (2002), rated 8.0, as number 5\n");
    }
}

#[test]
fn an_article_that_was_typed_makes_another_title() {
    let friends = with_catalog();
    let ran = friends.run("propose heat").ok();
    assert_eq!(ran.out, "Proposed Heat (1995), rated 8.0, as number 1\n");
    assert!(ran.err.contains("There is also The Heat (2013), tt0000010\n"), "{}", ran.err);
    assert_eq!(friends.run("propose the heat").ok().out, "Proposed The Heat (2013), rated 8.0, as number 2\n");
    friends.run("withdraw 1").ok();
    for line in ["vote heat", "unvote heat"] {
        let error = friends.run(line).fails();
        assert!(error.contains("Heat (1995) was taken off the board"), "{line}: {error}");
    }
    assert_eq!(friends.run("propose heat").ok().out, "Brought back Heat (1995), rated 8.0, with the votes it had\n");
    assert_eq!(friends.run("vote heat --as Ben").ok().out, "Ben voted for Heat (1995)\n");
    friends.run_all("Ana: watched 1 2\nAna: propose leon");
    let error = friends.run("vote herat").fails();
    assert!(error.contains("did you mean Heat (1995)? movienight propose --again tt"), "{error}");
}

#[test]
fn a_withdrawn_exact_title_beats_a_similar_one_on_the_board() {
    let friends = board(&["Alien", "Aliens"]);
    friends.run("withdraw 2").ok();
    let error = friends.run("vote aliens").fails();
    assert!(error.contains("Aliens was taken off the board: movienight propose '#2' brings it back"), "{error}");
    assert!(friends.run("vote alienz").fails().contains("did you mean Alien?"));
}

#[test]
fn a_movie_called_a_number_is_found_off_the_board() {
    let friends = board(&["Heat", "300"]);
    friends.run("watched 2").ok();
    assert_eq!(friends.run("seen 300 --as Ben").ok().out, "Ben has seen 300\n");
    assert!(friends.run("vote 300").fails().contains("error: 300 was watched on 2026-11-22"));
    for line in ["vote #300", "seen #300", "seen 301"] {
        assert!(friends.run(line).fails().contains("no movie on the board has the number 30"), "{line}");
    }
}

#[test]
fn proposing_a_number_never_votes() {
    let server = Server::start(respond);
    let mut friends = Friends::online(&server.url());
    friends.set("MOVIENIGHT_USER", "Ana");
    for n in 1..10 {
        friends.args(&["propose", "--title", &format!("Own {n}")]).ok();
    }
    let error = friends.run("propose 9 --as Ben").fails();
    let both =
        "movienight --as Ben vote 9 votes for it, movienight --as Ben propose tt0000008 proposes the title \"9\"\n";
    assert!(error.contains(&format!("number 9, Own 9, is on the board already: {both}")), "{error}");
    let error = friends.run("propose 8 --as Ben").fails();
    assert!(error.ends_with("is on the board already: movienight --as Ben vote 8 votes for it\n"), "{error}");
    friends.run("withdraw 8 9").ok();
    assert_eq!(friends.run("propose 8").ok().out, "Brought back Own 8, with the votes it had\n");
    let error = friends.run("propose 9").fails();
    assert!(
        error.contains("may mean Own 9 or tt0000008: movienight propose '#9' or movienight propose tt0000008"),
        "{error}"
    );
    let document: Value = serde_json::from_str(&friends.run("propose 9 --json").fails()).unwrap();
    let ids: Vec<&Value> = document["candidates"].as_array().unwrap().iter().map(|movie| &movie["imdb_id"]).collect();
    assert_eq!(ids, [&Value::Null, &json!("tt0000008")]);
    assert_eq!(friends.run("propose #9").ok().out, "Brought back Own 9, with the votes it had\n");
    friends.run("withdraw #9").ok();
    assert_eq!(friends.run("propose #9").ok().out, "Brought back Own 9, with the votes it had\n");
    assert_eq!(
        friends.run("propose leo 2023 --as Cleo").ok().out,
        "Cleo proposed Leo (2023), rated 8.0, as number 10\n"
    );
    friends.run("watched 9").ok();
    assert!(friends.run("add 9").fails().contains("movienight propose --again '#9' or movienight propose tt0000008"));
}

#[test]
fn options_that_would_be_ignored_are_refused() {
    let friends = board(&["Heat"]);
    for option in ["--start 20:30", "--genre drama", "--all", "--age 12", "--unseen", "--max 2h"] {
        let line = format!("vote 1 {option}");
        let ran = friends.run(&line);
        assert!(ran.code == 2 && ran.err.contains("cannot be used with"), "{line}: {ran:?}");
    }
    for here in ["", ",", " , "] {
        for command in ["pick", "watched"] {
            let movie: &[&str] = if command == "watched" { &["1"] } else { &[] };
            let error = friends.args(&[&[command, "--here", here], movie].concat()).fails();
            assert!(error.contains("--here needs at least one name"), "{command} {here:?}: {error}");
        }
    }
}

#[test]
fn commands_that_need_no_board_work_if_it_is_absent() {
    let server = Server::start(respond);
    let mut friends = Friends::online(&server.url());
    let absent = friends.folder.path().join("absent.db");
    friends.set("MOVIENIGHT_DB", &absent);
    assert!(friends.run("search amelie").ok().out.contains("tt0000001"));
    assert!(friends.run("show tt0000001").ok().out.contains("Amélie (2001)"));
    assert_eq!(friends.run("open tt0000001").ok().out, "https://www.imdb.com/title/tt0000001/\n");
    for line in ["show 1", "show amelie", "open tt0000001 heat"] {
        assert!(friends.run(line).fails().contains("there is no database at"), "{line}");
    }
    assert!(!absent.exists());
    if cfg!(not(feature = "postgres")) {
        return;
    }
    friends.set("MOVIENIGHT_DB", "postgres://nobody@127.0.0.1:9/films");
    assert!(friends.run("search amelie").ok().out.contains("tt0000001"));
    assert!(friends.run("show tt0000001").ok().out.contains("Amélie (2001)"));
}

#[test]
fn a_watched_movie_is_not_proposed_again_by_accident() {
    let friends = board(&["Ana's wedding", "Heat"]);
    friends.run("watched 1").ok();
    let error = friends.args(&["propose", "--title", "ana's  WEDDING"]).fails();
    assert!(
        error.contains(
            "was watched on 2026-11-22, so nothing was proposed: \
             movienight propose --again --title='ana'\\''s WEDDING' puts it on the board again"
        ),
        "{error}"
    );
    friends.args(&["propose", "--title", "Ana's wedding", "--again"]).ok();
    let error = friends.run("vote 1").fails();
    assert!(error.contains("number 1, Ana's wedding, was watched on"), "{error}");
    friends.run("withdraw 3").ok();
    for line in ["vote wedding", "vote 3"] {
        let error = friends.run(line).fails();
        assert!(error.contains("was taken off the board: movienight propose '#3' brings it back"), "{line}: {error}");
    }
    assert!(friends.run("propose 3").ok().out.starts_with("Brought back"));
    friends.run("propose tt0000001").ok();
    friends.run("watched tt0000001").ok();
    friends.run("propose --again 4").ok();
    let error = friends.run("vote 4").fails();
    assert!(error.contains("it is on the board again as number 5"), "{error}");
    friends.run("withdraw 5").ok();
    assert!(friends.run("propose tt0000001").ok().out.starts_with("Brought back"));
}

#[test]
fn the_web_is_searched_only_without_a_clear_catalogue_hit() {
    let server = Server::start(|path| match path.starts_with("/search") {
        true => Reply::json(&json!({"titles": [title(("tt0068646", "The Godfather", 1972, 2_000_000))]})),
        false => respond(path),
    });
    let mut friends = with_catalog();
    friends.set("MOVIENIGHT_SOURCES", "imdbapi");
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    assert!(friends.run("search der pate").ok().out.contains("The Godfather"));
    assert_eq!(server.count(), 1);
    for words in ["amelie", "les miserables", "leon the profesional"] {
        friends.args(&["search", words]).ok();
    }
    assert_eq!(server.count(), 1, "what is equal or nearly so needs no request");
}

#[test]
fn commands_in_hints_repeat_the_given_options() {
    let friends = board(&["Heat", "Up", "2"]);
    let other = friends.folder.path().join("other.db").display().to_string();
    friends.args(&["propose", "--title", "Heat", "--title", "Up", "--db", &other]).ok();
    let place = format!("--db {other} --as Ben");
    for (line, hint) in [
        ("vote tt0000012", format!("movienight {place} propose tt0000012 puts it on the board")),
        ("vote zzz", format!("movienight {place} vote shows the board")),
        (
            "vote heat up",
            format!("movienight {place} vote 1 or movienight {place} vote 2 or movienight {place} vote 1 2"),
        ),
    ] {
        let error =
            friends.args(&[&line.split(' ').collect::<Vec<_>>()[..], &["--db", &other, "--as", "Ben"]].concat());
        let error = error.fails();
        assert!(error.ends_with(&format!("{hint}\n")), "{line}: {error}");
    }
    friends.args(&["--db", &other, "--as", "Ben", "vote", "1", "2"]).ok();
    let error = friends.args(&["vote", "tt0000012", "--db", "postgres://ana:geheim@127.0.0.1:9/films"]).fails();
    assert!(!error.contains("geheim"), "{error}");
}

#[test]
fn words_between_titles_are_no_titles() {
    let friends = board(&["Whiplash", "The Grand Budapest Hotel", "Parasite"]);
    let error = friends.run("vote whiplash and parasite").fails();
    let both = "movienight vote 1 or movienight vote 3 or movienight vote 1 3\n";
    assert!(error.ends_with(&format!("Whiplash or Parasite or Whiplash and Parasite: {both}")), "{error}");
    assert!(friends.run("vote and and").fails().contains("no movie on the board matches \"and and\""));
    friends.run("propose tt0000012").ok();
    let error = friends.args(&["vote", "tt0000012", "heat", "the  x"]).fails();
    assert!(error.ends_with("movienight vote heat the x\n"), "{error}");
}

#[test]
fn a_repeated_option_is_repeated_in_a_hint() {
    let friends = board(&["Heat", "1"]);
    let error = friends.run("watched 1 --here Ana,Ben --here Cleo").fails();
    assert!(error.contains("movienight watched --here Ana --here Ben --here Cleo "), "{error}");
}
