//! Ids, links, numbers and words as people type them: nothing panics, and a printed id parses to itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use movienight::model::MovieRef;

fuzz_target!(|text: &str| {
    for movie in MovieRef::parse_all(text).into_iter().flatten() {
        if let MovieRef::Id(id) = movie {
            let again = MovieRef::parse_all(&id.to_string());
            assert!(matches!(again.as_deref(), Ok([MovieRef::Id(same)]) if *same == id), "{id}");
        }
    }
});
