//! A catalogue by itself: which rows of the datasets are read, and how titles are found.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use movienight::catalog::{Catalog, CatalogError, Meta, import};
use movienight::model::Rating;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::datasets::{BASICS_HEADER, RATINGS_HEADER, gzip};

/// Imports these rows into a folder.
fn import_rows(folder: &Path, basics: &[u8], ratings: &[u8]) -> Result<Meta, CatalogError> {
    let file = |name: &str, header: &str, rows: &[u8]| {
        let path = folder.join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(&gzip(&[header.as_bytes(), rows].concat())).unwrap();
        path
    };
    let basics = file("basics.gz", BASICS_HEADER, basics);
    let ratings = file("ratings.gz", RATINGS_HEADER, ratings);
    let path = folder.join("catalog.db");
    import(&path, &basics, &ratings, 1, Meta::default(), &AtomicBool::new(false), &mut ())
}

fn row(id: usize, title: &str) -> String {
    format!("tt{id:07}\tmovie\t{title}\t{title}\t0\t1999\t\\N\t90\tDrama\n")
}

/// Makes a catalogue of these titles. Ids count from 1, and the first title has the most votes.
fn catalog(titles: &[impl AsRef<str>]) -> (TempDir, Catalog) {
    let folder = tempfile::tempdir().unwrap();
    let basics: String = titles.iter().zip(1..).map(|(title, id)| row(id, title.as_ref())).collect();
    let ratings: String = (1..=titles.len()).map(|id| format!("tt{id:07}\t7.0\t{}\n", 1_000_000 - id)).collect();
    import_rows(folder.path(), basics.as_bytes(), ratings.as_bytes()).unwrap();
    let catalog = Catalog::open(&folder.path().join("catalog.db")).unwrap().unwrap();
    (folder, catalog)
}

fn found(catalog: &Catalog, words: &str) -> Vec<String> {
    catalog.search(words, 5).unwrap().into_iter().map(|hit| hit.title.title.title).collect()
}

fn completed(catalog: &Catalog, prefix: &str) -> Vec<String> {
    catalog.complete(prefix, 9).unwrap().into_iter().map(|hit| hit.title.title).collect()
}

#[test]
fn a_title_is_found_however_its_name_is_written() {
    let cases: &[(&str, &[&str])] = &[
        ("The Godfather: Part II", &["the godfather part ii", "GODFATHER 2", "godfather part two"]),
        ("Schindler's List", &["schindlers list", "Schindler’s List"]),
        ("Fast & Furious", &["fast and furious", "fast&furious"]),
        ("Tom&Jerry", &["tom and jerry"]),
        ("WALL·E", &["wall e", "walle", "wall-e"]),
        ("Léon", &["leon", "LE\u{301}ON"]),
        ("Alien³", &["alien3"]),
        ("M*A*S*H", &["m a s h", "mash"]),
        ("[Rec]", &["rec"]),
        ("$", &["$"]),
        ("???", &["???"]),
        ("E.T. the Extra-Terrestrial", &["et the extra terrestrial", "e t"]),
        ("The Man from U.N.C.L.E.", &["the man from uncle"]),
        ("Rocky IV", &["rocky 4", "rocky four"]),
        ("The Seventh Seal", &["7th seal", "seventh seal"]),
        ("Friday the 13th Part 39", &["friday the 13th part xxxix"]),
        ("2049", &["2049"]),
    ];
    let titles: Vec<&str> = cases.iter().map(|(title, _)| *title).collect();
    let (_folder, catalog) = catalog(&titles);
    for (title, queries) in cases {
        for query in std::iter::once(title).chain(*queries) {
            assert_eq!(found(&catalog, query).first().map(String::as_str), Some(*title), "{query}");
        }
    }
    assert_eq!(found(&catalog, ""), [""; 0]);
}

#[test]
fn a_misspelled_word_matches_the_nearest_popular_title() {
    let (_folder, catalog) = catalog(&["Heat", "Hate the Hat", "Jaws", "Thaw"]);
    assert_eq!(found(&catalog, "haet")[0], "Heat");
    assert_eq!(found(&catalog, "jwas")[0], "Jaws");
    assert_eq!(found(&catalog, "hate the hat")[0], "Hate the Hat", "a word itself");
}

#[test]
fn a_prefix_completes_matching_titles_by_popularity() {
    let (_folder, catalog) = catalog(&["The Heat", "Heat", "Ghost Heat"]);
    for prefix in ["he", "hea", "heat"] {
        assert_eq!(completed(&catalog, prefix), ["The Heat", "Heat", "Ghost Heat"], "{prefix}");
    }
    assert_eq!(completed(&catalog, "the h"), ["The Heat"]);
}

#[test]
fn corrupt_search_lists_neither_hang_nor_panic() {
    let (folder, broken) = catalog(&["Heat", "Hat"]);
    drop(broken);
    let path = folder.path().join("catalog.db");
    for bytes in ["00", "80", "ffffffffffffffffffffffff", "010001", "ffffffff7f", ""] {
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.execute_batch(&format!("UPDATE grams SET ranks = x'{bytes}'")).unwrap();
        drop(conn);
        let catalog = Catalog::open(&path).unwrap().unwrap();
        for words in ["heat", "h", "haet 1999"] {
            let _ =
                (catalog.search(words, 5).map(|hits| hits.len()), catalog.complete(words, 5).map(|hits| hits.len()));
        }
    }
}

#[test]
fn a_dataset_of_many_blocks_is_read_whole() {
    let mut titles: Vec<String> = (0..12_000).map(|n| format!("Filler number {n}")).collect();
    titles.push("The Last One".to_owned());
    let (folder, catalog) = catalog(&titles);
    assert_eq!(catalog.status().unwrap().meta.titles, 12_001);
    for title in ["Filler number 0", "Filler number 11999", "The Last One"] {
        assert_eq!(found(&catalog, title)[0], title);
    }
    drop(catalog);
    let basics = row(1, "Heat") + row(2, "Jaws").trim_end();
    let meta = import_rows(folder.path(), basics.as_bytes(), b"tt0000001\t7.0\t9\ntt0000002\t7.0\t9").unwrap();
    assert_eq!((meta.titles, meta.basics.rows, meta.ratings.rows), (2, 2, 2), "the last line needs no end");
}

#[test]
fn one_row_of_a_thousand_may_be_invalid() {
    let folder = tempfile::tempdir().unwrap();
    let ratings = "tt0000001\t7.0\t500\n".repeat(1000);
    let with_bad = |good: usize| {
        let rows: String = (1..=good).map(|id| row(id, "Heat")).collect();
        import_rows(folder.path(), (rows + "tt9999999\n").as_bytes(), ratings.as_bytes())
    };
    assert_eq!(with_bad(999).unwrap().basics.bad_rows, 1);
    let why = with_bad(998).unwrap_err();
    assert!(matches!(&why, CatalogError::InvalidDataset(_, why) if why == "1 of its 999 rows are invalid"), "{why:?}");
}

#[test]
fn an_overlong_line_is_counted_as_several_bad_rows() {
    let folder = tempfile::tempdir().unwrap();
    let ratings = "tt0000001\t7.0\t500\n".repeat(5000);
    // As long as three blocks (256 KiB), each extended by the longest line (64 KiB).
    let long = "2".repeat(3 * (320 << 10));
    let meta = import_rows(folder.path(), row(1, "Heat").as_bytes(), format!("{ratings}{long}\n{ratings}").as_bytes());
    let ratings = meta.unwrap().ratings;
    assert_eq!((ratings.rows, ratings.bad_rows), (10_004, 4));
}

#[test]
fn rows_that_are_invalid_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let good: String = (1..=30_000).map(|id| row(id, "Heat")).collect();
    let bad = [
        "",
        "tt0113277",
        "tt0113277\tmovie\tHeat",
        "tt0113277\tmovie\tHeat\tHeat\t0\t1995\t\\N\t170\tDrama\tmore",
        "nm0113277\tmovie\tHeat\tHeat\t0\t1995\t\\N\t170\tDrama",
        "tt9999999999\tmovie\tHeat\tHeat\t0\t1995\t\\N\t170\tDrama",
        "tt0113277\tmovie\t\\N\tHeat\t0\t1995\t\\N\t170\tDrama",
        "tt0113277\tmovie\tHeat\tHeat\t2\t1995\t\\N\t170\tDrama",
        "tt0113277\tmovie\tHeat\tHeat\t0\tsoon\t\\N\t170\tDrama",
        "tt0113277\tmovie\tHeat\tHeat\t0\t99999999999999999999\t\\N\t170\tDrama",
    ];
    let bad_ratings = ["tt0113277\t8.3", "tt0113277\t8.3\t-5", "tt0113277\t11\t5", "tt0113277\tNaN\t5", "x\t8.3\t5"];
    let good_ratings = "tt0113277\t8.3\t760000\n".repeat(9000);
    let basics = format!("{good}{}\n{}", bad.join("\n"), row(113_277, "\"Heat\""));
    let ratings = format!("{good_ratings}{}\n", bad_ratings.join("\n"));
    let meta = import_rows(folder.path(), basics.as_bytes(), ratings.as_bytes()).unwrap();
    assert_eq!((meta.basics.bad_rows, meta.ratings.bad_rows, meta.titles), (10, 5, 1));
    let catalog = Catalog::open(&folder.path().join("catalog.db")).unwrap().unwrap();
    let title = &catalog.search("heat", 1).unwrap()[0].title.title;
    assert_eq!((title.title.as_str(), title.year, title.runtime_minutes), ("\"Heat\"", Some(1999), Some(90)));
    assert_eq!((title.rating.map(Rating::tenths), title.rating_count), (Some(83), Some(760_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_rows_and_search_words_are_read_without_panic(
        bytes in any::<Vec<u8>>(), line in "(tt[0-9]{7}|.{0,9})\t.{0,60}", tabs in "[\t0-9N\\\\a-z-]{0,60}",
        titles in proptest::collection::vec("x[^\t\n\r\u{0}]{0,30}", 1..20), words in any::<String>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let odd = [bytes.as_slice(), line.as_bytes(), tabs.as_bytes()].join(&b'\n');
        let _ = import_rows(folder.path(), &odd, &odd);
        let (_folder, catalog) = catalog(&[&titles[..], &["Heat".to_owned()]].concat());
        for words in titles.iter().chain([&words]) {
            let _ = (found(&catalog, words), completed(&catalog, words));
        }
        prop_assert!(!found(&catalog, "heat").is_empty());
    }

    #[test]
    fn each_of_many_titles_is_found_by_its_name(
        titles in proptest::collection::btree_set("[a-z]{3,8} [a-z]{3,8}", 1..120)
    ) {
        let titles: Vec<String> = titles.into_iter().collect();
        let (_folder, catalog) = catalog(&titles);
        for title in &titles {
            prop_assert!(found(&catalog, title).contains(title), "{title}");
        }
    }
}
