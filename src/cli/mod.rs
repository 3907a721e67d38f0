//! The command line: what can be typed, and what `--help` says about it. No logic.

mod decide;
mod service;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use decide::{History, Pick, Scope, Times, Undo, Watched};
pub use service::{Cache, Complete, CompletionKind, Completions, Refresh, ShellName, Stats};

/// Propose movies, vote, look at the board, pick one.
///
/// A group of friends proposes movies by IMDb id, link or title, votes, and looks at the vote board.
/// Everything is kept in one file; IMDb data comes from a cache and never makes anyone wait.
#[derive(Debug, Default, Parser)]
#[command(name = "movienight", version, max_term_width = 100, after_long_help = EXAMPLES)]
pub struct Cli {
    /// What to do; without a command: show the vote board
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What holds for every command.
    #[command(flatten)]
    pub options: Options,
}

const EXAMPLES: &str = "\
A MOVIE is an IMDb id (tt0111161), a link to imdb.com, a number on the board
(2) or part of a title on the board (godf).

Examples:
  movienight propose tt0111161 https://www.imdb.com/title/tt0068646/
  movienight vote 2 --as Ben
  movienight";

/// What holds for every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Options {
    /// The database file [default: MOVIENIGHT_DB, else in your data folder]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Everywhere")]
    pub db: Option<PathBuf>,
    /// Who you are [default: MOVIENIGHT_USER, else your login name]
    #[arg(long = "as", global = true, value_name = "NAME", help_heading = "Everywhere")]
    pub name: Option<String>,
    /// Never touch the network
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub offline: bool,
    /// Print JSON
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub json: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Everywhere",
        long_help = "When to use colours: auto, always or never"
    )]
    pub color: ColorWhen,
    /// Print only what was asked for and what went wrong
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub quiet: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Put movies on the board; proposing counts as your vote
    Propose(Propose),
    /// Vote for movies; without a movie: show the vote board
    Vote(Vote),
    /// Take your votes back
    Unvote(Unvote),
    /// Take movies off the board; their votes are kept, so that they can return
    Withdraw(Withdraw),
    /// Decide: the winner, and why
    ///
    /// The winner is the movie with more votes; among equals the one with more favourites; among those
    /// still equal the one with more wins head to head against the others in the tie, where a favourite
    /// is preferred to a vote and a vote to none; then the one that is longer on the board. What does not
    /// fit into the evening is never picked. Nothing is left to chance unless you say --random.
    Pick(Pick),
    /// Mark movies as watched; they leave the board and enter the history
    ///
    /// They leave the board and enter the history, with their votes.
    Watched(Watched),
    /// Show what was watched, when, and who was there
    History(History),
    /// Take back the last change to the board
    ///
    /// Said again, it takes back the one before. What was proposed, voted, taken back, withdrawn or
    /// watched becomes exactly what it was.
    Undo(Undo),
    /// Look for titles by name
    ///
    /// A year at the end narrows. What is on the board or was watched is marked.
    Search(Search),
    /// Show everything known about one movie
    ///
    /// A movie that is not on the board is looked up by its id or link, and nothing is kept.
    Show(Show),
    /// Bring the cache of IMDb data up to date, and see how it is
    #[command(subcommand)]
    Cache(Cache),
    /// Print shell completions
    ///
    /// Movies and voters complete as well, in bash, zsh and fish.
    Completions(Completions),
    /// Print the manual page, as roff
    Man,
    /// Print values for shell completions.
    #[command(hide = true)]
    Complete(Complete),
}

/// Put movies on the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Words are searched. One title that is exactly these words is proposed;
otherwise you choose.
A second proposal of the same movie is a vote for it.

Examples:
  movienight propose tt0111161
  movienight propose the godfather
  movienight propose https://m.imdb.com/de/title/tt0068646/?ref_=x --as Ana
  movienight propose --title \"Ana's wedding video\" --note \"bring tissues\"
  movienight propose - < ids.txt")]
pub struct Propose {
    /// IMDb ids, links or a title; - reads one a line from standard input
    #[arg(value_name = "MOVIE", required_unless_present = "title")]
    pub movies: Vec<String>,
    /// Propose something that has no IMDb id, by this title
    #[arg(long, value_name = "TITLE")]
    pub title: Vec<String>,
    /// Why: shown with the movie
    #[arg(long, value_name = "WORDS")]
    pub note: Option<String>,
    /// Even what was watched already
    #[arg(long)]
    pub again: bool,
}

/// Vote for movies, or show the vote board.
#[derive(Args, Debug, Default)]
#[command(after_long_help = "\
On the board, ● marks your votes, ♥ favourites, ~ data older than 24 hours, … a
movie whose data has not come yet and ? one that IMDb does not know. What does
not fit into the evening is marked with ✗ and comes last.

Examples:
  movienight vote
  movienight vote tt0111161 2 --as Ben
  movienight vote godf
  movienight vote --favorite heat
  movienight vote --start 20:30 --by 23:00
  movienight vote - < ids.txt
  movienight vote --json | jq -r '.proposals[0].title'")]
pub struct Vote {
    /// Movies to vote for; - reads one a line from standard input
    #[arg(value_name = "MOVIE")]
    pub movies: Vec<String>,
    /// Mark the movie as your one favourite, which settles ties
    #[arg(long, visible_alias = "favourite", requires = "movies")]
    pub favorite: bool,
    /// When the movie is to start and to end.
    #[command(flatten)]
    pub times: Times,
}

/// Take votes back.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight unvote 2
  movienight unvote tt0111161 --as Ben")]
pub struct Unvote {
    /// Movies that you no longer vote for
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
}

/// Take movies off the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Proposed again, a movie comes back with its votes.

Examples:
  movienight withdraw tt0068646
  movienight withdraw godf")]
pub struct Withdraw {
    /// Movies to take off the board
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
}

/// Look for titles by name.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight search heat
  movienight search heat 1995
  movienight search amelie --json | jq -r '.results[0].imdb_id'")]
pub struct Search {
    /// Words of the title, and perhaps its year
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
}

/// Show everything known about one movie.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight show 1
  movienight show godf
  movienight show tt0111161")]
pub struct Show {
    /// The movie
    #[arg(value_name = "MOVIE", required = true)]
    pub movie: Vec<String>,
}
