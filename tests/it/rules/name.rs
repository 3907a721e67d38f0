//! Names of people.

use movienight::model::VoterName;
use proptest::prelude::*;

#[test]
fn names_are_compared_without_case_and_spacing() {
    let same = |a: &str, b: &str| VoterName::parse(a).unwrap() == VoterName::parse(b).unwrap();
    assert!(same("Ana", " ana "));
    assert!(same("Zoë", "ZOE\u{308}"));
    assert!(same("Straße", "STRASSE"));
    assert!(same("Ana Maria", "ana \u{a0}maria"));
    assert!(!same("Ana", "Anna"));
}

#[test]
fn names_keep_emoji_and_quotes() {
    for name in ["👩\u{200d}💻 Ana", "'; DROP TABLE votes; --", "李"] {
        assert_eq!(VoterName::parse(name).unwrap().as_str(), name);
    }
    // A hint with such a name could not be typed.
    assert_eq!(VoterName::parse(" --as").unwrap_err(), "names cannot begin with a hyphen");
}

proptest! {
    #[test]
    fn a_name_reads_back_as_itself(text in any::<String>()) {
        if let Ok(name) = VoterName::parse(&text) {
            let again = VoterName::parse(name.as_str()).unwrap();
            prop_assert_eq!(again.as_str(), name.as_str());
            prop_assert!(name == again);
        }
    }
}
