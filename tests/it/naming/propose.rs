//! Proposing, voting, taking back.

use std::fmt::Write as _;
use std::time::Duration;

use crate::support::server::{Reply, Server, dead_url, imdbapi};
use crate::support::{Friends, shared};

#[test]
fn proposing_fetches_all_at_once_and_counts_as_a_vote() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    let ran = friends.run("propose tt0000012 https://m.imdb.com/de/title/tt0000013/?ref_=x --as Ana").ok();
    assert_eq!(
        ran.out,
        "Proposed Movie 12 (1962), rated 2.2, as number 1\nProposed Movie 13 (1963), rated 2.3, as number 2\n"
    );
    assert_eq!(ran.err, "");
    assert_eq!(server.requests(), ["/titles:batchGet?titleIds=tt0000012&titleIds=tt0000013"]);
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], serde_json::json!(["Ana"]));
    assert_eq!(board["proposals"][0]["cache"], "fresh");
    assert_eq!(server.count(), 1, "a fresh board makes no request");
}

#[test]
fn without_a_network_a_proposal_is_stored_and_fetched_later() {
    let mut friends = Friends::online(&dead_url());
    let ran = friends.run("propose tt0000012").ok();
    assert_eq!(ran.out, "Proposed tt0000012, as number 1\n");
    assert_eq!(
        ran.err,
        "No data yet for 1 movie (127.0.0.1 refused the connection); it will be fetched later, or at once with movienight catalog update (222 MiB)\n"
    );
    // The source counts as down for an hour, so it is neither asked nor waited for.
    let server = Server::imdbapi();
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["cache"], "missing");
    assert_eq!(board["proposals"][0]["title"], serde_json::Value::Null);
    assert_eq!(server.count(), 0);
    friends.later(Duration::from_secs(3601));
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["title"], "Movie 12");
}

#[test]
fn an_unknown_id_is_refused_by_name_and_nothing_is_stored() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000013 --as Ana").ok();
    let error = friends.run("propose tt0000012 tt9000001 --title Extra --as Ben").fails();
    assert!(error.contains("tt9000001 is unknown to IMDb"), "{error}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM voters"), 1);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache"), 1);
}

#[test]
fn a_second_proposal_is_a_vote() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 --as Ana").ok();
    let ran = friends.run("propose tt0000012 --as Ben").ok();
    assert_eq!(ran.out, "tt0000012 is on the board already; added Ben's vote\n");
    let ran = friends.run("propose tt0000012 --as ben").ok();
    assert_eq!(ran.out, "tt0000012 is on the board already, with ben's vote\n");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 2);
}

#[test]
fn a_proposal_without_an_id_works_and_causes_no_request() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.args(&["propose", "--title", "Ana's wedding video", "--note", "bring tissues", "--as", "Ana"]).ok();
    let ran = friends.args(&["propose", "--title", "ANA'S  Wedding\u{a0}Video", "--as", "Ben"]).ok();
    assert_eq!(ran.out, "ANA'S Wedding Video is on the board already; added Ben's vote\n");
    friends.args(&["vote", "wedding", "--as", "Cleo"]).ok();
    let board = friends.run("vote --json").json();
    let proposal = &board["proposals"][0];
    assert_eq!(proposal["title"], "Ana's wedding video");
    assert_eq!(proposal["note"], "bring tissues");
    assert_eq!(proposal["imdb_id"], serde_json::Value::Null);
    assert_eq!(proposal["cache"], "none");
    assert_eq!(proposal["votes"], 3);
    assert_eq!(server.count(), 0);
}

#[test]
fn votes_and_withdrawals_can_be_taken_back_and_repeated() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    assert_eq!(
        friends.run("vote tt0000012 2 2 --as Ben").ok().out,
        "Ben voted for tt0000012\nBen voted for tt0000013\n"
    );
    assert_eq!(friends.run("vote 1 --as Ben").ok().out, "Ben has already voted for tt0000012\n");
    assert_eq!(friends.run("unvote 1 --as Ben").ok().out, "Ben took back the vote for tt0000012\n");
    // An id names the movie as its number does.
    assert_eq!(friends.run("unvote tt0000012 --as Ben").ok().out, "Ben had no vote for tt0000012\n");
    assert_eq!(friends.run("withdraw tt0000013").ok().out, "Withdrew tt0000013; its 2 votes are kept\n");
    assert_eq!(friends.run("withdraw tt0000013").ok().out, "tt0000013 is already off the board\n");
    assert!(friends.run("vote tt0000013").fails().contains("tt0000013 was taken off the board: movienight propose"));
    assert_eq!(
        friends.run("propose tt0000013 --as Cleo").ok().out,
        "Cleo brought back tt0000013, with the votes it had\n"
    );
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], serde_json::json!(["Ana", "Ben", "Cleo"]));
}

#[test]
fn the_first_spelling_of_a_name_stays() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 --as ZOË").ok();
    friends.args(&["vote", "1", "--as", " zoe\u{308} "]).ok();
    friends.args(&["vote", "1", "--as", "'; DROP TABLE votes; --"]).ok();
    let board = friends.run("vote --json").json();
    assert_eq!(board["voters"], serde_json::json!(["ZOË", "'; DROP TABLE votes; --"]));
}

#[test]
fn a_list_is_stored_as_a_whole_or_not_at_all() {
    let mut friends = Friends::offline();
    friends.stdin = "tt0000012\n\n# a comment\nhttps://imdb.com/title/tt0000013\ntt0000012\n".into();
    friends.run("propose - --as Ana").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 2);
    assert_eq!(friends.run("vote - --as Ben").ok().out, "Ben voted for tt0000012\nBen voted for tt0000013\n");

    friends.stdin = "tt0000014\ntt12\n\nnm0000151\n".into();
    let error = friends.run("propose -").fails();
    assert!(error.contains("line 2: \"tt12\" is not an IMDb id"), "{error}");
    assert!(error.contains("line 4: \"nm0000151\" is a person"), "{error}");
    assert!(error.contains("nothing was stored"), "{error}");
    friends.stdin = "1\n7\n".into();
    let error = friends.run("vote - --as Cleo").fails();
    assert!(
        error.contains("line 2: no movie on the board has the number 7: movienight --as Cleo vote shows the board"),
        "{error}"
    );
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 4);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 2);
}

#[test]
fn all_of_movielens_goes_in() {
    let Some(links) = shared("movielens/links.csv") else { return };
    let links = std::fs::read_to_string(links).unwrap();
    let mut friends = Friends::offline();
    for line in links.lines().skip(1) {
        let id = line.split(',').nth(1).unwrap();
        writeln!(friends.stdin, "tt{id}").unwrap();
    }
    let ran = friends.run("propose - --as Ana").ok();
    assert_eq!(ran.out, "Proposed 9,742 movies\n");
    friends.run("vote - --as Ben").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 2 * 9742);
}

#[test]
fn titles_of_a_failed_batch_are_requested_one_by_one() {
    let rejects = Server::start(|path| match path.contains("batchGet") {
        true => Reply::status(400, &serde_json::json!({"code": 3, "message": "invalid title id"})),
        false => imdbapi(path),
    });
    let friends = Friends::online(&rejects.url());
    let error = friends.run("propose tt0000012 tt9000001 tt0000013").fails();
    assert!(error.contains("tt9000001 is unknown"), "{error}");
    assert!(!error.contains("tt0000012"), "{error}");
    assert_eq!(rejects.count(), 4);

    let halves = Server::start(|path| match path.contains("batchGet") {
        true => imdbapi("/titles:batchGet?titleIds=tt0000012"),
        false => imdbapi(path),
    });
    let friends = Friends::online(&halves.url());
    let ran = friends.run("propose tt0000012 tt0000013").ok();
    assert!(ran.out.contains("Movie 13"), "{}", ran.out);
    assert_eq!(halves.requests()[1..], ["/titles/tt0000013"]);
}

#[test]
fn notes_of_different_people_do_not_replace_each_other() {
    let friends = Friends::offline();
    friends.args(&["propose", "tt0000012", "--note", "the long version", "--as", "Ana"]).ok();
    let ran = friends.args(&["propose", "tt0000012", "--note", "the short one", "--as", "Ben"]).ok();
    assert!(!ran.err.contains("the long version"), "{ran:?}");
    let ran = friends.args(&["propose", "tt0000012", "--note", "the best one", "--as", "Ben"]).ok();
    assert_eq!(ran.out, "tt0000012 is on the board already, with Ben's vote; saved Ben's note\n");
    let movie = friends.run("show 1 --json").json();
    assert_eq!(movie["note"], "the long version", "the proposer's");
    let notes = serde_json::json!([
        {"voter": "Ana", "text": "the long version"}, {"voter": "Ben", "text": "the best one"}
    ]);
    assert_eq!(movie["notes"], notes);
    assert!(
        friends
            .run("show 1")
            .ok()
            .out
            .contains("Note         the long version (Ana)\nNote         the best one (Ben)\n")
    );
    let list = friends.run("page --markdown").ok().out;
    assert!(list.contains("“the long version” (Ana)\n“the best one” (Ben)\n"), "{list}");
    friends.run("undo --as Ben").ok();
    friends.run("voters merge Ben Cleo --as Ana").fails();
    friends.run("vote 1 --as Cleo").ok();
    friends.run("voters merge Ben Cleo --as Ana").ok();
    assert_eq!(
        friends.run("show 1 --json").json()["notes"][1],
        serde_json::json!({"voter": "Cleo", "text": "the short one"})
    );
}

#[test]
fn a_failed_proposal_creates_no_board() {
    let friends = Friends::offline();
    for line in ["propose heat", "propose tt0000012 heat", "propose 7"] {
        friends.run(line).fails();
        let error = friends.run("vote 1").fails();
        assert!(error.contains("there is no board"), "{line}: {error}");
    }
    let document = friends.run("propose --skip-unknown --json heat").json();
    assert_eq!(
        (&document["proposed"], document["skipped"].as_array().map(Vec::len)),
        (&serde_json::json!([]), Some(1))
    );
    assert!(friends.run("vote 1").fails().contains("there is no board"));
    friends.run("propose tt0000012").ok();
    friends.run("vote 1").ok();
}

#[test]
fn nothing_to_propose_waits_for_no_other_writer() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    let ran = friends.while_locked(Duration::from_secs(20), || friends.run("propose --skip-unknown heat"));
    assert!(ran.code == 0 && ran.err.contains("heat"), "{ran:?}");
}

#[test]
fn a_list_without_a_known_movie_says_which_board_it_created() {
    let mut friends = Friends::offline().in_file();
    friends.asks = true;
    friends.stdin = "heat\n".into();
    let ran = friends.run("propose - --skip-unknown").ok();
    assert!(ran.err.contains("Created a private board in "), "{ran:?}");
}

#[test]
fn a_title_without_an_id_may_have_a_year_and_a_running_time() {
    let friends = Friends::offline();
    let wedding = ["propose", "--title", "Ana's wedding", "--as", "Ana"];
    let with = |more: &[&str]| friends.args(&[&wedding[..], more].concat());
    assert_eq!(
        with(&["--year", "2019", "--runtime", "1h30m"]).ok().out,
        "Proposed Ana's wedding (2019), as number 1\n"
    );
    assert_eq!(with(&["--year", "2024"]).ok().out, "Proposed Ana's wedding (2024), as number 2\n", "her second");
    assert!(with(&["--year", "2019"]).ok().out.contains("(2019) is on the board already"), "her first");
    let ran = with(&[]).ok();
    assert_eq!(ran.out, "Proposed Ana's wedding, as number 3\n", "nobody knows which");
    assert!(
        ran.err
            .contains("Ana's wedding may be the same movie as Ana's wedding (2019), number 1; movienight withdraw 3"),
        "{ran:?}"
    );
    let board = friends.run("vote --json").json();
    let of =
        |key: &str| board["proposals"].as_array().unwrap().iter().map(|movie| movie[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("year"), [serde_json::json!(2019), 2024.into(), serde_json::Value::Null]);
    assert_eq!(of("runtime_minutes"), [serde_json::json!(90), serde_json::Value::Null, serde_json::Value::Null]);
    let seen = [friends.run("vote").ok().out, friends.run("show 1").ok().out, friends.run("page --markdown").ok().out];
    assert!(seen.iter().all(|text| text.contains("Ana's wedding (2019)") && text.contains("1h 30m")), "{seen:?}");
    // The movie that is known to fit comes first.
    friends.run("vote 2 --as Ben").ok();
    for limits in ["--start 20:00 --by 22:00", "--max 90", "--years 2019-2020"] {
        let picked = friends.run(&format!("pick --json {limits}")).json();
        assert_eq!((&picked["winner"]["number"], &picked["winner"]["fits"]), (&1.into(), &true.into()), "{limits}");
    }
    // It stays the same movie in a copy, after its return, and in an import.
    let kept = friends.run("export").ok().out;
    let copy = friends.folder.path().join("copy.db").display().to_string();
    let place = friends.vars.get("MOVIENIGHT_DB").cloned().unwrap_or_else(|| friends.db().into());
    friends.args(&["board", "copy", place.to_str().unwrap(), &copy]).ok();
    friends.run("undo --as Ben").ok();
    friends.run("withdraw 1 --as Ana").ok();
    assert_eq!(with(&["--year", "2019"]).ok().out, "Brought back Ana's wedding (2019), with the votes it had\n");
    let imported = friends.folder.path().join("imported.db").display().to_string();
    std::fs::write(friends.folder.path().join("kept.json"), kept).unwrap();
    let file = friends.folder.path().join("kept.json").display().to_string();
    friends.args(&["import", &file, "--db", &imported, "--as", "Ana"]).ok();
    for place in [&copy, &imported] {
        let board = friends.args(&["vote", "--json", "--db", place]).json();
        let movies = board["proposals"].as_array().unwrap();
        let first = movies.iter().find(|movie| movie["number"] == 1).unwrap();
        assert_eq!((&first["year"], &first["runtime_minutes"]), (&2019.into(), &90.into()), "{place}");
    }
    for line in [
        "propose tt0000012 --year 1995",
        "propose tt0000012 --runtime 90",
        "propose --title A --runtime soon",
        "propose heat --title A --year 1995",
    ] {
        assert_eq!(friends.run(line).code, 2, "{line}");
    }
}

#[test]
fn a_hint_names_the_year_and_the_running_time_of_a_title() {
    let friends = Friends::offline();
    friends.args(&["propose", "--title", "Wedding", "--year", "2019", "--runtime", "90", "--as", "Ana"]).ok();
    friends.run("watched 1 --as Ana").ok();
    friends.run("propose --title Other --as Ana").ok();
    friends.run("undo --as Ana").ok();
    let again = friends.args(&["propose", "--title", "Wedding", "--year", "2019", "--as", "Ana"]).fails();
    assert!(again.contains("Wedding (2019) was watched on 2026-11-22"), "{again}");
    friends.args(&["propose", "--title", "Wedding", "--year", "2020", "--as", "Ana"]).ok();
    assert!(friends.run("undo --as Ana").ok().out.contains("Wedding (2020)"));
}
