//! Texts made from the command line's own description: completions, the manual page, help. The
//! checked-in completions are what the program prints; `MOVIENIGHT_BLESS=1` rewrites them.

use std::collections::BTreeSet;
use std::path::Path;

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
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(file);
        if std::env::var_os("MOVIENIGHT_BLESS").is_some() {
            std::fs::write(&path, &printed).unwrap();
        }
        let checked_in = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(printed == checked_in, "{file} is not what the program prints (MOVIENIGHT_BLESS=1 rewrites it)");
    }
    assert_eq!(friends.run("completions tcsh").code, 2);
}

#[test]
fn values_complete_from_the_database_and_say_nothing_when_there_is_none() {
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
    assert_eq!(friends.run("complete here zoe,zo").ok().out, "zoe,Zora\n", "nobody twice");
    let broken = friends.folder.path().join("broken.db");
    std::fs::write(&broken, "not a database").unwrap();
    friends.set("MOVIENIGHT_DB", broken);
    let ran = friends.run("complete movies").ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
}

#[test]
fn the_manual_page_has_every_variable_of_the_programs_own() {
    let page = Friends::offline().run("man").ok().out;
    let section = page.split_once(".SH ENVIRONMENT\n").unwrap().1.split_once("\n.SH ").unwrap().0;
    let named: BTreeSet<&str> =
        section.split(['\n', ',', ' ']).filter(|word| word.starts_with("MOVIENIGHT_")).collect();
    let own: BTreeSet<&str> =
        movienight::env::VARIABLES.into_iter().filter(|name| name.starts_with("MOVIENIGHT_")).collect();
    assert_eq!(named, own);
}

#[test]
fn the_manual_page_has_every_command() {
    let friends = Friends::offline();
    let page = friends.run("man").ok().out;
    let help = friends.run("help").ok().out;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter_map(|l| l.split_whitespace().next())
        .filter(|c| *c != "help")
        .collect();
    assert!(commands.len() >= 9);
    for command in commands {
        assert!(page.contains(&format!(".SH \"MOVIENIGHT {}\"", command.to_uppercase())), "{command}");
        let help = friends.run(&format!("{command} --help")).ok().out;
        for line in help.lines().skip_while(|l| *l != "Examples:") {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
        let has_arguments = command != "man";
        assert!(!has_arguments || command == "cache" || help.contains("Examples:"), "{command} has examples");
    }
    assert!(page.contains("MOVIENIGHT_OMDB_KEY") && page.contains("\\-\\-limit"));
}

#[test]
fn slips_of_the_finger_are_answered_with_the_nearest() {
    let friends = Friends::offline();
    let ran = friends.run("vtoe");
    assert!(ran.code == 2 && ran.err.contains("vote"), "{ran:?}");
    let ran = friends.run("vote --ofline");
    assert!(ran.code == 2 && ran.err.contains("--offline"), "{ran:?}");
}
