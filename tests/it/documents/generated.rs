//! Texts generated from the command line's definition: completions, the manual page, help. The checked-in completions
//! are what the program prints; `MOVIENIGHT_BLESS=1` rewrites them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use movienight::Cli;

use crate::support::Friends;

#[test]
fn the_checked_in_completions_are_what_the_program_prints() {
    let friends = Friends::offline();
    for (shell, file) in [
        ("bash", "movienight.bash"),
        ("zsh", "_movienight"),
        ("fish", "movienight.fish"),
        ("elvish", "movienight.elv"),
        ("powershell", "_movienight.ps1"),
    ] {
        let printed = friends.run(&format!("completions {shell}")).ok().out;
        assert!(!printed.contains("background"), "{file} offers the hidden option of cache refresh");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(file);
        if std::env::var_os("MOVIENIGHT_BLESS").is_some() {
            std::fs::write(&path, &printed).unwrap();
        }
        let checked_in = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(printed == checked_in, "{file} is not what the program prints (MOVIENIGHT_BLESS=1 rewrites it)");
    }
    assert_eq!(friends.run("completions tcsh").code, 2);
    // Files are offered only for options whose value is a file.
    let zsh = friends.run("completions zsh").ok().out;
    let is_option = |line: &&str| line.trim_start_matches(['\'', '*']).starts_with('-');
    let with_files: Vec<&str> = zsh.lines().filter(is_option).filter(|line| line.contains(":_default'")).collect();
    assert!(with_files.is_empty(), "{with_files:#?}");
}

#[test]
fn completions_come_from_the_database_and_are_silent_without_one() {
    let mut friends = Friends::offline().in_file();
    let ran = friends.run("complete movies").ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert!(!friends.db().exists(), "completing makes no database");
    friends.args(&["propose", "tt0000012", "--title", "Ana's Film", "--as", "Zoë"]).ok();
    assert_eq!(friends.run("complete movies tt").ok().out, "tt0000012\ttt0000012\n");
    assert_eq!(friends.run("complete movies FILM").ok().out, "Ana's Film\tnumber 2\n");
    assert_eq!(friends.run("complete voters zoe").ok().out, "Zoë\n");
    assert_eq!(friends.run("complete voters x").ok().out, "");
    friends.run("vote 1 --as Zora").ok();
    assert_eq!(friends.run("complete voters zoe,zo").ok().out, "zoe,Zora\n", "nobody twice");
    let broken = friends.folder.path().join("broken.db");
    std::fs::write(&broken, "not a database").unwrap();
    friends.set("MOVIENIGHT_DB", broken);
    let ran = friends.run("complete movies").ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
}

#[test]
fn the_manual_page_lists_every_movienight_variable() {
    let page = Friends::offline().run("man").ok().out;
    let section = page.split_once(".SH ENVIRONMENT\n").unwrap().1.split_once("\n.SH ").unwrap().0;
    let named: BTreeSet<&str> =
        section.split(['\n', ',', ' ']).filter(|word| word.starts_with("MOVIENIGHT_")).collect();
    let variables = movienight::config::SETTINGS.iter().map(|setting| setting.variable);
    let own: BTreeSet<&str> = variables.filter(|name| name.starts_with("MOVIENIGHT_")).collect();
    assert_eq!(named, own);
}

/// Returns the commands as the program parses them, without hidden ones.
fn commands() -> Vec<clap::Command> {
    Cli::whole().get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect()
}

#[test]
fn the_manual_page_has_every_command() {
    let friends = Friends::offline();
    let page = friends.run("man").ok().out;
    for command in commands().iter().filter(|command| command.get_name() != "help") {
        let name = command.get_name();
        assert!(page.contains(&format!(".SH \"MOVIENIGHT {}\"", name.to_uppercase())), "{name}");
        let help = friends.run(&format!("{name} --help")).ok().out;
        for line in help.lines().skip_while(|l| *l != "Examples:") {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
        assert!(name == "cache" || help.contains("Examples:"), "{name} has examples");
    }
    assert!(page.contains("MOVIENIGHT_OMDB_KEY") && page.contains("\\-\\-limit"));
}

#[test]
fn the_manual_of_a_package_has_a_page_for_each_command() {
    let friends = Friends::offline();
    let folder = friends.folder.path().join("man1");
    std::fs::create_dir(&folder).unwrap();
    friends.args(&["man", "--out", folder.to_str().unwrap()]).ok();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(read("movienight.1"), friends.run("man").ok().out);
    let pick = read("movienight-pick.1");
    assert!(pick.starts_with(".TH movienight-pick 1 \"\" \"movienight ") && pick.contains("\\-\\-random"), "{pick}");
    assert!(pick.contains(".SH SYNOPSIS\n.nf\nmovienight pick [OPTIONS]\n.fi\n"), "{pick}");
    assert!(!pick.contains("\\-\\-color"), "options of every command stand on the program's page");
    let mut pages = std::fs::read_dir(&folder).unwrap().count() - 1;
    for command in commands().iter().filter(|command| command.get_name() != "help") {
        pages -= 1;
        pages -= command.get_subcommands().filter(|c| !c.is_hide_set() && c.get_name() != "help").count();
    }
    assert_eq!(pages, 0);
    let new = folder.join("new/man1");
    friends.args(&["man", "--out", new.to_str().unwrap()]).ok();
    assert!(new.join("movienight.1").exists());
    let page = new.join("movienight.1");
    let error = friends.args(&["man", "--out", page.to_str().unwrap()]).fails();
    assert!(error.contains(&format!("cannot write {}: ", page.display())), "{error}");
}

#[test]
fn the_help_lists_each_command_once_under_a_heading() {
    for help in ["-h", "--help", "help"].map(|option| Friends::offline().run(option).ok().out) {
        let list = help.split_once("Every day:").unwrap().1.split_once("Everywhere:").unwrap().0;
        for command in commands() {
            let line = format!("\n  {:<11}  {}\n", command.get_name(), command.get_about().unwrap());
            assert_eq!(list.matches(&line).count(), 1, "src/commands/help.rs lists{line}once: {list}");
        }
        let listed = list.lines().filter(|line| line.starts_with("  ")).count();
        assert!(list.contains("\n  (none)       Show the vote board\n"), "{list}");
        assert_eq!(listed, commands().len() + 1, "{list}");
        assert!(help.contains("--color <WHEN>"));
    }
}

/// Each option is in the section of a command that has it: what several commands share is described once.
#[test]
fn every_option_is_documented() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    let mut commands: Vec<_> = commands().into_iter().map(|command| (command.get_name().to_owned(), command)).collect();
    let mut sections_of: BTreeMap<String, String> = BTreeMap::new();
    while let Some((section, command)) = commands.pop() {
        let text = docs.split("\n## ").find(|text| text.starts_with(&format!("{section}\n"))).unwrap_or_default();
        for option in command.get_arguments().filter(|arg| !arg.is_hide_set() && !arg.is_global_set()) {
            let Some(option) = option.get_long().filter(|option| *option != "help") else { continue };
            sections_of.entry(format!("--{option}")).or_default().push_str(text);
        }
        commands.extend(command.get_subcommands().cloned().map(|inner| (section.clone(), inner)));
    }
    for (option, text) in sections_of {
        let ends =
            |(at, _): (usize, &str)| !text[at + option.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        assert!(
            text.match_indices(&option).any(ends),
            "no section of docs/commands.md about a command that has it says {option}"
        );
    }
}

#[test]
fn internal_commands_and_options_are_not_shown_or_suggested() {
    let friends = Friends::offline();
    assert!(!friends.run("cache refresh --help").ok().out.contains("--background"));
    let ran = friends.run("voet");
    assert!(ran.err.contains("'vote'") && !ran.err.contains("'complete'"), "{}", ran.err);
}

#[test]
fn the_help_of_a_command_names_the_global_options() {
    let friends = Friends::offline();
    for line in ["pick -h", "pick --help", "help pick", "cache refresh --help"] {
        let help = friends.run(line).ok().out;
        let everywhere = "\n\nEverywhere:\n  --db, --as, --offline, --json, ";
        assert!(help.contains(everywhere) && !help.contains("--color <"), "{line}: {help}");
    }
    assert_eq!(friends.run("pick --quiet --offline --json --help").code, 0);
}

/// Returns all commands, each with the words that lead to it.
fn all_commands(command: &clap::Command, path: &str) -> Vec<(String, clap::Command)> {
    let path = format!("{path} {}", command.get_name());
    let is_own = |command: &&clap::Command| !command.is_hide_set() && command.get_name() != "help";
    let deeper = command.get_subcommands().filter(is_own);
    let deeper: Vec<_> = deeper.flat_map(|command| all_commands(command, &path)).collect();
    std::iter::once((path, command.clone())).chain(deeper).collect()
}

#[test]
fn help_lines_have_at_most_60_characters() {
    let is_short = |text: &str| text.split(" [default").next().unwrap().chars().count() <= 60;
    for (path, command) in all_commands(&Cli::whole(), "") {
        let about = command.get_about().unwrap().to_string();
        assert!(is_short(&about), "{path}: {about}");
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let help = arg.get_help().unwrap_or_else(|| panic!("{path}: {} has no help", arg.get_id())).to_string();
            assert!(is_short(&help), "{path}: {help}");
        }
    }
}

#[test]
fn help_after_a_command_with_subcommands_shows_its_help() {
    let friends = Friends::offline();
    for command in ["cache", "config"] {
        let asked = friends.run(&format!("{command} help")).ok().out;
        assert_eq!(asked, friends.run(&format!("{command} --help")).ok().out);
    }
    assert_eq!(friends.run("help help").ok().out, friends.run("help").ok().out);
    assert_eq!(friends.run("help cache help").ok().out, friends.run("help cache").ok().out);
    friends.run("propose --title Help").ok();
    assert!(friends.run("unvote help").ok().out.contains("Help"), "elsewhere it is a title");
}

#[test]
fn typos_are_answered_with_the_nearest_command_or_option() {
    let friends = Friends::offline();
    let ran = friends.run("vtoe");
    assert!(ran.code == 2 && ran.err.contains("vote"), "{ran:?}");
    let ran = friends.run("vote --ofline");
    assert!(ran.code == 2 && ran.err.contains("--offline"), "{ran:?}");
    for (line, tip) in [
        ("--all", "tip: movienight vote --all\n"),
        ("--start 20:30", "tip: movienight vote --start\n"),
        ("--db films.db --start=20:30", "tip: movienight vote --start\n"),
    ] {
        let ran = friends.run(line);
        assert!(ran.code == 2 && ran.err.contains(tip) && !ran.err.contains("--null"), "{line}: {ran:?}");
    }
    let ran = friends.run("search --favorite heat");
    assert!(ran.code == 2 && !ran.err.contains("vote"), "{ran:?}");
    // Only a hidden command resembles this word.
    let ran = friends.run("delete");
    assert!(ran.code == 2 && !ran.err.contains("tip"), "{ran:?}");
}
