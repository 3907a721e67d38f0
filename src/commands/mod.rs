//! The commands: a file each, and what they have in common.

mod board;
mod cache;
mod completions;
mod man;
mod pick;
mod propose;
mod search;
mod show;
mod undo;
mod unvote;
mod vote;
mod watched;
mod withdraw;

use std::io;
use std::process::ExitCode;

use anyhow::Result;

use crate::cli::{Cli, Command, Vote};
use crate::env::Env;
use crate::session::Session;

/// How a run ended that met no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All was done.
    Done,
    /// It worked, and the answer is no: exit code 1.
    Negative,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Negative => Self::FAILURE,
        }
    }
}

/// Runs a command line.
///
/// # Errors
/// What could not be done, to what, and the next step: a line for each problem, for the person.
/// That nobody reads the output any more is no error.
pub fn run(cli: &Cli, env: &mut Env) -> Result<Status> {
    let mut session = Session::new(env, &cli.options);
    let result = match &cli.command {
        None => vote::run(&mut session, &Vote::default()),
        Some(Command::Propose(args)) => propose::run(&mut session, args),
        Some(Command::Vote(args)) => vote::run(&mut session, args),
        Some(Command::Unvote(args)) => unvote::run(&mut session, args),
        Some(Command::Withdraw(args)) => withdraw::run(&mut session, args),
        Some(Command::Pick(args)) => pick::run(&mut session, args),
        Some(Command::Watched(args)) => watched::run(&mut session, args),
        Some(Command::History(_)) => watched::history(&mut session),
        Some(Command::Undo(args)) => undo::run(&mut session, args),
        Some(Command::Search(args)) => search::run(&mut session, args),
        Some(Command::Show(args)) => show::run(&mut session, args),
        Some(Command::Completions(args)) => completions::run(&mut session, args),
        Some(Command::Complete(args)) => completions::complete(&mut session, args),
        Some(Command::Man) => man::run(&mut session),
        Some(Command::Cache(command)) => cache::run(&mut session, command),
    };
    match result {
        Err(error) if is_closed_pipe(&error) => Ok(Status::Done),
        result => result,
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
