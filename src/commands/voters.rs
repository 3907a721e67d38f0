//! `movienight voters`: the people, and mending their names.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::Status;
use crate::context::{Context, people, ranked_board};
use crate::failure::Failure;
use crate::model::VoterName;
use crate::model::text::shell_word;
use crate::render;
use crate::store::{OpenMode, VoterChange};
use crate::view::voters::{VoterChangeView, VoterView};
use crate::view::{Timestamp, document, to_json};

/// List the people; rename, merge or remove them.
#[derive(Args, Debug)]
#[command(after_long_help = "\
movienight undo undoes each of these.

Examples:
  movienight voters
  movienight voters rename Gian Gina
  movienight voters merge Annna Anna
  movienight voters remove Test")]
pub struct Voters {
    /// The command; without one: list the people
    #[command(subcommand)]
    pub command: Option<VotersCommand>,
}

/// What can be done about people.
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
    Merge {
        /// The person who disappears
        from: String,
        /// The person who stays
        into: String,
    },
    /// Remove a person with their votes; proposals stay
    Remove {
        /// The person
        #[arg(value_name = "NAME")]
        person: String,
    },
}

pub fn run(context: &mut Context<'_>, args: &Voters) -> Result<Status> {
    match &args.command {
        None => list(context)?,
        Some(VotersCommand::Rename { old, new }) => rename(context, old, new)?,
        Some(VotersCommand::Merge { from, into }) => merge(context, from, into)?,
        Some(VotersCommand::Remove { person }) => remove(context, person)?,
    }
    Ok(Status::Done)
}

fn list(context: &mut Context<'_>) -> Result<()> {
    let voters = context.open_for_reading()?.map(|mut store| store.voters()).transpose()?.unwrap_or_default();
    let voter = |voter: crate::store::VoterSummary| VoterView {
        name: voter.name,
        votes: voter.votes,
        last_seen_at: voter.last_seen.map(Timestamp),
    };
    let voters: Vec<VoterView> = voters.into_iter().map(voter).collect();
    let text = match context.options.json {
        true => to_json(&document("voters", voters)),
        false if voters.is_empty() => "Nobody has voted yet.\n".into(),
        false => render::voters::voters(&voters, context.now, context.screen()),
    };
    context.print(&text)
}

fn rename(context: &mut Context<'_>, old: &str, new: &str) -> Result<()> {
    let (by, old, new) = (context.voter()?, name(old)?, name(new)?);
    let change = context.open_existing(OpenMode::Write)?.rename(&by, context.now, &old, &new)?;
    check(context, change, &old, &new)?;
    let document = VoterChangeView { outcome: "renamed", name: old.as_str(), into: Some(new.as_str()) };
    context.answer(&document, &[format!("Renamed {old} to {new}")])
}

fn merge(context: &mut Context<'_>, from: &str, into: &str) -> Result<()> {
    let (by, from, into) = (context.voter()?, name(from)?, name(into)?);
    let change = context.open_existing(OpenMode::Write)?.merge(&by, context.now, &from, &into)?;
    check(context, change, &from, &into)?;
    let document = VoterChangeView { outcome: "merged", name: from.as_str(), into: Some(into.as_str()) };
    context.answer(&document, &[format!("Merged {from} into {into}")])
}

fn remove(context: &mut Context<'_>, who: &str) -> Result<()> {
    let (by, who) = (context.voter()?, name(who)?);
    let change = context.open_existing(OpenMode::Write)?.remove_voter(&by, context.now, &who)?;
    check(context, change, &who, &who)?;
    let document = VoterChangeView { outcome: "removed", name: who.as_str(), into: None };
    context.answer(&document, &[format!("Removed {who} and their votes")])
}

fn name(text: &str) -> Result<VoterName> {
    Ok(VoterName::parse(text).map_err(|why| Failure::new(why.to_owned()))?)
}

fn check(context: &Context<'_>, change: VoterChange, first: &VoterName, second: &VoterName) -> Result<()> {
    let unknown = |name: &VoterName| {
        let failure = Failure::new(format!("nobody is called {name}"));
        let board = context.open_for_reading().ok().flatten().and_then(|mut store| ranked_board(&mut store).ok());
        match board.as_ref().and_then(|board| people::similar(name, board)) {
            Some(other) => failure.hint(format!("did you mean {other}?")),
            None => failure.hint("movienight voters lists the people"),
        }
    };
    match change {
        VoterChange::Done => Ok(()),
        VoterChange::Unknown => Err(unknown(first).into()),
        VoterChange::OtherUnknown => Err(unknown(second).into()),
        VoterChange::Same => Err(Failure::new(format!("{first} and {second} are the same person")).into()),
        VoterChange::Taken => Err(Failure::new(format!("somebody else is or was called {second}"))
            .hint(format!(
                "movienight voters merge {} {} makes them one",
                shell_word(first.as_str()),
                shell_word(second.as_str())
            ))
            .into()),
    }
}
