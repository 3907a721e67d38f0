//! `movienight unvote`: takes votes back.

use anyhow::Result;
use serde_json::json;

use super::session::{Session, ranked_board};
use super::{Status, list};
use crate::cli::Unvote;
use crate::model::Proposal;
use crate::model::resolve::Resolver;
use crate::render::json;
use crate::store::Unvoted;

pub fn run(session: &mut Session<'_>, args: &Unvote) -> Result<Status> {
    let voter = session.voter()?;
    let named = list::read(session, &args.movies)?;
    let mut store = session.store()?;
    let board = ranked_board(&mut store)?;
    let resolver = Resolver::new(&board.proposals);
    let chosen = list::resolve(&named, |movie| resolver.find(movie))?;
    let ids: Vec<_> = chosen.iter().map(|&i| board.proposals[i].id).collect();
    let outcomes = store.unvote(&voter, session.now, &ids)?;
    let movies = chosen.iter().map(|&i| &board.proposals[i]).zip(outcomes);
    if session.options.json {
        let row = |(movie, outcome): (&Proposal, Unvoted)| {
            json::outcome(movie, if outcome == Unvoted::Removed { "removed" } else { "had_none" })
        };
        session.print(&json::line(&json!({ "votes": movies.map(row).collect::<Vec<_>>() })))?;
    } else if !session.options.quiet {
        let sentence = |(movie, outcome): (&Proposal, Unvoted)| match outcome {
            Unvoted::Removed => format!("{voter} took back the vote for {}\n", movie.name()),
            Unvoted::HadNone => format!("{voter} had no vote for {}\n", movie.name()),
        };
        session.print(&movies.map(sentence).collect::<String>())?;
    }
    Ok(Status::Done)
}
