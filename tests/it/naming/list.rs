//! Lists of movies on standard input.

use super::typed::respond;
use crate::support::Friends;
use crate::support::server::Server;

#[test]
fn a_list_reports_known_movies_and_unreadable_lines() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000011 tt0000012").ok();
    friends.run("watched 2").ok();
    friends.stdin = "tt0000011\ntt0000012\ntt0000013\n".into();
    let ran = friends.run("propose -").ok();
    assert_eq!(
        ran.out,
        "Movie 11 (1961) is on the board already, with your vote\n\
         Movie 12 (1962) was watched before: movienight propose --again tt0000012 puts it on the board again\n\
         Proposed Movie 13 (1963), rated 2.3, as number 3\n"
    );
    friends.stdin = "tt0000014\ntt12\ntt9000001\n".into();
    for n in 0..30 {
        friends.stdin += &format!("tt{n}\n");
    }
    let error = friends.run("propose -").fails();
    assert_eq!(error.lines().count(), 32, "all lines and that nothing was stored: {error}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 3);
    friends.stdin = "tt0000014\ntt12\ntt9000001\n".into();
    let ran = friends.run("propose --skip-unknown -").ok();
    assert_eq!(ran.out, "Proposed Movie 14 (1964), rated 2.4, as number 4\n");
    assert!(ran.err.contains("warning: line 2: \"tt12\" is not an IMDb id"), "{}", ran.err);
    assert!(ran.err.contains("warning: tt9000001 is unknown to IMDb: check the id\n"), "{}", ran.err);
    let document = friends.run("propose --skip-unknown --json -").json();
    assert_eq!(document["skipped"].as_array().unwrap().len(), 2);
    assert_eq!(document["proposed"][0]["outcome"], "already_voted");
}

#[test]
fn on_a_terminal_reading_a_list_is_announced() {
    let mut friends = Friends::offline();
    friends.asks = true;
    friends.stdin = "tt0000001\n".into();
    assert!(friends.run("propose -").ok().err.starts_with("Reading movies from the terminal, one per line"));
}

#[test]
fn a_list_in_columns_is_read_by_its_header() {
    let server = Server::start(respond);
    let mut friends = Friends::online(&server.url());
    friends.stdin = "Date,Name,Year,Letterboxd URI\n2023-09-26,Amélie,2001,https://boxd.it/wPKW\n2023-09-26,Leo,2023,https://boxd.it/d5nu\n".into();
    let ran = friends.run("propose -").ok();
    assert_eq!(
        ran.out,
        "Proposed Amélie (2001), rated 8.0, as number 1\nProposed Leo (2023), rated 8.0, as number 2\n"
    );
    friends.stdin = "Const,Title,Title Type,Year\ntt0000003,\"Les Misérables\",Film,2012\n".into();
    assert_eq!(friends.run("propose -").ok().out, "Proposed Les Misérables (2012), rated 8.0, as number 3\n");
    friends.stdin = "Const,Title,Title Type,Year\n".into();
    for line in ["propose -", "vote -"] {
        assert!(friends.run(line).fails().contains("no movies on standard input"), "{line}");
    }
}

#[test]
fn bullets_and_check_boxes_are_no_part_of_a_name() {
    let mut friends = Friends::offline();
    friends.run_all("Ana: propose --title Heat\nAna: propose --title Alien");
    friends.stdin = "* [x] Heat\n- [ ]\n-\n- # later\n• 2\n".into();
    assert_eq!(friends.run("vote - --as Ben").ok().out, "Ben voted for Heat\nBen voted for Alien\n");
}

#[test]
fn commands_in_outcomes_repeat_the_given_options() {
    let mut friends = Friends::offline();
    let other = friends.folder.path().join("other.db").display().to_string();
    for line in [["propose", "tt0000012"], ["watched", "1"]] {
        friends.args(&[&line[..], &["--db", &other]].concat()).ok();
    }
    friends.stdin = "tt0000012\n".into();
    let again = format!("movienight --db {other} propose --again tt0000012 puts it on the board again");
    let out = friends.args(&["propose", "-", "--db", &other]).ok().out;
    assert_eq!(out, format!("tt0000012 was watched before: {again}\n"));
    let empty = format!("The board is empty: movienight --db {other} propose MOVIE puts one on it\n");
    assert_eq!(friends.args(&["vote", "--db", &other]).ok().out, empty);
    friends.stdin = "tt0000012\n".into();
    let again = format!("movienight --db {other} --as Zed propose --again tt0000012 puts it on the board again");
    let out = friends.args(&["propose", "-", "--db", &other, "--as", "Zed"]).ok().out;
    assert_eq!(out, format!("tt0000012 was watched before: {again}\n"));
    friends.stdin = "{}".into();
    let error = friends.args(&["import", "-", "--db", &other]).fails();
    assert!(error.contains(": give a list from Trakt or Radarr, or an export of movienight\n"), "{error}");
}
