//! `movienight vote`: votes for movies, or shows the board.

use anyhow::{Result, bail};
use serde_json::json;

use super::session::{Session, ranked_board};
use super::{Status, board, list};
use crate::cli::Vote;
use crate::model::Proposal;
use crate::model::resolve::Resolver;
use crate::render::json;
use crate::render::words::count;
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
    let named = list::read(session, &args.movies)?;
    if named.is_empty() {
        bail!("standard input names no movie");
    }
    let mut store = session.store()?;
    let board = ranked_board(&mut store)?;
    let resolver = Resolver::new(&board.proposals);
    let chosen = list::resolve(&named, |movie| resolver.find(movie))?;
    let ids: Vec<_> = chosen.iter().map(|&i| board.proposals[i].id).collect();
    let outcomes = store.vote(&voter, session.now, &ids)?;
    let movies = chosen.iter().map(|&i| &board.proposals[i]).zip(outcomes);
    if session.options.json {
        let row = |(movie, outcome): (&Proposal, Voted)| {
            json::outcome(movie, if outcome == Voted::New { "voted" } else { "already_voted" })
        };
        return session.print(&json::line(&json!({ "votes": movies.map(row).collect::<Vec<_>>() })));
    }
    if session.options.quiet {
        return Ok(());
    }
    let text = if chosen.len() > LISTED {
        format!("{voter} voted for {}\n", count(chosen.len(), "movie", "movies"))
    } else {
        let sentence = |(movie, outcome): (&Proposal, Voted)| match outcome {
            Voted::New => format!("{voter} voted for {}\n", movie.name()),
            Voted::Already => format!("{voter} had voted for {} already\n", movie.name()),
        };
        movies.map(sentence).collect()
    };
    session.print(&text)
}

/// Marks one movie as the favourite.
fn favor(session: &mut Session<'_>, args: &Vote) -> Result<()> {
    let voter = session.voter()?;
    let named = list::read(session, &args.movies)?;
    let mut store = session.store()?;
    let board = ranked_board(&mut store)?;
    let resolver = Resolver::new(&board.proposals);
    let [chosen] = list::resolve(&named, |movie| resolver.find(movie))?[..] else {
        bail!("a person has one favourite: name one movie with --favorite");
    };
    let movie = &board.proposals[chosen];
    let outcome = store.favor(&voter, session.now, movie.id)?;
    if session.options.json {
        let word = if outcome == Favored::Already { "already_favorite" } else { "favorite" };
        return session.print(&json::line(&json!({ "votes": [json::outcome(movie, word)] })));
    }
    if session.options.quiet {
        return Ok(());
    }
    let name = movie.name();
    session.print(&match outcome {
        Favored::Already => format!("{name} is {voter}'s favourite already\n"),
        Favored::New => format!("{name} is {voter}'s favourite now\n"),
        Favored::Instead(old) => {
            let old = board.proposals.iter().find(|p| p.id == old).map(Proposal::name).unwrap_or_default();
            format!("{name} is {voter}'s favourite now, instead of {old}\n")
        }
    })
}
