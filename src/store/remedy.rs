//! Commands that do by hand what cannot be undone or redone.

use super::change_set::ChangeSet;
use super::rows::{BoardRow, Edit, ProposalRow, RowKey, RowKind, VoteRow};
use crate::model::change::{Action, Remedy};
use crate::model::opinion::MAX_NOES;
use crate::model::{Opinion, ProposalNumber, VoterId};

/// Returns a command that has the same effect as these edits. `None` if there is none.
pub fn remedy(author: Option<VoterId>, set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    of_movies(set, edits).or_else(|| of_votes(author, set, edits))
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

/// Only the author's own votes, and none while votes are hidden.
fn of_votes(author: Option<VoterId>, set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    if set.hidden_since.is_some() {
        return None;
    }
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
        RowKey { kind: RowKind::Vote, number, voter, .. } if voter == author => {
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
        is_on_board && Some(*voter) == author && vote.opinion == Opinion::No
    });
    let is_refused = action == Action::No && noes.count() + numbers.len() > MAX_NOES;
    (!is_refused).then_some(Remedy::Movies(action, numbers))
}
