//! `movienight man`: writes the manual as roff: one page, or one for each command, for packages.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Command};
use clap_mangen::Man;

use super::Cli;
use crate::config::{SETTINGS, Setting};
use crate::context::Context;
use crate::files::replace_text;
use crate::user_error::UserError;

/// Print the manual page
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight man | man -l -
  movienight man --out man1")]
pub struct Manual {
    /// Write a page for each command to this folder
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

/// The sections that do not come from the help of the command line.
const MORE: &str = include_str!("man.roff");

pub fn run(context: &mut Context<'_>, args: &Manual) -> Result<()> {
    let root = Cli::whole();
    let whole = whole(&root)?;
    let Some(folder) = &args.out else { return context.print(&whole) };
    let mut pages = vec![("movienight".to_owned(), whole)];
    for command in all(&root) {
        let name = command.get_bin_name().unwrap_or(command.get_name()).replace(' ', "-");
        pages.push((name.clone(), page(&name, command)?));
    }
    let failed = |path: &Path, error| UserError::cannot_write(&path.display().to_string(), &error);
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for (name, page) in pages {
        let file = folder.join(name + ".1");
        replace_text(&file, &page).map_err(|error| failed(&file, error))?;
    }
    Ok(())
}

/// Returns the commands that help lists, each followed by its subcommands.
fn all(root: &Command) -> Vec<&Command> {
    let shown = |command: &&Command| !command.is_hide_set() && command.get_name() != "help";
    let commands = root.get_subcommands().filter(shown);
    commands.flat_map(|command| std::iter::once(command).chain(command.get_subcommands().filter(shown))).collect()
}

/// Returns the page with all commands.
fn whole(root: &Command) -> Result<String> {
    let mut page = title("movienight").into_bytes();
    let man = Man::new(root.clone());
    man.render_name_section(&mut page)?;
    page.extend(synopsis(root).bytes());
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut page = String::from_utf8(page)?;
    for command in all(root) {
        let name = command.get_bin_name().unwrap_or(command.get_name()).to_uppercase();
        let sections = sections(command)?.replace(".SH ", ".SS ");
        page += &format!(".SH \"{name}\"\n{sections}");
    }
    Ok(page + &settings() + MORE)
}

/// Returns the first line of a page. It has no date; clap_mangen's would have the source in its place.
fn title(name: &str) -> String {
    format!(".TH {name} 1 \"\" \"movienight {}\"\n", env!("CARGO_PKG_VERSION"))
}

/// Returns the page of one command.
fn page(name: &str, command: &Command) -> Result<String> {
    let mut head = title(name).into_bytes();
    Man::new(command.clone()).render_name_section(&mut head)?;
    let see = ".SH \"SEE ALSO\"\nmovienight(1), for the options of every command, settings, files and exit codes.\n";
    Ok(String::from_utf8(head)? + &sections(command)? + see)
}

/// Returns the section on movienight's own variables, with the equivalent keys of `config.toml`.
fn settings() -> String {
    let entry = |setting: &Setting| {
        let key = if setting.key.is_empty() { String::new() } else { format!("; {} in config.toml", setting.key) };
        let text = format!("{} (default: {}{key}).", setting.help, setting.default);
        format!(".TP\n{}\n{}\n", setting.variable, text.replace('-', "\\-"))
    };
    let variables = SETTINGS.iter().filter(|setting| !setting.variable.is_empty());
    variables.fold(".SH ENVIRONMENT\n".to_owned(), |text, setting| text + &entry(setting))
}

/// Returns the sections on a command's own arguments, and its examples.
fn sections(command: &Command) -> Result<String> {
    // The options of every command are on the page of the program.
    let own = command.clone().mut_args(|arg| {
        let is_global = arg.is_global_set() || arg.get_id() == "help";
        arg.hide(is_global)
    });
    let mut parts = Vec::new();
    let man = Man::new(own);
    parts.extend(synopsis(command).bytes());
    man.render_description_section(&mut parts)?;
    if command.get_arguments().any(|a| !a.is_hide_set() && !a.is_global_set() && a.get_id() != "help") {
        man.render_options_section(&mut parts)?;
    }
    let examples = command.get_after_long_help().map(|help| examples(&help.to_string())).unwrap_or_default();
    Ok(String::from_utf8(parts)? + &examples)
}

/// Returns the usage of a command's help as a section. The one of clap_mangen leaves out the values of options.
fn synopsis(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string().replace('-', "\\-");
    let lines = usage.lines().map(|line| line.trim_start_matches("Usage:").trim());
    format!(".SH SYNOPSIS\n.nf\n{}\n.fi\n", lines.collect::<Vec<_>>().join("\n"))
}

/// Returns the end of a command's help as roff: text, then examples, which are not filled.
fn examples(help: &str) -> String {
    let roff = help.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    let (words, examples) = roff.split_once("Examples:\n").unwrap_or((&roff, ""));
    format!(".PP\n{}\n.SH EXAMPLES\n.nf\n{examples}\n.fi\n", words.trim_end())
}
