//! Lists of other programs become a person's list.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use serde_json::json;

use crate::support::datasets::Datasets;
use crate::support::server::{Reply, Server, made_up};
use crate::support::{Friends, Ran};

/// Returns friends without a network and with the small catalogue of the tests.
pub fn with_catalog() -> Friends {
    let mut friends = Friends::with_catalog(&Datasets::start());
    friends.set("MOVIENIGHT_OFFLINE", "1");
    friends
}

/// Imports a file with this name and contents.
pub fn import(friends: &Friends, name: &str, contents: impl AsRef<[u8]>, options: &str) -> Ran {
    let path = friends.folder.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, contents).unwrap();
    let mut args = vec!["import", path.to_str().unwrap()];
    args.extend(options.split_whitespace());
    friends.args(&args)
}

/// Returns the keys of all movies on lists.
pub fn listed(friends: &Friends) -> String {
    match friends.is_on_server() {
        true => friends.sql("SELECT string_agg(movie, ' ' ORDER BY movie) FROM wishes"),
        false => friends.sql("SELECT group_concat(movie, ' ') FROM (SELECT movie FROM wishes ORDER BY movie)"),
    }
}

const WATCHLIST: &str = "Date,Name,Year,Letterboxd URI\n\
    2023-09-26,Heat,1995,https://boxd.it/a\n\
    2023-10-05,\"Amélie\",2001,https://boxd.it/b\n\
    2023-10-06,Godfather,1973,https://boxd.it/c\n\
    2023-10-07,Nowhere to Be Found,1990,https://boxd.it/d\n";

#[test]
fn a_letterboxd_watchlist_becomes_a_list_and_repeats_change_nothing() {
    let friends = with_catalog();
    let ran = import(&friends, "watchlist.csv", WATCHLIST, "--as Ana").ok();
    assert_eq!(
        ran.out,
        "Added 4 movies to Ana's list\n\
         No match for 1 row, kept on the list by title:\n  \
         line 5: \"Nowhere to Be Found (1990)\": not looked up online\n\
         To save these rows to a file, add --unmatched FILE\n"
    );
    assert_eq!(listed(&friends), "nowheretobefound (1990) tt0068646 tt0113277 tt0211915");
    let again = import(&friends, "watchlist.csv", WATCHLIST, "--as Ana").ok();
    assert!(again.out.starts_with("Nothing changed: 4 movies were already there\n"), "{}", again.out);
    assert_eq!(friends.run("undo --as Ana").ok().out, "Undid: Ana imported a list, just now\n");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM wishes"), 0);
    friends.run("redo --as Ana").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM wishes"), 4);
    assert_eq!(friends.run("voters").ok().out.lines().count(), 2, "a list makes somebody known");
}

#[test]
fn a_title_is_searched_again_without_its_list_marker() {
    let server = Server::start(|_| Reply::json(&json!({"titles": [made_up("tt0000012")]})));
    let friends = Friends::online(&server.url());
    import(&friends, "list.txt", "1. Movie 12\n", "--as Ana").ok();
    let searches = ["1.+Movie+12", "Movie+12"].map(|query| format!("/search/titles?query={query}&limit=10"));
    assert_eq!(server.requests(), searches);
    assert_eq!(listed(&friends), "tt0000012");
}

#[test]
fn unmatched_rows_are_written_unchanged_and_matched_later() {
    let mut friends = Friends::offline();
    let left = friends.folder.path().join("left.csv");
    let options = format!("--as Ana --unmatched {}", left.display());
    let document = import(&friends, "watchlist.csv", WATCHLIST, &format!("{options} --json")).json();
    assert_eq!(document["listed"], 4);
    assert_eq!(document["unmatched"][1], json!({"row": 3, "title": "Amélie", "year": 2001, "reason": "not_searched"}));
    assert_eq!(std::fs::read_to_string(&left).unwrap(), WATCHLIST);
    let server = Datasets::start();
    friends.set("MOVIENIGHT_DATASETS_URL", server.url());
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.run("catalog update").ok();
    friends.set("MOVIENIGHT_OFFLINE", "1");
    let ran = import(&friends, "one.txt", "tt0111161\n", &options).ok();
    assert_eq!(ran.out, "Added 1 movie to Ana's list\nFound 3 movies that Ana's list had only by title\n");
    assert_eq!(listed(&friends), "nowheretobefound (1990) tt0068646 tt0111161 tt0113277 tt0211915");
    assert_eq!(std::fs::read_to_string(&left).unwrap(), "");
}

#[test]
fn unmatched_rows_that_become_one_title_are_merged() {
    let mut friends = Friends::offline();
    import(&friends, "two.csv", "Title,Year\nHeat,1995\nHeat,1996\n", "--as Ana").ok();
    let server = Datasets::start();
    friends.set("MOVIENIGHT_DATASETS_URL", server.url());
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.run("catalog update").ok();
    friends.set("MOVIENIGHT_OFFLINE", "1");
    for (file, list) in [("two.csv", "Title,Year\nHeat,1995\nHeat,1996\n"), ("one.csv", "Title,Year\nHeat,1995\n")] {
        let ran = import(&friends, file, list, "--as Ana").ok();
        assert!(!ran.out.contains("Took"), "{}", ran.out);
        assert_eq!(listed(&friends), "tt0113277", "{file}");
        friends.run("undo --as Ana");
    }
}

#[test]
fn formats_of_all_programs_are_read() {
    let latin1: Vec<u8> =
        "Position,Const,Created,Modified,Description,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,\
        Genres,Num Votes,Release Date,Directors\n\
        1,tt0211915,2020-01-01,2020-01-01,,Am\u{e9}lie,https://www.imdb.com/title/tt0211915/,movie,8.3,122,2001,\
        Comedy,700000,2001-04-25,Jeunet\n2,nm0000151,2020-01-01,2020-01-01,,,,,,,,,,,\n"
            .chars()
            .map(|c| c as u8)
            .collect();
    let utf16: Vec<u8> = "\u{feff}Title;Year\r\nHeat;1995\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old = "\"position\",\"const\",\"created\",\"modified\",\"description\",\"Title\",\"Title type\",\"You rated\"\r\n\
        \"1\",\"tt0113277\",\"Fri Feb 15 22:45:23 2013\",\"\",\"\",\"Heat\",\"Feature Film\",\"\"\r\n";
    let list = "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2024-01-01,Best,,https://boxd.it/x,\"A <b>list</b>\n\
        over two lines\"\n\nPosition,Name,Year,URL,Description\n1,Heat,1995,https://boxd.it/a,\n";
    let trakt = json!([
        {"type": "movie", "rank": 1, "listed_at": "2024-09-11T07:45:03.000Z",
         "movie": {"ids": {"imdb": "tt0113277", "trakt": 1}, "year": 1995, "title": "Heat"}},
        {"type": "show", "rank": 2, "listed_at": "2024-09-11T07:45:03.000Z",
         "show": {"ids": {"imdb": null}, "year": 2002, "title": "The Wire"}},
        {"type": "person", "rank": 3, "listed_at": "2024-09-11T07:45:03.000Z", "person": {"name": "Michael Mann"}},
    ])
    .to_string();
    let tmdb = "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n\
        680,tt0110912,movie,Pulp Fiction,1994-09-10T00:00:00Z,,,8.49,,\n";
    let radarr = r#"[{"title":"Heat","imdb_id":"tt0113277","poster_url":"https://example.com/x.jpg"}]"#;
    let lines = "# for Friday\r\ntt0111161\r\nHeat (1995)\r\n\r\nhttps://www.imdb.com/title/tt0068646/\r\nnm0000151\n";
    let movielens = "movieId,imdbId,tmdbId\n1,0114709,862\n";
    let own_form = "LetterboxdURI,tmdbID,imdbID,Title,Year,Directors,Rating,Rating10,WatchedDate,Rewatch,Tags,Review\n\
        ,,tt0113277,Heat,1995,,,,,,,\n";
    for (name, contents, format, movies, skipped) in [
        ("list.csv", list.as_bytes(), "letterboxd", "tt0113277", 0),
        ("WATCHLIST.csv", &latin1, "imdb", "tt0211915", 1),
        ("2013.csv", old.as_bytes(), "imdb", "tt0113277", 0),
        ("lists-watchlist.json", trakt.as_bytes(), "trakt", "tt0113277 tt0306414", 1),
        ("tmdb.csv", tmdb.as_bytes(), "tmdb", "tt0110912", 0),
        ("radarr.json", radarr.as_bytes(), "radarr", "tt0113277", 0),
        ("list.txt", lines.as_bytes(), "lines", "tt0068646 tt0111161 tt0113277", 1),
        ("links.csv", movielens.as_bytes(), "csv", "tt0114709", 0),
        ("excel.csv", &utf16, "csv", "tt0113277", 0),
        ("letterboxd.csv", own_form.as_bytes(), "csv", "tt0113277", 0),
    ] {
        let friends = with_catalog();
        let document = import(&friends, name, contents, "--json").json();
        assert_eq!(document["format"], format, "{name}");
        assert_eq!(document["skipped"], skipped, "{name}");
        assert_eq!(document["unmatched"], json!([]), "{name}");
        assert_eq!(listed(&friends), movies, "{name}");
    }
}

/// Returns a ZIP archive of these files.
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = ZipArchiveWriter::new(&mut bytes);
    for (name, contents) in files {
        let file = writer.new_file(*name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut packed = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        packed.write_all(contents.as_bytes()).unwrap();
        let (encoder, descriptor) = packed.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

#[test]
fn a_letterboxd_archive_is_read_without_deleted_lists() {
    let friends = with_catalog();
    let whole = archive(&[
        ("profile.csv", "Date Joined,Username,Given Name\n2020-01-01,ana,Ana\n"),
        ("watchlist.csv", WATCHLIST),
        ("deleted/lists/old.csv", "Date,Name,Year,Letterboxd URI\n2020-01-01,The Godfather Part II,1974,x\n"),
        ("likes/films.csv", "Date,Name,Year,Letterboxd URI\n2020-01-01,The Godfather Part II,1974,x\n"),
    ]);
    let document = import(&friends, "letterboxd-ana.zip", whole, "--json").json();
    assert_eq!(document["listed"], 4);
    assert!(!listed(&friends).contains("tt0071562"));
}

#[test]
fn a_trakt_collection_is_skipped_and_changes_nothing() {
    let friends = Friends::offline();
    let collection =
        r#"[{"type":"movie","movie":{"title":"Up","ids":{"imdb":"tt0000012"}},"collected_at":"2024-01-01"}]"#;
    let ran = import(&friends, "collection.json", collection, "--as Yan").ok();
    let expected = "Nothing changed\nSkipped 1 row: people, episodes, comments or collections\n";
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (expected, ""));
    assert_eq!(friends.sql::<i64>("SELECT (SELECT count(*) FROM changes) + (SELECT count(*) FROM voters)"), 0);
}

#[test]
fn an_ambiguous_list_needs_a_format() {
    let friends = with_catalog();
    let error = import(&friends, "movies.csv", WATCHLIST, "").fails();
    assert!(error.contains("movies.csv, line 1: this may be a watchlist or a list of watched movies"), "{error}");
    assert!(error.contains("--format letterboxd-watchlist"), "{error}");
    import(&friends, "movies.csv", WATCHLIST, "--format letterboxd-watchlist").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM wishes"), 4);
    let error = import(&friends, "movies.csv", WATCHLIST, "--format trakt").fails();
    assert!(error.contains("movies.csv is not in the format trakt: it looks like letterboxd"), "{error}");
}

#[test]
fn replace_makes_the_list_equal_to_the_file() {
    let friends = with_catalog();
    import(&friends, "a.txt", "tt0000011\ntt0000012\n", "--as Ana").ok();
    import(&friends, "a.txt", "tt0000099\n", "--as Ben").ok();
    let ran = import(&friends, "b.txt", "tt0000012\ntt0000013\n", "--as Ana --replace --dry-run").ok();
    let dry = "Added 1 movie to Ana's list\nRemoved 1 movie from Ana's list\n1 movie was already there\n";
    assert_eq!(ran.out, format!("Dry run: nothing was stored. Without --dry-run:\n{dry}"));
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM wishes"), 3);
    let ran = import(&friends, "b.txt", "tt0000012\ntt0000013\n", "--as Ana --replace").ok();
    let done = "Added 1 movie to Ana's list\nRemoved 1 movie from Ana's list\n1 movie was already there\n";
    assert_eq!(ran.out, done);
    assert_eq!(listed(&friends), "tt0000012 tt0000013 tt0000099");
    friends.run("voters merge Ben Ana").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(DISTINCT voter_id) FROM wishes"), 1);
}

#[test]
fn import_propose_puts_a_list_on_the_board_with_votes() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000012 --as Ana").ok();
    friends.run("propose tt0000014 --as Ana").ok();
    friends.run("watched 2 --as Ana").ok();
    let text = "tt0000012\ntt0000013\ntt0000014\n";
    let document = import(&friends, "tonight.txt", text, "--propose --as Ben --json").json();
    let counts = ["proposed", "voted", "already", "listed"].map(|name| document[name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1, 0]);
    assert_eq!(
        friends.run("undo --as Ben").ok().out,
        "Undid: Ben imported Movie 12 (1962) and Movie 13 (1963), just now\n"
    );
    friends.asks = true;
    friends.stdin = "n\n".into();
    let many: String = (100..151).map(|n| format!("tt{n:07}\n")).collect();
    let ran = import(&friends, "many.txt", many, "--propose --as Ben").ok();
    assert!(ran.err.contains("Put 51 movies on the board? [y/N]"), "{}", ran.err);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 2);
}

#[test]
fn proposed_lists_may_have_columns() {
    let mut friends = with_catalog();
    friends.stdin = "Rank;Title;Year;Const\r\n1;Heat;1995;\r\n2;;;tt0068646\r\n".into();
    friends.run("propose - --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 2);
    friends.stdin = "title,year\nHeat,soon\n".into();
    let error = friends.run("propose - --as Ana").fails();
    assert!(error.contains("standard input, line 2: \"soon\" is not a year"), "{error}");
}

#[test]
fn unmatched_rows_are_reported_as_kept_or_left_out() {
    let friends = with_catalog();
    let rows = "Title,Year,WatchedDate\nNowhere,1990,2020-01-01\nNo One,1990,\nNo Way,1990,\n";
    let ran = import(&friends, "list.csv", rows, "").ok().out;
    assert!(ran.contains("No match for 3 rows, 2 kept on the list by title, 1 left out:\n"), "{ran}");
    let seen = import(&friends, "list.csv", rows.lines().take(2).collect::<Vec<_>>().join("\n"), "").ok().out;
    assert!(seen.contains("No match for 1 row, left out:\n"), "{seen}");
}

#[test]
fn a_text_without_matches_is_imported_only_if_confirmed() {
    let mut friends = with_catalog();
    let code = (0..12).map(|n| format!("    self.value_{n} = value_{n}\n")).collect::<String>();
    let error = import(&friends, "server.py", &code, "").fails();
    assert!(error.contains("12 of 12 lines match no title: --format lines imports them anyway"), "{error}");
    import(&friends, "ids.txt", code.clone() + "tt0068646\nHeat (1995)\n", "").ok();
    friends.run("undo").ok();
    import(&friends, "server.py", &code, "--format lines").ok();
    friends.run("undo").ok();
    friends.asks = true;
    friends.stdin = "n\n".into();
    let ran = import(&friends, "server.py", &code, "").ok();
    assert!(ran.err.contains("12 of 12 lines match no title. Import them anyway? [y/N]"), "{}", ran.err);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM wishes"), 0);
}

#[test]
fn an_empty_list_changes_nothing_and_is_no_error() {
    let friends = Friends::offline();
    for empty in ["[]", "title,year\n", "imdbID,Title,Year,WatchedDate\n", "Date,Name,Year,Letterboxd URI\n"] {
        let ran = import(&friends, "list", empty, "--as Ana").ok();
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("Nothing changed\n", ""), "{empty}");
    }
    let error = import(&friends, "list", "[]", "--as Ana --replace").fails();
    assert!(error.contains("--replace would empty your list"), "{error}");
}

#[test]
fn without_a_catalogue_the_import_suggests_building_one() {
    let out = import(&Friends::offline(), "watchlist.csv", WATCHLIST, "").ok().out;
    assert!(
        out.contains("To match most titles, run movienight catalog update (222 MiB), then import the list again"),
        "{out}"
    );
}

#[test]
fn import_reads_standard_input() {
    let mut friends = Friends::offline();
    friends.stdin = "tt0000012\n".into();
    assert_eq!(friends.run("import - --as Ana").ok().out, "Added 1 movie to Ana's list\n");
}

#[test]
fn unmatched_rows_are_not_written_before_the_import_is_confirmed() {
    let mut friends = with_catalog();
    let left = friends.folder.path().join("left.csv");
    std::fs::write(&left, "mine").unwrap();
    let options = format!("--as Ana --unmatched {}", left.display());
    friends.asks = true;
    friends.stdin = "n\n".into();
    let strange: String = (1..12).map(|n| format!("nowhere to be found {n}\n")).collect();
    let ran = import(&friends, "strange.txt", strange, &options).ok();
    assert!(ran.err.contains("Nothing was stored"), "{ran:?}");
    assert_eq!(std::fs::read_to_string(&left).unwrap(), "mine", "nothing was stored");
}
