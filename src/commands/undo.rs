//! `movienight undo` and `movienight redo`: undo the last change to the board, and redo it.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::model::VoterName;
use crate::model::change::{Action, Change, Remedy, Reverted};
use crate::render::changes::{change, change_and_age, list, remedy};
use crate::store::OpenMode;
use crate::user_error::{UserError, fail};

/// Undo your last change
///
/// Run it again to undo the change before; hide, reveal and config cannot be undone. A change on which later ones
/// depend is not undone; the error names the later change.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight undo
  movienight undo --list
  movienight undo --any")]
pub struct Undo {
    /// List the last ten changes, and undo nothing
    #[arg(long)]
    pub list: bool,
    /// Undo the last change, whoever made it
    #[arg(long)]
    pub any: bool,
}

/// Redo the change that you undid last
#[derive(Args, Debug)]
#[command(after_long_help = "\
Any new change clears the redo list.

Examples:
  movienight redo")]
pub struct Redo {}

/// The number of changes that `--list` shows.
const MAX_LISTED: usize = 10;

pub fn run(context: &mut Context<'_>, args: &Undo) -> Result<()> {
    if args.list {
        return list_changes(context);
    }
    let voter = context.voter()?;
    let reverted = context.open_existing(OpenMode::Write)?.undo(&voter, args.any, context.now)?;
    match reverted {
        Reverted::Done(change) => done(context, true, change),
        Reverted::Refused { change, later, remedy } => {
            Err(refused(context, &change, later, remedy.as_ref(), "undo").into())
        }
        Reverted::VisibilityChanged { is_hidden } => {
            let (verb, other) = if is_hidden { ("hide", "reveal") } else { ("reveal", "hide") };
            let error = format!("nothing was undone: the last action was {verb}, which cannot be undone");
            let next = "to undo the change before it, run movienight undo again";
            fail(error, format!("movienight {other} reverses it; {next}"))
        }
        Reverted::Nothing(None) => Err(UserError::new("there is nothing to undo").into()),
        Reverted::Nothing(Some(last)) => {
            let last = change_and_age(&last, context.now);
            let error = format!("{voter} has nothing to undo; the last change was: {last}");
            fail(error, "movienight undo --any undoes it")
        }
    }
}

pub fn redo(context: &mut Context<'_>) -> Result<()> {
    let voter = context.voter()?;
    let reverted = context.open_existing(OpenMode::Write)?.redo(&voter, context.now)?;
    let other = match reverted {
        Reverted::Done(change) => return done(context, false, change),
        Reverted::Refused { change, later, remedy } => {
            return Err(refused(context, &change, later, remedy.as_ref(), "redo").into());
        }
        Reverted::Nothing(last) => last.and_then(|last| last.undone_by),
        Reverted::VisibilityChanged { .. } => None,
    };
    let failure = UserError::new(format!("{voter} has nothing to redo"));
    Err(match other {
        Some(other) => failure.hint(format!("{} redoes what {other} undid", context.command_as("redo", &other))),
        None => failure,
    }
    .into())
}

/// Prints which change was undone or redone.
fn done(context: &mut Context<'_>, is_undone: bool, change: Change) -> Result<()> {
    let is_merge = change.action == Some(Action::Merge);
    if (is_merge || change.action == Some(Action::Rename))
        && let (Some(old), Some(new)) = (change.people.first(), &change.into)
        && let (Ok(old), Ok(new)) = (VoterName::parse(old), VoterName::parse(new))
    {
        context.state()?.rename_in_chat(&old, &new, is_merge, is_undone);
    }
    let (name, did) = if is_undone { ("undone", "Undid") } else { ("redone", "Redid") };
    let sentence = format!("{did}: {}", change_and_age(&change, context.now));
    context.answer(&json!({ (name): Change { is_undone, ..change } }), &[sentence])
}

/// Returns the error for a change that is not undone or redone, with a hint that works as printed.
fn refused(
    context: &Context<'_>,
    refused: &Change,
    later: Option<Change>,
    instead: Option<&Remedy>,
    verb: &str,
) -> UserError {
    let why = match later {
        Some(later) if later.is_undone => format!("since then this was undone: {}", change(&later)),
        Some(later) => format!("since then {}", change(&later)),
        None => "the board has changed since".to_owned(),
    };
    // A vote belongs to its author, whoever undoes it.
    let author = refused.who.as_deref().unwrap_or_default();
    let hint = match instead.map(remedy) {
        Some(words) => format!("use {} instead", context.command_as(&words, author)),
        None => "movienight undo --list shows the changes since".to_owned(),
    };
    UserError::new(format!("cannot {verb}: {}, but {why}", change(refused))).hint(hint)
}

fn list_changes(context: &mut Context<'_>) -> Result<()> {
    let changes = context.read(|store| store.changes(MAX_LISTED))?;
    let now = context.now;
    context.show(&json!({ "changes": &changes }), |screen| {
        if changes.is_empty() { "Nothing has been changed yet\n".to_owned() } else { list(&changes, now, screen) }
    })
}
