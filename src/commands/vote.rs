//! `movienight vote`: votes for movies, or shows the board.

use anyhow::{Result, bail};
use serde_json::json;

use super::{Status, board};
use crate::cli::Vote;
use crate::model::Proposal;
use crate::render::format::count;
use crate::render::json;
use crate::session::Session;
use crate::session::naming;
use crate::store::{Favored, Voted};

/// More movies than this are counted, not listed.
const LISTED: usize = 20;

pub fn run(session: &mut Session<'_>, args: &Vote) -> Result<Status> {
    match args.movies.is_empty() {
        true => board::show(session, &args.times)?,
        false if args.favorite => favor(session, args)?,
        false => vote(session, args)?,
    }
    Ok(Status::Done)
}

fn vote(session: &mut Session<'_>, args: &Vote) -> Result<()> {
    let voter = session.voter()?;
    let named = naming::read(session, &args.movies)?;
    if named.is_empty() {
        bail!("standard input names no movie");
    }
    let mut store = session.store()?;
    let (board, chosen) = naming::on_board(&named, &mut store)?;
    let ids: Vec<_> = chosen.iter().map(|&i| board.proposals[i].id).collect();
    let outcomes = store.vote(&voter, session.now, &ids)?;
    let movies = || chosen.iter().map(|&i| &board.proposals[i]).zip(&outcomes);
    let document = || {
        let rows = movies().map(|(movie, outcome)| match outcome {
            Voted::New => json::outcome(movie, "voted"),
            Voted::Already => json::outcome(movie, "already_voted"),
        });
        json!({ "votes": rows.collect::<Vec<_>>() })
    };
    let sentences = || {
        if chosen.len() > LISTED {
            return format!("{voter} voted for {}\n", count(chosen.len(), "movie", "movies"));
        }
        let lines = movies().map(|(movie, outcome)| match outcome {
            Voted::New => format!("{voter} voted for {}\n", movie.name()),
            Voted::Already => format!("{voter} had voted for {} already\n", movie.name()),
        });
        lines.collect()
    };
    session.answer(document, sentences)
}

/// Marks one movie as the favourite.
fn favor(session: &mut Session<'_>, args: &Vote) -> Result<()> {
    let voter = session.voter()?;
    let named = naming::read(session, &args.movies)?;
    let mut store = session.store()?;
    let (board, chosen) = naming::on_board(&named, &mut store)?;
    let [chosen] = chosen[..] else {
        bail!("a person has one favourite: name one movie with --favorite");
    };
    let movie = &board.proposals[chosen];
    let outcome = store.favor(&voter, session.now, movie.id)?;
    let document = || {
        let word = if outcome == Favored::Already { "already_favorite" } else { "favorite" };
        json!({ "votes": [json::outcome(movie, word)] })
    };
    let name = movie.name();
    let sentences = || match outcome {
        Favored::Already => format!("{name} is {voter}'s favourite already\n"),
        Favored::New => format!("{name} is {voter}'s favourite now\n"),
        Favored::Instead(old) => {
            let old = board.proposals.iter().find(|p| p.id == old).map(Proposal::name).unwrap_or_default();
            format!("{name} is {voter}'s favourite now, instead of {old}\n")
        }
    };
    session.answer(document, sentences)
}
