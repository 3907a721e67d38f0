//! The program `movienight`: see the library for what it does.

use std::process::ExitCode;

use clap::Parser;
use movienight::cli::Cli;
use movienight::env::Env;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut env = Env::of_process();
    match movienight::run(&cli, &mut env) {
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
