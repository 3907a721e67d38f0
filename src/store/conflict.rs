//! What stands in the way of a change that is to be taken back, or done again.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::Transaction;
use super::db::Result;
use super::journal::{LATEST, Recorded, recorded, told};
use super::workspace::{Table, Workspace};
use crate::model::change::{Change, Conflict, Edit, Edits, ProposalRow, VoterRow};
use crate::model::text::cleaned;
use crate::model::{ImdbId, ProposalNumber, VoterId};

/// Why the edits of a change cannot be made; none: nothing stands in their way.
pub fn conflict(
    transaction: &mut Transaction<'_>,
    change: &Recorded,
    workspace: &Workspace,
    edits: &Edits,
) -> Result<Option<Conflict>> {
    if let Some(row) = changed_row(workspace, edits) {
        let later = later_change(transaction, change, &row)?.map(Conflict::Later);
        return Ok(later.or_else(|| taken_name(workspace, edits)).or(Some(Conflict::Unknown)));
    }
    // Two withdrawals of one second leave the same row.
    let is_withdrawn = |row: &ProposalRow| row.withdrawn_at.is_some();
    for edit in edits.proposals.iter().filter(|edit| edit.before.as_ref().is_some_and(is_withdrawn)) {
        let row = RowName { kind: "proposal", number: Some(edit.key.0), voter: None };
        if let Some(later) = later_change(transaction, change, &row)? {
            return Ok(Some(Conflict::Later(later)));
        }
    }
    Ok(None)
}

/// The row is now what the edits take it to be.
fn is_same<K: Copy + Eq + Hash, R: Clone + PartialEq>(table: &Table<K, R>, edit: &Edit<K, R>) -> bool {
    table.get(edit.key) == edit.before.as_ref()
}

/// A row that was changed since, as the journal names rows.
struct RowName {
    kind: &'static str,
    number: Option<i64>,
    voter: Option<i64>,
}

/// The first row that is not what the edits take it to be, or that stands in the way of one of them.
fn changed_row(workspace: &Workspace, edits: &Edits) -> Option<RowName> {
    let of_row = |kind, key: (ProposalNumber, VoterId)| RowName { kind, number: Some(key.0.0), voter: Some(key.1.0) };
    for edit in &edits.voters {
        let is_changed = edit.before.is_some() && !is_same(&workspace.voters, edit);
        if let Some(id) = namesake(workspace, edit).or(is_changed.then_some(edit.key)) {
            return Some(RowName { kind: "voter", number: None, voter: Some(id.0) });
        }
    }
    let open = workspace.proposals.iter().filter(|(_, row)| row.watched_at.is_none());
    let open: HashMap<ImdbId, ProposalNumber> = open.filter_map(|(number, row)| Some((row.imdb_id?, number))).collect();
    for edit in &edits.proposals {
        if !is_same(&workspace.proposals, edit) {
            return Some(RowName { kind: "proposal", number: Some(edit.key.0), voter: None });
        }
        let id = edit.after.as_ref().filter(|row| row.watched_at.is_none()).and_then(|row| row.imdb_id);
        let other = id.and_then(|id| open.get(&id)).filter(|number| **number != edit.key);
        if let Some(other) = other {
            return Some(RowName { kind: "proposal", number: Some(other.0), voter: None });
        }
    }
    // A vote needs its proposal: there already, or coming back with it.
    let comes: HashSet<ProposalNumber> = edits.proposals.iter().map(|edit| edit.key).collect();
    let has_proposal = |number| comes.contains(&number) || workspace.proposals.get(number).is_some();
    let is_lost = |number, comes_back: bool| comes_back && !has_proposal(number);
    let vote =
        edits.votes.iter().find(|edit| !is_same(&workspace.votes, edit) || is_lost(edit.key.0, edit.after.is_some()));
    let present = || {
        let differs = |edit: &&Edit<_, _>| !is_same(&workspace.attendance, edit);
        edits.attendance.iter().find(|edit| differs(edit) || is_lost(edit.key.0, edit.after.is_some()))
    };
    vote.map(|edit| of_row("vote", edit.key)).or_else(|| present().map(|edit| of_row("attendance", edit.key)))
}

/// Somebody else who has the name that an edit gives.
fn namesake(workspace: &Workspace, edit: &Edit<VoterId, VoterRow>) -> Option<VoterId> {
    let name = edit.after.as_ref()?.name_key.as_str();
    workspace.voters.iter().find(|(id, row)| *id != edit.key && row.name_key == name).map(|(id, _)| id)
}

/// A person would get a name that somebody else has.
fn taken_name(workspace: &Workspace, edits: &Edits) -> Option<Conflict> {
    let edit = edits.voters.iter().find(|edit| namesake(workspace, edit).is_some())?;
    let shown = |row: &VoterRow| cleaned(row.name.clone());
    let (now, name) = (workspace.voters.get(edit.key).map(shown)?, edit.after.as_ref().map(shown)?);
    Some(Conflict::NameTaken { now, name })
}

/// The last change after `change` that touched a row.
fn later_change(transaction: &mut Transaction<'_>, change: &Recorded, row: &RowName) -> Result<Option<Change>> {
    let condition = "WHERE c.undone_at IS NULL AND c.id > ?1 AND EXISTS (
            SELECT 1 FROM edits e WHERE e.change_id = c.id AND e.kind = ?2
            AND coalesce(e.proposal_id, 0) = ?3 AND coalesce(e.voter_id, 0) = ?4)";
    let params =
        vec![change.id.0.into(), row.kind.into(), row.number.unwrap_or(0).into(), row.voter.unwrap_or(0).into()];
    let found = recorded(transaction, &format!("{condition} {LATEST}"), params)?;
    Ok(told(transaction, &found)?.into_iter().next())
}
