//! Deciding: favourites, the pick and its reasons, the clock, the history.

use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::server::{Server, titles};

/// Starts a server with three movies of 100, 120 and 180 minutes, called One, Two and Three.
pub fn library() -> Server {
    Server::start(|path| titles(path, movie))
}

fn movie(id: &str) -> Option<Value> {
    let (name, minutes) = match id {
        "tt0000001" => ("One", 100),
        "tt0000002" => ("Two", 120),
        "tt0000003" => ("Three", 180),
        _ => return None,
    };
    Some(json!({"id": id, "type": "movie", "primaryTitle": name, "startYear": 2001, "runtimeSeconds": minutes * 60}))
}

pub fn friends(server: &Server) -> Friends {
    let mut friends = Friends::online(&server.url());
    friends.set("MOVIENIGHT_USER", "Ana");
    friends.run("propose tt0000001 tt0000002 tt0000003 --as Ana").ok();
    friends
}

fn names(document: &Value, list: &str) -> Vec<String> {
    document[list].as_array().unwrap().iter().map(|p| p["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_person_has_one_favourite() {
    let server = library();
    let friends = friends(&server);
    for (line, out) in [
        ("vote --favorite two --as Ben", "Two (2001) is Ben's favourite now\n"),
        ("vote --favourite two --as Ben", "Two (2001) is Ben's favourite already\n"),
        ("vote --favorite three --as Ben", "Three (2001) is Ben's favourite now, instead of Two (2001)\n"),
    ] {
        assert_eq!(friends.run(line).ok().out, out);
    }
    let board = friends.run("vote --json").json();
    assert_eq!(names(&board, "proposals"), ["Three", "Two", "One"]);
    assert_eq!(board["proposals"][0]["favorite_of"], json!(["Ben"]));
    assert_eq!(board["proposals"][1]["votes"], 2, "the vote stays");
    assert!(friends.run("vote --as Ben").ok().out.contains("♥ 2  Ana, Ben♥"));
    friends.run("unvote three --as Ben").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["favorites"], 0);
    assert!(friends.run("vote --favorite 1 2").fails().contains("a person has one favourite"));
    friends.run("vote --favorite one --as Ben").ok();
    assert_eq!(
        friends.run("unvote --favorite one --as Ben").ok().out,
        "One (2001) is no longer Ben's favourite; the vote stays\n"
    );
    assert_eq!(friends.run("unvote --favorite one --as Ben").ok().out, "One (2001) was not Ben's favourite\n");
    let one = &friends.run("show one --json").json();
    assert_eq!((&one["favorites"], &one["voters"]), (&json!(0), &json!(["Ana", "Ben"])));
    assert_eq!(friends.run("vote --favorite").code, 2);
}

#[test]
fn a_withdrawn_favourite_does_not_return_as_a_second_one() {
    let server = library();
    let friends = friends(&server);
    friends.run("vote --favorite one").ok();
    friends.run("withdraw one").ok();
    friends.run("vote --favorite two").ok();
    friends.run("propose tt0000001 --as Ben").ok();
    let favorites: i64 = friends.sql("SELECT count(*) FROM votes WHERE opinion = 'favorite'");
    assert_eq!(favorites, 1);
    friends.run("undo --as Ben").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes WHERE opinion = 'favorite'"), 2, "as it was");
}

#[test]
fn the_winner_is_named_with_the_reason() {
    let server = library();
    let friends = friends(&server);
    let reason = |line: &str| friends.run(line).ok().out.lines().nth(1).unwrap().to_owned();
    assert_eq!(
        reason("pick"),
        "Tied with Two (2001) and Three (2001) on votes, favourites and head-to-head; it wins because it was proposed first."
    );
    friends.run("vote 2 3 --as Ben").ok();
    friends.run("vote three --as Cleo").ok();
    assert_eq!(reason("pick"), "3 votes, 1 more than Two (2001).");
    friends.run("vote two --as Dan").ok();
    friends.run("vote --favorite two --as Dan").ok();
    assert_eq!(reason("pick"), "3 votes, as many as Three (2001); it has more favourites: 1 to 0.");
    // Three: Ana, Ben, Cleo (favours it). Two: Ana, Ben (favours it), Dan. Ben votes for both.
    friends.run("vote --favorite one --as Dan").ok();
    friends.run("vote --favorite two --as Ben").ok();
    friends.run("vote --favorite three --as Cleo").ok();
    assert_eq!(
        reason("pick"),
        "Tied with Three (2001) on 3 votes and 1 favourite; it wins more often head-to-head: 1 to 0."
    );
    let pick = friends.run("pick --json").json();
    assert_eq!(pick["winner"]["title"], "Two");
    assert_eq!(pick["ranking"][0]["ahead_of_next_by"], "head_to_head");
    let board = friends.run("vote --json").json();
    assert_eq!(names(&board, "proposals"), names(&pick, "ranking"), "the board's first line is the winner");
}

#[test]
fn only_those_who_are_here_count() {
    let server = library();
    let friends = friends(&server);
    friends.run("vote 3 2 --as Ben").ok();
    friends.run("vote --favorite three --as Cleo").ok();
    let ran = friends.run("pick --here ana,BEN").ok();
    assert!(ran.out.starts_with("Two (2001), 2h 0m, ends at 23:00\n"), "{}", ran.out);
    assert!(ran.out.contains("\nNot here: Cleo (♥ Three (2001))\n"), "{}", ran.out);
    let pick = friends.run("pick --here Ana,Ben --json").json();
    assert_eq!(friends.run("pick --json --here Ana Ben").json(), pick, "names may be apart");
    assert_eq!(pick["here"], json!(["Ana", "Ben"]));
    assert_eq!(pick["waits_for"], json!([{"voter": "Cleo", "title": "Three (2001)"}]));
    let error = friends.run("pick --here Ana,Bne").fails();
    assert!(error.contains("--here: no voter is called Bne: did you mean Ben?"), "{error}");
    friends.run("unvote 1 2 3 --as Ana").ok();
    assert!(friends.run("pick --here Ana").fails().contains("nothing has more votes than noes from those here"));
    assert_eq!(friends.run("pick -q").ok().out, "Three (2001)\n");
}

#[test]
fn absent_people_are_named_before_their_favourites() {
    let mut friends = friends(&library());
    friends.run("vote --favorite three --as Cleo").ok();
    friends.run_all("Dan: vote 1\nEve: vote 1");
    for (width, line) in
        [(42, "Not here: Cleo (♥ Three (2001)), Dan, Eve"), (30, "Not here: Cleo, Dan, Eve"), (20, "Not here: Cleo +2")]
    {
        friends.terminal = Some(width);
        let out = friends.run("pick --here Ana").ok().out;
        assert!(out.contains(&format!("{line}\n")), "{width}: {out}");
    }
    friends.terminal = Some(1);
    friends.run("pick --here Ana").ok();
}

#[test]
fn movies_that_do_not_fit_come_last_and_are_never_picked() {
    let server = library();
    let mut friends = friends(&server);
    friends.args(&["propose", "--title", "Mystery", "--as", "Ana"]).ok();
    friends.run("vote three --as Ben").ok();
    // It is 21:00 here.
    let board = friends.run("vote --by 23:00 --json").json();
    assert_eq!(names(&board, "proposals"), ["One", "Two", "Mystery", "Three"]);
    let fits: Vec<&Value> = board["proposals"].as_array().unwrap().iter().map(|p| &p["fits"]).collect();
    let expected = [&json!(true), &json!(true), &Value::Null, &json!(false)];
    assert_eq!(fits, expected);
    let board = friends.run("vote --max 2h --json").json();
    let fits: Vec<&Value> = board["proposals"].as_array().unwrap().iter().map(|p| &p["fits"]).collect();
    assert_eq!(fits, expected, "two hours are at most two hours");
    let out = friends.run("vote --by 23:00").ok().out;
    assert!(out.contains("✗ 00:00 +1") && out.contains("23:00  ") && out.contains("?  "), "{out}");
    assert!(!out.contains("Limits"), "an end that is too late is marked where it stands: {out}");
    let out = friends.run("vote --max 1h45m --years 1990-1999").ok().out;
    assert!(out.contains("Limits") && out.contains("✗ runs 2h") && out.contains("✗ year: 2001"), "{out}");
    let out = friends.run("pick --by 23:00").ok().out;
    assert!(["  fits\n", "  may fit\n", "  ✗ ends at 00:00"].iter().all(|why| out.contains(why)), "{out}");
    let pick = friends.run("pick --max 1h45m --json").json();
    assert_eq!(pick["winner"]["title"], "One");
    let reason = pick["reason"].as_str().unwrap();
    assert!(reason.ends_with(" Three (2001) has 2 votes, but does not fit (runs 3h 0m)."), "{reason}");
    let reason = friends.run("pick --max 1h45m --random --json").json()["reason"].clone();
    assert!(!reason.as_str().unwrap().contains("does not fit"), "{reason}");
    let tied = friends.run("pick --max 1h45m --here Ana --json").json()["reason"].clone();
    let expected = "Two (2001) has 1 vote from those here, but does not fit (runs 2h 0m).";
    assert!(tied.as_str().unwrap().ends_with(expected), "{tied}");
    assert_eq!(friends.run("pick --start 20:00 --by 23:00 --json").json()["winner"]["title"], "Three");
    friends.run("withdraw mystery").ok();
    assert!(friends.run("pick --max 1h").fails().contains("nothing on the board is within the limits"));
    friends.terminal = Some(60);
    assert!(friends.run("vote --by 23:00 --color never").ok().out.contains("Ends"), "asked for, so shown");
    friends.terminal = Some(160);
    assert!(!friends.run("vote").ok().out.contains("Ends"));
    for (line, expected) in [
        ("pick --by 25:00", "\"25:00\" is not a time: write it like 20:30"),
        ("vote --start soon", "\"soon\" is not a time"),
        ("pick --max long", "\"long\" is not a running time: write it like 2h10m"),
    ] {
        let ran = friends.run(line);
        assert!(ran.code == 2 && ran.err.contains(expected), "{line}: {ran:?}");
    }
}

#[test]
fn unknown_genres_of_a_movie_are_mentioned() {
    let server = Server::start(|path| {
        titles(path, |id| {
            let mut movie = movie(id)?;
            movie["genres"] = json!(["Sci-Fi", "Comedy"]);
            Some(movie)
        })
    });
    let friends = friends(&server);
    assert_eq!(friends.run("pick --genre scifi --json").json()["winner"]["fits"], true);
    friends.args(&["propose", "--title", "Mystery", "--as", "Ben"]).ok();
    friends.run("vote mystery --as Cleo").ok();
    // The movie that is known to fit comes first, and the one that may fit is named.
    let out = friends.run("pick --genre sci-fi").ok().out;
    assert!(out.starts_with("One (2001), 1h 40m"), "{out}");
    assert!(out.contains("Mystery has 2 votes, but its genres are not known."), "{out}");
    friends.run("unvote 1 2 3").ok();
    let out = friends.run("pick --genre sci-fi").ok().out;
    assert!(out.starts_with("Mystery\n"), "{out}");
    assert!(out.contains("It is the only movie that may fit and has more votes than noes: 2 votes."), "{out}");
    assert!(
        out.contains("Nothing with more votes than noes is known to fit. This movie might, but its genres"),
        "{out}"
    );
    let error = friends.run("pick --genre sci-fi --watched").fails();
    assert!(error.contains("is known to fit; Mystery might") && error.contains("movienight watched 4"), "{error}");
    friends.run("vote --no one").ok();
    friends.run("vote one --as Cleo").ok();
    let out = friends.run("pick --genre sci-fi").ok().out;
    assert!(out.contains("It is the only movie that may fit and has more votes than noes: "), "{out}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals WHERE watched_at IS NOT NULL"), 0);
}

#[test]
fn a_cycle_of_duels_is_a_tie_decided_by_age() {
    let friends = Friends::offline();
    for title in ["Heat", "Alien", "Brazil"] {
        friends.args(&["propose", "--title", title, "--as", "Ana"]).ok();
    }
    friends.run("unvote 1 2 3 --as Ana").ok();
    friends.run_all(
        "Ana: vote 1 2
         Ben: vote 2 3
         Cleo: vote 3 1
         Ana: vote --favorite 2
         Ben: vote --favorite 3
         Cleo: vote --favorite 1",
    );
    // Each movie wins one duel and loses one: Alien beats Heat, Brazil beats Alien, Heat beats Brazil.
    let pick = friends.run("pick").ok().out;
    let reason =
        "Tied with Alien and Brazil on votes, favourites and head-to-head; it wins because it was proposed first.";
    assert!(pick.starts_with("Heat\n") && pick.contains(reason), "{pick}");
    assert_eq!(friends.run("pick --json").json()["ranking"][0]["ahead_of_next_by"], "age");
    // The absent person's favourite has the winner's title, but is another movie by its number.
    friends.args(&["propose", "tt0000009", "--as", "Dan"]).ok();
    friends.execute(r#"INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at) VALUES ('tt0000009', '{"title":"Heat"}', 1795377600)"#);
    friends.run("vote --favorite 4 --as Dan").ok();
    let absent = friends.run("pick --here Ana,Ben,Cleo").ok().out;
    assert!(absent.contains("\nNot here: Dan (♥ Heat)\n"), "{absent}");
}

#[test]
fn a_past_end_is_refused_and_a_past_evening_is_tomorrow() {
    let server = library();
    let friends = friends(&server);
    // It is 21:00 here.
    let error = friends.run("pick --by 20:55").fails();
    assert_eq!(error, "error: --by: 20:55 was 5 minutes ago: for another evening add --start\n");
    let ran = friends.run("pick --start 18:00 --by 20:55").ok();
    assert!(ran.err.contains("The evening is tomorrow, 2026-11-23, at 18:00"), "{}", ran.err);
    assert_eq!(
        friends.run("vote --start 18:00 --by 20:55 --json").json()["proposals"][0]["ends_at"],
        "2026-11-23T18:40:00Z"
    );
    assert!(friends.run("vote --by 10:00 --json").json()["proposals"][0]["fits"] == true, "tomorrow morning");
}

#[test]
fn chance_decides_only_with_random() {
    let server = library();
    let friends = friends(&server);
    friends.run("vote three --as Ben").ok();
    let winner = |line: &str| friends.run(line).json()["winner"]["title"].as_str().unwrap().to_owned();
    assert_eq!(winner("pick --json"), "Three");
    // Two of the four votes are for Three: it never loses, or always does, once in 10^18 runs.
    let drawn: std::collections::BTreeSet<String> = (0..60).map(|_| winner("pick --random --json")).collect();
    assert!(drawn.len() > 1 && drawn.contains("Three"), "{drawn:?}");
    let text = friends.run("pick --random").ok().out;
    assert!(text.contains("Drawn among 3 movies, weighted by votes minus noes. It has "), "{text}");
    friends.run("unvote three --as Ben").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM changes"), 3, "a pick changes nothing");
}

#[test]
fn watched_movies_are_kept_in_the_history() {
    let server = library();
    let friends = friends(&server);
    friends.run("vote two --as Ben").ok();
    assert_eq!(
        friends.run("watched two --on 2026-11-20 --here Ana,Cleo,ana").ok().out,
        "Marked Two (2001) as watched\n"
    );
    friends.run("pick --here Ana,ana --watched").ok();
    let out = friends.run("history").ok().out;
    assert_eq!(
        out,
        "\
Watched     Movie       Votes  Proposed by  Present    Voted
2026-11-22  One (2001)      1  Ana          Ana        Ana
2026-11-20  Two (2001)      2  Ana          Ana, Cleo  Ana, Ben
"
    );
    let history = friends.run("history --json").json();
    assert_eq!(history["watched"][1]["present"], json!(["Ana", "Cleo"]));
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 1);
    let error = friends.run("propose tt0000002").fails();
    assert!(
        error.contains(
            "Two (2001) was watched on 2026-11-20, so nothing was proposed: movienight propose --again tt0000002"
        ),
        "{error}"
    );
    assert!(friends.run("propose tt0000002 --again").ok().out.starts_with("Proposed Two (2001)"));
    let ran = friends.run("watched three --on tomorrow");
    assert!(ran.code == 2 && ran.err.contains("\"tomorrow\" is not a day"), "{ran:?}");
    assert!(friends.run("watched three --on 2026-11-23").fails().contains("is in the future"));
}

#[test]
fn people_who_have_not_voted_are_named() {
    let server = library();
    let friends = friends(&server);
    friends.run("vote 1 2 --as Ben").ok();
    // Cleo has never voted, so nobody waits for her.
    friends.run("seen 1 --as Cleo").ok();
    assert!(!friends.run("vote").ok().out.contains("not voted"));
    friends.later(std::time::Duration::from_secs(60));
    friends.run("watched 1 --as Ana").ok();
    let out = friends.run("vote").ok().out;
    assert!(out.ends_with(" · not voted tonight: Ana, Ben\n"), "{out}");
    assert_eq!(friends.run("vote --missing").ok().out, "Ana\nBen\n");
}

#[test]
fn a_movie_that_would_tie_if_it_were_known_to_fit_is_named() {
    let friends = Friends::offline();
    friends.run("propose --title Long").ok();
    friends.run("propose --title Short --runtime 90").ok();
    let out = friends.run("pick --max 2h").ok().out;
    assert!(out.contains("Long has 1 vote, but its running time is not known."), "{out}");
    friends.run("vote 1 2 --as Ben").ok();
    let out = friends.run("pick --max 2h --here Ben").ok().out;
    assert!(out.contains("Long has 1 vote from those here, but its running time is not known."), "{out}");
}
