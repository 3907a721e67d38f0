//! `movienight completions`: what the shells complete, values from the database included.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::Status;
use crate::cli::{Cli, Complete, CompletionKind, Completions, ShellName};
use crate::model::text::fold;
use crate::model::{Board, Proposal};
use crate::session::{Session, ranked_board};
use crate::store::Store;

pub fn run(session: &mut Session<'_>, args: &Completions) -> Result<Status> {
    session.print(&script(args.shell))?;
    Ok(Status::Done)
}

/// The completion script of a shell. The generator knows commands and options; for bash, zsh and
/// fish, a part of our own adds the values.
fn script(shell: ShellName) -> String {
    let generate = |shell: Shell| {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Cli::command(), "movienight", &mut script);
        String::from_utf8_lossy(&script).into_owned()
    };
    match shell {
        ShellName::Bash => generate(Shell::Bash) + include_str!("values.bash"),
        ShellName::Zsh => with_zsh_values(&generate(Shell::Zsh)),
        ShellName::Fish => generate(Shell::Fish) + include_str!("values.fish"),
        ShellName::Elvish => generate(Shell::Elvish),
        ShellName::Powershell => generate(Shell::PowerShell),
    }
}

/// In zsh a value's completer is named where the value stands.
fn with_zsh_values(script: &str) -> String {
    let mut out = String::with_capacity(script.len() + 1024);
    for line in script.lines() {
        let is_movie = line.starts_with("'*::movie");
        let completer = if is_movie { ":_movienight_movies'" } else { ":_movienight_voters'" };
        let is_voter = line.starts_with("'--as=") || line.starts_with("'--here=");
        match is_movie || is_voter {
            true => out += &line.replace(":_default'", completer),
            false => out += line,
        }
        out.push('\n');
        // The completers must be there before the script's last lines use them.
        if line == "autoload -U is-at-least" {
            out += include_str!("values.zsh");
        }
    }
    out
}

/// The hidden command that the scripts ask for values: one a line, then a tab and what it is. Says
/// nothing when anything is wrong, because it speaks in the middle of somebody's command line.
pub fn complete(session: &mut Session<'_>, args: &Complete) -> Result<Status> {
    let word = args.word.as_deref().unwrap_or_default();
    if let Some(board) = existing_board(session) {
        let lines = match args.kind {
            CompletionKind::Voters => voters(&board, word),
            CompletionKind::Movies => movies(&board, word),
        };
        session.print(&lines)?;
    }
    Ok(Status::Done)
}

/// The board, as far as there is one: completing makes no database.
fn existing_board(session: &Session<'_>) -> Option<Board> {
    let path = session.db_path().ok().filter(|path| path.is_file())?;
    ranked_board(&mut Store::open(&path).ok()?).ok()
}

fn voters(board: &Board, word: &str) -> String {
    let wanted = fold(word);
    let names = board.voters.iter().map(|v| &v.name).filter(|name| fold(name).starts_with(&wanted));
    names.map(|name| format!("{name}\n")).collect()
}

/// Ids for who types an id, titles for everybody else.
fn movies(board: &Board, word: &str) -> String {
    let wants_ids = word.to_ascii_lowercase().starts_with("tt");
    let wanted = fold(word);
    let line = |movie: &Proposal| match movie.imdb_id {
        Some(id) if wants_ids => Some(format!("{id}\t{}\n", movie.name())),
        _ if fold(&movie.name()).contains(&wanted) => {
            let id = movie.imdb_id.map(|id| id.to_string()).unwrap_or_default();
            let year = movie.year().map(|y| format!("{y} ")).unwrap_or_default();
            Some(format!("{}\t{year}{id}\n", movie.title()))
        }
        _ => None,
    };
    board.proposals.iter().filter_map(line).collect()
}
