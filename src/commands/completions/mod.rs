//! `movienight completions`: prints shell completions, which also offer values from the database.

use std::collections::HashSet;

use anyhow::Result;
use clap::{Arg, Args, Command, ValueEnum, ValueHint};
use clap_complete::Shell;

use super::Cli;
use crate::context::{Context, ranked_board};
use crate::model::text::{fold, without_article};
use crate::model::{Board, MovieRef, Proposal};
use crate::view::format::kind;

/// Print shell completions
///
/// In bash, zsh and fish, movies and voters complete as well.
#[derive(Args, Debug)]
#[command(after_long_help = "\
For zsh, ~/.zfunc stands for any folder in your fpath.

Examples:
  echo 'source <(movienight completions bash)' >> ~/.bashrc
  movienight completions zsh > ~/.zfunc/_movienight
  movienight completions fish > ~/.config/fish/completions/movienight.fish")]
pub struct Completions {
    /// One of bash, zsh, fish, elvish and powershell
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}

/// Print values for shell completions.
#[derive(Args, Debug)]
pub struct Complete {
    /// The kind of value to complete.
    pub kind: CompletionKind,
    /// The word before the cursor, up to the cursor.
    pub word: Option<String>,
    /// The words of the command line before that word.
    pub before: Vec<String>,
}

/// A kind of value to complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompletionKind {
    /// Movies on the board.
    Movies,
    /// People known to the group, with commas between them.
    Voters,
    /// Titles of the catalogue.
    Propose,
}

pub fn run(context: &mut Context<'_>, args: &Completions) -> Result<()> {
    context.print(&script(args.shell))
}

/// Returns the completion script of a shell. For bash, zsh and fish, a part from `values.*` adds values to what clap
/// generates.
fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut offered("movienight", &Cli::whole()), "movienight", &mut script);
    let script = String::from_utf8_lossy(&script);
    match shell {
        Shell::Bash => script + include_str!("values.bash"),
        Shell::Zsh => with_zsh_values(&script).into(),
        Shell::Fish => script + include_str!("values.fish"),
        _ => script,
    }
    .into_owned()
}

/// Returns a command without hidden items, which the generator would offer, and without help, which it adds.
fn offered(name: &'static str, whole: &Command) -> Command {
    let is_offered = |name: &str, is_hidden: bool| name != "help" && !is_hidden;
    let shown = whole.get_subcommands().filter(|command| is_offered(command.get_name(), command.is_hide_set()));
    let without_files = |command: Command| command.mut_args(without_files);
    // Below a group, only this command has a hidden option.
    let below = |command: Command| match command.get_name() {
        "refresh" => offered("refresh", &without_files(command)),
        _ => without_files(command),
    };
    Command::new(name)
        .bin_name(whole.get_bin_name().unwrap_or_default())
        .about(whole.get_about().cloned().unwrap_or_default())
        .args(whole.get_arguments().filter(|arg| is_offered(arg.get_id().as_str(), arg.is_hide_set())))
        .subcommands(shown.cloned().map(without_files).map(|command| command.mut_subcommands(below)))
}

/// Turns off file completion for an option whose value is neither a file nor a person nor one of a few words.
fn without_files(arg: Arg) -> Arg {
    let is_option = arg.get_long().is_some() && arg.get_action().takes_values();
    let is_person = arg.get_value_names().into_iter().flatten().any(|name| name == "NAME" || name == "NAMES");
    let is_completed = is_person || arg.get_value_hint() != ValueHint::Unknown || !arg.get_possible_values().is_empty();
    if is_option && !is_completed { arg.value_hint(ValueHint::Other) } else { arg }
}

/// The prefixes of lines in the zsh script whose value is a person.
const PEOPLE: [&str; 9] =
    ["'--as=", "'-a+", "'--here=", "'*--here=", "'*::names", "':old --", "':from --", "':into --", "':person --"];

/// Replaces the completer of each value in the zsh script by one from `values.zsh`, where there is one.
fn with_zsh_values(script: &str) -> String {
    let mut out = String::with_capacity(script.len() + 1024);
    let mut in_propose = false;
    for line in script.lines() {
        // The part of each command begins with `(name)`.
        if let Some(name) = line.trim_start().strip_prefix('(') {
            in_propose = name == "propose)";
        }
        let completer = match line {
            // Movies to propose need not be on the board.
            _ if line.starts_with("'*::movie") && in_propose => Some("_movienight_propose"),
            _ if line.starts_with("'*::movie") => Some("_movienight_movies"),
            _ if PEOPLE.iter().any(|start| line.starts_with(start)) => Some("_movienight_voters"),
            _ => None,
        };
        match completer {
            // With two colons, zsh would complete no more options after the first word.
            Some(completer) => {
                out += &line.replace(":_default'", &format!(":{completer}'")).replacen("'*::", "'*:", 1);
            }
            None => out += line,
        }
        out.push('\n');
        // The completers must be defined before the last lines of the script use them.
        if line == "autoload -U is-at-least" {
            out += include_str!("values.zsh");
        }
    }
    out
}

/// Prints values for the completion scripts, one per line. A tab separates a movie from its description. Prints nothing
/// on errors, because the output would appear in the command line that is being typed.
pub fn complete(context: &mut Context<'_>, args: &Complete) -> Result<()> {
    let word = args.word.as_deref().unwrap_or_default();
    let lines = match args.kind {
        CompletionKind::Voters => existing_board(context).map(|board| voters(&board, word)),
        CompletionKind::Movies => existing_board(context).map(|board| movies(&board, word, &args.before)),
        CompletionKind::Propose => titles(context, word, &args.before),
    };
    context.print(&lines.unwrap_or_default())
}

/// The number of titles to offer.
const MAX_TITLES: usize = 20;

/// Returns titles of the catalogue, most votes first, without the words in `before`. A title that a better known movie
/// also has, with or without an article, gets its year.
fn titles(context: &Context<'_>, word: &str, before: &[String]) -> Option<String> {
    let catalog = context.open_catalog().ok()??;
    let before = movie_arguments(before);
    let typed = before.iter().fold(String::new(), |typed, word| typed + word + " ") + word;
    let (mut lines, mut seen) = (String::new(), HashSet::new());
    for hit in catalog.complete(&typed, MAX_TITLES).ok()? {
        let title = &hit.title;
        let Some(rest) = after(&title.title, &before) else { continue };
        let name = fold(&title.title);
        let is_best_known = seen.insert(without_article(&name).to_owned());
        let value = match title.year.filter(|_| !is_best_known) {
            Some(year) => format!("{rest} {year}"),
            None => rest,
        };
        // Two titles with the same name and year look the same, so one is enough.
        if !is_best_known && !seen.insert(format!("{name} {:?}", title.year)) {
            continue;
        }
        let facts = [
            title.year.map(|year| year.to_string()),
            title.kind.as_deref().map(|word| kind(word).to_owned()),
            title.rating.map(|rating| format!("★ {rating}")),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        lines += &format!("{value}\t{}\n", facts.join(", "));
    }
    Some(lines)
}

/// The commands that take movies.
const NAMING: [&str; 8] = ["propose", "vote", "unvote", "withdraw", "show", "open", "watched", "seen"];

/// Returns the arguments of such a command that name movies, without options and their values.
fn movie_arguments(args: &[String]) -> Vec<&str> {
    // fish passes the whole command line.
    let is_whole = args.first().is_some_and(|first| first.ends_with("movienight"));
    let command = args.iter().position(|arg| NAMING.contains(&arg.as_str())).filter(|_| is_whole);
    let mut args = args[command.map_or(0, |at| at + 1)..].iter();
    let mut words = Vec::new();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-a" | "--as" | "--config" | "--db" | "--color" | "--note" | "--title" | "--here" | "--on" | "--start"
            | "--by" | "--max" | "--genre" | "--years" | "--rating" | "--age" | "--poster" => drop(args.next()),
            option if option.starts_with('-') => {}
            text => words.push(text),
        }
    }
    words
}

/// Returns the rest of a title after these words. `None` if it does not begin with them, or nothing is left. Compares
/// letters and digits only, because bash breaks words at colons.
fn after(title: &str, before: &[&str]) -> Option<String> {
    let letters = |text: &str| fold(text).replace(' ', "");
    let wanted = letters(&before.join(" "));
    let mut words = title.split_whitespace();
    let mut begun = String::new();
    while begun.len() < wanted.len() {
        begun += &letters(words.next()?);
    }
    let rest: Vec<&str> = words.collect();
    (begun == wanted && !rest.is_empty()).then(|| rest.join(" "))
}

/// Reads the board, or the copy that was seen last if it is on a server: a keystroke must not wait for a server.
fn existing_board(context: &Context<'_>) -> Option<Board> {
    if context.board_location().ok()?.location.is_server() {
        return Some(context.state().ok()?.board_copy()?.0);
    }
    context.read(ranked_board).ok()
}

/// Returns the names that complete the part after the last comma, with the part before it. Skips names already in it.
fn voters(board: &Board, word: &str) -> String {
    let (before, last) = word.split_at(word.rfind(',').map_or(0, |comma| comma + 1));
    let (wanted, named) = (fold(last), before.split_terminator(',').map(fold).collect::<Vec<_>>());
    let listed = board.voters.iter().filter(|voter| voter.is_listed);
    let is_wanted = |name: &str| name.starts_with(&wanted) && !named.iter().any(|named| named == name);
    let wanted_voters = listed.filter(|voter| is_wanted(&fold(&voter.name)));
    wanted_voters.map(|voter| format!("{before}{}\n", voter.name)).collect()
}

/// Returns ids if an id is being typed, else titles. After words that do not each name a movie, returns the rests of
/// titles that begin with these words.
fn movies(board: &Board, word: &str, before: &[String]) -> String {
    let begun = movie_arguments(before);
    let is_movie =
        |arg: &&str| arg.contains(' ') || !matches!(MovieRef::parse_all(arg).as_deref(), Ok([MovieRef::Words(_)]));
    if !begun.iter().all(is_movie) {
        let rests = board.proposals.iter().filter_map(|movie| Some((after(&movie.title(), &begun)?, movie)));
        let rests = rests.filter(|(rest, _)| fold(rest).starts_with(&fold(word)));
        return rests.map(|(rest, movie)| format!("{rest}\tnumber {}\n", movie.number)).collect();
    }
    let wants_ids = word.to_ascii_lowercase().starts_with("tt");
    let wanted = fold(word);
    let line = |movie: &Proposal| match movie.imdb_id {
        Some(id) if wants_ids => {
            let is_begun = id.to_string().starts_with(&word.to_ascii_lowercase());
            is_begun.then(|| format!("{id}\t{}\n", movie.name()))
        }
        _ if fold(&movie.name()).contains(&wanted) => {
            let year = movie.year().map(|y| format!("{y}, ")).unwrap_or_default();
            Some(format!("{}\t{year}number {}\n", movie.title(), movie.number))
        }
        _ => None,
    };
    board.proposals.iter().filter_map(line).collect()
}
