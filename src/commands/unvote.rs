//! `movienight unvote`: takes votes back.

use anyhow::Result;
use serde_json::json;

use super::Status;
use crate::cli::Unvote;
use crate::render::json;
use crate::session::Session;
use crate::session::naming;
use crate::store::Unvoted;

pub fn run(session: &mut Session<'_>, args: &Unvote) -> Result<Status> {
    let voter = session.voter()?;
    let named = naming::read(session, &args.movies)?;
    let mut store = session.store()?;
    let (board, chosen) = naming::on_board(&named, &mut store)?;
    let ids: Vec<_> = chosen.iter().map(|&i| board.proposals[i].id).collect();
    let outcomes = store.unvote(&voter, session.now, &ids)?;
    let movies = || chosen.iter().map(|&i| &board.proposals[i]).zip(&outcomes);
    let document = || {
        let rows = movies().map(|(movie, outcome)| match outcome {
            Unvoted::Removed => json::outcome(movie, "removed"),
            Unvoted::HadNone => json::outcome(movie, "had_none"),
        });
        json!({ "votes": rows.collect::<Vec<_>>() })
    };
    let sentences = || {
        let lines = movies().map(|(movie, outcome)| match outcome {
            Unvoted::Removed => format!("{voter} took back the vote for {}\n", movie.name()),
            Unvoted::HadNone => format!("{voter} had no vote for {}\n", movie.name()),
        });
        lines.collect()
    };
    session.answer(document, sentences)?;
    Ok(Status::Done)
}
