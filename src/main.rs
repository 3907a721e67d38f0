//! The program `movienight`: see the library for what it does.

use std::process::ExitCode;

use movienight::Cli;
use movienight::env::Env;

fn main() -> ExitCode {
    let mut env = Env::of_process();
    let code = match Cli::parse_args(&env.args) {
        Ok(cli) => movienight::run(&cli, &mut env),
        Err(error) => movienight::report_usage(&mut env, &error),
    };
    code.into()
}
