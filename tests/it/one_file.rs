//! One file, and looking does not write it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::json;

use crate::support::Friends;
use crate::support::users::as_nobody;

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn files(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A board of two movies at a path of its own.
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
fn whatever_is_done_one_file_is_left_and_looking_leaves_it_as_it_is() {
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
fn a_board_is_moved_over_another_and_copied_whole() {
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
fn in_a_groups_folder_the_group_may_write_whatever_the_umask() {
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
        let mut shell = std::process::Command::new("sh");
        shell.env_clear().envs(&friends.vars).arg("-c").arg(format!("umask {umask}; exec \"$0\" propose tt0000012"));
        assert!(shell.arg(crate::support::binary()).output().unwrap().status.success());
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
fn what_cannot_be_copied_leaves_nothing_at_the_other_place() {
    let (friends, path) = filled("movies.db");
    Connection::open(&path).unwrap().execute_batch("DROP TABLE edits").unwrap();
    let copy = path.with_file_name("copy.db");
    friends.args(&["board", "copy", path.to_str().unwrap(), copy.to_str().unwrap()]).fails();
    assert_eq!(files(path.parent().unwrap()), BTreeSet::from(["movies.db".to_owned()]));
}

#[test]
fn a_reader_needs_no_right_to_write_and_creates_nothing() {
    let (friends, path) = filled("movies.db");
    crate::support::users::make_readable(&path);
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

/// A database of version 5 with a vote of Ben's that is still in its write-ahead log, as a crash leaves it.
pub fn with_log(friends: &Friends) -> PathBuf {
    crate::versions::make(friends, 5);
    let conn = Connection::open(friends.db()).unwrap();
    conn.execute_batch(
        "PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO voters (name, name_key) VALUES ('Ben', 'ben');
         INSERT INTO votes (proposal_id, voter_id, voted_at) VALUES (1, 2, 1795000001);",
    )
    .unwrap();
    let path = friends.folder.path().join("old.db");
    for suffix in ["", "-wal"] {
        std::fs::copy(beside(&friends.db(), suffix), beside(&path, suffix)).unwrap();
    }
    std::fs::write(beside(&path, "-lock"), "").unwrap();
    path
}

#[test]
fn an_old_database_is_converted_with_the_votes_in_its_log() {
    let mut friends = Friends::offline().in_file();
    let path = with_log(&friends);
    assert!(std::fs::metadata(beside(&path, "-wal")).unwrap().len() > 0);
    friends.set("MOVIENIGHT_DB", &path);
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], json!(["Ana", "Ben"]));
    for suffix in ["-wal", "-shm", "-lock", "-journal"] {
        assert!(!beside(&path, suffix).exists(), "{suffix}");
    }
}

#[test]
fn an_old_program_that_has_it_open_is_not_in_the_way() {
    let mut friends = Friends::offline().in_file();
    let path = with_log(&friends);
    friends.set("MOVIENIGHT_DB", &path);
    let old = Connection::open(&path).unwrap();
    let votes = || old.query_row("SELECT count(*) FROM votes", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(votes(), 2);
    friends.run("vote 1 --as Cleo").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["voters"], json!(["Ana", "Ben", "Cleo"]));
    assert_eq!(votes(), 3);
    drop(old);
    friends.run("vote").ok();
    assert!(!beside(&path, "-wal").exists(), "it is converted when nobody else has it open");
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["votes"], 3);
}

#[test]
fn without_rights_an_old_database_is_read_unless_its_log_holds_votes() {
    let mut friends = Friends::offline().in_file();
    let path = with_log(&friends);
    friends.set("MOVIENIGHT_DB", &path);
    crate::support::users::make_readable(&path);
    let mut command = friends.command();
    let Some(output) = as_nobody(&friends, &mut command) else { return };
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "nothing older is shown than what was confirmed");
    assert!(error.contains("only whoever may write it can bring them in"), "{error}");
    std::fs::remove_file(beside(&path, "-wal")).unwrap();
    let output = as_nobody(&friends, &mut friends.command()).unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("tt0000012"));
    assert!(!beside(&path, "-shm").exists());
    for line in ["history", "show 1", "pick", "voters", "undo --list", "board copy old.db new.db"] {
        let mut command = friends.command();
        command.args(line.split(' ').map(|word| word.replace("old.db", path.to_str().unwrap())));
        let output = as_nobody(&friends, &mut command).unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() || error.contains("is of an older version"), "{line}: {error}");
    }
}

/// A copy of a database in the middle of a change, as a crash leaves it: some pages are new, and a journal holds what
/// they were.
fn in_the_middle(path: &Path) -> PathBuf {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN IMMEDIATE;").unwrap();
    for n in 0..400 {
        let sql = format!("INSERT INTO searches VALUES ('words {n}', 1, '{}')", "x".repeat(2000));
        conn.execute_batch(&sql).unwrap();
    }
    conn.execute_batch("DELETE FROM votes").unwrap();
    let copy = path.with_file_name("torn.db");
    for suffix in ["", "-journal"] {
        std::fs::copy(beside(path, suffix), beside(&copy, suffix)).unwrap();
    }
    copy
}

#[test]
fn a_change_that_was_stopped_half_way_is_completed_by_who_may_write_and_named_to_others() {
    let (mut friends, path) = filled("movies.db");
    let torn = in_the_middle(&path);
    friends.set("MOVIENIGHT_DB", &torn);
    crate::support::users::make_readable(&torn);
    crate::support::users::make_readable(&beside(&torn, "-journal"));
    if let Some(output) = as_nobody(&friends, &mut friends.command()) {
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains("stopped half-way, and only whoever may write it can complete that"), "{error}");
    }
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], json!(["Ana"]));
    assert!(!beside(&torn, "-journal").exists());
}

#[test]
fn a_database_restored_from_a_dump_is_recognised() {
    let (mut friends, path) = filled("movies.db");
    let restored = path.with_file_name("restored.db");
    if std::process::Command::new("sqlite3").arg("--version").output().is_err() {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "not tested: sqlite3 is absent");
        return;
    }
    // sqlite3 reports that the copy has no sqlite_sequence, which nothing uses any more, and goes on.
    let script = "sqlite3 \"$0\" .dump | sqlite3 \"$1\"";
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(script).arg(&path).arg(&restored).output().unwrap();
    friends.set("MOVIENIGHT_DB", &restored);
    friends.run("vote 2 --as Ben").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["voters"], json!(["Ana", "Ben"]));
    // Somebody else's tables of the same names are somebody else's.
    let foreign = path.with_file_name("foreign.db");
    let conn = Connection::open(&foreign).unwrap();
    conn.execute_batch("CREATE TABLE proposals (a); CREATE TABLE votes (a); CREATE TABLE voters (a);").unwrap();
    friends.set("MOVIENIGHT_DB", &foreign);
    assert!(friends.run("vote").fails().contains("is not a movienight database"));
}

#[test]
fn a_file_whose_name_may_be_mistyped_is_told_about() {
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
