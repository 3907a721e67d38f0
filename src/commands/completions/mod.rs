//! `movienight completions`: what the shells complete, values from the database included.

use anyhow::Result;
use clap::{Args, Command, CommandFactory, ValueEnum};
use clap_complete::Shell;

use super::{Cli, Status};
use crate::model::text::fold;
use crate::model::{Board, Proposal};
use crate::session::{Session, ranked_board};

/// Print shell completions.
#[derive(Args, Debug)]
#[command(after_long_help = "\
For zsh, ~/.zfunc stands for any folder in your fpath.

Examples:
  echo 'source <(movienight completions bash)' >> ~/.bashrc
  movienight completions zsh > ~/.zfunc/_movienight
  movienight completions fish > ~/.config/fish/completions/movienight.fish")]
pub struct Completions {
    /// Which shell: bash, zsh, fish, elvish or powershell
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: ShellName,
}

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShellName {
    /// The Bourne-again shell.
    Bash,
    /// The Z shell.
    Zsh,
    /// The friendly interactive shell.
    Fish,
    /// Elvish.
    Elvish,
    /// PowerShell.
    Powershell,
}

/// Print values for shell completions.
#[derive(Args, Debug)]
pub struct Complete {
    /// What to complete.
    pub kind: CompletionKind,
    /// What was typed of it.
    pub word: Option<String>,
}

/// What to complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompletionKind {
    /// Movies on the board.
    Movies,
    /// People known to the group.
    Voters,
    /// A list of people, with commas between them.
    Here,
}

pub fn run(session: &mut Session<'_>, args: &Completions) -> Result<Status> {
    session.print(&script(args.shell))?;
    Ok(Status::Done)
}

/// The completion script of a shell. The generator knows commands and options; for bash, zsh and fish, a part of our own
/// adds the values.
fn script(shell: ShellName) -> String {
    let generate = |shell: Shell| {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut offered(), "movienight", &mut script);
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

/// The command line without what is hidden: the generator offers that too.
fn offered() -> Command {
    let whole = Cli::command();
    let subcommands: Vec<Command> = whole.get_subcommands().filter(|c| !c.is_hide_set()).cloned().collect();
    Command::new("movienight")
        .version(env!("CARGO_PKG_VERSION"))
        .about(whole.get_about().cloned().unwrap_or_default())
        .args(whole.get_arguments().filter(|arg| !arg.is_hide_set()))
        .subcommands(subcommands)
}

/// In zsh a value's completer is named where the value stands.
fn with_zsh_values(script: &str) -> String {
    let mut out = String::with_capacity(script.len() + 1024);
    for line in script.lines() {
        let starts = |with: &[&str]| with.iter().any(|start| line.starts_with(start));
        let completer = if starts(&["'*::movie", "'*::movies"]) {
            Some("_movienight_movies")
        } else if starts(&["'--as="]) || starts(&["':old --", "':from --", "':into --", "':name --"]) {
            Some("_movienight_voters")
        } else if starts(&["'*--here=", "'--here="]) {
            Some("_movienight_here")
        } else {
            None
        };
        match completer {
            // With two colons zsh takes whatever follows the first word for a word, and knows no option any more.
            Some(completer) => {
                out += &line.replace(":_default'", &format!(":{completer}'")).replacen("'*::", "'*:", 1);
            }
            None => out += line,
        }
        out.push('\n');
        // The completers must be there before the script's last lines use them.
        if line == "autoload -U is-at-least" {
            out += include_str!("values.zsh");
        }
    }
    out
}

/// The hidden command that the scripts ask for values: one a line, then a tab and what it is. Says nothing when anything
/// is wrong, because it speaks in the middle of somebody's command line.
pub fn complete(session: &mut Session<'_>, args: &Complete) -> Result<Status> {
    let word = args.word.as_deref().unwrap_or_default();
    if let Some(board) = existing_board(session) {
        let lines = match args.kind {
            CompletionKind::Voters => voters(&board, word),
            CompletionKind::Here => here(&board, word),
            CompletionKind::Movies => movies(&board, word),
        };
        session.print(&lines)?;
    }
    Ok(Status::Done)
}

/// The board, as far as there is one. A key that is pressed waits for no server: there it is the one that was seen last.
fn existing_board(session: &Session<'_>) -> Option<Board> {
    if session.place().ok()?.location.is_server() {
        return Some(session.state().ok()?.seen_board()?.0);
    }
    ranked_board(&mut session.look().ok()??).ok()
}

fn names<'b>(board: &'b Board, word: &str) -> impl Iterator<Item = &'b str> + use<'b> {
    let wanted = fold(word);
    let known = board.voters.iter().filter(|voter| !voter.is_removed).map(|voter| voter.name.as_str());
    known.filter(move |name| fold(name).starts_with(&wanted))
}

fn voters(board: &Board, word: &str) -> String {
    names(board, word).map(|name| format!("{name}\n")).collect()
}

/// The names after the last comma, with what stands before it; nobody twice.
fn here(board: &Board, word: &str) -> String {
    let (before, last) = word.rsplit_once(',').map_or(("", word), |(before, last)| (before, last));
    let named: Vec<String> = before.split(',').map(fold).collect();
    let comma = if before.is_empty() { "" } else { "," };
    let others = names(board, last).filter(|name| !named.contains(&fold(name)));
    others.map(|name| format!("{before}{comma}{name}\n")).collect()
}

/// Ids for who types an id, titles for everybody else.
fn movies(board: &Board, word: &str) -> String {
    let wants_ids = word.to_ascii_lowercase().starts_with("tt");
    let wanted = fold(word);
    let line = |movie: &Proposal| match movie.imdb_id {
        Some(id) if wants_ids => Some(format!("{id}\t{}\n", movie.name())),
        _ if fold(&movie.name()).contains(&wanted) => {
            let year = movie.year().map(|y| format!("{y}, ")).unwrap_or_default();
            Some(format!("{}\t{year}number {}\n", movie.title(), movie.number))
        }
        _ => None,
    };
    board.proposals.iter().filter_map(line).collect()
}
