//! The completions in the shells themselves, each in a terminal, with names and titles that need quotes.

use std::path::Path;

use crate::support::terminal::Terminal;
use crate::support::{Friends, binary};

const PROMPT: &str = "READY> ";

fn friends() -> Friends {
    let mut friends = Friends::offline().in_file();
    for (title, name) in [("Ocean's Eleven", "Ana Maria"), ("3 Idiots (\"uncut\") $5", "O'Neill"), ("Amélie", "Ben")] {
        friends.args(&["propose", "--title", title, "--as", name]).ok();
    }
    let path = std::env::var("PATH").unwrap_or_default();
    friends.set("PATH", format!("{}:{path}", binary().parent().unwrap().display()));
    let home = friends.folder.path().to_owned();
    friends.set("HOME", home);
    friends
}

/// A shell with the completions that are checked in; none, and a word about it, where the shell is absent.
fn start(shell: &str, args: &[&str], friends: &Friends, set_up: &str) -> Option<Terminal> {
    let is_there = std::process::Command::new(shell).arg("--version").output().is_ok();
    if !is_there {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "not tested: {shell} is absent");
        return None;
    }
    let terminal = Terminal::start(shell, args, friends, 140, 24);
    terminal.types(&format!("{set_up}\r"));
    terminal.wait_for(&format!("\n{PROMPT}"));
    Some(terminal)
}

/// Types words, completes them, runs them, and compares what came of it.
fn complete(terminal: &Terminal, friends: &Friends, typed: &str, done: &str) {
    // Ctrl-L: an empty screen, so that nothing older is taken for the answer.
    terminal.types("\x0c");
    terminal.types(&format!("{typed}\t\r"));
    let screen = terminal.wait_for(done);
    assert!(!screen.contains("error:"), "{typed:?}:\n{screen}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM voters WHERE removed_at IS NULL"), 3, "{typed:?}:\n{screen}");
}

fn script(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(name).display().to_string()
}

/// What people type before the key in a shell that quotes by `"`, `'` and `\`, and what the program answers.
const TYPED: [(&str, &str); 9] = [
    ("movienight unvote 1 --as An", "Ana Maria took back the vote for Ocean's Eleven"),
    ("movienight vote 1 --as \"ana", "Ana Maria voted for Ocean's Eleven"),
    ("movienight vote 1 --as O", "O'Neill voted for Ocean's Eleven"),
    ("movienight unvote 1 --as 'O", "O'Neill took back the vote for Ocean's Eleven"),
    ("movienight vote --as Ben Oce", "Ben voted for Ocean's Eleven"),
    ("movienight unvote --as Ben \"Amé", "Ben took back the vote for Amélie"),
    ("movienight vote --as Ben \"3 Id", "Ben voted for 3 Idiots"),
    ("movienight unvote --as Ben 3\\ Id", "Ben took back the vote for 3 Idiots"),
    ("movienight pick --here Ben,O", "Not here: Ana Maria"),
];

fn complete_all(terminal: &Terminal, friends: &Friends) {
    for (typed, done) in TYPED {
        complete(terminal, friends, typed, done);
    }
}

#[test]
fn bash_completes_names_and_titles() {
    let friends = friends();
    let set_up = format!("bind 'set bell-style none'; source {}; PS1='{PROMPT}'", script("movienight.bash"));
    let Some(terminal) = start("bash", &["--norc", "--noprofile", "-i"], &friends, &set_up) else { return };
    complete_all(&terminal, &friends);
}

#[test]
fn zsh_completes_names_and_titles() {
    let friends = friends();
    let folder = friends.folder.path().join("zfunc");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(script("_movienight"), folder.join("_movienight")).unwrap();
    let set_up = format!("fpath=({} $fpath); autoload -Uz compinit; compinit -u; PS1='{PROMPT}'", folder.display());
    let Some(terminal) = start("zsh", &["-f", "-i"], &friends, &set_up) else { return };
    complete_all(&terminal, &friends);
}

#[test]
fn fish_completes_names_and_titles() {
    let friends = friends();
    let set_up = format!("source {}; function fish_prompt; echo -n '{PROMPT}'; end", script("movienight.fish"));
    let Some(terminal) = start("fish", &["--no-config", "-i"], &friends, &set_up) else { return };
    complete_all(&terminal, &friends);
}
