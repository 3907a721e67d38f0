//! Searches, and the titles that they mean.

use movienight::model::search::{self, Hit, Query};
use movienight::model::{ImdbId, Title};

fn hit(id: &str, title: &str, year: Option<u16>) -> Hit {
    Hit { id: ImdbId::parse(id).unwrap(), title: Title { title: title.into(), year, ..Title::default() } }
}

#[test]
fn a_year_at_the_end_is_recognized() {
    let year = |words: &str| Query::parse(words).with_year;
    assert_eq!(year("heat 1995"), Some(("heat".into(), 1995)));
    assert_eq!(year("  heat   (1995) "), Some(("heat".into(), 1995)));
    for words in ["heat", "1917", "heat 95", "district 9", "apollo 0013", "room 9999"] {
        assert_eq!(year(words), None, "{words}");
    }
}

#[test]
fn a_namesake_with_ten_times_the_ratings_is_meant() {
    let rated = |id, year, count| {
        let hit = hit(id, "Leo", Some(year));
        Hit { title: Title { rating_count: count, ..hit.title }, ..hit }
    };
    let clear = |counts: [Option<u64>; 3], words: &str| {
        let ids = ["tt0000001", "tt0000002", "tt0000003"];
        let hits: Vec<Hit> =
            ids.into_iter().zip([2023, 2023, 2012]).zip(counts).map(|((id, y), n)| rated(id, y, n)).collect();
        search::clear(&hits, &Query::parse(words))
            .map(|(hit, other)| (hit.id.number(), other.map(|other| other.id.number())))
    };
    assert_eq!(clear([Some(1000), Some(7), Some(100)], "leo"), Some((1, Some(3))));
    assert_eq!(clear([Some(999), Some(7), Some(100)], "leo"), None);
    assert_eq!(clear([Some(999), Some(7), Some(100)], "leo 2023"), Some((1, Some(2))));
    assert_eq!(clear([Some(10), None, None], "leo"), Some((1, Some(3))));
    assert_eq!(clear([None, None, None], "leo"), None, "nothing says which is better known");
}

#[test]
fn a_title_with_an_article_is_a_rival_if_it_may_have_been_omitted() {
    let clear = |titles: [(&str, u64); 2], words: &str| {
        let rated = |(id, (title, count)): (&str, (&str, u64))| {
            let hit = hit(id, title, None);
            Hit { title: Title { rating_count: Some(count), ..hit.title }, ..hit }
        };
        let hits: Vec<Hit> = ["tt0000001", "tt0000002"].into_iter().zip(titles).map(rated).collect();
        search::clear(&hits, &Query::parse(words)).map(|(hit, _)| hit.title.title.clone())
    };
    assert_eq!(clear([("Heat", 700_000), ("The Heat", 200_000)], "heat").as_deref(), Some("Heat"));
    assert_eq!(clear([("The Heat", 200_000), ("Heat", 700_000)], "the heat").as_deref(), Some("The Heat"));
    assert_eq!(clear([("Heat", 2_000_000), ("The Heat", 100_000)], "the heat").as_deref(), Some("The Heat"));
    assert_eq!(clear([("Matrix", 5_000), ("The Matrix", 2_000_000)], "matrix"), None);
    assert_eq!(clear([("The Matrix", 2_000_000), ("Matrix", 5_000)], "matrix").as_deref(), Some("The Matrix"));
    assert_eq!(clear([("The Thing", 460_000), ("Thing", 60_000)], "thing"), None);
}
