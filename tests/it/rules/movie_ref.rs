//! References to movies: ids, numbers and words.

use movienight::model::{ImdbId, MovieRef, ProposalNumber};
use proptest::prelude::*;

fn id(text: &str) -> MovieRef {
    MovieRef::Id(ImdbId::parse(text).unwrap())
}

fn words(text: &str) -> MovieRef {
    MovieRef::Words(text.into())
}

#[test]
fn an_id_is_found_in_any_surrounding_text() {
    for text in [
        "https://www.imdb.com/title/tt0068646/",
        "https://m.imdb.com/de/title/tt0068646/?ref_=x",
        "https://www.imdb.com/title/tt0068646/mediaviewer/rm746868224/?ref_=tt_ov_i",
        "HTTPS://WWW.IMDB.COM/title/TT0068646/reviews#top",
        "www.imdb.com/pt/title/tt0068646/ratings",
        "  https://m.imdb.com/title/tt0068646  ",
        "https://www.imdb.com/title/tt0068646/?next=tt0071562",
        "https://letterboxd.com/imdb/tt0068646",
        "letterboxd.com/imdb/tt0068646/",
        "imdb://tt0068646",
        "imdb:tt0068646",
        "{imdb-tt0068646}",
        "[imdbid-tt0068646]",
        "The Godfather (1972) {imdb-tt0068646}.mkv",
        "stremio:///detail/movie/tt0068646/tt0068646",
        "https://web.stremio.com/#/detail/movie/tt0068646",
        "https://example.com/?u=imdb.com/title/tt0068646",
        "https://www.google.com/url?q=https%3A%2F%2Fwww.imdb.com%2Ftitle%2Ftt0068646%2F&sa=D",
        "https://l.facebook.com/l.php?u=https%253A%252F%252Fwww.imdb.com%252Ftitle%252Ftt0068646%252F",
        "https://out.example/?to=https://www.imdb.com/title/tt0068646/",
        "[The Godfather](https://www.imdb.com/title/tt0068646/)",
        "\u{200e}https://www.imdb.com/title/tt0068646/",
        "tt0068\u{200b}646",
        "\u{feff}tt0068646",
        "Check out The Godfather: https://www.imdb.com/title/tt0068646/?ref_=x, it is great!",
        "Look:https://www.imdb.com/title/tt0068646/",
        "<https://www.imdb.com/title/tt0068646/>",
        "tt0068646, The Godfather",
        "\"tt0068646\"",
        "tt0068646 https://imdb.com/title/tt0068646/",
        "(see https://www.imdb.com/title/tt0068646/)",
    ] {
        assert_eq!(MovieRef::parse_all(text), Ok(vec![id("tt0068646")]), "{text:?}");
    }
    let both = vec![id("tt0068646"), id("tt0071562")];
    for text in [
        "tt0068646,tt0071562",
        "tt0068646 and tt0071562",
        "Tonight: https://www.imdb.com/title/tt0068646/ or https://m.imdb.com/title/tt0071562?x",
        "https://www.imdb.com/title/tt0068646/,https://www.imdb.com/title/tt0071562/",
        "The Godfather (tt0068646), Part II (tt0071562)",
    ] {
        assert_eq!(MovieRef::parse_all(text), Ok(both.clone()), "{text:?}");
    }
}

#[test]
fn links_to_other_sites_become_words() {
    for (text, expected) in [
        ("https://en.wikipedia.org/wiki/Tenet_(film)", vec![words("Tenet")]),
        ("(https://en.wikipedia.org/wiki/Heat_(1985_film))", vec![words("Heat 1985")]),
        ("seen on https://letterboxd.com/film/heat-1995/ yesterday", vec![words("heat 1995")]),
        ("letterboxd.com/film/heat-1995 tt0068646", vec![words("heat 1995"), id("tt0068646")]),
    ] {
        assert_eq!(MovieRef::parse_all(text), Ok(expected), "{text:?}");
    }
    for link in [
        "https://example.com/title/",
        "https://www.imdb.com/name/nm0000151/",
        "https://www.imdb.com/title/",
        "https://www.imdb.com/title/tt0068646x",
        "ftp://imdb.com/title/",
    ] {
        assert!(MovieRef::parse_all(link).is_err(), "{link}");
    }
}

#[test]
fn numbers_are_whole_arguments() {
    for (text, number) in [("3", 3), ("#12", 12), ("007", 7), ("3.", 3), ("(3)", 3), ("\"3\"", 3), ("3?", 3), ("3,", 3)]
    {
        assert_eq!(
            MovieRef::parse_all(text),
            Ok(vec![MovieRef::Number(ProposalNumber(number), text.into())]),
            "{text}"
        );
    }
    for (text, ranges) in [
        ("1,3,5", vec![1..=1, 3..=3, 5..=5]),
        ("1, 3", vec![1..=1, 3..=3]),
        ("#1, #2", vec![1..=1, 2..=2]),
        ("1-3", vec![1..=3]),
        ("#1–#3", vec![1..=3]),
        ("1-3,300", vec![1..=3, 300..=300]),
    ] {
        assert_eq!(MovieRef::parse_all(text), Ok(vec![MovieRef::Numbers(ranges, text.into())]), "{text}");
    }
    for text in [
        "godf",
        "12 angry men",
        "1-2-3",
        "3-1",
        "9/11",
        "tt",
        "ttyl",
        "#",
        "#Alive",
        "Mission: Impossible",
        "a://b c",
        "$",
        "M*A*S*H",
        "1e3",
        "10,000",
        "1,1000",
        "99999999999999999999999",
        "3, 2, 1, action",
    ] {
        assert_eq!(MovieRef::parse_all(text), Ok(vec![words(text)]));
    }
    assert_eq!(MovieRef::parse_all("blade\u{a0} runner"), Ok(vec![words("blade runner")]));
    let emoji = "\u{1F469}\u{200D}\u{1F4BB} life";
    assert_eq!(MovieRef::parse_all(&format!("{emoji}\u{200B}")), Ok(vec![words(emoji)]));
    for wrong in ["", "  ", "tt12", "nm0000151", "tt12345678901", "\u{200b}"] {
        assert!(MovieRef::parse_all(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn a_printed_id_parses_back(number in 0u64..=9_999_999_999) {
        let id = ImdbId::from_number(number).unwrap();
        prop_assert_eq!(ImdbId::parse(&id.to_string()), Some(id));
        prop_assert_eq!(ImdbId::from_number(id.number()), Some(id));
    }

    #[test]
    fn parsing_never_panics(text in any::<String>(), link in "[a-z0-9:/.,?%()#-]{0,40}") {
        let _ = (MovieRef::parse_all(&text), ImdbId::parse(&text));
        let _ = MovieRef::parse_all(&format!("{link}tt0068646http{text}"));
        let _ = MovieRef::parse_all(&format!("https://en.wikipedia.org/wiki/{link}"));
    }
}
