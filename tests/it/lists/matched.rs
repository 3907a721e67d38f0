//! How rows of lists are matched with titles.

use serde_json::json;

use crate::lists::import::{import, listed, with_catalog};
use crate::support::Friends;
use crate::support::datasets::{BASICS_HEADER, Datasets, RATINGS_HEADER};

#[test]
fn an_unclear_match_is_asked_on_a_terminal() {
    let mut friends = with_catalog();
    friends.set("MOVIENIGHT_OFFLINE", "1");
    // An obscure title with another year is probably another title, so it is asked about.
    friends.asks = true;
    friends.stdin = "x\n1\n".into();
    let ran = import(&friends, "list.csv", "title,year\nHeat,2013\nHeat,2014\n", "").ok();
    assert!(ran.out.contains("Added 1 movie"), "{}", ran.out);
    assert_eq!(listed(&friends), "tt2395247");
    // `S` skips all further questions.
    friends.stdin = "S\n1\n1\n".into();
    let ran = import(&friends, "others.csv", "title,year\nHeat,2011\nHeat,2012\n", "").ok();
    assert_eq!(ran.err.matches("s: skip, S: skip all").count(), 1, "{}", ran.err);
    assert_eq!(listed(&friends), "heat (2011) heat (2012) tt2395247");
}

#[test]
fn links_to_other_sites_are_matched_by_their_words() {
    let friends = with_catalog();
    let links = "https://letterboxd.com/film/heat-1995/\nletterboxd.com/film/amelie/\n\
        https://www.themoviedb.org/movie/238-the-godfather\nhttps://www.themoviedb.org/movie/949\nhttps://boxd.it/1cB0\n\
        https://letterboxd.com/film/nowhere-to-be-found/\n";
    let document = import(&friends, "links.txt", links, "--json").json();
    let link = |row: usize, title: &str| json!({"row": row, "title": title, "year": null, "reason": "link"});
    let not_searched = json!({"row": 6, "title": "nowhere to be found", "year": null, "reason": "not_searched"});
    assert_eq!(
        document["unmatched"],
        json!([link(4, "https://www.themoviedb.org/movie/949"), link(5, "https://boxd.it/1cB0"), not_searched])
    );
    assert_eq!(listed(&friends), "nowheretobefound () tt0068646 tt0113277 tt0211915");
    let left = friends.folder.path().join("left.txt");
    let ran = import(&friends, "links.txt", links, &format!("--unmatched {}", left.display())).ok();
    assert!(ran.out.contains("the link contains no title: give the movie's title or IMDb id"), "{}", ran.out);
    assert_eq!(
        std::fs::read_to_string(left).unwrap(),
        links.lines().skip(3).map(|l| l.to_owned() + "\n").collect::<String>()
    );
}

#[test]
fn a_year_after_a_title_is_tried_as_its_year() {
    let friends = with_catalog();
    import(&friends, "typed.txt", "Heat 1995\nMatrix 1999, The\nGodfather, The\n", "").ok();
    assert_eq!(listed(&friends), "matrix1999 () tt0068646 tt0113277");
}

#[test]
fn a_show_does_not_match_a_film_of_its_name() {
    let friends = with_catalog();
    let show = json!([{"type": "show", "rank": 1, "show": {"ids": {"imdb": null}, "year": 1995, "title": "Heat"}}]);
    let document = import(&friends, "lists-watchlist.json", show.to_string(), "--json").json();
    assert_eq!(document["unmatched"][0]["reason"], "not_searched");
}

#[test]
fn a_film_does_not_match_a_series_of_its_name() {
    let friends = with_catalog();
    let letterboxd = "Date,Name,Year,Letterboxd URI\n2023-09-26,The Wire,2002,https://boxd.it/a\n";
    let ran = import(&friends, "watchlist.csv", letterboxd, "--as Ana").ok();
    assert!(ran.out.contains("  line 2: \"The Wire (2002)\": only a series has that name\n"), "{}", ran.out);
    assert_eq!(listed(&friends), "wire (2002)");
    let typed = "title,year,type\nThe Wire,2002,Movie\n";
    let document = import(&friends, "films.csv", typed, "--as Ben --json").json();
    assert_eq!(document["unmatched"][0]["reason"], "only_series");
    let document = import(&friends, "shows.csv", typed.replace("Movie", "TV Series"), "--as Cleo --json").json();
    assert_eq!(document["unmatched"], json!([]));
}

#[test]
fn only_a_list_that_may_mean_series_turns_a_film_row_into_one() {
    let friends = with_catalog();
    let letterboxd = "Date,Name,Year,Letterboxd URI\n2023-09-26,The Wire,2002,https://boxd.it/a\n";
    import(&friends, "watchlist.csv", letterboxd, "--as Ana").ok();
    let other = import(&friends, "other.txt", "tt0068646\n", "--as Ana").ok().out;
    assert_eq!(other, "Added 1 movie to Ana's list\n");
    let again = import(&friends, "watchlist.csv", letterboxd, "--as Ana").ok().out;
    assert!(again.starts_with("Nothing changed: 1 movie was already there\n"), "{again}");
    assert_eq!(listed(&friends), "tt0068646 wire (2002)");
    let found = import(&friends, "typed.txt", "The Wire (2002)\n", "--as Ana").ok().out;
    assert_eq!(found, "Found 1 movie that Ana's list had only by title\n");
    assert_eq!(listed(&friends), "tt0068646 tt0306414", "a series is meant, too");
}

#[test]
fn list_markers_are_not_part_of_a_title() {
    let friends = with_catalog();
    let typed =
        "1. Heat (1995)\n2) The Godfather\n- [x] Amélie\n* [ ] The Wire\n3. Nowhere\n- [ ] Nobody\n-30-\n- [ ]\n-\n";
    let ran = import(&friends, "typed.txt", typed, "").ok();
    assert_eq!(listed(&friends), "30 () 3nowhere () nobody () tt0068646 tt0113277 tt0211915 tt0306414");
    assert!(ran.out.contains("  line 5: \"3. Nowhere\": not looked up online\n"), "{}", ran.out);
}

#[test]
fn names_in_brackets_count_only_in_the_year_of_the_title() {
    let friends = with_catalog();
    let rows = "title,year\nHeat (2030),\nHeat (2),1995\nHeat (1995),1995\nHeat (Sea),1994\n\"Amélie (Sea)\",\n\
        The Godfather (aka Der Pate),\n";
    let document = import(&friends, "list.csv", rows, "--json").json();
    let left: Vec<_> = document["unmatched"].as_array().unwrap().iter().map(|row| row["row"].as_u64()).collect();
    assert_eq!(left, [2, 3, 5, 6, 7].map(Some), "{document}");
}

#[test]
fn a_name_in_brackets_is_an_alternative_title() {
    let friends = with_catalog();
    import(&friends, "list.csv", "title,year\n\"Pate, Der (Godfather, The)\",1972\n", "--as Ana").ok();
    assert_eq!(listed(&friends), "tt0068646");
}

#[test]
fn an_unclear_row_stays_unclear_in_a_second_import() {
    let server = Datasets::start();
    let basics = format!(
        "{BASICS_HEADER}tt0000001\tmovie\tThe Office\tThe Office\t0\t1996\t\\N\t90\tComedy\n\
         tt0000002\ttvSeries\tThe Office\tThe Office\t0\t2005\t2013\t22\tComedy\n"
    );
    server.set(&basics, &format!("{RATINGS_HEADER}tt0000001\t6.0\t5000\ntt0000002\t9.0\t700000\n"), "2");
    let mut friends = Friends::with_catalog(&server);
    friends.set("MOVIENIGHT_OFFLINE", "1");
    import(&friends, "list.txt", "The Office\n", "").ok();
    let again = import(&friends, "list.txt", "The Office\n", "").ok().out;
    assert!(again.starts_with("Nothing changed: 1 movie was already there\n"), "{again}");
    import(&friends, "one.txt", "tt0000009\n", "").ok();
    assert_eq!(listed(&friends), "office () tt0000009");
}
