//! The table of settings.

use movienight::config::SETTINGS;

#[test]
fn a_key_is_the_position_of_its_setting() {
    for (at, setting) in SETTINGS.iter().enumerate() {
        assert_eq!(setting.id as usize, at);
    }
}
