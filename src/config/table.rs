//! The table of all settings.

/// The key of a setting. Its number is an index into [`SETTINGS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "SETTINGS says what each means")]
pub enum Key {
    Board,
    Name,
    Sources,
    OmdbKey,
    Poster,
    Color,
    Plain,
    Offline,
    ImdbapiUrl,
    CinemetaUrl,
    OmdbUrl,
    DatasetsUrl,
}

impl Key {
    /// Returns the description of the setting.
    pub fn setting(self) -> &'static Setting {
        &SETTINGS[self as usize]
    }
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// The place of a board, which may hold a password.
    Place,
    /// Text that is never shown.
    Secret,
    /// True or false.
    Switch,
    /// Names separated by commas.
    List,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// The description of a setting: its names, its default, its help.
#[derive(Debug)]
pub struct Setting {
    /// Its key in the code.
    pub id: Key,
    /// The key in `config.toml`. Empty if only the environment has it.
    pub key: &'static str,
    /// The option. Empty if there is none.
    pub option: &'static str,
    /// The environment variable. Empty if this program has none of its own.
    pub variable: &'static str,
    /// The default, in words where it depends on the machine.
    pub default: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// Its meaning, in at most 60 characters where it is the help of an option.
    pub help: &'static str,
}

const fn setting(id: Key, kind: Kind, names: [&'static str; 3], default: &'static str, help: &'static str) -> Setting {
    let [key, option, variable] = names;
    Setting { id, key, option, variable, default, kind, help }
}

/// Describes the address of a server, which only the environment can set.
const fn address(id: Key, variable: &'static str, default: &'static str, help: &'static str) -> Setting {
    setting(id, Kind::Text, ["", "", variable], default, help)
}

/// All settings, in the order of [`Key`].
pub static SETTINGS: [Setting; 12] = [
    setting(
        Key::Board,
        Kind::Place,
        ["board", "--db", "MOVIENIGHT_DB"],
        "movienight.db in your data folder",
        "The board: a file, postgres://… or a name in [boards]",
    ),
    setting(
        Key::Name,
        Kind::Text,
        ["name", "--as", "MOVIENIGHT_USER"],
        "your login name",
        "The name under which you vote",
    ),
    setting(
        Key::Sources,
        Kind::List,
        ["sources", "", "MOVIENIGHT_SOURCES"],
        "imdbapi,cinemeta",
        "Metadata sources in the order to ask them: imdbapi, cinemeta, omdb",
    ),
    setting(
        Key::OmdbKey,
        Kind::Secret,
        ["omdb-key", "", "MOVIENIGHT_OMDB_KEY"],
        "none",
        "An API key from omdbapi.com; with it, omdb is asked first",
    ),
    setting(
        Key::Poster,
        Kind::Choice(&["auto", "blocks", "never"]),
        ["poster", "--poster", "MOVIENIGHT_POSTER"],
        "auto",
        "How show draws posters: auto, blocks or never",
    ),
    setting(
        Key::Color,
        Kind::Choice(&["auto", "always", "never"]),
        ["color", "--color", ""],
        "auto",
        "When to use colours: auto, always or never",
    ),
    setting(
        Key::Plain,
        Kind::Switch,
        ["plain", "", "MOVIENIGHT_PLAIN"],
        "false",
        "Words instead of marks such as ● and ♥, for screen readers",
    ),
    setting(
        Key::Offline,
        Kind::Switch,
        ["offline", "--offline", "MOVIENIGHT_OFFLINE"],
        "false",
        "Make no request to a metadata service",
    ),
    address(Key::ImdbapiUrl, "MOVIENIGHT_IMDBAPI_URL", "https://api.tiffara.com", "The base address of imdbapi"),
    address(
        Key::CinemetaUrl,
        "MOVIENIGHT_CINEMETA_URL",
        "https://v3-cinemeta.strem.io",
        "The base address of Cinemeta",
    ),
    address(Key::OmdbUrl, "MOVIENIGHT_OMDB_URL", "https://www.omdbapi.com", "The base address of OMDb"),
    address(
        Key::DatasetsUrl,
        "MOVIENIGHT_DATASETS_URL",
        "https://datasets.imdbws.com",
        "The address of IMDb's datasets",
    ),
];
