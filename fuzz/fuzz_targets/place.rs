//! Locations of boards, including server addresses: nothing panics, and no password is printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use movienight::store::Location;

fn shown(text: &str) -> Option<String> {
    Location::parse(text.as_ref(), &|_| None).ok().map(|location| location.to_string())
}

fuzz_target!(|text: &str| {
    let _ = shown(text);
    if !text.contains(|c: char| !c.is_ascii_alphanumeric()) {
        let with = |password: &str| shown(&format!("postgres://ana:{password}@host.example/films"));
        assert_eq!(with(text), with("other"), "the password shows");
    }
});
