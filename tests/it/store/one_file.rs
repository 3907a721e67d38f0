//! A board is one file, and viewing it does not write it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::json;

use crate::support::Friends;
use crate::support::server::{Server, imdbapi};
use crate::support::users::{as_nobody, make_readable, make_writable};

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn files(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Makes a board of two movies in a folder of its own. Returns its path.
fn filled(name: &str) -> (Friends, PathBuf) {
    let mut friends = Friends::offline().in_file();
    let folder = friends.folder.path().join("group");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join(name);
    friends.set("MOVIENIGHT_DB", &path);
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    (friends, path)
}

#[test]
fn changes_leave_one_file_and_views_do_not_modify_it() {
    let (friends, path) = filled("movies.db");
    let folder = path.parent().unwrap();
    for line in ["vote 1 --as Ben", "vote --favorite 2 --as Cleo", "watched 1", "undo", "withdraw 2"] {
        friends.run(line).ok();
        assert_eq!(files(folder), BTreeSet::from(["movies.db".to_owned()]), "{line}");
    }
    let stamp = || (std::fs::read(&path).unwrap(), std::fs::metadata(&path).unwrap().modified().unwrap());
    let before = stamp();
    for line in ["vote", "pick", "history", "show 1", "undo --list", "voters", "cache stats", "complete movies"] {
        friends.run(line).ok();
        assert!(stamp() == before, "{line}");
    }
    assert_eq!(files(folder), BTreeSet::from(["movies.db".to_owned()]));
}

#[test]
fn a_file_that_is_replaced_while_a_command_waits_is_reported_as_such() {
    let (mut friends, path) = filled("movies.db");
    let other = path.with_file_name("other.db");
    std::fs::copy(&path, &other).unwrap();
    let board = path.clone();
    let server = Server::start(move |asked| {
        let _ = std::fs::rename(&other, &board);
        imdbapi(asked)
    });
    friends.set("MOVIENIGHT_SOURCES", "imdbapi");
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    friends.set("MOVIENIGHT_OFFLINE", "0");
    let error = friends.run("propose tt0000200 --as Ana").fails();
    let expected = "movies.db was replaced or removed meanwhile, so nothing was stored: run the command again";
    assert!(error.contains(expected), "{error}");
    friends.run("propose tt0000200 --as Ana").ok();
}

#[test]
fn a_relative_name_that_looks_like_a_uri_is_a_file() {
    let (friends, path) = filled("movies.db");
    let mut command = friends.command();
    command.current_dir(path.parent().unwrap()).args(["--db", "file:x.db", "propose", "tt0000012"]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(files(path.parent().unwrap()), BTreeSet::from(["file:x.db".to_owned(), "movies.db".to_owned()]));
}

#[test]
fn a_board_file_can_replace_another_and_be_copied() {
    let (mut friends, path) = filled("new.db");
    friends.run("vote").ok();
    let old = path.with_file_name("old.db");
    friends.set("MOVIENIGHT_DB", &old);
    friends.run("propose tt0000099 --as Zoë").ok();
    friends.run("vote").ok();
    std::fs::rename(&old, &path).unwrap();
    friends.set("MOVIENIGHT_DB", &path);
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["imdb_id"], "tt0000099");
    friends.run("vote 1 --as Ben").ok();
    let copy = path.with_file_name("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    friends.set("MOVIENIGHT_DB", &copy);
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["voters"], json!(["Zoë", "Ben"]));
    let integrity: String =
        Connection::open(&path).unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}

#[cfg(unix)]
#[test]
fn in_a_setgid_folder_the_group_may_write_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    for (mode, umask, name, expected) in [
        (0o2770, "022", "movies.db", 0o664),
        (0o2770, "077", "movies.db", 0o660),
        (0o2770, "077", "club/of/ours/movies.db", 0o660),
        (0o770, "022", "movies.db", 0o644),
        (0o770, "022", "club/movies.db", 0o600),
        (0o2750, "022", "movies.db", 0o644),
    ] {
        let mut friends = Friends::offline().in_file();
        let folder = friends.folder.path().join("group");
        std::fs::create_dir(&folder).unwrap();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
        let path = folder.join(name);
        friends.set("MOVIENIGHT_DB", &path);
        let mut shell = friends.shell(&format!("umask {umask}; exec \"$0\" propose tt0000012"));
        assert!(shell.output().unwrap().status.success());
        let mode_of = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode_of(&path) & 0o777, expected, "{name} in a folder of mode {mode:o}");
        let of_folder = mode_of(path.parent().unwrap());
        assert_eq!(
            of_folder & 0o070 == 0o070,
            expected & 0o020 > 0 || mode == 0o770 && !name.contains('/'),
            "{of_folder:o}"
        );
    }
}

#[test]
fn a_failed_copy_leaves_no_file() {
    let (friends, path) = filled("movies.db");
    Connection::open(&path).unwrap().execute_batch("DROP TABLE edits").unwrap();
    let copy = path.with_file_name("copy.db");
    friends.args(&["board", "copy", path.to_str().unwrap(), copy.to_str().unwrap()]).fails();
    assert_eq!(files(path.parent().unwrap()), BTreeSet::from(["movies.db".to_owned()]));
}

#[test]
fn reading_needs_no_write_permission_and_creates_no_file() {
    let (friends, path) = filled("movies.db");
    make_readable(&path);
    let folder = path.parent().unwrap().to_owned();
    for line in ["vote", "pick", "history", "show 1"] {
        let mut command = friends.command();
        command.args(line.split(' '));
        let Some(output) = as_nobody(&friends, &mut command) else { return };
        assert!(output.status.success(), "{line}: {output:?}");
        assert_eq!(files(&folder), BTreeSet::from(["movies.db".to_owned()]), "{line}");
    }
    let mut command = friends.command();
    command.args(["vote", "1"]);
    let output = as_nobody(&friends, &mut command).unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("movies.db cannot be written, so nothing was stored"), "{error}");
}

/// Copies a database in the middle of a change, as a crash leaves it: some pages are new, and a journal holds the old
/// ones. Returns the path of the copy.
fn copy_during_change(path: &Path) -> PathBuf {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN IMMEDIATE;").unwrap();
    for n in 0..400 {
        let sql = format!("INSERT INTO searches VALUES ('words {n}', 1, '{}')", "x".repeat(2000));
        conn.execute_batch(&sql).unwrap();
    }
    conn.execute_batch("DELETE FROM votes").unwrap();
    let copy = path.with_file_name("torn.db");
    for suffix in ["", "-journal"] {
        std::fs::copy(with_suffix(path, suffix), with_suffix(&copy, suffix)).unwrap();
    }
    copy
}

#[test]
fn an_interrupted_change_is_rolled_back_or_reported_to_readers() {
    let (mut friends, path) = filled("movies.db");
    let torn = copy_during_change(&path);
    friends.set("MOVIENIGHT_DB", &torn);
    let parts = [torn.clone(), with_suffix(&torn, "-journal")];
    parts.iter().for_each(|path| make_readable(path));
    if let Some(output) = as_nobody(&friends, &mut friends.command()) {
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(
            error.contains("has an interrupted change, which only a user with write access can roll back"),
            "{error}"
        );
    }
    parts.iter().for_each(|path| make_writable(path));
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], json!(["Ana"]));
    assert!(!with_suffix(&torn, "-journal").exists());
}

#[test]
fn databases_with_a_foreign_application_id_are_refused() {
    let (friends, path) = filled("movies.db");
    for (sql, words) in [
        ("PRAGMA application_id = 0x4D4F5649", "movies.db was made before 0.1.0, by an unreleased version"),
        ("PRAGMA application_id = 7", "movies.db is not a movienight database"),
        ("PRAGMA application_id = 0", "movies.db is not a movienight database"),
    ] {
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        for line in ["vote", "vote 1 --as Ben"] {
            let error = friends.run(line).fails();
            assert!(error.contains(words), "{sql}, {line}: {error}");
        }
    }
}

#[test]
fn a_new_file_with_a_similar_name_is_reported() {
    let mut friends = Friends::offline().in_file();
    let folder = friends.folder.path().to_owned();
    let mut first = |name: &str| {
        friends.set("MOVIENIGHT_DB", folder.join(name));
        friends.run("propose tt0000012 --offline --as Ana").ok().err
    };
    let alone = first("movienight.db");
    let note = first("movinight.db");
    let path = |name: &str| folder.join(name).display().to_string();
    assert_eq!(note, format!("{alone}{} is new; did you mean {}?\n", path("movinight.db"), path("movienight.db")));
    std::fs::remove_file(folder.join("movinight.db")).unwrap();
    for other in ["summer.db", "movienight2.db", "movienight.bak"] {
        assert_eq!(first(other), alone, "{other}");
    }
}
