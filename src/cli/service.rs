//! What serves the rest: the cache, and the shell.

use clap::{Args, Subcommand, ValueEnum};

/// The cache of IMDb data.
#[derive(Debug, Subcommand)]
pub enum Cache {
    /// Fetch what is missing or older than 24 hours
    ///
    /// Missing titles come first, then those with the oldest data. What is fetched is written as it
    /// comes, so that nothing is lost when you stop it.
    Refresh(Refresh),
    /// Show the health of the cache
    Stats(Stats),
}

/// Fetch what is missing or older than 24 hours.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Exits with 1 when a title could not be brought up to date.

Examples:
  movienight cache refresh
  movienight cache refresh --limit 100
  0 */6 * * *  movienight cache refresh --quiet        (a line for crontab)")]
pub struct Refresh {
    /// At most so many titles
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Fresh titles too
    #[arg(long)]
    pub all: bool,
    /// Requests at a time, 1 to 16
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub jobs: u8,
    /// Started by a board, for the next one.
    #[arg(long, hide = true)]
    pub background: bool,
}

/// Show the health of the cache.
#[derive(Args, Debug)]
#[command(after_long_help = "\
The cache is unhealthy when, of at least 20 lookups in the last 24 hours, less
than 95 % found fresh data, when data is older than 48 hours, or when no
source can be reached.

Examples:
  movienight cache stats
  movienight cache stats --json | jq .hit_rate
  movienight cache stats --check || echo \"the cache needs a look\"")]
pub struct Stats {
    /// Say only what is wrong, and exit with 1 if anything is
    #[arg(long)]
    pub check: bool,
}

/// Print shell completions.
#[derive(Args, Debug)]
#[command(after_long_help = "\
For zsh, ~/.zfunc stands for any folder in your fpath.

Examples:
  source <(movienight completions bash)            (in ~/.bashrc)
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
}
