//! The program `movienight`: see the library for what it does.

use std::process::ExitCode;

use movienight::Cli;
use movienight::env::Env;

fn main() -> ExitCode {
    let mut env = Env::of_process();
    let cli = Cli::parse_args(&env.args).unwrap_or_else(|error| error.exit());
    movienight::run(&cli, &mut env).into()
}
