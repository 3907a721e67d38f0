//! Joining a board: what is tried, what is asked, what is remembered.

use std::fs;
use std::path::PathBuf;

use crate::support::Friends;
use crate::support::postgres::{friends as on_server, new_board, server};
use crate::support::terminal::Terminal;

fn config(friends: &Friends) -> String {
    fs::read_to_string(friends.folder.path().join("config/movienight/config.toml")).unwrap_or_default()
}

/// Returns friends who have joined nothing, and the path of a board with one movie of Ben's.
fn with_board() -> (Friends, PathBuf) {
    let friends = Friends::offline().in_file();
    let path = friends.folder.path().join("films.db");
    friends.args(&["propose", "--title", "Home Video", "--db", path.to_str().unwrap(), "-a", "Ben"]).ok();
    (friends, path)
}

/// Returns the output without the path of the friends' folder.
fn answer(friends: &Friends, args: &[&str]) -> String {
    friends.args(args).ok().out.replace(friends.folder.path().to_str().unwrap(), "")
}

#[test]
fn a_second_friend_joins_with_one_command() {
    let (mut friends, path) = with_board();
    friends.exe = Some("/usr/bin/movienight".into());
    let out = answer(&friends, &["join", path.to_str().unwrap(), "--as", "Ana"]);
    assert_eq!(
        out,
        "\
Joined films: 1 movie, 1 person
You vote as Ana
To keep its data fresh, add this line with crontab -e:
  0 */6 * * * /usr/bin/movienight cache refresh --quiet --config /config/movienight/config.toml
#  Movie       ★  Runtime  Genres  Votes  Voters  Proposed by  IMDb
1  Home Video                          1  Ben     Ben
1 movie · 1 vote by 1 person · ● your votes (Ana)
"
    );
    let place = path.display();
    let expected = format!("board = \"{place}\"\nname = \"Ana\"\n\n[boards]\nfilms = \"{place}\"\n");
    assert_eq!(config(&friends), expected);
    friends.exe = None;
    friends.run("vote 1").ok();
    assert!(friends.run("vote").ok().out.contains("● 2  Ben, Ana"));
    let alone = answer(&friends, &["join"]);
    assert_eq!(
        alone,
        "Board: /films.db (config.toml)\nName: Ana (config.toml)\nmovienight join PLACE --as NAME changes both\n"
    );
    assert_eq!(answer(&friends, &["join", "--quiet"]), alone);
    let json = friends.run("join --json").json();
    assert_eq!((&json["outcome"], &json["voter"]), (&"current".into(), &"Ana".into()));
}

#[test]
fn a_joined_board_is_meant_by_all_commands_in_the_answer() {
    let (friends, path) = with_board();
    let (joined, other) = (path.to_str().unwrap(), friends.folder.path().join("other.db"));
    friends.args(&["vote", "1", "--db", joined, "--as", "ana"]).ok();
    let out = friends.args(&["join", joined, "--as", "Anna", "--db", other.to_str().unwrap()]).ok().out;
    assert!(out.contains("If that is you: movienight voters rename ana Anna\n"), "{out}");
}

#[test]
fn the_previous_board_stays_reachable_by_a_short_name() {
    let (mut friends, path) = with_board();
    friends.asks = true;
    let note = friends.run("propose --title Alone").ok().err.replace('\n', " ");
    friends.asks = false;
    assert!(note.contains("Created a private board in "), "{note}");
    assert!(note.contains("movienight join PLACE uses a shared one"), "{note}");
    friends.args(&["vote", "1", "--db", path.to_str().unwrap()]).ok();
    let out = friends.args(&["join", path.to_str().unwrap(), "--as", "Anna"]).ok().out;
    assert!(out.contains("To see your previous board: movienight --db movienight\n"), "{out}");
    let rename = "Your login \"ana\" is on this board. If that is you: movienight voters rename ana Anna";
    assert!(out.contains(rename), "{out}");
    assert!(friends.run("vote --db movienight").ok().out.contains("Alone"));
    // Another board of the same name gets another short name.
    let other = friends.folder.path().join("other/films.db");
    let json = friends.args(&["join", other.to_str().unwrap(), "--json"]).json();
    assert_eq!((&json["outcome"], &json["previous"]), (&"created".into(), &"films".into()));
    let third = friends.folder.path().join("third.db");
    let out = friends.args(&["join", third.to_str().unwrap()]).ok().out;
    assert!(
        out.starts_with("Created a new, empty board: ")
            && out.contains("To see your previous board: movienight --db films-2"),
        "{out}"
    );
    // A short name is no option.
    let hidden = friends.folder.path().join(".db");
    friends.args(&["join", hidden.to_str().unwrap()]).ok();
    assert!(config(&friends).contains("\ndb = \""), "{}", config(&friends));
    friends.args(&["join", third.to_str().unwrap()]).ok();
    // A board that has a name keeps it.
    friends.run("join db").ok();
    assert_eq!(config(&friends).matches("/.db\"").count(), 2, "{}", config(&friends));
    friends.args(&["join", third.to_str().unwrap()]).ok();
    // A short name joins as well. A board that is remembered by its short name and is gone is not created.
    friends.run("join films").ok();
    assert!(config(&friends).contains(&format!("board = \"{}\"\n", path.display())));
    friends.run("config set board films").ok();
    assert_eq!(friends.run("join db --json").json()["previous"], "films");
    fs::remove_file(&other).unwrap();
    assert!(friends.run("join films-2").fails().contains("is its disk mounted?"));
    assert!(friends.run("join nowhere").fails().contains("no board is called \"nowhere\""));
    assert!(!other.exists());
}

#[test]
fn join_asks_for_missing_answers_on_a_terminal() {
    let (mut friends, path) = with_board();
    friends.asks = true;
    friends.stdin = "n\n".to_owned();
    let typo = friends.folder.path().join("flims.db");
    let error = friends.args(&["join", typo.to_str().unwrap(), "-a", "Ana"]).fails();
    let question = error.replace('\n', " ");
    let meant = format!("(did you mean {}?). Create it? [y/N]", path.display());
    assert!(question.contains("There is no board at ") && question.contains(&meant), "{error}");
    assert!(!typo.exists() && config(&friends).is_empty(), "{error}");
    friends.stdin = "Bne\ny\n".to_owned();
    let ran = friends.args(&["join", path.to_str().unwrap()]).ok();
    assert!(ran.err.contains("Your name on the board [ana]: "), "{ran:?}");
    assert!(ran.out.contains("You vote as Ben\n"), "{ran:?}");
    assert!(config(&friends).contains("\nname = \"Ben\"\n"));
}

#[test]
fn a_new_name_similar_to_a_known_one_is_confirmed_on_a_terminal() {
    let mut friends = Friends::offline();
    friends.run("propose --title A -a Emil").ok();
    friends.asks = true;
    for (answer, voters, succeeds) in [("\n", 1, false), ("y\n", 1, true), ("new\n", 2, true)] {
        friends.stdin = answer.to_owned();
        let ran = friends.run("vote 1 -a Emli");
        assert!(ran.err.contains("Emli is new. Did you mean Emil? [y: Emil, new: Emli, Enter: stop] "), "{ran:?}");
        assert_eq!(ran.code == 0, succeeds, "{ran:?}");
        assert_eq!(friends.sql::<i64>("SELECT count(*) FROM voters"), voters);
    }
    friends.stdin = "n\n".to_owned();
    let error = friends.run("vote 1 -a Emill").fails();
    assert!(error.contains("nothing changed") && error.contains("existing voters are Emil and Emli"), "{error}");
    assert_eq!(friends.run("vote 1 -a Zoe").ok().err, "New voter \"Zoe\"\n", "like nobody");
    assert_eq!(friends.run("vote 1 -a zoe").ok().err, "");
    friends.asks = false;
    assert_eq!(friends.run("vote 1 -a Emma").ok().err, "New voter \"Emma\"\n");
}

#[test]
fn a_password_is_tested_and_stored_in_pgpass() {
    let Some((mut friends, server, board)) = on_server(|server, board| server.address("owner", board)) else { return };
    friends.run("propose --title A -a Ben").ok();
    server
        .sql(&format!("GRANT USAGE ON SCHEMA {board} TO locked; GRANT ALL ON ALL TABLES IN SCHEMA {board} TO locked"));
    friends.vars.remove("MOVIENIGHT_DB");
    let home = friends.folder.path().join("home");
    fs::create_dir(&home).unwrap();
    friends.set("HOME", &home);
    fs::write(home.join(".pgpass"), "# mine\n*:*:*:nobody:x\n").unwrap();
    let address = server.address("locked", &board);
    let join = || Terminal::movienight(&format!("join {address} -a Ben"), &friends, 100, 30);
    let terminal = join();
    terminal.wait_for("Password for user locked on films at 127.0.0.1");
    terminal.types("falsch\r");
    let (screen, _, status) = terminal.end();
    assert!(
        !status.success() && screen.contains("hint: run the command again, and type the password again"),
        "{screen}"
    );
    let terminal = join();
    terminal.wait_for("Password for user locked on films at 127.0.0.1");
    terminal.types("geheim\r");
    let (screen, printed, status) = terminal.end();
    assert!(status.success() && screen.contains("1 movie, 1 person"), "{screen}");
    assert!(!printed.contains("geheim"), "{printed}");
    let line = format!("127.0.0.1:{}:films:locked:geheim\n# mine\n*:*:*:nobody:x\n", server.port);
    assert_eq!(fs::read_to_string(home.join(".pgpass")).unwrap(), line);
    assert!(config(&friends).contains(&address) && !config(&friends).contains("geheim"));
    friends.run("vote 1").ok();
    // A hosting service hands out addresses with passwords.
    fs::remove_file(home.join(".pgpass")).unwrap();
    let pasted = server.address("locked:geheim", &board);
    // An answer of no leaves nothing behind.
    (friends.asks, friends.stdin) = (true, "n\n".into());
    friends.args(&["join", &pasted, "-a", "Bne"]).fails();
    assert!(!home.join(".pgpass").exists());
    friends.asks = false;
    let ran = friends.args(&["join", &pasted]).ok();
    assert!(ran.err.contains("Saved the password in ") && !(ran.out + &ran.err).contains("geheim"));
    assert!(!config(&friends).contains("geheim"));
    friends.run("vote").ok();
}

#[test]
fn a_board_on_a_server_is_joined_and_created() {
    let Some(server) = server() else { return };
    let friends = Friends::offline().in_file();
    let board = new_board();
    let json = friends.args(&["join", &server.address("owner", &board), "--as", "Ana", "--json"]).json();
    assert_eq!((&json["outcome"], &json["movies"]), (&"created".into(), &0.into()));
    friends.run("propose --title A").ok();
    let out = friends.args(&["join", &server.address("owner", &board)]).ok().out;
    assert!(out.starts_with(&format!("Joined {board}: 1 movie, 1 person\n")), "{out}");
    let boards = friends.run("board list --quiet").ok().out;
    assert!(boards.lines().any(|name| name == board), "{boards}");
    // The board goes by its name.
    let copy = friends.folder.path().join("copy of.db");
    let note = friends.args(&["board", "copy", &board, copy.to_str().unwrap()]).ok().err;
    let command = format!("  movienight join '{}'\n", copy.display());
    assert_eq!(note, format!("To use the copy, run this on every machine:\n{command}"));
}
