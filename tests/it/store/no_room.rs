//! No room, no permission, no database: one clear line each, and what can be shown is shown.
#![cfg(unix)]

use std::path::Path;

use serde_json::Value;

use crate::support::{Friends, random_seed};

/// Runs the binary with no file allowed to grow beyond `blocks` of 512 bytes, which is like a full disk.
pub fn run_on_full_disk(friends: &Friends, blocks: usize, args: &str) -> std::process::Output {
    friends.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {args}")).output().unwrap()
}

fn filled() -> Friends {
    let mut friends = Friends::offline().in_file();
    friends.stdin = (1..=300).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose -").ok();
    friends.run("vote").ok();
    friends
}

#[test]
fn on_a_full_disk_nothing_is_stored_and_the_board_is_shown() {
    let friends = filled();
    let before: i64 = friends.sql("SELECT count(*) FROM votes");
    let output = run_on_full_disk(&friends, 0, "vote");
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("tt0000300"));
    for args in ["vote 1 --as Ben", "propose tt0000999", "withdraw 1", "watched 1"] {
        let output = run_on_full_disk(&friends, 0, args);
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args}: {err}");
        assert!(err.contains("full") && err.contains("nothing was stored"), "{args}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), before);
    assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
    friends.run("vote 1 --as Ben").ok();
}

#[test]
fn a_failed_first_run_on_a_full_disk_does_not_block_the_next() {
    let friends = Friends::offline().in_file();
    for blocks in [0, 1, 8, 16, 40] {
        let output = run_on_full_disk(&friends, blocks, "propose tt0000012");
        assert_eq!(output.status.code(), Some(1), "{blocks}: {output:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1);
    }
    friends.run("propose tt0000012").ok();
}

#[test]
fn a_copy_that_fails_on_a_full_disk_leaves_no_file() {
    let friends = filled();
    let folder = friends.folder.path().join("copies");
    std::fs::create_dir(&folder).unwrap();
    let line = format!("board copy {} {}", friends.db().display(), folder.join("copy.db").display());
    for blocks in [8, 40, 80] {
        let output = run_on_full_disk(&friends, blocks, &line);
        assert_eq!(output.status.code(), Some(1), "{blocks}: {output:?}");
        assert_eq!(folder.read_dir().unwrap().count(), 0, "{blocks}");
    }
    friends.run(&line).ok();
    assert_eq!(folder.read_dir().unwrap().count(), 1);
    assert!(friends.run(&line).fails().contains("copy.db is not empty, so nothing was copied"));
}

#[test]
fn links_are_followed_cycles_refused_and_odd_names_accepted() {
    let mut friends = filled();
    let folder = friends.folder.path().to_owned();
    let link = folder.join("link.db");
    std::os::unix::fs::symlink(friends.db(), &link).unwrap();
    friends.set("MOVIENIGHT_DB", &link);
    assert!(friends.run("vote").ok().out.contains("tt0000300"), "a link is followed");
    let circle = folder.join("circle");
    std::os::unix::fs::symlink(&circle, &circle).unwrap();
    friends.set("MOVIENIGHT_DB", &circle);
    let error = friends.run("vote").fails();
    assert!(error.contains("cannot use the database") && !error.contains("os error"), "{error}");
    let odd = folder.join("a?b#c%d é.db");
    friends.set("MOVIENIGHT_DB", &odd);
    friends.run("propose tt0000012").ok();
    assert!(odd.exists());
}

#[test]
fn a_damaged_database_is_reported() {
    let mut friends = filled();
    let whole = std::fs::read(friends.db()).unwrap();
    let path = friends.folder.path().join("damaged.db");
    friends.set("MOVIENIGHT_DB", &path);
    // A board that can still be read is shown. Everything else is an error that says so, and what to do.
    let check = |friends: &Friends, bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        for line in ["vote --json", "vote 1 --as Ben --json", "cache stats --json"] {
            let ran = friends.run(line);
            if ran.code == 0 {
                serde_json::from_str::<Value>(&ran.out).unwrap();
            } else {
                let error: Value = serde_json::from_str(&ran.err).unwrap();
                // With a damaged header, the file can look like one of another kind or of a later version.
                assert!(error["error"].as_str().unwrap().contains("damaged"), "{ran:?}");
                assert!(error["hint"].is_string(), "{ran:?}");
            }
        }
    };
    // No page uses the last byte.
    check(&friends, &whole[..whole.len() - 1]);
    for length in [1, 50, 100, 512, 4096, 5000, whole.len() / 2] {
        check(&friends, &whole[..length]);
        assert_eq!(friends.run("vote").code, 1, "{length} bytes are no board");
    }
    let mut random = fastrand::Rng::with_seed(random_seed());
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..20 {
            let at = random.usize(..bytes.len());
            bytes[at] = random.u8(..);
        }
        check(&friends, &bytes);
    }
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(friends.run("vote").fails().contains("is damaged"));
}

#[test]
fn rows_without_a_voter_are_still_shown() {
    let friends = filled();
    friends.run("vote --favorite 1 --as Ben").ok();
    friends.execute("PRAGMA foreign_keys = OFF; DELETE FROM voters; UPDATE imdb_cache SET cached_imdb_data = '{'");
    for line in ["vote", "vote --json", "show 1", "history", "undo --list", "cache stats"] {
        let ran = friends.run(line).ok();
        assert_eq!(ran.err, "", "{line}");
    }
    assert!(friends.run("pick --json").fails().contains("nothing has more votes than noes"));
    assert!(friends.run("vote").ok().out.contains("tt0000300"));
}

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let friends = filled();
    if !Path::new("/dev/full").exists() {
        return;
    }
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = friends.command().arg("vote").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("cannot write the output") && err.contains("free some space"), "{err}");
    let page = friends.folder.path().join("page.html").display().to_string();
    for line in [&format!("page --out {page} --json"), "config set plain true --json"] {
        let output = run_on_full_disk(&friends, 0, line);
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(error["code"], "no_room", "{line}: {error}");
    }
}

#[test]
fn propose_accepts_ten_thousand_arguments() {
    let friends = Friends::offline().in_file();
    let ids: Vec<String> = (1..=10_000).map(|n| format!("tt{n:07}")).collect();
    let output = friends.command().arg("propose").args(&ids).env("MOVIENIGHT_OFFLINE", "1").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "Proposed 10,000 movies\n");
}
