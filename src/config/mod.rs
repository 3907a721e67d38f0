//! The settings of a run: from an option, else an environment variable, else `config.toml`, else the default.

mod change;
mod file;
mod table;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::Result;
use url::Url;

pub use self::change::{Changes, change};
pub use self::file::{ConfigFile, MASK, check, find, read, without_password};
pub use self::table::{Key, Kind, SETTINGS, Setting};

use crate::env::Env;
use crate::model::resolve::suggest;
use crate::model::text::{quoted, shell_word};
use crate::paths;
use crate::user_error::{Code, UserError, fail};

/// The origin of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An option of the command line.
    Option(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// The configuration file.
    File,
    /// Nothing was set.
    Default,
}

impl Origin {
    /// Returns the name that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Option(name) | Self::Variable(name) => name,
            Self::File => "config.toml",
            Self::Default => "default",
        }
    }
}

/// The value of a setting, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The value.
    pub text: OsString,
    /// Its origin; never [`Origin::Default`].
    pub origin: Origin,
}

/// The settings of a run.
#[derive(Debug)]
pub struct Config {
    values: Vec<Option<Value>>,
    /// The contents of the file. Empty if there is no file or it cannot be used.
    pub file: ConfigFile,
    /// The path of the file. `None` if no home folder is known.
    pub path: Option<PathBuf>,
    /// True if the path was given with `--config`.
    pub is_path_given: bool,
    /// The reason why the file cannot be used. `None` if it can.
    pub problem: Option<UserError>,
}

impl Config {
    /// Reads all settings. `given` is the path of `--config`, `option` returns the values of other options. A file that
    /// cannot be used is ignored and reported in [`problem`](Self::problem).
    pub fn read(env: &Env, given: Option<&Path>, option: impl Fn(Key) -> Option<OsString>) -> Self {
        let path = given.map(Path::to_owned).or_else(|| paths::config(env));
        let read = path.as_deref().map_or_else(|| Ok(ConfigFile::default()), |path| read(path, given.is_some()));
        let (file, problem) = match read {
            Ok(file) => (file, None),
            Err(failure) => (ConfigFile::default(), Some(failure.code(Code::Settings))),
        };
        let value = |setting: &Setting| {
            let of_option = option(setting.id).map(|text| Value { text, origin: Origin::Option(setting.option) });
            let of_file = || Some(Value { text: file.values.get(setting.key)?.into(), origin: Origin::File });
            of_option.or_else(|| from_variable(env, setting)).or_else(of_file)
        };
        let values = SETTINGS.iter().map(value).collect();
        Self { values, file, path, is_path_given: given.is_some(), problem }
    }

    /// Returns the value of a setting. `None` if it was not set.
    pub fn value(&self, key: Key) -> Option<&Value> {
        self.values[key as usize].as_ref()
    }

    /// Returns the origin of a setting's value.
    pub fn origin(&self, key: Key) -> Origin {
        self.value(key).map_or(Origin::Default, |value| value.origin)
    }

    /// Returns the name of a setting for messages: the option, variable or key that its value comes from.
    pub fn name_of(&self, key: Key) -> String {
        let setting = key.setting();
        match self.origin(key) {
            Origin::File => format!("{} in config.toml", setting.key),
            Origin::Default if setting.variable.is_empty() => setting.key.to_owned(),
            Origin::Default => setting.variable.to_owned(),
            Origin::Option(name) | Origin::Variable(name) => name.to_owned(),
        }
    }

    /// Returns the value of a setting as text. `None` if it was not set.
    pub fn text(&self, key: Key) -> Result<Option<&str>> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let invalid =
            || UserError::new(format!("{} is not valid UTF-8", value.origin.name())).hint("set it to valid UTF-8 text");
        let text = value.text.to_str().ok_or_else(invalid)?;
        match key.setting().kind {
            Kind::Choice(words) if !words.contains(&text) => {
                let error = format!("{} is {}", self.name_of(key), quoted(text));
                fail(error, format!("set it to one of {}", words.join(", ")))
            }
            _ => Ok(Some(text)),
        }
    }

    /// Returns the value of a setting as text, or its default.
    pub fn text_or_default(&self, key: Key) -> Result<&str> {
        Ok(self.text(key)?.unwrap_or(key.setting().default))
    }

    /// Returns the value of a setting as the address of a server, or its default.
    pub fn web_address(&self, key: Key) -> Result<Url> {
        let url = Url::parse(self.text_or_default(key)?).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let Setting { variable, default, .. } = key.setting();
        let invalid = || UserError::new(format!("{variable} is not a web address"));
        Ok(url.ok_or_else(|| invalid().hint(format!("set it to one like {default}, or unset it")))?)
    }

    /// Returns the value of a setting that is on or off. Off unless it was set.
    pub fn is_on(&self, key: Key) -> Result<bool> {
        let Some(text) = self.text(key)? else { return Ok(false) };
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => fail(format!("{} is {}", self.name_of(key), quoted(text)), "give true or false"),
        }
    }

    /// Returns the settings that have a variable of this program's own, so that a child process reads the same values.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &OsStr)> {
        let values =
            SETTINGS.iter().zip(&self.values).filter(|(setting, _)| setting.variable.starts_with("MOVIENIGHT"));
        values.filter_map(|(setting, value)| Some((setting.variable, value.as_ref()?.text.as_os_str())))
    }

    /// Returns the place of the board with this short name. `None` if the text is a place: it has a separator, an
    /// extension or the like. Fails if no board has this name.
    pub fn board(&self, text: &OsStr) -> Result<Option<&str>> {
        let name = text.to_string_lossy();
        if name.is_empty() || name.contains(['/', '\\', '.', ':', '@', '=']) {
            return Ok(None);
        }
        if let Some(place) = self.file.boards.get(&*name) {
            return Ok(Some(place));
        }
        let similar = suggest(&name, self.file.boards.keys().map(String::as_str));
        let question = similar.map(|other| format!("did you mean {other}? ")).unwrap_or_default();
        let failure = UserError::new(format!("no board is called {}", quoted(&name))).code(Code::NoBoard);
        let path = shell_word(&format!("./{name}"));
        Err(failure.hint(format!("{question}movienight config lists the names; for a file, write {path}")).into())
    }
}

/// Returns the value of a setting from the environment.
fn from_variable(env: &Env, setting: &Setting) -> Option<Value> {
    let is_set = |name: &str| env.var_os(name).is_some_and(|value| value != "0" || name == "NO_COLOR");
    let (text, name) = match setting.id {
        // Variables that many programs share. Unlike other ways to say `never`, NO_COLOR leaves links alone.
        Key::Color if is_set("NO_COLOR") => ("never".into(), "NO_COLOR"),
        Key::Color if is_set("CLICOLOR_FORCE") => ("always".into(), "CLICOLOR_FORCE"),
        _ => (env.var_os(setting.variable)?.to_owned(), setting.variable),
    };
    Some(Value { text, origin: Origin::Variable(name) })
}
