//! The program `movienight`: see the library for what it does.

use std::process::ExitCode;

use movienight::Cli;
use movienight::env::Env;
use movienight::posters::decode;

fn main() -> ExitCode {
    let mut env = Env::of_process();
    // The process that `cache refresh` starts to decode a poster, see there: it needs no parser.
    if env.args.get(1).is_some_and(|argument| argument == decode::ARGUMENT) {
        return match decode::serve(env.stdin.reader, env.stdout.writer) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let cli = Cli::parse_args(&env.args).unwrap_or_else(|error| error.exit());
    match movienight::run(&cli, &mut env) {
        Ok(status) => status.into(),
        Err(error) => {
            movienight::report_error(&mut env, &cli, &error);
            ExitCode::FAILURE
        }
    }
}
