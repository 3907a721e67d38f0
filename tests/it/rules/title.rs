//! The data of sources about titles, kept within bounds.

use movienight::model::title::RawTitle;
use movienight::model::{Rating, Title};
use proptest::prelude::*;

#[test]
fn ratings_have_one_decimal_and_a_range() {
    assert_eq!(Rating::new(9.3).unwrap().to_string(), "9.3");
    assert_eq!(Rating::new(9.0).unwrap().to_string(), "9.0");
    assert_eq!(Rating::new(10.0).unwrap().to_string(), "10.0");
    for out_of_range in [0.0, 0.99, 10.01, -3.0, f64::NAN, f64::INFINITY, 1e300] {
        assert_eq!(Rating::new(out_of_range), None);
    }
}

#[test]
fn numbers_out_of_range_become_unknown() {
    let title = Title {
        title: "X".into(),
        year: Some(5),
        runtime_minutes: Some(u32::MAX),
        rating_count: Some(0),
        ..Title::default()
    };
    let title = RawTitle { id: None, title }.into_title().unwrap();
    assert_eq!((title.year, title.runtime_minutes, title.rating_count), (None, None, None));
}

#[test]
fn posters_are_plain_https_addresses_or_on_this_machine() {
    let poster = |url: &str| {
        let title = Title { title: "X".into(), poster_url: Some(url.into()), ..Title::default() };
        RawTitle { id: None, title }.into_title().unwrap().poster_url
    };
    for url in [
        "https://m.media-amazon.com/images/M/MV5B@._V1_.jpg",
        "http://127.0.0.1:8080/a.jpg",
        "http://localhost/a.jpg",
        "http://[::1]:80/a.jpg",
    ] {
        assert_eq!(poster(url).as_deref(), Some(url));
    }
    for url in [
        "http://a/b.jpg",
        "javascript:alert(1)",
        "https://a/\u{1b}[31m",
        "https://a b",
        "https://-x",
        "https:///",
        "http://127.0.0.1.example.org/a.jpg",
        "http://localhosts/a.jpg",
        "http://127.0.0.1/a b",
        "ftp://[::1]/",
    ] {
        assert_eq!(poster(url), None, "{url}");
    }
}

proptest! {
    #[test]
    fn a_stored_title_reads_back(
        title in "\\PC{1,40}", year in any::<Option<u16>>(),
        rating in any::<Option<f64>>(), runtime in any::<Option<u32>>(),
        genres in proptest::collection::vec("\\PC{0,20}", 0..12),
    ) {
        let rating = rating.and_then(Rating::new);
        let title = Title { title, year, rating, runtime_minutes: runtime, genres, ..Title::default() };
        if let Some(title) = (RawTitle { id: None, title }).into_title() {
            let json = title.to_json();
            prop_assert_eq!(serde_json::from_str::<Title>(&json).unwrap(), title);
        }
    }
}
