//! The table of settings, and the file that is made from it.

use std::path::Path;

use movienight::config::{SETTINGS, parse, template};

#[test]
fn every_line_may_be_uncommented() {
    let commented = template();
    assert_eq!(parse(&commented, Path::new("config.toml")), Ok(Default::default()));
    let set: String = commented
        .lines()
        .map(|line| line.strip_prefix('#').filter(|l| !l.starts_with(' ')).unwrap_or(line).to_owned() + "\n")
        .collect();
    let file = parse(&set, Path::new("config.toml")).unwrap();
    let keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).filter(|key| !key.is_empty()).collect();
    assert_eq!(file.values.len(), keys.len(), "{set}");
    assert_eq!(file.boards.len(), 1);
}

#[test]
fn a_key_is_the_position_of_its_setting() {
    for (at, setting) in SETTINGS.iter().enumerate() {
        assert_eq!(setting.id as usize, at);
    }
}
