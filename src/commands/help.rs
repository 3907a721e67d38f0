//! Arranges the help: commands under headings, and the options of every command in one place.

use clap::Command;

/// The entry for the program without a command.
const NO_COMMAND: &str = "(none)";

/// The headings of the help with their commands, in order.
const HEADINGS: [(&str, &[&str]); 6] = [
    ("Every day", &["propose", "vote", "unvote", "ballot", "pick", "watched"]),
    ("The board", &[NO_COMMAND, "show", "search", "history", "withdraw", "undo", "redo", "seen", "hide", "reveal"]),
    ("The group", &["join", "config", "voters", "page", "open", "board"]),
    ("Lists", &["import", "export", "overlap"]),
    ("Data", &["cache", "catalog"]),
    ("Shell", &["completions", "man", "doctor", "help"]),
];

/// Arranges the help of the whole command line. Takes a millisecond, so it is called only for help.
pub fn arrange(mut command: Command) -> Command {
    // Copies the global options to the subcommands, where they are then hidden.
    command.build();
    let styles = command.get_styles();
    let (header, literal) = (*styles.get_header(), *styles.get_literal());
    let mut list = String::new();
    for (heading, names) in HEADINGS {
        list += &format!("{header}{heading}:{header:#}\n");
        for name in names {
            let about = command.find_subcommand(name).and_then(Command::get_about);
            let about = about.map_or_else(|| "Show the vote board".to_owned(), ToString::to_string);
            list += &format!("  {literal}{name:<11}{literal:#}  {about}\n");
        }
        list.push('\n');
    }
    let start = "{about-with-newline}\n{usage-heading} {usage}\n\n";
    let global = command.get_arguments().filter(|arg| arg.is_global_set()).filter_map(clap::Arg::get_long);
    let everywhere = global.map(|name| format!("{literal}--{name}{literal:#}")).collect::<Vec<_>>().join(", ");
    let of_subcommands = format!(
        "{start}{{all-args}}\n\n{header}Everywhere:{header:#}\n  {everywhere}\n  (see movienight --help){{after-help}}"
    );
    let own = format!("{start}{list}{header}Everywhere:{header:#}\n{{options}}{{after-help}}");
    command.help_template(own).mut_subcommands(|subcommand| without_globals(subcommand, &of_subcommands))
}

fn without_globals(command: Command, template: &str) -> Command {
    let command = command.mut_args(|arg| if arg.is_global_set() { arg.hide(true) } else { arg });
    command.help_template(template.to_owned()).mut_subcommands(|subcommand| without_globals(subcommand, template))
}
