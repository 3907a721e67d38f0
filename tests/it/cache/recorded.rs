//! Recorded answers of the services, if they are beside the project.

use serde_json::Value;

use crate::support::server::{Reply, Server, dead_url};
use crate::support::{Friends, shared};

#[test]
fn recorded_answers_of_imdbapi_are_understood() {
    let Some(folder) = shared("imdbapi/titles") else { return };
    let ids: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|f| f.unwrap().file_name().into_string().unwrap().strip_suffix(".json").map(str::to_owned))
        .collect();
    assert!(ids.len() > 200);
    let server = Server::start(move |path| {
        let read = |id: &String| std::fs::read_to_string(folder.join(format!("{id}.json"))).unwrap();
        let titles: Vec<String> = crate::support::server::ids(path).iter().map(read).collect();
        let body = match path.contains("batchGet") {
            true => format!("{{\"titles\":[{}]}}", titles.join(",")),
            false => titles[0].clone(),
        };
        Reply::Answer(200, vec![], body.into_bytes())
    });
    let mut friends = Friends::online(&server.url());
    friends.stdin = ids.join("\n");
    friends.run("propose -").ok();
    let board = friends.run("vote --json").json();
    for movie in board["proposals"].as_array().unwrap() {
        // Every recorded title has these fields.
        for known in ["title", "year", "type", "rating", "rating_count", "plot", "poster_url"] {
            assert_ne!(movie[known], Value::Null, "{known} of {movie}");
        }
    }
    let shawshank = board["proposals"].as_array().unwrap().iter().find(|m| m["imdb_id"] == "tt0111161").unwrap();
    assert_eq!(shawshank["runtime_minutes"], 142);
    assert_eq!(shawshank["rating_count"], 3_107_607);
}

#[test]
fn recorded_answers_of_cinemeta_are_understood() {
    let Some(folder) = shared("cinemeta") else { return };
    let server = Server::start(move |path| {
        let file = match path.rsplit('/').next().unwrap() {
            "tt0111161.json" => "meta/tt0111161.json",
            "tt1375666.json" => "meta/tt1375666.json",
            _ if path.contains("/movie/") => "errors/unknown_movie_tt0000000.json",
            _ => "errors/unknown_series.json",
        };
        Reply::Answer(200, vec![], std::fs::read(folder.join(file)).unwrap())
    });
    let mut friends = Friends::with_two_sources(&dead_url(), &server.url());
    let ran = friends.run("propose tt0111161 tt1375666").ok();
    assert!(
        ran.out.contains("The Shawshank Redemption (1994), rated 9.3")
            && ran.out.contains("Inception (2010), rated 8.8")
    );
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["trailer_url"], "https://www.youtube.com/watch?v=PLl99DlL6b4");
    friends.set("MOVIENIGHT_SOURCES", "cinemeta");
    assert!(friends.run("propose tt0000000").fails().contains("tt0000000 is unknown to IMDb"));
}
