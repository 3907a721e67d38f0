//! Commands to type instead of an undo or a redo that was refused.

use super::change_set::ChangeSet;
use super::rows::{BoardRow, Edit, ProposalRow, RowKey};
use crate::model::change::{Action, Remedy};
use crate::model::opinion::MAX_NOES;
use crate::model::{Opinion, ProposalNumber, VoterId};

/// Returns a command with the same effect as these edits. `None` if there is none.
pub fn remedy(author: Option<VoterId>, set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    of_movies(set, edits).or_else(|| of_votes(author, set, edits))
}

fn of_movies(set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    let (mut withdrawn, mut watched, mut returning) = (Vec::new(), Vec::new(), None);
    for edit in edits {
        let RowKey::Proposal(number) = edit.key else { continue };
        let Some(now) = set.before.proposal(number) else { continue };
        match &edit.after {
            Some(BoardRow::Proposal(row)) if row.is_on_board() => {
                returning = returning.or((!now.is_on_board() && now.watched_at.is_none()).then_some(row));
            }
            Some(BoardRow::Proposal(row)) if row.watched_at.is_some() && now.is_on_board() => watched.push(number),
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

/// Considers only the author's own votes, and none while votes are hidden.
fn of_votes(author: Option<VoterId>, set: &ChangeSet, edits: &[Edit]) -> Option<Remedy> {
    if set.hidden_since.is_some() {
        return None;
    }
    let is_on_board = |number| set.before.proposal(number).is_some_and(ProposalRow::is_on_board);
    let mut actions: Vec<(Action, ProposalNumber)> = Vec::new();
    for edit in edits {
        let RowKey::Vote(number, voter) = edit.key else { continue };
        if Some(voter) != author || !is_on_board(number) {
            continue;
        }
        let now = set.before.vote(number, voter).map(|vote| vote.opinion);
        let wanted = if let Some(BoardRow::Vote(vote)) = &edit.after { Some(vote.opinion) } else { None };
        let action = match (now, wanted) {
            _ if now == wanted => continue,
            (_, None) => Action::Unvote,
            (_, Some(Opinion::No)) => Action::No,
            (_, Some(Opinion::Favorite)) => Action::Favorite,
            (Some(Opinion::Favorite), Some(Opinion::Yes)) => Action::Unfavorite,
            (_, Some(Opinion::Yes)) => Action::Vote,
        };
        actions.push((action, number));
    }
    // A favourite implies the vote, and replaces another favourite.
    let (action, _) = *actions.iter().find(|(action, _)| *action == Action::Favorite).or(actions.first())?;
    let numbers: Vec<_> = actions.iter().filter(|(other, _)| *other == action).map(|(_, number)| *number).collect();
    // A command that would be refused does not help.
    let noes = set
        .before
        .votes()
        .filter(|(number, voter, vote)| is_on_board(*number) && Some(*voter) == author && vote.opinion == Opinion::No);
    let is_refused = action == Action::No && noes.count() + numbers.len() > MAX_NOES;
    (!is_refused).then_some(Remedy::Movies(action, numbers))
}
