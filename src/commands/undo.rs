//! `movienight undo`: takes back the last change to the board.

use anyhow::{Result, bail};
use serde_json::json;

use super::Status;
use crate::cli::Undo;
use crate::render::history::{change, change_json};
use crate::render::json;
use crate::session::Session;

/// Changes that `--list` shows.
const LISTED: usize = 10;

pub fn run(session: &mut Session<'_>, args: &Undo) -> Result<Status> {
    let mut store = session.store()?;
    if args.list {
        let changes = store.changes(LISTED)?;
        let text = match session.options.json {
            true => json::line(&json!({ "changes": changes.iter().map(change_json).collect::<Vec<_>>() })),
            false if changes.is_empty() => "Nothing was changed yet.\n".into(),
            false => changes.iter().map(|c| format!("{}\n", change(c, session.now))).collect(),
        };
        session.print(&text)?;
        return Ok(Status::Done);
    }
    let Some(undone) = store.undo()? else { bail!("there is nothing to take back") };
    let now = session.now;
    let document = || json!({ "undone": change_json(&undone) });
    session.answer(document, || format!("took back: {}\n", change(&undone, now)))?;
    Ok(Status::Done)
}
