//! `movienight hide` and `movienight reveal`: votes that nobody sees until all are given.

use anyhow::Result;
use clap::Args;

use crate::context::Context;
use crate::store::OpenMode;
use crate::view::document;

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

pub fn hide(context: &mut Context<'_>) -> Result<()> {
    let voter = context.voter().ok();
    let is_new = context.open_existing(OpenMode::Write)?.hide(voter.as_ref(), context.now)?;
    let sentence = match is_new {
        true => "Votes are hidden. To show them: movienight reveal, or movienight pick --reveal",
        false => "Votes were hidden already",
    };
    let sentence = context.options.commands_as_typed(sentence, false);
    context.answer(&document("hidden", true), &[sentence])
}

pub fn reveal(context: &mut Context<'_>) -> Result<()> {
    let voter = context.voter().ok();
    let is_new = context.open_existing(OpenMode::Write)?.reveal(voter.as_ref(), context.now)?;
    let sentence = if is_new { "Votes are revealed" } else { "Votes were not hidden" };
    context.answer(&document("hidden", false), &[sentence.to_owned()])
}
