//! The cases beside the project, through the commands.

use movienight::model::Opinion;
use serde_json::json;

use super::{Case, cases};
use crate::support::{EVENING, Friends};

/// Cases that have every tie-break, absent people, or no winner.
const CASES: [&str; 14] = [
    "case 1:", "case 7:", "case 9:", "case 11:", "case 17:", "case 25:", "case 29:", "case 35:", "case 39:",
    "case 41:", "case 45:", "case 47:", "case 51:", "case 83:",
];

#[test]
fn board_and_pick_agree_with_the_reference_programs() {
    let cases: Vec<Case> = cases().into_iter().flatten().collect();
    for case in cases.iter().filter(|case| CASES.iter().any(|start| case.name.starts_with(start))) {
        let friends = Friends::offline();
        for movie in &case.movies {
            friends.args(&["propose", "--title", &format!("Movie {movie}"), "--as", &case.people[0]]).ok();
        }
        for number in 1..=case.movies.len() {
            friends.run(&format!("unvote {number} --as {}", case.people[0])).ok();
        }
        for ((person, movie), opinion) in &case.ballots {
            let option = match opinion {
                Opinion::Yes => "",
                Opinion::Favorite => "--favorite",
                Opinion::No => "--no",
            };
            friends.run(&format!("vote {option} {} --as {}", movie + 1, case.people[*person])).ok();
        }
        let numbers: Vec<usize> = case.order.iter().map(|movie| movie + 1).collect();
        let here: Option<Vec<&str>> =
            case.here.as_ref().map(|here| here.iter().map(|person| case.people[*person].as_str()).collect());
        let pick = match &here {
            Some(here) => format!("pick --here {} --json", here.join(",")),
            None => {
                let board = friends.run("vote --json").json();
                let shown = board["proposals"].as_array().unwrap().iter().map(|movie| movie["number"].clone());
                assert_eq!(shown.collect::<Vec<_>>(), numbers, "{}", case.name);
                for movie in board["proposals"].as_array().unwrap() {
                    let expected =
                        &case.expected["movies"][&case.movies[movie["number"].as_u64().unwrap() as usize - 1]];
                    for (name, counted) in
                        [("score", "score"), ("noes", "noes"), ("votes", "yes"), ("favorites", "favorites")]
                    {
                        assert_eq!(movie[name], expected[counted], "{} {movie}", case.name);
                    }
                    assert_eq!(movie["no_of"].as_array().unwrap().len() as i64, movie["noes"], "{movie}");
                }
                "pick --json".to_owned()
            }
        };
        let best = &case.expected["movies"][&case.movies[case.order[0]]];
        let ran = friends.run(&pick);
        if best["score"].as_i64().unwrap() <= 0 {
            let error = ran.fails();
            let is_said = error.contains("nothing has more votes than noes");
            assert!(is_said && friends.run(&format!("{pick} --watched")).code == 1, "{}: {error}", case.name);
            continue;
        }
        let pick = ran.json();
        assert_eq!(pick["winner"]["number"], json!(numbers[0]), "{}", case.name);
        let steps = pick["ranking"].as_array().unwrap().iter().filter_map(|movie| movie["ahead_of_next_by"].as_str());
        let steps: Vec<String> = steps.map(|step| step.replace("votes", "score")).collect();
        assert_eq!(steps, case.decided_by, "{}", case.name);
    }
}

#[test]
fn a_narrow_ranking_keeps_the_reasons_and_the_movies_they_name() {
    let mut friends = Friends::offline();
    for (title, minutes) in
        [("A long evening with everybody", "170"), ("Short", "90"), ("Another", "80"), ("Third", "70")]
    {
        friends.args(&["propose", "--title", title, "--runtime", minutes, "--as", "Ana"]).ok();
    }
    friends.run_all("Ana: unvote 3 4\nBen: vote 1 2\nCleopatra: vote 1\nKonstantin: vote 1\nMaximilian: vote 1");
    for width in [60, 80] {
        friends.terminal = Some(width);
        let ran = friends.run("pick --color never").ok().out;
        assert!(ran.contains("votes: 5 to 2") && ran.lines().all(|line| line.chars().count() <= width), "{ran}");
        let ran = friends.run("pick --start 20:30 --by 23:00 --color never").ok().out;
        assert!(ran.starts_with("Short, 1h 30m, ends at 22:00\n2 votes, 2 more than Another. A long evening"), "{ran}");
        let rows: Vec<&str> = ran.split_once("\n\n").unwrap().1.lines().skip(1).collect();
        assert!(rows[1].contains("Another") && rows[3].contains("✗ ends at 23:20"), "{ran}");
    }
}

#[test]
fn a_failed_pick_says_why_the_movie_with_most_votes_does_not_fit() {
    let friends = Friends::offline();
    friends.run("propose --title Long --runtime 170 --as Ana").ok();
    friends.run("propose --title Short --runtime 90 --as Ana").ok();
    friends.run_all("Ana: unvote 2\nBen: vote 1");
    assert_eq!(
        friends.run("pick --start 20:30 --by 23:00").fails(),
        "error: nothing within the limits has more votes than noes; Long has 2 votes, but does not fit (ends at 23:20): \
         movienight vote shows the board\n"
    );
}

#[test]
fn missing_commas_between_names_are_suggested() {
    let friends = Friends::offline();
    friends.run("propose --title Heat --as Ana").ok();
    friends.run("vote 1 --as Ben").ok();
    let error = friends.run("watched 1 --here Ana Ben").fails();
    assert_eq!(error, "error: no movie on the board matches \"1 Ben\": did you mean --here Ana,Ben?\n");
    assert_eq!(friends.run("watched 1 --here Ana, Ben").fails(), error);
}

#[test]
fn the_ranking_of_a_draw_marks_the_drawn_movie() {
    let friends = Friends::offline();
    friends.run("propose --title Only --as Ana").ok();
    friends.run("propose --title Other --as Ana").ok();
    friends.run("vote 1 --as Ben").ok();
    let ran = friends.run("pick --random").ok().out;
    assert!(ran.matches("drawn").count() == 1 && !ran.contains("votes: "), "{ran}");
}

#[test]
fn an_unknown_genre_lists_the_genres_of_the_board() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    for (id, genres) in [("tt0000012", r#"["Crime","Drama"]"#), ("tt0000013", r#"["Horror"]"#)] {
        let data = format!(r#"{{"title":"{id}","genres":{genres}}}"#);
        friends.execute(&format!(
            "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at) VALUES ('{id}', '{data}', {EVENING})"
        ));
    }
    let note = "No movie on the board has the genre \"horor\"; the genres are Crime, Drama and Horror\n";
    for line in ["vote --genre horor,", "vote --genre Crime,horor"] {
        assert_eq!(friends.run(line).ok().err, note, "{line}");
    }
    let error = friends.run("pick --genre horor").fails();
    assert!(error.contains(note) && error.contains("nothing on the board is within the limits"), "{error}");
    for line in ["vote --genre ,", "pick --genre ''"] {
        let error = friends.args(&line.split(' ').map(|word| word.trim_matches('\'')).collect::<Vec<_>>()).fails();
        assert!(error.contains("--genre needs at least one genre"), "{line}: {error}");
    }
}
