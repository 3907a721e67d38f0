//! The program `movienight`: see the library for what it does.

use std::process::ExitCode;

use clap::Parser;
use movienight::Status;
use movienight::cli::Cli;
use movienight::env::Env;

/// What `--version` prints, as the parser would.
const VERSION: &str = concat!("movienight ", env!("CARGO_PKG_VERSION"), "\n");

fn main() -> ExitCode {
    let mut env = Env::of_process();
    // The two that are asked for most need no parser, which takes a quarter of a millisecond to make.
    let result = match &env.args[..] {
        [] | [_] => movienight::run(&Cli::default(), &mut env),
        [_, flag] if flag == "--version" => {
            // Like the parser, which does not mind either when nobody reads it.
            let _ = env.stdout.write(VERSION);
            Ok(Status::Done)
        }
        args => movienight::run(&Cli::parse_from(args), &mut env),
    };
    match result {
        Ok(status) => status.into(),
        Err(error) => {
            // Each line is one problem. Nothing is left to do when standard error is closed.
            for line in format!("{error:#}").lines() {
                let _ = env.stderr.write(&format!("movienight: {line}\n"));
            }
            ExitCode::FAILURE
        }
    }
}
