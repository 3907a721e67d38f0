//! Tests: whatever JSON a source sends, parsing and cleaning it neither panics nor lets anything
//! unsafe through.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{cinemeta, imdbapi, omdb};
use crate::model::text::is_unsafe;
use crate::model::title::RawTitle;

/// Any JSON, with the keys that parsers look for more often than chance would have it.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|f| json!(f)),
        any::<String>().prop_map(Value::from),
        prop_oneof!["tt[0-9]{6,11}", "[0-9]{1,5} ?min", "[0-9]{4}[–-]?", "N/A", "[\\x00-\\x1f\u{202e}\u{200b}]{1,9}"]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            btree_map(key(), inner, 0..16).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    let known = "id imdb_id imdbID primaryTitle name Title originalTitle startYear year Year releaseInfo type Type rating \
        aggregateRating voteCount imdbRating imdbVotes runtimeSeconds runtime Runtime genres genre Genre directors \
        director stars cast displayName plot description Plot primaryImage url poster Poster";
    let known = proptest::sample::select(known.split_whitespace().collect::<Vec<_>>());
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

/// An object at the top, as every parser expects.
fn any_title() -> impl Strategy<Value = Value> {
    btree_map(key(), any_json(), 0..24).prop_map(|map| Value::Object(map.into_iter().collect()))
}

fn check(raw: RawTitle) -> Result<(), TestCaseError> {
    let _ = raw.imdb_id();
    let Some(title) = raw.into_title() else { return Ok(()) };
    prop_assert!(!title.title.is_empty());
    let lists = [&title.genres, &title.directors, &title.stars];
    let texts = lists.into_iter().flatten().chain([&title.title]).chain(&title.plot).chain(&title.kind);
    for text in texts.chain(&title.original_title).chain(&title.poster_url) {
        prop_assert!(!text.chars().any(is_unsafe), "{text:?}");
        prop_assert!(text.chars().count() <= 3000);
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_json_is_parsed_and_cleaned(value in prop_oneof![any_title(), any_json()]) {
        check(imdbapi::title(&value))?;
        check(cinemeta::title(&value))?;
        check(omdb::title(&value))?;
    }
}
