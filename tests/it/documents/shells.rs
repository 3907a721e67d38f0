//! The completions in real shells, each in a terminal, with names and titles that need quotes.

use std::path::Path;

use crate::support::datasets::Datasets;
use crate::support::terminal::Terminal;
use crate::support::{Friends, binary, wait_until};

const PROMPT: &str = "READY> ";

fn friends() -> Friends {
    let mut friends = Friends::offline().in_file();
    for (title, name) in [("Ocean's Eleven", "Ana Maria"), ("3 Idiots (\"uncut\") $5", "O'Neill"), ("Amélie", "Ben")] {
        friends.args(&["propose", "--title", title, "--as", name]).ok();
    }
    let path = std::env::var("PATH").unwrap_or_default();
    friends.set("PATH", format!("{}:{path}", binary().parent().unwrap().display()));
    let datasets = Datasets::start();
    friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.run("catalog update").ok();
    friends.set("MOVIENIGHT_OFFLINE", "1");
    let home = friends.folder.path().to_owned();
    friends.set("HOME", home);
    friends
}

/// Starts a shell with the checked-in completions. `None`, with a note, if the shell is absent.
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

/// Types words, completes and runs them, and waits for the expected output.
fn complete(terminal: &Terminal, friends: &Friends, typed: &str, done: &str) {
    // Ctrl-L empties the screen, so that no older output is taken for the answer.
    terminal.types("\x0c");
    terminal.types(&format!("{typed}\t\r"));
    let screen = terminal.wait_for(done);
    assert!(!screen.contains("error:"), "{typed:?}:\n{screen}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM voters WHERE removed_at IS NULL"), 3, "{typed:?}:\n{screen}");
}

fn script(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(name).display().to_string()
}

/// Lines typed before Tab in a shell that quotes with `"`, `'` and `\`, and what the program answers.
const TYPED: [(&str, &str); 13] = [
    ("movienight unvote 1 --as An", "Ana Maria took back the vote for Ocean's Eleven"),
    ("movienight vote 1 --as \"ana", "Ana Maria voted for Ocean's Eleven"),
    ("movienight vote 1 --as O", "O'Neill voted for Ocean's Eleven"),
    ("movienight unvote 1 --as 'O", "O'Neill took back the vote for Ocean's Eleven"),
    ("movienight vote --as Ben Oce", "Ben voted for Ocean's Eleven"),
    ("movienight unvote --as Ben \"Amé", "Ben took back the vote for Amélie"),
    ("movienight vote --as Ben \"3 Id", "Ben voted for 3 Idiots"),
    ("movienight unvote --as Ben 3\\ Id", "Ben took back the vote for 3 Idiots"),
    ("movienight pick --here Ben,O", "Not here: Ana Maria"),
    ("movienight vote --as Ben --no Amé", "Ben said no to Amélie"),
    ("movienight seen -a Ben Amé", "Ben has seen Amélie"),
    ("movienight unvote --as Ben Ocean\\'s\\ El", "Ben took back the vote for Ocean's Eleven"),
    // After the first words of a title, Tab completes the rest of it.
    ("movienight unvote --as \"Ana Maria\" Ocean\\'s El", "Ana Maria took back the vote for Ocean's Eleven"),
];

/// Lines that complete titles from the catalogue, and what the program answers.
const PROPOSED: [(&str, &str); 3] = [
    ("movienight propose --as Ben amé", "Amélie: Ben's no is now a vote"),
    ("movienight propose --as Ben the wi", "proposed The Wire (2002)"),
    ("movienight propose --as Ben \"the godfather p", "proposed The Godfather Part II (1974)"),
];

fn complete_all(terminal: &Terminal, friends: &Friends) {
    for (typed, done) in TYPED.iter().chain(&PROPOSED) {
        complete(terminal, friends, typed, done);
    }
    let other = friends.folder.path().join("other.db");
    let other = other.to_str().unwrap();
    friends.args(&["--db", other, "propose", "--title", "Zardoz", "--as", "Cleo"]).ok();
    for (typed, done) in [
        ("movienight unvote 1 --db ~/other.db --as Cl".to_owned(), "Cleo took back the vote for Zardoz"),
        (format!("movienight --db={other} vote Zardoz --as Cl"), "Cleo voted for Zardoz"),
        (format!("movienight unvote --db '{other}' 1 --as Cl"), "Cleo took back the vote for Zardoz"),
    ] {
        complete(terminal, friends, &typed, done);
    }
    complete(terminal, friends, "movienight board copy ~/oth\t ~/copied.d", "by 1 person to");
    complete(terminal, friends, "movienight config set plai\t true", "Set plain to true");
}

#[test]
fn bash_completes_names_and_titles() {
    let friends = friends();
    let set_up = format!("bind 'set bell-style none'; source {}; PS1='{PROMPT}'", script("movienight.bash"));
    let Some(terminal) = start("bash", &["--norc", "--noprofile", "-i"], &friends, &set_up) else { return };
    complete_all(&terminal, &friends);
}

/// Returns the line that bash shows after Tab.
fn line_after_tab(terminal: &Terminal, typed: &str, mark: &str) -> String {
    // Tab completes nothing before bash reads keys.
    wait_until(|| terminal.cursor_line().trim_end() == PROMPT.trim_end());
    terminal.types(&format!("{typed}\t"));
    // Ctrl-E and the mark show where the line ends. Ctrl-A and `#` make it a comment, which is not run.
    terminal.types(&format!("\x05{mark}\x01#\r"));
    let screen = terminal.wait_for(mark);
    screen.lines().find(|line| line.contains(mark)).unwrap().to_owned()
}

#[test]
fn bash_keeps_the_typed_text_unless_one_completion_matches() {
    let friends = friends();
    for title in [
        "The Thing",
        "Thing",
        "The Batman",
        "The Lego Batman",
        "Léon: The Professional",
        "Dune: Part One",
        "Say \"hi\"",
        "Rockin'",
    ] {
        friends.args(&["propose", "--title", title, "--as", "Ben"]).ok();
    }
    for id in ["tt1000071", "tt1000072"] {
        friends.run(&format!("propose {id} --as Ben")).ok();
    }
    let set_up = format!("bind 'set bell-style none'; source {}; PS1='{PROMPT}'", script("movienight.bash"));
    let Some(terminal) = start("bash", &["--norc", "--noprofile", "-i"], &friends, &set_up) else { return };
    let lines = [
        ("movienight vote tt1000071", "movienight vote tt1000071 "),
        ("movienight vote thing", "movienight vote Thing "),
        ("movienight vote --color=ne", "movienight vote --color=never "),
        ("movienight show 1 --poster=bl", "movienight show 1 --poster=blocks "),
        ("movienight --db=dat", "movienight --db=data/"),
        ("movienight page --out=dat", "movienight page --out=data/"),
        ("movienight vote --as=Ana", "movienight vote --as=Ana\\ Maria "),
        ("movienight ballot Ben An", "movienight ballot Ben Ana\\ Maria "),
        ("movienight overlap --all O", "movienight overlap --all O\\'Neill "),
        ("movienight vote batm", "movienight vote batm"),
        ("movienight vote Léon:\\ T", "movienight vote Léon:\\ The\\ Professional "),
        ("movienight vote Dune:", "movienight vote Dune:\\ Part\\ One "),
        ("movienight vote Dune:\\ P", "movienight vote Dune:\\ Part\\ One "),
        ("movienight vote \"Say", r#"movienight vote "Say \"hi\"" "#),
        ("movienight vote 'Rock", r"movienight vote 'Rockin'\''' "),
    ];
    for (at, (typed, left)) in lines.into_iter().enumerate() {
        let mark = format!("#END{at}");
        let line = line_after_tab(&terminal, typed, &mark);
        assert!(line.ends_with(&format!("{left}{mark}")), "{typed}: {line}");
    }
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
