//! The settings.

use std::collections::BTreeMap;

use serde::Serialize;

/// The document of `config`.
#[derive(Clone, Debug, Serialize)]
pub struct ConfigView {
    /// The configuration file. `None` if no home folder is known.
    pub path: Option<String>,
    pub settings: Vec<SettingView>,
    /// Places of boards by their short names, passwords masked.
    pub boards: BTreeMap<String, String>,
}

/// A setting.
#[derive(Clone, Debug, Serialize)]
pub struct SettingView {
    /// Its name in `config.toml`, or the variable if it has none there.
    pub key: String,
    /// The value in effect, a key or a password masked. `None` if there is none.
    pub value: Option<String>,
    /// Where the value comes from: an option, a variable, `config.toml` or `default`.
    pub origin: &'static str,
}
