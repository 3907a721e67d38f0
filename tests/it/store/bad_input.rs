//! Wrong input of every kind gets one clear line, and nothing is lost.

use std::path::Path;

use crate::support::Friends;

#[test]
fn invalid_movie_arguments_are_refused_with_the_next_step() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 tt0000013").ok();
    for (line, expected) in [
        ("propose tt12", "\"tt12\" is not an IMDb id: an id is tt followed by 7 to 10 digits, like tt0111161"),
        ("propose nm0000151", "\"nm0000151\" is a person, not a movie"),
        (
            "propose https://example.com/title/",
            "is not a link to a movie that movienight understands: give its link on imdb.com",
        ),
        ("vote 99", "no movie on the board has the number 99: movienight vote shows the board"),
        ("vote 0", "no movie on the board has the number 0"),
        ("vote 10000000000000000000", "no movie on the board matches \"10000000000000000000\""),
        ("vote zzz", "no movie on the board matches \"zzz\": movienight vote shows the board"),
        ("show z zz", "no movie on the board matches \"z zz\": movienight search 'z zz' looks beyond the board"),
        ("vote tt0000099", "tt0000099 is not on the board: movienight propose tt0000099 puts it on the board"),
        ("unvote zzz", "no movie on the board matches \"zzz\""),
        ("withdraw 7", "no movie on the board has the number 7"),
        ("vote tt", "\"tt\" may mean tt0000012 or tt0000013: movienight vote 1 or movienight vote 2"),
    ] {
        let error = friends.run(line).fails();
        assert!(error.starts_with("error: ") && error.contains(expected), "{line}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    let empty = friends.args(&["propose", ""]).fails();
    assert!(empty.contains("the argument is empty"), "{empty}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 2);
}

#[test]
fn invalid_voter_names_are_refused() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000012").ok();
    for name in ["", "   ", "Ana, Ben", "a\u{1b}b", "\u{202e}", &"x".repeat(65)] {
        let error = friends.args(&["vote", "1", "--as", name]).fails();
        assert!(error.contains("--as: names cannot") || error.contains("--as: names have at most 64"), "{error}");
        let error = friends.args(&["vote", "--as", name]).fails();
        assert!(error.contains("--as: names cannot") || error.contains("--as: names have at most 64"), "{error}");
    }
    friends.vars.remove("LOGNAME");
    let error = friends.run("vote 1").fails();
    assert!(
        error.contains(
            "no voter name is set: set one with movienight config set name NAME, or for one command with --as NAME"
        ),
        "{error}"
    );
    friends.run("vote").ok();
    friends.set("MOVIENIGHT_USER", "Zoë");
    assert_eq!(friends.run("vote 1").ok().out, "Zoë voted for tt0000012\n");
}

#[test]
fn invalid_own_titles_and_commands_are_refused() {
    let friends = Friends::offline();
    for title in ["", "\u{200b}", "\n"] {
        assert!(friends.args(&["propose", "--title", title]).fails().contains("--title cannot be empty"));
    }
    assert!(friends.args(&["propose", "--title", &"x".repeat(201)]).fails().contains("at most 200 characters"));
    assert_eq!(friends.run("propose").code, 2);
    assert_eq!(friends.run("vote --wat").code, 2);
    assert_eq!(friends.run("vtoe").code, 2);
}

#[test]
fn locations_that_are_not_a_database_are_refused() {
    let mut friends = Friends::offline();
    let folder = friends.folder.path().to_owned();
    let text = folder.join("notes.txt");
    std::fs::write(&text, "This is not a database, but long enough to look at its header. ".repeat(20)).unwrap();
    let other = folder.join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let check = |friends: &mut Friends, path: &Path, expected: &str| {
        friends.set("MOVIENIGHT_DB", path);
        for line in ["vote", "propose tt0000012"] {
            let error = friends.run(line).fails();
            assert!(error.contains(expected) && error.contains(path.to_str().unwrap()), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    };
    check(&mut friends, &folder, "is a folder, not a database: name a file in it: ");
    check(&mut friends, &text, "is not a movienight database: give another file");
    check(&mut friends, &other, "is not a movienight database");
    check(&mut friends, Path::new("/dev/null"), "is not a regular file");
    check(&mut friends, &text.join("x.db"), "cannot use the database");
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("This is not"));
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    friends.execute("PRAGMA user_version = 99");
    let error = friends.run("vote").fails();
    assert!(error.contains("was made by a newer movienight (database version 99"), "{error}");
    assert!(error.contains("update movienight"), "{error}");
}

#[test]
fn without_a_home_folder_the_location_must_be_given() {
    let mut friends = Friends::offline().in_file();
    friends.vars.remove("XDG_DATA_HOME");
    assert!(friends.run("vote").fails().contains("no home folder to keep the database in: name a file with --db PATH"));
    let home = friends.folder.path().join("home with blanks");
    friends.set("HOME", &home);
    friends.run("propose tt0000012").ok();
    if cfg!(target_os = "linux") {
        assert!(home.join(".local/share/movienight/movienight.db").exists());
    }
    friends.set("XDG_DATA_HOME", home.join("data"));
    assert!(friends.run("vote").ok().out.contains("Nothing is on the board yet"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let friends = Friends::offline();
    friends.run("propose tt0000012").ok();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = friends.command().arg("vote").stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[cfg(unix)]
#[test]
fn a_new_file_and_its_folder_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&friends.db()), 0o600);
    assert_eq!(mode(friends.db().parent().unwrap()), 0o700);
}

#[test]
fn arguments_and_variables_that_are_not_utf_8_are_refused() {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let friends = Friends::offline();
        let output = friends.command().arg("vote").arg(std::ffi::OsStr::from_bytes(b"\xff\xfe")).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let output = friends
            .command()
            .arg("vote")
            .env("MOVIENIGHT_USER", std::ffi::OsStr::from_bytes(b"\xff"))
            .arg("1")
            .output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stderr).unwrap().contains("MOVIENIGHT_USER is not valid UTF-8"));
    }
}

#[cfg(not(feature = "postgres"))]
#[test]
fn without_postgresql_an_address_names_the_missing_feature() {
    let error = Friends::offline().args(&["vote", "--db", "postgres://anna:geheim@db.example.net/films"]).fails();
    assert!(error.contains("was built without PostgreSQL: build one with `cargo install"), "{error}");
    assert!(error.contains("--features postgres") && !error.contains("geheim"), "{error}");
}

#[test]
fn overlong_stored_texts_are_truncated_when_read() {
    let friends = Friends::offline();
    friends.run("propose --title Home --note mine --as Ana").ok();
    friends.run("propose tt0000012 --as Ana").ok();
    let long = "\u{200b}x".repeat(10_000);
    friends.execute(&format!("UPDATE proposals SET title = '{long}' WHERE id = 1"));
    friends.execute(&format!("UPDATE notes SET text = '{long}'"));
    friends.execute(&format!("UPDATE voters SET name = '{long}'"));
    let data = format!("{{\"title\":\"{}\"}}", "x".repeat(100_000));
    friends.execute(&format!(
        "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at) VALUES ('tt0000012', '{data}', 0)"
    ));
    for line in
        ["vote --json", "show 1 2 --json", "voters --json", "undo --list --json", "page --markdown", "vote 1 --as Ben"]
    {
        let ran = friends.run(line).ok();
        assert!(ran.out.len() < 20_000, "{line}: {} bytes", ran.out.len());
    }
}

#[test]
fn cached_data_that_is_not_text_counts_as_missing() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012 --as Ana").ok();
    friends.execute(
        "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at)
         VALUES ('tt0000012', CAST(x'7bff7d' AS TEXT), 0)",
    );
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["cache"], "missing");
    let (from, to) = (friends.db(), friends.db().with_extension("copy"));
    let copied = friends.args(&["board", "copy", from.to_str().unwrap(), to.to_str().unwrap(), "--json"]).json();
    assert_eq!((&copied["proposals"], &copied["cached"]), (&1.into(), &0.into()));
}

#[test]
fn copying_a_damaged_board_names_the_source() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012 --as Ana").ok();
    friends.execute("PRAGMA ignore_check_constraints = ON; UPDATE votes SET opinion = 'maybe'");
    let (from, to) = (friends.db(), friends.folder.path().join("copy.db"));
    let error = friends.args(&["board", "copy", from.to_str().unwrap(), to.to_str().unwrap()]).fails();
    assert!(error.starts_with(&format!("error: {} is damaged", from.display())), "{error}");
    assert!(!to.exists());
}

#[test]
fn a_tilde_is_expanded_without_a_shell() {
    let mut friends = Friends::offline();
    friends.set("HOME", friends.folder.path().to_owned());
    friends.set("MOVIENIGHT_DB", "~/films.db");
    friends.run("propose tt0000012").ok();
    assert!(friends.folder.path().join("films.db").is_file());
}

#[cfg(unix)]
#[test]
fn a_ballot_that_is_not_utf_8_is_refused() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012 --as Ana").ok();
    let output = friends.shell(r#"printf '1 \377\n' | "$0" ballot --plain Kim"#).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("error: cannot read the answer: it is not UTF-8 text: give each answer as "), "{error}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 1);
}
