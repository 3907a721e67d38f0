//! `movienight undo` and `movienight redo`: take back the last change to the board, and do it again.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::context::Context;
use crate::failure::Failure;
use crate::model::change::{Change, Conflict, Reverted};
use crate::render::changes::{change, change_and_age, list};
use crate::view::format::and;
use crate::view::outcome::{ChangeView, Changes, RevertView};
use crate::view::to_json;

/// Take back your last change to the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight undo
  movienight undo --list
  movienight undo --any")]
pub struct Undo {
    /// Show the last ten changes, and change nothing
    #[arg(long)]
    pub list: bool,
    /// The last change of anybody's
    #[arg(long, conflicts_with = "list")]
    pub any: bool,
}

/// Do again what you took back last.
#[derive(Args, Debug)]
#[command(after_long_help = "\
A new change of yours ends what you could do again.

Examples:
  movienight redo")]
pub struct Redo {}

/// Changes that `--list` shows.
const LISTED: usize = 10;

pub fn run(context: &mut Context<'_>, args: &Undo) -> Result<Status> {
    if args.list {
        return list_changes(context);
    }
    let voter = context.voter()?;
    let reverted = context.open_for_writing()?.undo(&voter, args.any, context.now)?;
    let (undone, stays) = match reverted {
        Reverted::Whole(change) => (change, Vec::new()),
        Reverted::VotesOnly(change, stays) => (change, stays),
        Reverted::NoneOfTheirs(None) => return Err(Failure::new("there is nothing to take back").into()),
        Reverted::NoneOfTheirs(Some(last)) => {
            let error =
                format!("{voter} has nothing to take back; the last change is {}", change_and_age(&last, context.now));
            return Err(Failure::new(error).hint("movienight undo --any takes it back").into());
        }
        Reverted::Conflict(change, why) => return Err(conflict(&change, &why, "taken back").into()),
    };
    let mut sentences = vec![format!("took back: {}", change_and_age(&undone, context.now))];
    if !stays.is_empty() {
        let names = and(&stays.iter().map(String::as_str).collect::<Vec<_>>());
        let verb = if stays.len() == 1 { "stays" } else { "stay" };
        sentences.push(format!("{names} {verb} on the board, because others voted for it"));
    }
    let document =
        RevertView { undone: Some(ChangeView { undone: true, ..ChangeView::from(&undone) }), redone: None, stays };
    context.answer(&document, &sentences)?;
    Ok(Status::Done)
}

pub fn redo(context: &mut Context<'_>) -> Result<Status> {
    let voter = context.voter()?;
    let redone = match context.open_for_writing()?.redo(&voter, context.now)? {
        Reverted::Whole(change) | Reverted::VotesOnly(change, _) => change,
        Reverted::NoneOfTheirs(_) => {
            return Err(Failure::new(format!("{voter} has taken nothing back that can be done again")).into());
        }
        Reverted::Conflict(change, why) => return Err(conflict(&change, &why, "done again").into()),
    };
    let sentence = format!("done again: {}", change_and_age(&redone, context.now));
    let document = RevertView {
        undone: None,
        redone: Some(ChangeView { undone: false, ..ChangeView::from(&redone) }),
        stays: Vec::new(),
    };
    context.answer(&document, &[sentence])?;
    Ok(Status::Done)
}

fn conflict(reverted: &Change, conflict: &Conflict, what: &str) -> Failure {
    let failure = |why: String| Failure::new(format!("{} cannot be {what}: {why}", change(reverted)));
    match conflict {
        Conflict::Later(later) => failure(format!("{} came after it", change(later)))
            .hint("take that back first: movienight undo --list shows the order"),
        Conflict::ProposalGone(number) => {
            failure(format!("number {} is not there any more: its proposal was taken back", number.0))
        }
        Conflict::Unknown => failure("the board has changed since".into()),
    }
}

fn list_changes(context: &mut Context<'_>) -> Result<Status> {
    let changes = context.open_for_reading()?.map(|mut store| store.changes(LISTED)).transpose()?.unwrap_or_default();
    let text = if context.options.json {
        to_json(&Changes { changes: changes.iter().map(ChangeView::from).collect() })
    } else if changes.is_empty() {
        "Nothing was changed yet.\n".into()
    } else {
        list(&changes, context.now, context.screen())
    };
    context.print(&text)?;
    Ok(Status::Done)
}
