//! What stands in the way of a change that is to be taken back, or done again.

use std::collections::{HashMap, HashSet};

use super::Transaction;
use super::change_log::{Direction, Recorded, described, recorded};
use super::db::{Result, statement};
use super::names::namesake;
use super::traces::takes_part;
use super::workspace::{Table, Workspace};
use crate::model::change::{Conflict, Edit, Edits, Present, ProposalRow, VoteRow, VoterRow};
use crate::model::text::title_key;
use crate::model::{ProposalNumber, VoterId};

/// A row that is not what an edit takes it to be, or that stands in its way.
struct Difference {
    row: RowName,
    /// Why that is a conflict, unless a later change explains it; none: it is none, then, because what is wanted is so
    /// already.
    conflict: Option<Conflict>,
}

/// A row as the change log names rows.
struct RowName {
    kind: &'static str,
    number: Option<i64>,
    voter: Option<i64>,
}

impl RowName {
    fn of_voter(id: VoterId) -> Self {
        Self { kind: "voter", number: None, voter: Some(id.0) }
    }

    fn of_proposal(number: ProposalNumber) -> Self {
        Self { kind: "proposal", number: Some(number.0), voter: None }
    }
}

/// Why the edits of a change cannot be made; none: nothing stands in their way.
pub fn conflict(
    transaction: &mut Transaction<'_>,
    change: &Recorded,
    workspace: &Workspace,
    edits: &Edits,
    direction: Direction,
) -> Result<Option<Conflict>> {
    let mut differences = of_voters(workspace, &edits.voters, direction);
    differences.extend(of_proposals(workspace, &edits.proposals));
    let comes: HashSet<_> = edits.proposals.iter().filter(|edit| edit.after.is_some()).map(|edit| edit.key).collect();
    // A favourite may have been lost when somebody else brought back another: it is the same vote.
    let is_same_vote = |a: &VoteRow, b: &VoteRow| a.voted_at == b.voted_at;
    let has_proposal = |number| comes.contains(&number) || workspace.proposals.get(number).is_some();
    differences.extend(at_proposals("vote", &edits.votes, &workspace.votes, has_proposal, is_same_vote));
    differences.extend(at_proposals("attendance", &edits.attendance, &workspace.attendance, has_proposal, Present::eq));
    let later = later_changes(transaction, change, &differences)?;
    let first = differences.into_iter().zip(later).find(|(row, later)| later.is_some() || row.conflict.is_some());
    match first {
        Some((_, Some(later))) => {
            let later = recorded(transaction, "WHERE c.id = ?1", &[later.into()])?;
            Ok(described(transaction, &later)?.pop().map(Conflict::Later))
        }
        Some((row, None)) => Ok(row.conflict),
        None => Ok(None),
    }
}

fn of_voters(workspace: &Workspace, edits: &[Edit<VoterId, VoterRow>], direction: Direction) -> Vec<Difference> {
    let difference = |edit: &Edit<VoterId, VoterRow>| {
        let now = workspace.voters.get(edit.key);
        if let Some(other) = namesake(workspace, edit) {
            return Some(Difference { row: RowName::of_voter(other), conflict: Some(Conflict::Unknown) });
        }
        let is_changed = edit.before.is_some() && now != edit.before.as_ref();
        // Whose removal is taken back may have been removed again, whatever the row says of when.
        let returns = direction == Direction::Back && !takes_part(now) && takes_part(edit.after.as_ref());
        let conflict = is_changed.then_some(Conflict::Unknown);
        (is_changed || returns).then(|| Difference { row: RowName::of_voter(edit.key), conflict })
    };
    edits.iter().filter_map(difference).collect()
}

fn of_proposals(workspace: &Workspace, edits: &[Edit<ProposalNumber, ProposalRow>]) -> Vec<Difference> {
    // A movie stands on the board once, by its id or by a title of its own.
    let identity = |row: &ProposalRow| (row.imdb_id, row.title.as_deref().map(title_key));
    let is_open = |row: &ProposalRow| row.watched_at.is_none();
    let open = workspace.proposals.iter().filter(|(_, row)| is_open(row));
    let open: HashMap<_, ProposalNumber> = open.map(|(number, row)| (identity(row), number)).collect();
    let mut differences = Vec::new();
    for Edit { key, before, after } in edits {
        let now = workspace.proposals.get(*key);
        // Two withdrawals of one second leave the same row.
        let is_withdrawn = before.as_ref().is_some_and(|row| row.withdrawn_at.is_some());
        if now != before.as_ref() || is_withdrawn {
            let holds = now == before.as_ref() || now == after.as_ref();
            let conflict = (!holds).then_some(Conflict::Unknown);
            differences.push(Difference { row: RowName::of_proposal(*key), conflict });
        }
        let other = after.as_ref().filter(|row| is_open(row)).and_then(|row| open.get(&identity(row)));
        if let Some(other) = other.filter(|other| *other != key) {
            let conflict = Some(Conflict::Unknown);
            differences.push(Difference { row: RowName::of_proposal(*other), conflict });
        }
    }
    differences
}

/// The key of what a person has at a proposal: a vote, attendance.
type AtProposal = (ProposalNumber, VoterId);

fn at_proposals<R: Clone + PartialEq>(
    kind: &'static str,
    edits: &[Edit<AtProposal, R>],
    table: &Table<AtProposal, R>,
    has_proposal: impl Fn(ProposalNumber) -> bool,
    is_same: impl Fn(&R, &R) -> bool,
) -> Vec<Difference> {
    let difference = |edit: &Edit<AtProposal, R>| {
        let (number, voter) = edit.key;
        let row = RowName { kind, number: Some(number.0), voter: Some(voter.0) };
        if edit.after.is_some() && !has_proposal(number) {
            return Some(Difference { row, conflict: Some(Conflict::ProposalGone(number)) });
        }
        let now = table.get(edit.key);
        let holds = now == edit.after.as_ref() || now.zip(edit.before.as_ref()).is_some_and(|(a, b)| is_same(a, b));
        let is_changed = now != edit.before.as_ref();
        is_changed.then(|| Difference { row, conflict: (!holds).then_some(Conflict::Unknown) })
    };
    edits.iter().filter_map(difference).collect()
}

/// For each row, the last change after `change` that touched it.
fn later_changes(
    transaction: &mut Transaction<'_>,
    change: &Recorded,
    differences: &[Difference],
) -> Result<Vec<Option<i64>>> {
    let sql = "SELECT max(c.id) FROM changes c JOIN edits e ON e.change_id = c.id
               WHERE c.undone_at IS NULL AND c.id > ?1 AND e.kind = ?2
                   AND coalesce(e.proposal_id, 0) = ?3 AND coalesce(e.voter_id, 0) = ?4";
    let query = |Difference { row, .. }: &Difference| {
        statement!(sql, change.id.0, row.kind, row.number.unwrap_or(0), row.voter.unwrap_or(0))
    };
    let queries: Vec<_> = differences.iter().map(query).collect();
    let mut later = vec![None; differences.len()];
    transaction.run(&queries, &mut |at, row| {
        later[at] = row.int(0)?;
        Ok(())
    })?;
    Ok(later)
}
