//! Reading `config.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item};

use super::table::{Kind, SETTINGS, Setting};
use crate::model::resolve::suggest;
use crate::model::text::{quoted, sanitize};
use crate::user_error::{UserError, fail};

/// The placeholder for a key, which is never shown.
pub const MASK: &str = "***";
const NOT_EXPANDED: &str = "needs the full path: ~ is not expanded";
/// The longest message of the parser that is shown, in characters.
const MAX_MESSAGE: usize = 120;

/// The contents of a configuration file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFile {
    /// The values by key, as text.
    pub values: BTreeMap<&'static str, String>,
    /// The places of boards by short name.
    pub boards: BTreeMap<String, String>,
}

impl ConfigFile {
    /// Returns true if the file holds a key or a password.
    pub fn is_secret(&self) -> bool {
        let has_key =
            SETTINGS.iter().any(|setting| setting.kind == Kind::Secret && self.values.contains_key(setting.key));
        has_key || self.boards.values().chain(self.values.get("board")).any(|place| without_password(place) != *place)
    }
}

/// Returns the place of a board without its password.
pub fn without_password(place: &str) -> String {
    let Some(start) = place.find("://").map(|at| at + 3) else { return place.to_owned() };
    let mut shown = place.to_owned();
    if let Some(at) = place.rfind("password=") {
        let end = place[at..].find('&').map_or(place.len(), |end| at + end + 1);
        shown.replace_range(at..end, "");
    }
    let user =
        shown[start..].rfind('@').and_then(|end| Some((start + shown[start..start + end].find(':')?, start + end)));
    if let Some((colon, end)) = user {
        shown.replace_range(colon..end, "");
    }
    shown
}

/// Reads a file. A missing file sets nothing, and is an error only if its path was given.
pub fn read(path: &Path, is_given: bool) -> Result<ConfigFile, UserError> {
    match read_text(path)? {
        Some(text) => parse(&text, path),
        None if is_given => {
            fail(format!("cannot read the settings in {}: there is no such file", path.display()), "check the path")
        }
        None => Ok(ConfigFile::default()),
    }
}

/// Reads the text of a file. `None` if it does not exist.
pub fn read_text(path: &Path) -> Result<Option<String>, UserError> {
    let shown = path.display();
    match fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => Ok(Some(text)),
        Ok(Err(_)) => fail(format!("{shown} is not UTF-8 text"), "save it as UTF-8"),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            fail(format!("cannot read the settings in {shown}: {error}"), "check the path and its permissions")
        }
    }
}

/// Parses the text of a configuration file.
///
/// # Errors
/// The error names the line and what is wrong there. It repeats no values, because one may be a key.
pub fn parse(text: &str, path: &Path) -> Result<ConfigFile, UserError> {
    let problem = |span: Option<Range<usize>>, what: &str| {
        let line = text[..span.map_or(0, |span| span.start).min(text.len())].matches('\n').count() + 1;
        UserError::new(format!("{} line {line}: {what}", path.display())).hint("movienight config edit opens the file")
    };
    let document = Document::parse(text).map_err(|error| {
        let what = sanitize(error.message().lines().next().unwrap_or_default(), MAX_MESSAGE);
        problem(error.span(), &what)
    })?;
    let mut file = ConfigFile::default();
    for (key, item) in document.iter() {
        if key == "boards" {
            let table = item.as_table_like().ok_or_else(|| problem(item.span(), "boards must be a table: [boards]"))?;
            for (name, place) in table.iter() {
                let problem = |what| problem(place.span(), &format!("{} in [boards] {what}", quoted(name)));
                let place =
                    place.as_str().ok_or_else(|| problem("must be a path or a postgres:// address, in quotes"))?;
                if place.starts_with('~') {
                    return Err(problem(NOT_EXPANDED));
                }
                file.boards.insert(name.to_owned(), absolute(place, path));
            }
            continue;
        }
        let setting = find(key, "movienight config edit opens the file").map_err(|failure| {
            let span = document.as_table().key(key).and_then(toml_edit::Key::span);
            UserError { error: problem(span, &failure.error).error, ..failure }
        })?;
        let value = value(setting, item).map_err(|what| problem(item.span(), &what))?;
        file.values.insert(setting.key, if setting.kind == Kind::Place { absolute(&value, path) } else { value });
    }
    Ok(file)
}

/// Returns the setting with this key.
///
/// # Errors
/// There is no such setting. The hint names a similar one if there is one, and ends with `otherwise`.
pub fn find(key: &str, otherwise: &str) -> Result<&'static Setting, UserError> {
    let keyed = || SETTINGS.iter().filter(|setting| !setting.key.is_empty());
    if let Some(setting) = keyed().find(|setting| setting.key == key) {
        return Ok(setting);
    }
    // Its option or its variable may be better known: `as`, `MOVIENIGHT_USER` or only `user`.
    let (option, name) = (format!("--{key}"), key.to_uppercase());
    let is_variable = |variable: &str| variable == name || variable.strip_prefix("MOVIENIGHT_") == Some(&name);
    let same = keyed().find(|setting| setting.option == option || is_variable(setting.variable));
    let similar = same.map(|setting| setting.key).or_else(|| suggest(key, keyed().map(|setting| setting.key)));
    let question = similar.map(|other| format!("did you mean {other}?"));
    let hint = question.unwrap_or_else(|| "a newer movienight may know it;".to_owned());
    fail(format!("there is no setting {}", quoted(key)), format!("{hint} {otherwise}"))
}

/// Returns the value of an item as text.
fn value(setting: &Setting, item: &Item) -> Result<String, String> {
    let key = setting.key;
    let text = match setting.kind {
        Kind::Switch => {
            return item.as_bool().map(|on| on.to_string()).ok_or_else(|| format!("{key} must be true or false"));
        }
        Kind::List if item.is_array() => {
            let names = item.as_array().into_iter().flatten().map(|name| name.as_str());
            names.collect::<Option<Vec<_>>>().map(|names| names.join(","))
        }
        _ => item.as_str().map(str::to_owned),
    };
    let text = text.ok_or_else(|| format!("{key} must be a string in quotes"))?;
    check(setting, &text)?;
    Ok(text)
}

/// Checks that a text can be the value of a setting.
pub fn check(setting: &Setting, text: &str) -> Result<(), String> {
    let key = setting.key;
    match setting.kind {
        Kind::Place if text.starts_with('~') => Err(format!("{key} {NOT_EXPANDED}")),
        _ if text.trim().is_empty() => Err(format!("{key} must not be empty")),
        Kind::Choice(words) if !words.contains(&text) => Err(format!("{key} must be one of {}", words.join(", "))),
        Kind::Switch if !["true", "false"].contains(&text) => Err(format!("{key} must be true or false")),
        _ => Ok(()),
    }
}

/// Resolves a place from the file: a relative path begins at the file's folder.
fn absolute(place: &str, file: &Path) -> String {
    let is_path = place.contains(['/', '\\', '.']) && !place.contains("://");
    let folder = file.parent().filter(|_| is_path);
    folder.and_then(|folder| folder.join(place).to_str().map(str::to_owned)).unwrap_or_else(|| place.to_owned())
}
