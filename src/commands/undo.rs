//! `movienight undo` and `movienight redo`: undo the last change to the board, and redo it.

use anyhow::Result;
use clap::Args;

use super::Status;
use crate::context::Context;
use crate::failure::Failure;
use crate::model::VoterName;
use crate::model::change::{Change, Refusal, Remedy, Reverted};
use crate::render::changes::{change, change_and_age, list, remedy};
use crate::store::OpenMode;
use crate::view::{document, to_json};

/// Undo your last change to the board.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight undo
  movienight undo --list
  movienight undo --any")]
pub struct Undo {
    /// List the last ten changes, and undo none
    #[arg(long)]
    pub list: bool,
    /// Undo the last change of anybody
    #[arg(long, conflicts_with = "list")]
    pub any: bool,
}

/// Redo what you undid last.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Any new change clears the redo list.

Examples:
  movienight redo")]
pub struct Redo {}

/// Changes that `--list` shows.
const MAX_LISTED: usize = 10;

pub fn run(context: &mut Context<'_>, args: &Undo) -> Result<Status> {
    if args.list {
        return list_changes(context);
    }
    let voter = context.voter()?;
    let undone = match context.open_existing(OpenMode::Write)?.undo(&voter, args.any, context.now)? {
        Reverted::Done(change) => change,
        Reverted::Nothing(None) => return Err(Failure::new("there is nothing to undo").into()),
        Reverted::Nothing(Some(last)) => {
            let error = format!("{voter} has nothing to undo; the last change: {}", change_and_age(&last, context.now));
            return Err(Failure::new(error).hint("movienight undo --any undoes it").into());
        }
        Reverted::Refused(refusal) => return Err(refused(context, &refusal, "undo").into()),
        Reverted::Switched => return Err(switched(&voter, "undo").into()),
    };
    let sentence = format!("Undid: {}", change_and_age(&undone, context.now));
    context.answer(&document("undone", Change { is_undone: true, ..undone }), &[sentence])?;
    Ok(Status::Done)
}

pub fn redo(context: &mut Context<'_>) -> Result<Status> {
    let voter = context.voter()?;
    let redone = match context.open_existing(OpenMode::Write)?.redo(&voter, context.now)? {
        Reverted::Done(change) => change,
        Reverted::Nothing(last) => {
            let failure = Failure::new(format!("{voter} has nothing to redo"));
            return Err(match last.and_then(|last| last.undone_by) {
                Some(other) => {
                    failure.hint(format!("{} redoes what {other} undid", context.command_as("redo", &other)))
                }
                None => failure,
            }
            .into());
        }
        Reverted::Refused(refusal) => return Err(refused(context, &refusal, "redo").into()),
        Reverted::Switched => return Err(switched(&voter, "redo").into()),
    };
    let sentence = format!("Redid: {}", change_and_age(&redone, context.now));
    context.answer(&document("redone", Change { is_undone: false, ..redone }), &[sentence])?;
    Ok(Status::Done)
}

/// The failure of undoing or redoing what is no change.
fn switched(voter: &VoterName, verb: &str) -> Failure {
    let error = format!("cannot {verb}: {voter} hid or revealed votes last, which is no change");
    Failure::new(error).hint("movienight reveal ends hiding, movienight hide starts it, unvote takes a vote back")
}

/// The error for a change that is not undone or redone, with a hint that works as printed.
fn refused(context: &Context<'_>, refusal: &Refusal, verb: &str) -> Failure {
    let refused = change(&refusal.change);
    let why = match &refusal.later {
        Some(later) if later.is_undone => format!("since then this was undone: {}", change(later)),
        Some(later) => format!("since then {}", change(later)),
        None => "the board has changed since".to_owned(),
    };
    let words = remedy(&refusal.remedy);
    let hint = match &refusal.remedy {
        Remedy::List => format!("movienight {words} shows the changes since"),
        Remedy::Undo(name) | Remedy::Redo(name) => format!("first use {}", context.command_as(&words, name)),
        // A vote is its author's, whoever undoes it.
        _ => format!("use {} instead", context.command_as(&words, refusal.change.who.as_deref().unwrap_or_default())),
    };
    Failure::new(format!("cannot {verb}: {refused}, but {why}")).hint(hint)
}

fn list_changes(context: &mut Context<'_>) -> Result<Status> {
    let changes =
        context.open_for_reading()?.map(|mut store| store.changes(MAX_LISTED)).transpose()?.unwrap_or_default();
    let text = if context.options.json {
        to_json(&document("changes", changes))
    } else if changes.is_empty() {
        "Nothing was changed yet.\n".into()
    } else {
        list(&changes, context.now, context.screen())
    };
    context.print(&text)?;
    Ok(Status::Done)
}
