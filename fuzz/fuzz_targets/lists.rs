//! Lists from other programs: nothing panics, and no parsed row contains control characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use movienight::lists::{Contents, parse};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(Contents::Lists(lists)) = parse("list", bytes.to_vec(), None) {
        for row in lists.iter().flat_map(|list| &list.rows) {
            assert!(!row.to_string().contains(char::is_control), "{row:?}");
        }
    }
});
