//! `movienight hide` and `movienight reveal`: hide everybody's votes, and reveal them.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::store::OpenMode;

/// Hide votes until they are revealed
#[derive(Args, Debug)]
#[command(after_long_help = "\
The board shows who has voted, but not how. It is a courtesy among friends, not \
cryptography: the votes are in the database.

Examples:
  movienight hide
  movienight vote --missing
  movienight pick --reveal")]
pub struct Hide {}

/// Reveal hidden votes
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight reveal")]
pub struct Reveal {}

/// Hides votes if `hides` is true, else reveals them.
pub fn run(context: &mut Context<'_>, hides: bool) -> Result<()> {
    let voter = context.voter().ok();
    let is_new = context.open_existing(OpenMode::Write)?.set_hidden(voter.as_ref(), context.now, hides)?;
    let sentence = match (hides, is_new) {
        (true, true) => "Votes are hidden. To show them: movienight reveal, or movienight pick --reveal",
        (true, false) => "Votes are already hidden",
        (false, true) => "Votes are revealed",
        (false, false) => "Votes are not hidden",
    };
    context.answer(&json!({ "hidden": hides }), &[sentence.to_owned()])
}
