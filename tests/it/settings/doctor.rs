//! `doctor`, `--version`, and the errors and notes for scripts.

use std::fs;

use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::postgres::friends as on_server;
use crate::support::server::Server;

fn findings(friends: &Friends) -> (Vec<Value>, u8) {
    let ran = friends.run("doctor --json");
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["healthy"], ran.code == 0);
    (document["findings"].as_array().unwrap().clone(), ran.code)
}

fn problems(friends: &Friends) -> Vec<String> {
    let (findings, _) = findings(friends);
    let problems = findings.iter().filter(|finding| finding["state"] == "problem");
    problems.map(|finding| format!("{}: {}", finding["text"].as_str().unwrap(), finding["remedy"])).collect()
}

#[test]
fn a_healthy_setup_is_described_without_secrets() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url()).in_file();
    friends.set("MOVIENIGHT_OMDB_KEY", "s3cret");
    friends.set("LANG", "C.UTF-8");
    friends.run("propose tt0000012").ok();
    let ran = friends.run("doctor").ok();
    for part in [
        "Version      movienight ",
        "schema 1",
        "omdb-key = ***",
        "Terminal     not a terminal",
        "no problems",
        "this line with crontab -e:\n  0 */6 * * * ",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(!ran.out.contains("s3cret"), "{}", ran.out);
    // Cron has none of these variables. A configuration file that does not exist would be an error.
    assert!(ran.out.contains(&format!(" --db {} cache refresh --quiet\n", friends.db().display())), "{}", ran.out);
    let data = friends.vars.remove("XDG_DATA_HOME").unwrap();
    friends.set("HOME", friends.folder.path().to_owned());
    // The option of this command line is in the line once.
    friends.exe = Some("/usr/bin/movienight".into());
    let config = friends.folder.path().join("c.toml").display().to_string();
    fs::write(&config, "").unwrap();
    let out = friends.args(&["doctor", "--config", &config]).ok().out;
    let line = format!("  0 */6 * * * /usr/bin/movienight cache refresh --quiet --config {config}");
    assert!(out.lines().any(|found| found == line), "{out}");
    friends.set("XDG_DATA_HOME", data);
    friends.set("MOVIENIGHT_DB", friends.db());
    assert!(friends.run("doctor").ok().out.contains(" --db "));
    let (findings, code) = findings(&friends);
    assert_eq!(code, 0);
    let parts: Vec<&str> = findings.iter().map(|finding| finding["part"].as_str().unwrap()).collect();
    for part in "Version Settings Board Sources Cache Catalogue Permissions Terminal Locale Refresh".split(' ') {
        assert!(parts.contains(&part), "{parts:?}");
    }
}

/// Returns the findings about a part, each as text and remedy.
fn about(friends: &Friends, part: &str) -> Vec<String> {
    let (findings, _) = findings(friends);
    let findings = findings.iter().filter(|finding| finding["part"] == part);
    findings.map(|finding| format!("{}: {}", finding["text"].as_str().unwrap(), finding["remedy"])).collect()
}

#[test]
fn a_failing_source_is_described_with_its_start_and_error() {
    let mut friends = Friends::online("http://127.0.0.1:9").in_file();
    friends.run("propose tt0000012").ok();
    friends.later(std::time::Duration::from_secs(3600));
    friends.run("cache refresh").fails();
    let found = about(&friends, "Sources").join("\n");
    assert!(found.starts_with("imdbapi is down, failing since 21:00; last error: "), "{found}");
    assert!(found.contains("127.0.0.1 refused the connection: \"it is retried at 23:"), "{found}");
    // A day later, the time without a date would mislead.
    friends.later(std::time::Duration::from_secs(24 * 3600));
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.run("cache refresh").fails();
    let found = about(&friends, "Sources").join("\n");
    assert!(found.contains("failing since 2026-11-22 21:00"), "{found}");
}

#[cfg(unix)]
#[test]
fn permissions_of_files_and_folders_are_described() {
    let friends = Friends::offline().in_file();
    friends.run("propose --title A").ok();
    let rights = about(&friends, "Permissions").join("\n");
    let folder = friends.db().parent().unwrap().display().to_string();
    assert!(rights.contains(&format!("{} (6", friends.db().display())), "{rights}");
    assert!(rights.contains(&format!("{folder} (700)")), "{rights}");
    let mut command = friends.command();
    command.args(["doctor", "--color", "never"]);
    let set = |path: &std::path::Path, mode| {
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    };
    let own = friends.db().parent().unwrap().to_owned();
    set(&friends.folder.path().join("data"), 0o755);
    // The file can be written, but SQLite also needs to make a journal beside it.
    set(&friends.db(), 0o666);
    // Not even the owner may write the folder: unless root runs the tests, they run as its owner.
    set(&own, 0o555);
    let output = crate::support::users::as_nobody(&friends, &mut command).unwrap();
    set(&own, 0o700);
    let out = String::from_utf8(output.stdout).unwrap();
    let note = format!("note: {folder} (555) cannot be written: ask its owner to run chmod ug+w {folder}");
    assert!(out.contains(&note), "{out}");
    assert!(out.contains("access: read\n") && out.contains("note: read-only"), "{out}");
}

#[test]
fn each_problem_has_its_remedy() {
    let friends = Friends::offline().in_file();
    friends.run("propose --title A").ok();
    let config = friends.folder.path().join("config/movienight/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(&config, "nmae = 'Ana'\n").unwrap();
    let found = problems(&friends);
    assert!(
        found.len() == 1 && found[0].contains("line 1: there is no setting \"nmae\"") && found[0].contains("edit"),
        "{found:?}"
    );
    let ran = friends.args(&["doctor", "--config", config.to_str().unwrap()]);
    let remedy = format!("movienight --config {} config edit opens the file", config.display());
    assert!(ran.code == 1 && ran.out.contains(&remedy), "{ran:?}");
    for settings in ["color = 'blue'", "board = '~/x.db'", "boards = 3", "name = "] {
        fs::write(&config, settings).unwrap();
        let found = problems(&friends).join("\n");
        assert!(found.contains("movienight config edit opens the file"), "{settings}: {found}");
    }
    fs::write(&config, b"\xff").unwrap();
    assert!(problems(&friends).join("\n").contains("save it as UTF-8"));
    fs::write(&config, "board = '/nowhere/films.db'\nomdb-key = 's3cret'\n").unwrap();
    let found = problems(&friends).join("\n");
    assert!(found.contains("the board /nowhere/films.db is not there: \"is its disk mounted?\""), "{found}");
    assert!(!cfg!(unix) || found.contains(&format!("chmod 600 {}", config.display())), "{found}");
    fs::remove_file(&config).unwrap();
    let mut bytes = fs::read(friends.db()).unwrap();
    let end = bytes.len() - 5000;
    bytes[end..].fill(0x55);
    fs::write(friends.db(), bytes).unwrap();
    let ran = friends.run("doctor");
    assert!(ran.code == 1 && ran.out.contains("damaged"), "{ran:?}");
}

#[test]
fn a_damaged_catalogue_is_a_problem() {
    let friends = Friends::offline().in_file();
    fs::create_dir_all(friends.catalog().parent().unwrap()).unwrap();
    fs::write(friends.catalog(), "no catalogue at all, but longer than the head of one".repeat(50)).unwrap();
    let found = problems(&friends);
    assert!(found.len() == 1 && found[0].contains("is not a movienight catalogue"), "{found:?}");
}

#[test]
fn a_server_is_described() {
    let Some((friends, server, board)) = on_server(|server, board| server.address("owner", board)) else { return };
    assert!(problems(&friends)[0].contains("there is no board"));
    assert_eq!(about(&friends, "Cache"), Vec::<String>::new());
    friends.run("propose --title A").ok();
    let (findings, _) = findings(&friends);
    let text = findings.iter().find(|finding| finding["part"] == "Board").unwrap()["text"].as_str().unwrap();
    let start = format!("board {board} in films at 127.0.0.1:{} (MOVIENIGHT_DB): PostgreSQL ", server.port);
    assert!(text.starts_with(&start) && text.contains("TLS") && text.contains(", schema 1, "), "{text}");
    assert!(text.contains(" ms, access: read and write"), "{text}");
}

#[test]
fn the_version_lists_the_build_features() {
    let friends = Friends::offline();
    let out = friends.run("--version").ok().out;
    assert!(
        out.starts_with(&format!("movienight {}\n", env!("CARGO_PKG_VERSION"))) && out.contains("SQLite 3."),
        "{out}"
    );
    assert_eq!(friends.run("-V").ok().out, out);
    let json = friends.run("--version --json").json();
    assert_eq!((&json["version"], &json["schema"]["sqlite"]), (&env!("CARGO_PKG_VERSION").into(), &1.into()));
    assert_eq!(json["features"].as_array().unwrap().contains(&"postgres".into()), cfg!(feature = "postgres"));
}

#[test]
fn errors_have_a_code_and_candidates() {
    let mut friends = Friends::offline().in_file();
    let code = |friends: &Friends, args: &[&str]| -> Value {
        let ran = friends.args(&[args, &["--json"]].concat());
        assert_ne!(ran.code, 0, "{ran:?}");
        serde_json::from_str(&ran.err).unwrap_or_else(|_| panic!("{ran:?}"))
    };
    assert_eq!(code(&friends, &["vote", "1"])["code"], "no_board");
    friends.args(&["propose", "tt0000012", "--title", "Blade Runner", "--title", "Blade Runner 2049"]).ok();
    let error = code(&friends, &["vote", "blade"]);
    assert_eq!(error["code"], "ambiguous");
    assert_eq!(error["candidates"][0], json!({"number": 2, "imdb_id": null, "title": "Blade Runner", "year": null}));
    assert_eq!(error["candidates"][1]["number"], 3);
    friends.run("watched 1").ok();
    for (args, expected) in [
        (&["vote", "99"][..], "not_found"),
        (&["vote", "1"], "watched"),
        (&["propose", "tt0000012"], "watched"),
        (&["propose", "some words"], "network"),
        (&["vote", "98", "99"], "not_found"),
        (&["vote", "1", "99"], "failed"),
        (&["vote", "2", "-a", ""], "failed"),
        (&["vote", "--db", "nowhere"], "no_board"),
        (&["vote", "--config", "nowhere.toml"], "settings"),
    ] {
        let error = code(&friends, args);
        assert_eq!(error["code"], expected, "{args:?}: {error}");
        assert!(error["candidates"].is_array(), "{error}");
    }
    friends.run("hide").ok();
    for args in [&["pick"][..], &["export"], &["export", "--format", "csv"]] {
        assert_eq!(code(&friends, args)["code"], "hidden", "{args:?}");
    }
    let path = friends.folder.path().join("other.db");
    fs::write(&path, "no database").unwrap();
    friends.set("MOVIENIGHT_DB", &path);
    assert_eq!(code(&friends, &["vote"])["code"], "unusable");
    for (line, part) in
        [("propose", "not provided: <MOVIE>"), ("cache", "a command is missing"), ("export --format x", "csv")]
    {
        let output = friends.command().arg("--json").args(line.split(' ')).output().unwrap();
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert!(error["error"].as_str().unwrap().contains(part), "{line}: {error}");
        assert_eq!(error["code"], "usage", "{line}");
    }
    let output = friends.command().args(["vtoe", "--json"]).output().unwrap();
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!((output.status.code(), &error["code"]), (Some(2), &"usage".into()));
    assert!(
        error["error"].as_str().unwrap().contains("vtoe") && error["hint"].as_str().unwrap().contains("vote"),
        "{error}"
    );
}

#[test]
fn notes_are_fields_of_a_document() {
    let friends = Friends::offline().in_file();
    let ran = friends.run("propose tt0000012 -a Emil --json").ok();
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (document["missing_data"].clone(), document["warnings"].clone(), ran.err),
        (json!(["tt0000012"]), json!([]), String::new())
    );
    let document = friends.run("vote 1 -a Emli --json").json();
    assert_eq!(document["new_voter"], "Emli");
    let document = friends.run("vote 1 -a Emli --json").json();
    assert_eq!((document.get("new_voter"), &document["warnings"]), (None, &json!([])));
    let document = friends.run("watched 1 -a Emil --here Cleo,Clea --json").json();
    let warning = "New voter \"Clea\"";
    assert_eq!(
        (&document["new_voter"], document["warnings"][0].as_str().unwrap().starts_with(warning)),
        (&json!("Cleo"), true),
        "{document}"
    );
    let (films, typo) = (friends.folder.path().join("films.db"), friends.folder.path().join("flims.db"));
    friends.args(&["propose", "--title", "A", "--db", films.to_str().unwrap()]).ok();
    let document = friends.args(&["propose", "--title", "A", "--json", "--db", typo.to_str().unwrap()]).json();
    assert_eq!(document["similar_board"], films.to_str().unwrap());
    assert_eq!(friends.run("vote --json").json()["warnings"], json!([]));
}

#[test]
fn notes_become_warnings_in_every_json_document() {
    let friends = Friends::offline().in_file();
    friends.args(&["propose", "--title", "A", "--title", "B"]).ok();
    friends.run("vote 2 -a Ben").ok();
    let ran = friends.run("pick --json --start 01:00 --by 03:00").ok();
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let warning = document["warnings"][0].as_str().unwrap_or_default();
    assert!(warning.starts_with("The evening is tomorrow, ") && ran.err.is_empty(), "{ran:?}");
    let ran = friends.run("pick --json --watched").ok();
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(document["warnings"][0].as_str().unwrap_or_default().starts_with("Marked B as watched"), "{ran:?}");
    assert_eq!(ran.err, "");
    for line in
        ["history", "voters", "undo --list", "doctor", "config", "catalog status", "join", "show 1", "--version"]
    {
        let ran = friends.run(&format!("{line} --json"));
        let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{line}: {ran:?}"));
        assert_eq!((&document["warnings"], ran.err.as_str()), (&json!([]), ""), "{line}");
    }
    // `show` prints a line for each movie, and each is a whole document.
    let ran = friends.run("show 1 2 --json").ok();
    let documents: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.iter().map(|one| one["warnings"].clone()).collect::<Vec<_>>(), [json!([]), json!([])]);
}

#[test]
fn lists_may_be_separated_by_nul() {
    let mut friends = Friends::offline();
    friends.stdin = "tt0000012\0tt0000013\0".to_owned();
    friends.run("propose - -0").ok();
    friends.stdin = "1\0 2\n\0".to_owned();
    friends.run("vote - --null --as Ben").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 4);
}

#[test]
fn ballots_from_a_pipe_may_end_with_nul() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    friends.stdin = "1\0 2\nnot 1\0".to_owned();
    let error = friends.run("ballot --plain Dan Eve").fails();
    assert!(error.contains("cannot read the answer: it has control characters: "), "{error}");
    assert!(error.contains("with -0, answers end with NUL"), "{error}");
    friends.run("ballot --plain Dan Eve -0").ok();
    let movie = friends.run("show 1 --json").json();
    assert_eq!((&movie["voters"], &movie["no_of"]), (&json!(["Ana", "Dan"]), &json!(["Eve"])));
    assert_eq!(friends.run("show 2 --json").json()["voters"], json!(["Ana", "Eve"]));
}
