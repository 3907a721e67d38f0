//! The options that hold for every command.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::config::{Config, Key};
use crate::env::Env;

/// The options of every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Options {
    /// The board
    #[arg(long, help = Key::Board.setting().help, global = true, value_name = "PLACE", value_hint = ValueHint::AnyPath, help_heading = "Everywhere")]
    pub db: Option<OsString>,
    /// The name under which the person votes
    #[arg(help = Key::Name.setting().help, short = 'a', long = "as", global = true, value_name = "NAME", help_heading = "Everywhere")]
    pub name: Option<String>,
    /// Make no request to a metadata service
    #[arg(help = Key::Offline.setting().help, long, global = true, help_heading = "Everywhere")]
    pub offline: bool,
    /// Print JSON
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub json: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        hide_possible_values = true,
        help_heading = "Everywhere",
        long_help = "When to use colours: auto, always or never"
    )]
    pub color: Option<ColorWhen>,
    /// The configuration file
    #[arg(long, global = true, value_name = "PATH", value_hint = ValueHint::FilePath, help_heading = "Everywhere")]
    pub config: Option<PathBuf>,
    /// Lists on standard input have a NUL after each item
    #[arg(short = '0', long, global = true, help_heading = "Everywhere")]
    pub null: bool,
    /// Print only results and errors
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub quiet: bool,
    /// The command with its own options, as typed again to name other movies: `vote --favorite`.
    #[arg(skip)]
    pub command: String,
}

impl Options {
    /// Reads the settings. A file that cannot be used is left out, see [`Config::read`].
    pub fn read_config(&self, env: &Env) -> Config {
        Config::read(env, self.config.as_deref(), |key| match key {
            Key::Board => self.db.clone(),
            Key::Name => self.name.as_ref().map(OsString::from),
            Key::Offline => self.offline.then(|| "true".into()),
            Key::Color => self.color.map(|when| when.name().into()),
            _ => None,
        })
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorWhen {
    /// Its name on the command line and in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}
