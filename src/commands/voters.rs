//! `movienight voters`: lists, renames, merges and removes people.

use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::context::{Context, people, ranked_board};
use crate::model::VoterName;
use crate::model::text::shell_word;
use crate::render;
use crate::store::{OpenMode, Store, VoterChange, VoterSummary};
use crate::user_error::{UserError, fail};
use crate::view::Timestamp;

/// List, rename, merge or remove people
#[derive(Args, Debug)]
#[command(
    disable_help_subcommand = true,
    after_long_help = "\
movienight undo reverts each of these.

Examples:
  movienight voters
  movienight voters rename Gian Gina
  movienight voters merge Annna Anna
  movienight voters remove Test"
)]
pub struct Voters {
    /// The command; without one: list the people
    #[command(subcommand)]
    pub command: Option<VotersCommand>,
}

#[derive(Debug, Subcommand)]
pub enum VotersCommand {
    /// Rename a person
    Rename {
        /// The wrong name
        old: String,
        /// The right name
        new: String,
    },
    /// Merge one person into another
    ///
    /// Votes and proposals of the first become the second's. If both have a favourite, the second's counts.
    /// Of their noes, at most three stay.
    Merge {
        /// The person to merge
        from: String,
        /// The person to keep
        into: String,
    },
    /// Remove a person and their votes; proposals stay
    Remove {
        /// The person
        #[arg(value_name = "NAME")]
        person: String,
    },
}

pub fn run(context: &mut Context<'_>, args: &Voters) -> Result<()> {
    let Some(command) = &args.command else { return list(context) };
    let (by, now) = (context.voter()?, context.now);
    let name = |text: &String| VoterName::parse(text).map_err(UserError::new);
    let mut store = context.open_existing(OpenMode::Write)?;
    let (change, outcome, sentence, first, second) = match command {
        VotersCommand::Rename { old, new } => {
            let (old, new) = (name(old)?, name(new)?);
            (store.rename(&by, now, &old, &new)?, "renamed", format!("Renamed {old} to {new}"), old, Some(new))
        }
        VotersCommand::Merge { from, into } => {
            let (from, into) = (name(from)?, name(into)?);
            (store.merge(&by, now, &from, &into)?, "merged", format!("Merged {from} into {into}"), from, Some(into))
        }
        VotersCommand::Remove { person } => {
            let person = name(person)?;
            let sentence = format!("Removed {person} and their votes");
            (store.remove_voter(&by, now, &person)?, "removed", sentence, person, None)
        }
    };
    check(context, change, &first, second.as_ref().unwrap_or(&first))?;
    let into = second.as_ref().map(VoterName::as_str);
    context.answer(&json!({ "outcome": outcome, "name": first.as_str(), "into": into }), &[sentence])?;
    if let Some(new) = &second {
        context.state()?.rename_in_chat(&first, new, matches!(command, VotersCommand::Merge { .. }), false);
        note_own_name(context, &first, new);
    }
    Ok(())
}

/// Prints a note if the settings still have the old name, because the next vote would bring that person back.
fn note_own_name(context: &mut Context<'_>, old: &VoterName, new: &VoterName) {
    let name = context.usable_config().file.values.get("name").and_then(|name| VoterName::parse(name).ok());
    if name.is_some_and(|name| name.key() == old.key() && name.key() != new.key()) {
        let command = format!("movienight config set name {}", shell_word(new.as_str()));
        context.note(&format!("Your settings still have the name {old}; to change it: {command}"));
    }
}

fn list(context: &mut Context<'_>) -> Result<()> {
    let voters = context.read(Store::voters)?;
    let document = |VoterSummary { name, votes, last_seen }: &VoterSummary| json!({ "name": name, "votes": votes, "last_seen_at": last_seen.map(Timestamp) });
    let (documents, now) = (voters.iter().map(document).collect::<Vec<_>>(), context.now);
    context.show(&json!({ "voters": documents }), |screen| match voters.is_empty() {
        true => "Nobody has taken part yet\n".into(),
        false => render::voters::voters(&voters, now, screen),
    })
}

fn check(context: &Context<'_>, change: VoterChange, first: &VoterName, second: &VoterName) -> Result<()> {
    let unknown = |name: &VoterName| {
        let board = context.read(ranked_board)?;
        Err(people::unknown(&format!("no voter is called {name}"), name, &board).into())
    };
    match change {
        VoterChange::Done => Ok(()),
        VoterChange::Unknown => unknown(first),
        VoterChange::OtherUnknown => unknown(second),
        VoterChange::Same => Err(UserError::new(format!("{first} and {second} are the same person")).into()),
        VoterChange::Taken => {
            let (one, other) = (shell_word(first.as_str()), shell_word(second.as_str()));
            let hint = format!("movienight voters merge {one} {other} merges the two");
            fail(format!("the name {second} is taken"), hint)
        }
    }
}
