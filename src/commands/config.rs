//! `movienight config`: shows and changes the settings.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Subcommand};
use serde_json::{Value, json};

use crate::config::{self, Key, Kind, MASK, Origin, SETTINGS, Setting, change, without_password};
use crate::context::{BoardLocation, Context, ranked_board};
use crate::files::make_folder_of;
use crate::model::VoterName;
use crate::model::text::{quoted, sanitize_stored};
use crate::render::cells::wrap;
use crate::render::{Cell, Column, Screen, Tone, table};
use crate::sources;
use crate::store::Location;
use crate::user_error::{QuietEnd, UserError, fail};

/// Show and change the settings
///
/// A change keeps the comments in the file. The list of settings masks keys and leaves out passwords.
#[derive(Args, Debug)]
#[command(
    disable_help_subcommand = true,
    after_long_help = "\
A setting comes from an option, else a variable, else config.toml, else its default.

Examples:
  movienight config
  movienight config set name Ana
  movienight config set boards.work postgres://ana@db.example.net/films
  movienight config unset omdb-key
  movienight config edit"
)]
pub struct Config {
    /// Command; without one, the settings are listed
    #[command(subcommand)]
    pub action: Option<Action>,
}

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Print the value of a setting
    Get {
        /// The setting, such as name or boards.films
        #[arg(value_parser = KeyParser, hide_possible_values = true)]
        key: String,
    },
    /// Write a setting into the configuration file
    Set {
        /// The setting, such as name or boards.films
        #[arg(value_parser = KeyParser, hide_possible_values = true)]
        key: String,
        /// Its value
        value: String,
    },
    /// Remove a setting from the configuration file
    Unset {
        /// The setting, such as name or boards.films
        #[arg(value_parser = KeyParser, hide_possible_values = true)]
        key: String,
    },
    /// Print the path of the configuration file
    Path,
    /// Open the configuration file in VISUAL or EDITOR
    Edit,
}

/// Accepts any text as a key, because boards have short names, and offers the other keys to shell completions.
#[derive(Clone)]
struct KeyParser;

impl TypedValueParser for KeyParser {
    type Value = String;

    fn parse_ref(&self, command: &clap::Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let settings = SETTINGS.iter().filter(|setting| !setting.key.is_empty());
        Some(Box::new(settings.map(|setting| PossibleValue::new(setting.key).help(setting.help))))
    }
}

pub fn run(context: &mut Context<'_>, args: &Config) -> Result<()> {
    match &args.action {
        None => list(context),
        Some(Action::Get { key }) => get(context, key),
        Some(Action::Set { key, value }) => set(context, key, value),
        Some(Action::Unset { key }) => unset(context, key),
        Some(Action::Path) => {
            let path = path(context)?.display().to_string();
            context.show(&json!({ "path": &path }), |_| format!("{path}\n"))
        }
        Some(Action::Edit) => edit(context),
    }
}

/// Returns the path of the configuration file.
///
/// # Errors
/// Fails if no home folder is known.
pub fn path(context: &Context<'_>) -> Result<PathBuf> {
    match context.usable_config().path.clone() {
        Some(path) => Ok(path),
        None => fail("there is no home folder to keep the settings in", "name a file with --config PATH"),
    }
}

fn list(context: &mut Context<'_>) -> Result<()> {
    let settings = settings(context);
    let config = context.usable_config();
    let boards = config.file.boards.iter();
    let boards: BTreeMap<String, String> =
        boards.map(|(name, place)| (sanitize_stored(name.clone()), masked(Kind::Place, place))).collect();
    let (path, problem) = (config.path.as_ref().map(|path| path.display().to_string()), config.problem.clone());
    let document = json!({
        "path": path,
        "settings": settings.iter().map(|row| document(&row.0, row.1.as_deref(), row.2)).collect::<Vec<_>>(),
        "boards": boards,
    });
    let boards = boards.into_iter().map(|(name, place)| (format!("boards.{name}"), Some(place), Origin::File));
    let rows: Vec<SettingRow> = settings.into_iter().chain(boards).collect();
    context.show(&document, |screen| text(&rows, path.as_deref(), screen))?;
    if let Some(problem) = problem {
        context.warn(&problem);
    }
    Ok(())
}

/// The name of a setting, its effective value with keys and passwords masked, and where the value comes from.
pub type SettingRow = (String, Option<String>, Origin);

/// Returns all settings by their names in `config.toml`. One without a name there goes by its variable, if it is set.
pub fn settings(context: &Context<'_>) -> Vec<SettingRow> {
    let config = context.usable_config();
    let shown = |setting: &&Setting| !setting.key.is_empty() || config.value(setting.id).is_some();
    let row = |setting: &'static Setting| {
        let key = if setting.key.is_empty() { setting.variable } else { setting.key }.to_owned();
        let value = effective(context, setting).map(|value| masked(setting.kind, &value));
        (key, value, config.origin(setting.id))
    };
    SETTINGS.iter().filter(shown).map(row).collect()
}

fn document(key: &str, value: Option<&str>, origin: Origin) -> Value {
    json!({ "key": key, "value": value, "origin": origin.name() })
}

/// Returns the value in effect, which may be the default. `None` if there is neither.
fn effective(context: &Context<'_>, setting: &Setting) -> Option<String> {
    match (context.usable_config().value(setting.id), setting.id) {
        (Some(value), _) => Some(value.text.to_string_lossy().into_owned()),
        (None, Key::Board) => context.default_location().ok().map(|location| location.to_string()),
        (None, Key::Name) => context.login_name(),
        (None, Key::OmdbKey) => None,
        (None, _) => Some(setting.default.to_owned()),
    }
}

fn masked(kind: Kind, value: &str) -> String {
    sanitize_stored(match kind {
        Kind::Secret => MASK.to_owned(),
        Kind::Place => without_password(value),
        _ => value.to_owned(),
    })
}

fn text(rows: &[SettingRow], path: Option<&str>, screen: Screen<'_>) -> String {
    let columns = [
        Column::left("Setting", |row: &SettingRow| row.0.as_str().into()),
        Column::left("From", |row: &SettingRow| Cell::new(row.2.name(), Tone::Faint)),
        // Last and never cut, because values are there to be read and copied.
        Column::left("Value", |row: &SettingRow| row.1.as_ref().into()),
    ];
    let text = table(&columns, rows, |_| Tone::Plain, screen);
    let Some(path) = path else { return text };
    let absent = if Path::new(path).exists() { "" } else { " (does not exist yet)" };
    let lines = wrap(&format!("config.toml: {path}{absent}"), screen.width.unwrap_or(usize::MAX));
    text + &screen.palette.paint(Tone::Faint, &lines.join("\n")) + "\n"
}

/// Finds the setting that a key names. `None` for the short name of a board: `boards.NAME`.
fn setting(key: &str) -> Result<Option<&'static Setting>> {
    let is_short_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    match key.strip_prefix("boards.") {
        None => Ok(Some(config::find(key, "movienight config lists them")?)),
        Some(name) if is_short_name(name) => Ok(None),
        Some(name) => {
            let error = format!("{} is not a valid short name for a board", quoted(name));
            fail(error, "use letters, digits, - and _")
        }
    }
}

fn get(context: &mut Context<'_>, key: &str) -> Result<()> {
    let config = context.usable_config();
    let (kind, value, origin) = match setting(key)? {
        Some(setting) => (setting.kind, effective(context, setting), config.origin(setting.id)),
        None => {
            let place = key.strip_prefix("boards.").and_then(|name| config.file.boards.get(name));
            (Kind::Place, place.cloned(), Origin::File)
        }
    };
    if value.is_none() || origin == Origin::Default {
        // The configuration file may set it, so it must be readable.
        context.config()?;
    }
    let Some(value) = value else {
        context.show(&document(key, None, Origin::Default), |_| String::new())?;
        return Err(QuietEnd::Negative.into());
    };
    let value = if kind == Kind::Place { without_password(&value) } else { value };
    context.show(&document(key, Some(&value), origin), |_| format!("{value}\n"))
}

fn set(context: &mut Context<'_>, key: &str, value: &str) -> Result<()> {
    let setting = setting(key)?;
    let value = match setting.map(|setting| setting.id) {
        None | Some(Key::Board) => place(context, key, value)?,
        Some(Key::Name) => {
            VoterName::parse(value).map_err(|why| UserError::new(format!("name: {why}")))?.as_str().to_owned()
        }
        Some(Key::Sources) => sources::check_names(key, value).map(|()| value.to_owned())?,
        Some(_) => value.to_owned(),
    };
    if let Some(setting) = setting {
        config::check(setting, &value).map_err(UserError::new)?;
    }
    let path = path(context)?;
    change(&path, |_| Ok(vec![(key.to_owned(), Some(value.clone()))]))?;
    let shown = masked(setting.map_or(Kind::Place, |setting| setting.kind), &value);
    let sentence = format!("Set {key} to {shown} in {}", path.display());
    context.answer(&document(key, Some(&shown), Origin::File), &[sentence])?;
    if let Some(setting) = setting {
        note_override(context, setting);
    }
    // A board on a server is not asked for votes under the login.
    if setting.is_some_and(|setting| setting.id == Key::Name)
        && matches!(context.board_location(), Ok(BoardLocation { location: Location::File(_), .. }))
        && let Ok(board) = context.read(ranked_board)
        && let Some(offer) = context.takeover_offer(&VoterName::parse(&value).map_err(UserError::new)?, &board)
    {
        context.note(&offer);
    }
    Ok(())
}

/// Returns the value to keep for a board: its absolute location, or the short name of one. Refuses a password.
fn place(context: &Context<'_>, key: &str, value: &str) -> Result<String> {
    if context.usable_config().file.boards.contains_key(value) && key == "board" {
        return Ok(value.to_owned());
    }
    let location = context.location(OsStr::new(value), key)?.absolute();
    let text = location.to_variable().to_str().ok_or_else(|| UserError::new("the path is not valid UTF-8"))?;
    if without_password(text) != text {
        let error = format!("{key}: the address contains a password, which is never saved in config.toml");
        return fail(error, "movienight join PLACE saves it in ~/.pgpass");
    }
    Ok(text.to_owned())
}

fn unset(context: &mut Context<'_>, key: &str) -> Result<()> {
    let path = path(context)?;
    // Keys that this version does not know can be removed, too.
    let was_set = path.exists() && change(&path, |_| Ok(vec![(key.to_owned(), None)]))?;
    let sentence = match was_set {
        true => format!("Removed {key} from {}", path.display()),
        false => format!("{key} is not set in {}", path.display()),
    };
    context.answer(&document(key, None, Origin::Default), &[sentence])
}

/// Prints a note if a variable takes precedence over the new value.
pub fn note_override(context: &mut Context<'_>, setting: &Setting) {
    if let Origin::Variable(name) = context.usable_config().origin(setting.id) {
        context.note(&format!("{name} is set, and takes precedence over config.toml"));
    }
}

/// Opens the configuration file in an editor. Fails if it is invalid afterwards.
fn edit(context: &Context<'_>) -> Result<()> {
    let path = path(context)?;
    let cannot_write = |error| UserError::cannot_write(&path.display().to_string(), &error);
    make_folder_of(&path).map_err(cannot_write)?;
    // Private, because a key may be typed into a new file.
    let mut options = fs::File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path).map_err(cannot_write)?;
    open_editor(context, &path)?;
    let saved = |error: UserError| UserError { error: format!("saved, but {}", error.error), ..error };
    config::read(&path, false).map_err(saved)?;
    Ok(())
}

fn open_editor(context: &Context<'_>, file: &Path) -> Result<()> {
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    let usual_here = context.env.stdin.is_terminal.then_some(usual);
    let mut given = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| context.env.var(name));
    let editor = given.find(|editor| !editor.trim().is_empty()).or(usual_here);
    let no_editor = || {
        UserError::new("no editor is set and this is not a terminal").hint("set EDITOR, or use movienight config set")
    };
    let editor = editor.ok_or_else(no_editor)?.to_owned();
    let mut words = editor.split_whitespace();
    let ended = Command::new(words.next().unwrap_or(usual)).args(words).arg(file).status();
    let failure = |why: String| UserError::new(format!("cannot edit the settings with {editor}: {why}"));
    let status = ended.map_err(|error| failure(error.to_string()).hint("set EDITOR to another editor"))?;
    if status.success() { Ok(()) } else { Err(failure(format!("it ended with {status}")).into()) }
}
