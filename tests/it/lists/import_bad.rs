//! Invalid files: the error says what is wrong, where, and what to do, and nothing is stored.

use crate::lists::import::archive;
use crate::support::Friends;

/// Returns the error of importing a file with these contents. Asserts that nothing was stored.
#[track_caller]
fn assert_refused(name: &str, contents: impl AsRef<[u8]>) -> String {
    let friends = Friends::offline().in_file();
    let path = friends.folder.path().join(name);
    std::fs::write(&path, contents).unwrap();
    let error = friends.args(&["import", path.to_str().unwrap()]).fails();
    assert!(error.contains(name), "{error}");
    assert!(error.contains("nothing was stored"), "{error}");
    assert!(!friends.db().exists(), "nothing was made");
    error.replace(&format!("{}/", friends.folder.path().display()), "")
}

#[test]
fn each_bad_file_is_refused_by_name_and_line() {
    let long = format!("title,year\n{},1995\n", "x".repeat(10 << 20));
    let control = "title,year\nHeat,1995\n\u{0}\n";
    for (name, contents, expected) in [
        ("empty.csv", "\n\n", "empty.csv is empty: export the list again"),
        ("nul.csv", control, "nul.csv, line 3: not a text file (byte 0x00)"),
        ("long.csv", &long, "long.csv, line 2: a title of 10485760 characters"),
        ("few.csv", "title,year,id\nHeat,1995\n", "few.csv, line 2: 2 columns, but the header has 3"),
        ("many.csv", "title,year\nHeat,1995,x\n", "many.csv, line 2: 3 columns, but the header has 2"),
        ("quote.csv", "title,year\n\"Heat,1995\nAlien,1979\n", "quote.csv, line 2: unclosed quote: fix that line"),
        ("inner.csv", "title,year\n\"Heat\n\",1995\nAl\"ien,soon\n", "inner.csv, line 4: \"soon\" is not a year"),
        ("id.csv", "imdb_id,title\ntt12,Heat\n", "id.csv, line 2: \"tt12\" is not an IMDb id"),
        ("mixed.csv", "title,year\r\nHeat,1995\nAlien,x\r\n", "mixed.csv, line 3: \"x\" is not a year"),
        (
            "books.csv",
            "Book Id,Title,Author,Year Published\n1,Dune,Frank Herbert,1965\n",
            "books.csv, line 1: the header has neither a column of IMDb ids nor columns of titles and years",
        ),
        (
            "columns.csv",
            "foo,bar\n1,2\n",
            "columns.csv, line 1: the header has neither a column of IMDb ids nor columns of titles and years: \
             name the columns imdb_id, or title and year; --format lines reads one title per line",
        ),
        ("no.csv", "title,year\n,1995\n", "no.csv, line 2: neither an IMDb id nor a title"),
        (
            "cut.json",
            "[\n{\"title\":\"He",
            "cut.json, line 2, column 12: EOF while parsing a string: export the list again",
        ),
        ("none.json", "{\"a\": 1}", "none.json is JSON, but not a list of movies"),
        ("odd.json", "[{\"title\":\"Heat\"},\n{\"year\":1}]", "odd.json, line 2: neither an IMDb id nor a title"),
        ("line.txt", "Heat (1995)\ntt12\n", "line.txt, line 2: \"tt12\" is not an IMDb id"),
    ] {
        let error = assert_refused(name, contents);
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn json_cut_anywhere_is_refused() {
    let whole =
        r#"[{"type":"movie","movie":{"ids":{"imdb":null},"year":1998,"title":"Perfect Blue"},"listed_at":"x"}]"#;
    for at in (1..whole.len()).step_by(5) {
        assert_refused("cut.json", &whole[..at]);
    }
}

#[test]
fn invalid_and_oversized_archives_are_refused() {
    let whole = archive(&[("watchlist.csv", "Date,Name,Year,Letterboxd URI\n2020-01-01,Heat,1995,x\n")]);
    for at in [5, whole.len() / 2, whole.len() - 1] {
        let error = assert_refused("cut.zip", &whole[..at]);
        assert!(error.contains("cannot read the ZIP file cut.zip") && error.contains("download it again"), "{error}");
    }
    let error = assert_refused("other.zip", archive(&[("notes.txt", "Heat\n"), ("user.json", "{}")]));
    assert!(error.contains("other.zip contains no list that movienight can read"), "{error}");
    let error = assert_refused(
        "bad.zip",
        archive(&[("watchlist.csv", "Date,Name,Year,Letterboxd URI\n2020-01-01,Heat,x,y\n")]),
    );
    assert!(error.contains("bad.zip/watchlist.csv, line 2: \"x\" is not a year"), "{error}");
    let bomb = archive(&[("watchlist.csv", &"x".repeat(65 << 20))]);
    assert!(bomb.len() < 1 << 20);
    assert!(assert_refused("bomb.zip", bomb).contains("bomb.zip contains more than 64 MiB"));
    // The encryption flag, in the file's own header and in its entry of the central directory.
    let mut locked = whole.clone();
    for mark in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = locked.windows(4).position(|four| four == mark).unwrap();
        locked[at + if mark[2] == 3 { 6 } else { 8 }] |= 1;
    }
    assert!(assert_refused("locked.zip", locked).contains("locked.zip is encrypted"));
}

#[test]
fn folders_missing_files_and_oversized_input_are_refused() {
    let mut friends = Friends::offline().in_file();
    let error = friends.args(&["import", friends.folder.path().to_str().unwrap()]).fails();
    assert!(error.contains("cannot read") && error.contains("give a file"), "{error}");
    #[cfg(target_os = "linux")]
    {
        // Nothing is mapped at address 0, so that the system reports an input/output error.
        let error = friends.run("import /proc/self/mem").fails();
        assert!(error.contains("cannot read /proc/self/mem: input/output error: "), "{error}");
    }
    let error = friends.run("import /nowhere/list.csv").fails();
    assert!(error.contains("there is no file /nowhere/list.csv: check its name and folder"), "{error}");
    friends.stdin = "tt0000012\n".repeat(7 << 20);
    let error = friends.run("import -").fails();
    assert!(error.contains("standard input has more than 64 MiB"), "{error}");
}
