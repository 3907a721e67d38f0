//! The evening: picking, watching, taking back.

use clap::{Args, ValueEnum};

/// When the movie is to start and to end.
#[derive(Args, Clone, Debug, Default)]
pub struct Times {
    /// When you start, such as 20:30 [default: now]
    #[arg(long, value_name = "TIME", help_heading = "The evening")]
    pub start: Option<String>,
    /// When it must be over, such as 23:00
    #[arg(long, value_name = "TIME", help_heading = "The evening")]
    pub by: Option<String>,
    /// The longest that it may run, such as 2h10m
    #[arg(long, value_name = "DURATION", help_heading = "The evening")]
    pub max: Option<String>,
}

/// Decide: the winner, and why.
#[derive(Args, Debug)]
#[command(after_long_help = "\
It changes nothing, unless --watched is given.

Examples:
  movienight pick
  movienight pick --here Ana,Ben --by 23:00
  movienight pick --random
  movienight pick --random all --seed 7
  movienight pick --here Ana,Ben --watched")]
pub struct Pick {
    /// Who is here: only their votes count [default: everybody]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub here: Vec<String>,
    /// Draw among those that are tied but for their age, or among all, by votes
    #[arg(
        long,
        value_name = "tied|all",
        num_args = 0..=1,
        default_missing_value = "tied",
        hide_possible_values = true
    )]
    pub random: Option<Scope>,
    /// Repeat the draw that printed this seed
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Mark the winner as watched
    #[arg(long)]
    pub watched: bool,
    /// When the movie is to start and to end.
    #[command(flatten)]
    pub times: Times,
}

/// Among which movies to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scope {
    /// Those that are tied for the first place.
    Tied,
    /// All that fit, by their votes.
    All,
}

/// Mark movies as watched.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight watched 1
  movienight watched godf --on yesterday --here Ana,Ben")]
pub struct Watched {
    /// Movies that were watched
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
    /// When: a day such as 2026-11-20, or yesterday [default: now]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Who was there
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub here: Vec<String>,
}

/// Show what was watched, when, and who was there.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight history
  movienight history --json | jq -r '.watched[].title'")]
pub struct History {}

/// Take back the last change to the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight undo
  movienight undo --list")]
pub struct Undo {
    /// Show the last ten changes, and change nothing
    #[arg(long)]
    pub list: bool,
}
