//! The commands: one file each, with its arguments and what it does.

mod ballot;
mod cache;
mod catalog;
mod completions;
mod config;
mod doctor;
mod export;
mod help;
mod hide;
mod history;
mod import;
mod join;
mod man;
mod open;
mod overlap;
mod page;
mod pick;
mod propose;
mod search;
mod seen;
mod server_boards;
mod show;
mod undo;
mod version;
mod vote;
mod voters;
mod watched;
mod withdraw;

use std::ffi::OsString;
use std::io;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::context::{Context, Options, report};
use crate::env::Env;
use crate::model::resolve::suggest;
use crate::model::text::shell_word;
use crate::user_error::QuietEnd;

/// Propose movies, vote, look at the board, pick one
///
/// A group of friends proposes movies by IMDb id, link or title, votes, and looks at the vote board.
/// Everything is kept in one file, or in a database that several machines share; IMDb data comes from a 24-hour cache.
#[derive(Debug, Default, Parser)]
#[command(
    name = "movienight",
    version,
    disable_version_flag = true,
    max_term_width = 100,
    after_long_help = EXAMPLES,
)]
pub struct Cli {
    /// The command [default: show the vote board]
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Print the version, and what it was built with
    #[arg(short = 'V', long, help_heading = "Everywhere")]
    pub version: bool,
    /// The options of every command.
    #[command(flatten)]
    pub options: Options,
}

const EXAMPLES: &str = "\
A MOVIE is an IMDb id (tt0111161), a link to it on imdb.com or on another
site, its number on the board (12) or words of its title (godf).

Examples:
  movienight propose tt0111161 https://www.imdb.com/title/tt0068646/
  movienight vote 2 --as Ben
  movienight";

impl Cli {
    /// Returns the complete command line. [`Cli::parse_args`] builds only the arguments of the command that is called.
    pub fn whole() -> clap::Command {
        let mut whole = Self::command();
        whole.build();
        whole
    }

    /// Parses a command line, which starts with the name of the program.
    ///
    /// # Errors
    /// Fails if the command line is invalid or asks for help: [`report_usage`] prints either.
    pub fn parse_args(args: &[OsString]) -> Result<Self, clap::Error> {
        let command = Self::command();
        let is_help = |arg: &&OsString| ["-h", "--help", "help"].iter().any(|help| *arg == help);
        let wants_help = args.iter().any(|arg| is_help(&arg));
        let mut command = if wants_help { help::arrange(command) } else { command };
        let is_group = |name: &OsString| command.find_subcommand(name).is_some_and(clap::Command::has_subcommands);
        let plain = match args {
            // `help --help` and `help help` are the same as `help`.
            [exe, first, rest @ ..] if first == "help" => {
                [exe, first].into_iter().chain(rest.iter().filter(|arg| !is_help(arg))).cloned().collect()
            }
            // `cache help` means `cache --help`. A real `help` below each group of commands would fill the completions.
            [exe, name, last] if last == "help" && is_group(name) => vec![exe.clone(), name.clone(), "--help".into()],
            _ => args.to_vec(),
        };
        let matches = command.try_get_matches_from_mut(plain).map_err(|error| with_suggestion(error, args))?;
        let mut cli = Self::from_arg_matches(&matches)?;
        cli.options.command = own_words(&command, &matches);
        cli.options.commands = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
        Ok(cli)
    }
}

/// Replaces clap's suggestions by the most similar command that is not hidden: clap suggests `unvote` for `favourite`.
/// For an option of `vote` without a command, suggests `vote`, because it is what the program does without a command.
fn with_suggestion(mut error: clap::Error, args: &[OsString]) -> clap::Error {
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::String(arg)) = error.get(ContextKind::InvalidArg)
        && is_for_vote(arg, args)
    {
        let tips = ContextValue::StyledStrs(vec![format!("movienight vote {arg}").into()]);
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::Usage);
        error.insert(ContextKind::Suggested, tips);
    }
    if let Some(ContextValue::Strings(names)) = error.remove(ContextKind::SuggestedSubcommand)
        && let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand)
    {
        let names = names.iter().map(String::as_str).filter(|name| *name != "complete");
        match suggest(typed, names).map(str::to_owned) {
            Some(name) => drop(error.insert(ContextKind::SuggestedSubcommand, ContextValue::String(name))),
            // Otherwise the empty list of tips would be printed as an empty line.
            None => drop(error.remove(ContextKind::Suggested)),
        }
    }
    error
}

/// Returns true for an option of `vote`, such as `--all`, in a command line without a command.
fn is_for_vote(option: &str, args: &[OsString]) -> bool {
    let whole = Cli::whole();
    let options = whole.find_subcommand("vote").into_iter().flat_map(clap::Command::get_arguments);
    options.filter_map(Arg::get_long).any(|long| option.strip_prefix("--") == Some(long))
        && !args.iter().any(|arg| whole.find_subcommand(arg).is_some())
}

/// Returns the command with its own options, without positional arguments and the options of every command.
fn own_words(command: &clap::Command, matches: &ArgMatches) -> String {
    let Some((name, matches)) = matches.subcommand() else { return String::new() };
    let mut words = name.to_owned();
    let options = command.find_subcommand(name).into_iter().flat_map(clap::Command::get_arguments);
    for arg in options.filter(|arg| !arg.is_global_set()) {
        let id = arg.get_id().as_str();
        let is_given =
            matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine);
        let Some(long) = arg.get_long().filter(|_| is_given) else { continue };
        if !arg.get_action().takes_values() {
            words += &format!(" --{long}");
        }
        for value in matches.get_raw(id).into_iter().flatten().filter(|_| arg.get_action().takes_values()) {
            words += &format!(" --{long} {}", shell_word(&value.to_string_lossy()));
        }
    }
    words
}

/// A command. Its arguments are built only when it is called, or for help and completions.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    // The aliases are words that people try first.
    #[command(alias = "add")]
    Propose(propose::Propose),
    Vote(vote::Vote),
    Unvote(vote::Unvote),
    Ballot(ballot::BallotArgs),
    #[command(aliases = ["remove", "rm", "delete"])]
    Withdraw(withdraw::Withdraw),
    Pick(pick::Pick),
    Watched(watched::Watched),
    History(history::History),
    Seen(seen::Seen),
    Hide(hide::Hide),
    #[command(alias = "unhide")]
    Reveal(hide::Reveal),
    Undo(undo::Undo),
    Redo(undo::Redo),
    Search(search::Search),
    Show(show::Show),
    Open(open::Open),
    Page(page::Page),
    Join(join::Join),
    Config(config::Config),
    Voters(voters::Voters),
    Import(import::Import),
    Export(export::Export),
    Overlap(overlap::Overlap),
    #[command(subcommand, disable_help_subcommand = true)]
    Cache(cache::Cache),
    #[command(subcommand, disable_help_subcommand = true)]
    Catalog(catalog::CatalogCommand),
    #[command(subcommand, disable_help_subcommand = true)]
    Board(server_boards::Boards),
    Completions(completions::Completions),
    Doctor(doctor::Doctor),
    Man(man::Manual),
    #[command(hide = true)]
    Complete(completions::Complete),
}

/// Prints the error of a command line, or the help that it asks for. Returns the exit code.
pub fn report_usage(env: &mut Env, error: &clap::Error) -> u8 {
    let mut options = env.args.iter().take_while(|arg| *arg != "--");
    if error.use_stderr() && options.any(|arg| arg == "--json") {
        let _ = env.stderr.write(&report::usage(&error.to_string()));
    } else {
        let _ = error.print();
    }
    error.exit_code().try_into().unwrap_or(2)
}

/// Runs a command line and prints its error, if any. A closed pipe is no error. Returns the exit code: 1 if the command
/// failed or its answer is no, 130 if the person interrupted it.
pub fn run(cli: &Cli, env: &mut Env) -> u8 {
    let mut context = Context::new(env, &cli.options);
    let context = &mut context;
    let result = match &cli.command {
        _ if cli.version => version::run(context),
        None => vote::run(context, &vote::Vote::default()),
        Some(Command::Propose(args)) => propose::run(context, args),
        Some(Command::Vote(args)) => vote::run(context, args),
        Some(Command::Unvote(args)) => vote::unvote(context, args),
        Some(Command::Ballot(args)) => ballot::run(context, args),
        Some(Command::Withdraw(args)) => withdraw::run(context, args),
        Some(Command::Pick(args)) => pick::run(context, args),
        Some(Command::Watched(args)) => watched::run(context, args),
        Some(Command::History(args)) => history::run(context, args),
        Some(Command::Seen(args)) => seen::run(context, args),
        Some(Command::Hide(_)) => hide::run(context, true),
        Some(Command::Reveal(_)) => hide::run(context, false),
        Some(Command::Undo(args)) => undo::run(context, args),
        Some(Command::Redo(_)) => undo::redo(context),
        Some(Command::Search(args)) => search::run(context, args),
        Some(Command::Show(args)) => show::run(context, args),
        Some(Command::Open(args)) => open::run(context, args),
        Some(Command::Page(args)) => page::run(context, args),
        Some(Command::Join(args)) => join::run(context, args),
        Some(Command::Config(args)) => config::run(context, args),
        Some(Command::Voters(args)) => voters::run(context, args),
        Some(Command::Import(args)) => import::run(context, args),
        Some(Command::Export(args)) => export::run(context, args),
        Some(Command::Overlap(args)) => overlap::run(context, args),
        Some(Command::Cache(command)) => cache::run(context, command),
        Some(Command::Catalog(command)) => catalog::run(context, command),
        Some(Command::Board(command)) => server_boards::run(context, command),
        Some(Command::Completions(args)) => completions::run(context, args),
        Some(Command::Complete(args)) => completions::complete(context, args),
        Some(Command::Doctor(_)) => doctor::run(context),
        Some(Command::Man(args)) => man::run(context, args),
    };
    // What succeeded is reported even if something failed afterwards.
    let is_before_error = result.as_ref().is_err_and(|error| !error.is::<QuietEnd>());
    let finished = context.finish(is_before_error);
    let Err(error) = result.and(finished) else { return 0 };
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    match error.downcast_ref() {
        Some(QuietEnd::Interrupted) => 130,
        Some(QuietEnd::Negative) => 1,
        None if io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) => 0,
        None => {
            report::error(context, &error);
            1
        }
    }
}
