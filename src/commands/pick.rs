//! `movienight pick`: the winner, and why.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::{Status, board};
use crate::cli::{Pick, Scope};
use crate::model::pick::{Ranked, TieBreak, draw, ranking, tied_for_first};
use crate::model::{Board, Proposal};
use crate::render::board::View;
use crate::render::json;
use crate::render::pick::{self, Decision, Drawn};
use crate::session::{Session, evening};

pub fn run(session: &mut Session<'_>, args: &Pick) -> Result<Status> {
    let offset = session.env.zone.offset_at(session.now);
    let (evening, asked) = evening::read(session, &args.times, offset)?;
    let mut store = session.store()?;
    let board = board::load(session, &mut store)?.board;
    if board.proposals.is_empty() {
        bail!("the board is empty: movienight propose puts a movie on it");
    }
    let names = evening::names(&args.here)?;
    let here = evening::here(&names, &board)?;
    let counts = |voter: usize| here.is_empty() || here.contains(&voter);
    let fits = |p: &Proposal| evening.fits(p.runtime_minutes());
    let ranking = ranking(&board.proposals, counts, fits);
    let candidates: Vec<Ranked> = ranking.iter().filter(|r| r.place.fits && r.place.tally.votes > 0).copied().collect();
    if candidates.is_empty() {
        bail!("{}", nothing_to_pick(&ranking, !here.is_empty()));
    }
    let drawn = drawn(args, &candidates);
    let winner = candidates[drawn.map_or(0, |d| d.at)];
    let decision = Decision { board: &board, ranking: &ranking, winner, drawn, here: &here };
    let me = session.viewer(&board)?;
    let view = View { board: &board, me, now: session.now, is_fetching: false, evening, shows_ends: asked, offset };
    if args.watched {
        store.watch(session.now, session.now, &[board.proposals[winner.place.index].id], &names)?;
    }
    if session.options.json {
        session.print(&json::line(&document(&decision, &view, args.watched)))?;
        return Ok(Status::Done);
    }
    let text = match session.options.quiet {
        true => format!("{}\n", board.proposals[winner.place.index].name()),
        false => pick::text(&decision, &view, session.screen()),
    };
    session.print(&text)?;
    if args.watched {
        session.note("it is in the history now: movienight undo takes that back");
    }
    Ok(Status::Done)
}

fn nothing_to_pick(ranking: &[Ranked], is_limited_to_here: bool) -> &'static str {
    if !ranking.iter().any(|r| r.place.fits) {
        "nothing on the board fits into the evening: movienight vote with the same times shows when each would end"
    } else if is_limited_to_here {
        "those who are here have voted for nothing that fits: movienight vote shows the board"
    } else {
        "nobody has voted for anything that fits: movienight vote shows the board"
    }
}

/// The draw, if one is wanted.
fn drawn(args: &Pick, candidates: &[Ranked]) -> Option<Drawn> {
    let scope = args.random.or(args.seed.map(|_| Scope::Tied))?;
    let tied = tied_for_first(candidates).min(candidates.len());
    let weights: Vec<usize> = match scope {
        Scope::Tied => vec![1; tied],
        Scope::All => candidates.iter().map(|c| c.place.tally.votes).collect(),
    };
    // Six digits can be read out across a room.
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(0..1_000_000));
    draw(&weights, seed).map(|at| Drawn { at, among: weights.len(), seed, by_votes: scope == Scope::All })
}

fn document(decision: &Decision<'_>, view: &View<'_>, watched: bool) -> Value {
    let board: &Board = decision.board;
    let row = |(rank, ranked): (usize, &Ranked)| {
        let mut row = json::proposal(&board.proposals[ranked.place.index], Some(rank + 1), view);
        // The votes of those who count, which here decide.
        row["counted_votes"] = ranked.place.tally.votes.into();
        row["counted_favorites"] = ranked.place.tally.favorites.into();
        row["ahead_of_next_by"] = ranked.edge.map(edge_word).into();
        row
    };
    let name = |voter: &usize| board.voters[*voter].name.as_str();
    json!({
        "winner": json::proposal(&board.proposals[decision.winner.place.index], None, view),
        "reason": pick::reason(decision),
        "random": decision.drawn.map(|d| json!({ "seed": d.seed, "among": d.among })),
        "here": decision.here.iter().map(name).collect::<Vec<_>>(),
        "waits_for": pick::waiting(decision).iter().map(|(who, movie)| json!({ "voter": who, "title": movie })).collect::<Vec<_>>(),
        "ranking": decision.ranking.iter().enumerate().map(row).collect::<Vec<_>>(),
        "watched": watched,
    })
}

fn edge_word(edge: TieBreak) -> &'static str {
    match edge {
        TieBreak::Fits => "fits",
        TieBreak::Votes(..) => "votes",
        TieBreak::Favorites(..) => "favorites",
        TieBreak::HeadToHead(..) | TieBreak::Wins(..) => "head_to_head",
        TieBreak::Age => "age",
    }
}
