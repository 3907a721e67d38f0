//! Commands that do by hand what cannot be undone or redone.

use super::change_log::Logged;
use super::change_set::ChangeSet;
use super::rows::{BoardRow, Edit, ProposalRow, RowKey, RowKind, VoteRow};
use crate::model::change::{Action, Change, Remedy};
use crate::model::opinion::MAX_NOES;
use crate::model::{Opinion, ProposalNumber};

/// Returns a command that has the same effect as these edits. `None` if there is none.
pub fn remedy(change: &Logged, described: &Change, set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    let of_people = || edits.iter().find_map(|edit| of_person(change, described, set, edit));
    of_movies(set, edits).or_else(|| of_votes(change, set, edits)).or_else(|| of_seen(change, edits)).or_else(of_people)
}

fn of_movies(set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    let (mut withdrawn, mut watched, mut returning) = (Vec::new(), Vec::new(), None);
    for edit in edits {
        let RowKey { kind: RowKind::Proposal, number: Some(number), .. } = edit.key else { continue };
        let Some(now) = set.before.proposal(number) else { continue };
        match edit.after.as_ref().and_then(BoardRow::as_proposal) {
            Some(row) if row.is_on_board() => {
                returning = returning.or((!now.is_on_board() && now.watched_at.is_none()).then_some(row));
            }
            Some(row) if row.watched_at.is_some() && now.is_on_board() => watched.push(number),
            _ if now.is_on_board() => withdrawn.push(number),
            _ => {}
        }
    }
    if !withdrawn.is_empty() {
        return Some(Remedy::Movies(Action::Withdraw, withdrawn));
    }
    if !watched.is_empty() {
        return Some(Remedy::Movies(Action::Watched, watched));
    }
    let row = returning?;
    let is_same = |other: &ProposalRow| other.watched_at.is_some() && other.identity() == row.identity();
    Some(Remedy::Propose { movie: row.movie()?, again: set.now.proposals().any(|(_, other)| is_same(other)) })
}

/// Only the author's own votes.
fn of_votes(change: &Logged, set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    let wanted = |now: Option<Opinion>, after: Option<Opinion>| match (now, after) {
        (now, after) if now == after => None,
        (_, None) => Some(Action::Unvote),
        (_, Some(Opinion::No)) => Some(Action::No),
        (_, Some(Opinion::Favorite)) => Some(Action::Favorite),
        (Some(Opinion::Favorite), Some(Opinion::Yes)) => Some(Action::Unfavorite),
        (_, Some(Opinion::Yes)) => Some(Action::Vote),
    };
    let opinion = |vote: Option<&VoteRow>| vote.map(|vote| vote.opinion);
    let votes = edits.iter().filter_map(|edit| match edit.key {
        RowKey { kind: RowKind::Vote, number, voter, .. } if voter == change.author => {
            Some((number?, voter?, edit.after.as_ref()))
        }
        _ => None,
    });
    let on_board = votes.filter(|(number, ..)| set.before.proposal(*number).is_some_and(ProposalRow::is_on_board));
    let actions = on_board.filter_map(|(number, voter, after)| {
        Some((wanted(opinion(set.before.vote(number, voter)), opinion(after.and_then(BoardRow::as_vote)))?, number))
    });
    let actions: Vec<(Action, ProposalNumber)> = actions.collect();
    // A favourite implies the vote, and takes the place of another.
    let (action, _) = *actions.iter().find(|(action, _)| *action == Action::Favorite).or(actions.first())?;
    let numbers: Vec<_> = actions.iter().filter(|(other, _)| *other == action).map(|(_, number)| *number).collect();
    // A command that would be refused is no help.
    let noes = set.before.votes().filter(|(number, voter, vote)| {
        let is_on_board = set.before.proposal(*number).is_some_and(ProposalRow::is_on_board);
        is_on_board && Some(*voter) == change.author && vote.opinion == Opinion::No
    });
    let is_refused = action == Action::No && noes.count() + numbers.len() > MAX_NOES;
    (!is_refused).then_some(Remedy::Movies(action, numbers))
}

fn of_seen(change: &Logged, edits: &[Edit]) -> Option<Remedy> {
    let own = edits.iter().filter(|edit| edit.key.voter == change.author);
    let own: Vec<_> = own.filter_map(|edit| Some((edit.key.movie?, edit.after.is_some()))).collect();
    let (_, has_seen) = *own.first()?;
    let movies = own.iter().filter(|(_, other)| *other == has_seen).map(|(movie, _)| *movie).collect();
    Some(Remedy::Seen(if has_seen { Action::Seen } else { Action::NotSeen }, movies))
}

fn of_person(change: &Logged, described: &Change, set: &ChangeSet, edit: &Edit) -> Option<Remedy> {
    let id = edit.key.voter?;
    let (now, after) = (set.before.voter(id)?, edit.after.as_ref()?.as_voter()?);
    if now.removed_at.is_some() || !set.is_active(id) {
        return None;
    }
    let is_taken = || set.now.voters().any(|(other, row)| other != id && row.name_key == after.name_key);
    let is_removed = after.removed_at.is_some();
    let names = match change.action? {
        Action::Rename if now.name != after.name && !is_taken() => vec![now.name.clone(), after.name.clone()],
        Action::Remove if is_removed => vec![now.name.clone()],
        Action::Merge if is_removed && change.into != Some(id) => vec![now.name.clone(), described.into.clone()?],
        _ => return None,
    };
    change.action.map(|action| Remedy::People(action, names))
}
