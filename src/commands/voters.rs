//! `movienight voters`: the people, and mending their names.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::Status;
use crate::failure::Failure;
use crate::model::VoterName;
use crate::model::text::shell_word;
use crate::render;
use crate::session::{Session, people, ranked_board};
use crate::store::VoterChange;
use crate::view::voters::{VoterChangeView, VoterView, VotersView};
use crate::view::{Timestamp, to_json};

/// List the people; rename, merge or remove them.
#[derive(Args, Debug)]
#[command(after_long_help = "\
movienight undo takes all of it back.

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
    /// Give a person another name
    Rename {
        /// The name that is wrong
        old: String,
        /// The name that is right
        new: String,
    },
    /// Make two people one: votes and proposals of the first become the second's, whose favourite wins
    Merge {
        /// The person who goes
        from: String,
        /// The person who stays
        into: String,
    },
    /// Remove a person with their votes; their proposals stay
    Remove {
        /// The person
        #[arg(value_name = "NAME")]
        person: String,
    },
}

pub fn run(session: &mut Session<'_>, args: &Voters) -> Result<Status> {
    match &args.command {
        None => list(session)?,
        Some(VotersCommand::Rename { old, new }) => rename(session, old, new)?,
        Some(VotersCommand::Merge { from, into }) => merge(session, from, into)?,
        Some(VotersCommand::Remove { person }) => remove(session, person)?,
    }
    Ok(Status::Done)
}

fn list(session: &mut Session<'_>) -> Result<()> {
    let voters = session.open_for_reading()?.map(|mut store| store.voters()).transpose()?.unwrap_or_default();
    let voter = |voter: crate::store::VoterSummary| VoterView {
        name: voter.name,
        votes: voter.votes,
        last_seen_at: voter.last_seen.map(Timestamp),
    };
    let view = VotersView { voters: voters.into_iter().map(voter).collect() };
    let text = match session.options.json {
        true => to_json(&view),
        false if view.voters.is_empty() => "Nobody has voted yet.\n".into(),
        false => render::voters::voters(&view, session.now, session.screen()),
    };
    session.print(&text)
}

fn rename(session: &mut Session<'_>, old: &str, new: &str) -> Result<()> {
    let (by, old, new) = (session.voter()?, name(old)?, name(new)?);
    let change = session.open_for_writing()?.rename(&by, session.now, &old, &new)?;
    check(session, change, &old, &new)?;
    let document = VoterChangeView { outcome: "renamed", name: old.as_str(), into: Some(new.as_str()) };
    session.answer(&document, &[format!("{old} is called {new} now")])
}

fn merge(session: &mut Session<'_>, from: &str, into: &str) -> Result<()> {
    let (by, from, into) = (session.voter()?, name(from)?, name(into)?);
    let change = session.open_for_writing()?.merge(&by, session.now, &from, &into)?;
    check(session, change, &from, &into)?;
    let document = VoterChangeView { outcome: "merged", name: from.as_str(), into: Some(into.as_str()) };
    session.answer(&document, &[format!("what was {from}'s is {into}'s now")])
}

fn remove(session: &mut Session<'_>, who: &str) -> Result<()> {
    let (by, who) = (session.voter()?, name(who)?);
    let change = session.open_for_writing()?.remove_voter(&by, session.now, &who)?;
    check(session, change, &who, &who)?;
    let document = VoterChangeView { outcome: "removed", name: who.as_str(), into: None };
    session.answer(&document, &[format!("removed {who} and their votes")])
}

fn name(text: &str) -> Result<VoterName> {
    Ok(VoterName::parse(text).map_err(|why| Failure::new(why.to_owned()))?)
}

fn check(session: &Session<'_>, change: VoterChange, first: &VoterName, second: &VoterName) -> Result<()> {
    let unknown = |name: &VoterName| {
        let failure = Failure::new(format!("nobody is called {name}"));
        let board = session.open_for_reading().ok().flatten().and_then(|mut store| ranked_board(&mut store).ok());
        match board.as_ref().and_then(|board| people::similar(name, board)) {
            Some(other) => failure.hint(format!("did you mean {other}?")),
            None => failure.hint("movienight voters lists the people"),
        }
    };
    match change {
        VoterChange::Done => Ok(()),
        VoterChange::Unknown => Err(unknown(first).into()),
        VoterChange::OtherUnknown => Err(unknown(second).into()),
        VoterChange::Same => Err(Failure::new(format!("{first} and {second} are one person already")).into()),
        VoterChange::Taken => Err(Failure::new(format!("somebody else is or was called {second}"))
            .hint(format!(
                "movienight voters merge {} {} makes them one",
                shell_word(first.as_str()),
                shell_word(second.as_str())
            ))
            .into()),
    }
}
