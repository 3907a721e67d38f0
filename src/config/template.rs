//! A first `config.toml`: all settings, commented out.

use super::table::{Kind, SETTINGS, Setting};

/// The text of a file that sets nothing, and shows what can be set.
pub fn template() -> String {
    let mut text = String::from("# Settings of movienight: take the # away from those that you want.\n");
    for setting in SETTINGS.iter().filter(|setting| !setting.key.is_empty()) {
        let Setting { key, default, help, .. } = setting;
        text += &format!("\n# {help}. Default: {default}\n#{key} = {}\n", example(setting));
    }
    text + "\n# Short names of boards, as in movienight --db films\n#[boards]\n#films = \"/srv/films/movienight.db\"\n"
}

/// A value as TOML.
fn example(setting: &Setting) -> String {
    match setting.kind {
        Kind::Switch => "true".to_owned(),
        Kind::Place => "\"/srv/films/movienight.db\"".to_owned(),
        Kind::Text => "\"Ana\"".to_owned(),
        Kind::Secret => "\"12345678\"".to_owned(),
        Kind::List => format!("[\"{}\"]", setting.default.replace(',', "\", \"")),
        Kind::Choice(_) => format!("\"{}\"", setting.default),
    }
}
