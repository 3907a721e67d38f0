//! The table of settings.

use movienight::config::SETTINGS;

#[test]
fn setting_ids_match_their_positions() {
    for (at, setting) in SETTINGS.iter().enumerate() {
        assert_eq!(setting.id as usize, at);
    }
}
