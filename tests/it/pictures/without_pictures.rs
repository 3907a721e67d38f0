//! A build without the feature `pictures` has everything but posters.

use std::fs;

use serde_json::json;

use crate::support::server::{Reply, Server, made_up, titles};
use crate::support::{Friends, pictures};

#[test]
fn posters_are_left_out() {
    let server = Server::start(|path| match path.strip_prefix("/poster/") {
        Some(_) => Reply::Answer(200, Vec::new(), pictures::poster(1, 300, 450)),
        None => titles(path, |id| {
            let mut title = made_up(id);
            title["primaryImage"] = json!({"url": "https://m.media-amazon.com/images/M/a._V1_.jpg"});
            Some(title)
        }),
    });
    let mut friends = Friends::online(&server.url()).with_system_clock();
    friends.run("propose tt0000001").ok();
    let ran = friends.run("cache refresh --all").ok();
    assert!(!ran.out.contains("poster") && !ran.err.contains("poster"), "{}{}", ran.out, ran.err);
    assert!(!friends.folder.path().join("cache/movienight/posters").exists());
    assert!(!friends.run("page").ok().out.contains("<img"));
    let stats = friends.run("cache stats").ok().out;
    assert!(stats.lines().any(|line| line == "Posters      not part of this build"), "{stats}");
    assert_eq!(friends.run("cache stats --json").json()["posters"]["pictures"], json!(0));
    // A folder that another build left is not read.
    let folder = friends.folder.path().join("cache/movienight/posters");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("tt0000001-0000000000000001.jpg"), pictures::poster(1, 300, 450)).unwrap();
    friends.terminal = Some(80);
    friends.set("COLORTERM", "truecolor");
    let card = friends.run("show 1").ok().out;
    assert!(card.contains("Movie 1 (1951)") && !card.contains('▀'), "{card}");
    assert_eq!(friends.run("show 1 --poster never").ok().out, card);
    friends.set("MOVIENIGHT_POSTER", "blocks");
    assert_eq!(friends.run("show 1").ok().out, card);
    let error = friends.run("show 1 --poster blocks").fails();
    assert!(error.contains("shows no pictures") && error.contains("--features pictures"), "{error}");
}
