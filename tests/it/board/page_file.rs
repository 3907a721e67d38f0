//! The page as a file: written, and opened in a browser.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::support::Friends;
#[cfg(unix)]
use crate::support::wait_until;

#[test]
fn a_page_is_written_whole_or_not_at_all() {
    let friends = Friends::offline().in_file();
    friends.run("propose --title Extra").ok();
    let file = friends.folder.path().join("tonight.html");
    fs::write(&file, "before").unwrap();
    let out = file.to_str().unwrap();
    let ran = friends.args(&["page", "--out", out]).ok();
    assert!(ran.out.starts_with(&format!("Wrote {out}: 1 movie, ")), "{}", ran.out);
    assert!(fs::read_to_string(&file).unwrap().ends_with("</html>\n"));
    let document = friends.args(&["page", "--out", out, "--markdown", "--json"]).json();
    assert_eq!((&document["path"], &document["movies"]), (&json!(out), &json!(1)));
    assert!(fs::read_to_string(&file).unwrap().starts_with("**Vote by answering"));
    let names = || fs::read_dir(friends.folder.path()).unwrap().count();
    let before = names();
    let folder = friends.folder.path().to_str().unwrap();
    let missing = format!("{folder}/no/such/page.html");
    for (place, why) in [(missing.as_str(), "there is no such folder"), (folder, "is a directory")] {
        let error = friends.args(&["page", "--out", place]).fails();
        assert!(error.contains("cannot write") && error.contains(why), "{error}");
    }
    let db = friends.db();
    let error = friends.args(&["page", "--out", db.to_str().unwrap()]).fails();
    assert!(error.contains("is a database"), "{error}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
    assert_eq!(names(), before);
    let nobody = Friends::offline().in_file();
    assert!(nobody.run("page").fails().contains("there is no board yet"));
}

/// Makes a stand-in for a browser, which writes its arguments in this format of printf(1) to a file beside it.
#[cfg(unix)]
fn browser(friends: &Friends, format: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let browser = friends.folder.path().join("browser");
    let script = format!("#!/bin/sh\nprintf '{format}' \"$@\" > \"$0.part\" && mv \"$0.part\" \"$0.opened\"\n");
    fs::write(&browser, script).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    browser
}

#[cfg(unix)]
#[test]
fn a_page_is_opened_by_its_address() {
    let mut friends = Friends::offline();
    friends.run("propose --title Extra").ok();
    let browser = browser(&friends, "%s");
    friends.set("BROWSER", &browser);
    let file = friends.folder.path().join("to night.html");
    friends.args(&["page", "--open", "--out", file.to_str().unwrap()]).ok();
    let opened = browser.with_extension("opened");
    wait_until(|| opened.exists());
    let address = fs::read_to_string(&opened).unwrap();
    assert!(address.starts_with("file:///") && address.ends_with("/to%20night.html"), "{address}");
    assert_eq!(friends.run("page --open").code, 2);
}

#[cfg(unix)]
#[test]
fn a_movie_is_opened_in_the_first_available_browser() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000001").ok();
    let browser = browser(&friends, "%s|");
    // The first program does not exist, and the second one has arguments.
    friends.set("BROWSER", format!("/no/such/program:{} --tab %s -x", browser.display()));
    friends.terminal = Some(80);
    let opened = browser.with_extension("opened");
    friends.run("open 1").ok();
    wait_until(|| opened.exists());
    assert_eq!(fs::read_to_string(&opened).unwrap(), "--tab|https://www.imdb.com/title/tt0000001/|-x|");
}

#[test]
fn without_a_browser_the_error_names_those_tried() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000001").ok();
    // The last one starts, but fails right away.
    friends.set("BROWSER", "/no/such/program:/no/other --tab %s:false");
    friends.terminal = Some(80);
    assert_eq!(
        friends.run("open 1").fails(),
        "error: no browser could be started (tried /no/such/program, /no/other, false): \
         open https://www.imdb.com/title/tt0000001/ yourself\n"
    );
}

#[cfg(unix)]
#[test]
fn writing_a_page_keeps_links_permissions_and_pipes() {
    use std::os::unix::fs::PermissionsExt;
    let friends = Friends::offline();
    friends.run("propose --title Extra").ok();
    let folder = friends.folder.path();
    let (file, link, pipe) = (folder.join("private.html"), folder.join("link.html"), folder.join("pipe"));
    fs::write(&file, "before").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    friends.args(&["page", "--out", link.to_str().unwrap()]).ok();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&file).unwrap().ends_with("</html>\n"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    friends.args(&["page", "--out", pipe.to_str().unwrap()]).ok();
    assert!(reader.join().unwrap().ends_with("</html>\n"));
    assert!(friends.run("page --out -").ok().out.ends_with("</html>\n"));
    assert_eq!(friends.run("page --out - --json").json(), friends.run("page --json").json());
    assert_eq!(friends.run("page --out - --open").fails(), "error: --open cannot open standard output: give a file\n");
}

#[test]
fn a_page_names_all_limits_of_the_evening() {
    let friends = Friends::offline();
    friends.run("propose --title Extra").ok();
    let page = friends.run("page --max 2h --age 12 --unseen --json").json();
    assert_eq!(page["evening"], "starts at 21:00, at most 2h 0m, suitable for age 12, seen by nobody in the group");
}
