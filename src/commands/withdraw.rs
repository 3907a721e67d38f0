//! `movienight withdraw`: takes movies off the board.

use anyhow::Result;
use serde_json::json;

use super::session::{Session, fail_on, ranked_board};
use super::{Status, list};
use crate::cli::Withdraw;
use crate::model::Proposal;
use crate::model::resolve::{Resolver, Unresolved};
use crate::render::json;
use crate::render::words::count;
use crate::store::Shelf;

pub fn run(session: &mut Session<'_>, args: &Withdraw) -> Result<Status> {
    let named = list::read(session, &args.movies)?;
    let mut store = session.store()?;
    let board = ranked_board(&mut store)?;
    let withdrawn = store.board(Shelf::Withdrawn)?;
    let (on, off) = (Resolver::new(&board.proposals), Resolver::new(&withdrawn.proposals));
    let mut taken: Vec<&Proposal> = Vec::new();
    let mut gone: Vec<&Proposal> = Vec::new();
    let mut problems = Vec::new();
    for movie in &named {
        match on.find(&movie.movie) {
            Ok(index) if taken.iter().any(|p| p.id == board.proposals[index].id) => {}
            Ok(index) => taken.push(&board.proposals[index]),
            // Said twice: that it is off the board is all that was wanted.
            Err(why @ (Unresolved::NotOnBoard(_) | Unresolved::NoMatch(..) | Unresolved::EmptyBoard)) => {
                match off.find(&movie.movie) {
                    Ok(index) => gone.push(&withdrawn.proposals[index]),
                    Err(_) => problems.push(movie.problem(why)),
                }
            }
            Err(why) => problems.push(movie.problem(why)),
        }
    }
    fail_on(&problems)?;
    if !taken.is_empty() {
        let ids: Vec<_> = taken.iter().map(|p| p.id).collect();
        store.withdraw(session.now, &ids)?;
    }
    if session.options.json {
        let rows = taken.iter().map(|p| json::movie_with(p, "outcome", "withdrawn"));
        let rows = rows.chain(gone.iter().map(|p| json::movie_with(p, "outcome", "already_withdrawn")));
        session.print(&json::line(&json!({ "withdrawn": rows.collect::<Vec<_>>() })))?;
    } else if !session.options.quiet {
        let done = taken.iter().map(|p| {
            let kept = count(p.ballots.len(), "vote is", "votes are");
            format!("withdrew {}; its {kept} kept\n", p.name())
        });
        let known = gone.iter().map(|p| format!("{} was off the board already\n", p.name()));
        session.print(&done.chain(known).collect::<String>())?;
    }
    Ok(Status::Done)
}
