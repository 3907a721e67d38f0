//! `movienight withdraw`: takes movies off the board.

use anyhow::Result;
use serde_json::json;

use super::Status;
use crate::cli::Withdraw;
use crate::model::resolve::{Resolver, Unresolved};
use crate::model::{Board, MovieRef, Proposal};
use crate::render::format::count;
use crate::render::json;
use crate::session::{Session, naming, ranked_board};
use crate::store::ProposalStatus;

pub fn run(session: &mut Session<'_>, args: &Withdraw) -> Result<Status> {
    let named = naming::read(session, &args.movies)?;
    let mut store = session.store()?;
    let board = ranked_board(&mut store)?;
    let withdrawn = store.board(ProposalStatus::Withdrawn)?;
    let (on, off) = (Resolver::new(&board.proposals), Resolver::new(&withdrawn.proposals));
    // Said twice: that it is off the board is all that was wanted.
    let find = |movie: &MovieRef| match on.find(movie) {
        Ok(index) => Ok((true, index)),
        Err(why @ (Unresolved::NotOnBoard(_) | Unresolved::NoMatch(..) | Unresolved::EmptyBoard)) => {
            off.find(movie).map(|index| (false, index)).map_err(|_| why)
        }
        Err(why) => Err(why),
    };
    let found = naming::resolve(&named, find)?;
    let on_shelf = |wanted: bool, proposals: &'_ Board| -> Vec<Proposal> {
        let indices = found.iter().filter(|(is_on, _)| *is_on == wanted);
        indices.map(|(_, index)| proposals.proposals[*index].clone()).collect()
    };
    let (taken, gone) = (on_shelf(true, &board), on_shelf(false, &withdrawn));
    if !taken.is_empty() {
        let ids: Vec<_> = taken.iter().map(|p| p.id).collect();
        store.withdraw(session.voter().ok().as_ref(), session.now, &ids)?;
    }
    let document = || {
        let rows = taken.iter().map(|p| json::outcome(p, "withdrawn"));
        let rows = rows.chain(gone.iter().map(|p| json::outcome(p, "already_withdrawn")));
        json!({ "withdrawn": rows.collect::<Vec<_>>() })
    };
    let sentences = || {
        let done = taken.iter().map(|p| {
            let kept = count(p.ballots.len(), "vote is", "votes are");
            format!("withdrew {}; its {kept} kept\n", p.name())
        });
        done.chain(gone.iter().map(|p| format!("{} was off the board already\n", p.name()))).collect()
    };
    session.answer(document, sentences)?;
    Ok(Status::Done)
}
