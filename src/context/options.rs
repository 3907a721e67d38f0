//! The options that every command has.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Args, ColorChoice, ValueHint};

use crate::config::{Config, Key, without_password};
use crate::env::Env;
use crate::model::text::shell_word;

/// The options of every command.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Everywhere")]
pub struct Options {
    /// The board
    #[arg(long, help = Key::Board.setting().help, global = true, value_name = "PLACE", value_hint = ValueHint::AnyPath)]
    pub db: Option<OsString>,
    /// The name under which the person votes
    #[arg(help = Key::Name.setting().help, short = 'a', long = "as", global = true, value_name = "NAME")]
    pub name: Option<String>,
    /// Make no request to a metadata service
    #[arg(help = Key::Offline.setting().help, long, global = true)]
    pub offline: bool,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        hide_possible_values = true,
        long_help = "When to use colours: auto, always or never"
    )]
    pub color: Option<ColorChoice>,
    /// The configuration file
    #[arg(long, global = true, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Items on standard input end with NUL, not a newline
    #[arg(short = '0', long, global = true)]
    pub null: bool,
    /// Print only results and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// The command with its own options, as typed again to name other movies: `vote --favorite`.
    #[arg(skip)]
    pub command: String,
    /// The names of all commands.
    #[arg(skip)]
    pub commands: Vec<String>,
}

impl Options {
    /// Inserts the `--config`, `--db` and, with `needs_name`, `--as` of this run into each movienight command in a
    /// text, so that the command does what the text says when it is copied.
    pub fn commands_as_typed(&self, text: &str, needs_name: bool) -> String {
        // The owner of the board runs the command, with options of their own.
        if text.contains("owner must run") {
            return text.to_owned();
        }
        let option = |name: &str, value: Option<&OsStr>| {
            let value = value.and_then(OsStr::to_str).map(without_password);
            value.map(|value| format!("{name} {} ", shell_word(&value))).unwrap_or_default()
        };
        let config = option("--config", self.config.as_ref().map(|path| path.as_os_str()));
        let name = self.name.as_ref().filter(|_| needs_name && !text.contains(" --as "));
        let all = config.clone() + &option("--db", self.db.as_deref()) + &option("--as", name.map(OsStr::new));
        let mut parts = text.split("movienight ");
        let mut typed = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let word = part.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let given = match word {
                _ if !self.commands.iter().any(|command| command == word) => "",
                "completions" | "help" | "man" => "",
                "catalog" | "config" | "join" => &config,
                // What was joined is used by default from now on.
                _ if self.command.starts_with("join") => &config,
                _ => &all,
            };
            typed += &format!("movienight {given}{part}");
        }
        typed
    }

    /// Reads the settings, without those of a file that cannot be used, see [`Config::read`].
    pub fn read_config(&self, env: &Env) -> Config {
        Config::read(env, self.config.as_deref(), |key| match key {
            Key::Board => self.db.clone(),
            Key::Name => self.name.as_ref().map(OsString::from),
            Key::Offline => self.offline.then(|| "true".into()),
            Key::Color => self.color.map(|when| when.to_string().into()),
            _ => None,
        })
    }
}
