//! The options that hold for every command.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

/// The options of every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Options {
    /// The database: a file or postgres://… [default: MOVIENIGHT_DB, else in your data folder]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    pub db: Option<OsString>,
    /// Who you are [default: MOVIENIGHT_USER, else your login name]
    #[arg(long = "as", global = true, value_name = "NAME", help_heading = "Everywhere")]
    pub name: Option<String>,
    /// Make no request to a metadata service
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub offline: bool,
    /// Print JSON
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub json: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Everywhere",
        long_help = "When to use colours: auto, always or never"
    )]
    pub color: ColorWhen,
    /// Print only what was asked for and what went wrong
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub quiet: bool,
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
