//! Places of boards, addresses of servers among them: nothing panics, and no password is printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use movienight::store::Location;

fuzz_target!(|text: &str| {
    if let Ok(location) = Location::parse(text.as_ref(), &|_| None) {
        let _ = location.to_string();
    }
    if !text.contains(|c: char| !c.is_ascii_alphanumeric()) && text.len() > 4 {
        let address = format!("postgres://ana:{text}@host.example/films");
        if let Ok(location) = Location::parse(address.as_ref(), &|_| None) {
            let shown = location.to_string();
            assert!(!shown.contains(text) || "postgres://ana@host.example/films".contains(text), "{shown}");
        }
    }
});
