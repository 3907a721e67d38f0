//! What people have left on the board and in the history: who goes with a change that is taken back, and who stays.

use std::collections::{HashMap, HashSet};

use serde::de::DeserializeOwned;

use super::Transaction;
use super::change_log::Recorded;
use super::db::{Result, required, statement};
use super::workspace::Workspace;
use crate::model::change::{Edit, Edits, ProposalRow, VoterRow};
use crate::model::{ProposalNumber, VoterId};

/// True for the row of a person who is known and was not removed.
pub fn takes_part(row: Option<&VoterRow>) -> bool {
    row.is_some_and(|row| row.removed_at.is_none())
}

/// The rows that changes have left, by the last change that did, and the last removal of each person: what is older than
/// that does not keep them.
#[derive(Default)]
pub struct Traces {
    /// By kind, proposal and person, as the change log names rows.
    left: HashMap<(String, i64, i64), i64>,
    removals: HashMap<VoterId, i64>,
}

impl Traces {
    /// What other changes than this one have left of those who go with it.
    pub fn of_others(
        transaction: &mut Transaction<'_>,
        change: &Recorded,
        voters: &[Edit<VoterId, VoterRow>],
    ) -> Result<Self> {
        let mut traces = Self::default();
        let sql = "SELECT c.id, e.kind, coalesce(e.proposal_id, 0), coalesce(e.voter_id, 0), e.before, e.after
                   FROM edits e JOIN changes c ON c.id = e.change_id
                   WHERE c.id <> ?1 AND c.undone_at IS NULL AND e.after IS NOT NULL
                       AND (e.voter_id = ?2 OR e.proposal_id IN (SELECT id FROM proposals WHERE proposed_by = ?2)
                           AND e.kind = 'proposal')
                   ORDER BY c.id";
        let goes = |edit: &&Edit<_, VoterRow>| takes_part(edit.before.as_ref()) && !takes_part(edit.after.as_ref());
        let queries: Vec<_> = voters.iter().filter(goes).map(|edit| statement!(sql, change.id.0, edit.key.0)).collect();
        transaction.run(&queries, &mut |_, row| {
            let (id, number, voter) = (required(row.int(0)?)?, required(row.int(2)?)?, required(row.int(3)?)?);
            let (before, after) = (row.text(4)?, row.text(5)?);
            match row.text(1)?.unwrap_or_default() {
                "voter" if !takes_part(from_json(after).as_ref()) => drop(traces.removals.insert(VoterId(voter), id)),
                "voter" => {}
                // A row that others change, as a note to it, was left by whom it came from.
                "proposal" if proposer(before) == proposer(after) => {}
                "proposal" => drop(traces.left.insert(("proposal".to_owned(), number, 0), id)),
                kind if before.is_none() => drop(traces.left.insert((kind.to_owned(), number, voter), id)),
                _ => {}
            }
            Ok(())
        })?;
        Ok(traces)
    }

    /// Something of a person's is on the board, or in the history, and is no part of the edits.
    pub fn has_any(&self, workspace: &Workspace, edits: &Edits, id: VoterId) -> bool {
        let removal = self.removals.get(&id).copied().unwrap_or_default();
        let is_left = |kind: &str, number: ProposalNumber, voter: i64| {
            self.left.get(&(kind.to_owned(), number.0, voter)).is_some_and(|change| *change > removal)
        };
        let own_votes: HashSet<_> = edits.votes.iter().map(|edit| edit.key).collect();
        let own_evenings: HashSet<_> = edits.attendance.iter().map(|edit| edit.key).collect();
        let going: HashSet<_> = edits.proposals.iter().map(|edit| edit.key).collect();
        let is_other_vote =
            |key: (_, VoterId)| key.1 == id && !own_votes.contains(&key) && is_left("vote", key.0, id.0);
        let is_other_evening =
            |key: (_, VoterId)| key.1 == id && !own_evenings.contains(&key) && is_left("attendance", key.0, id.0);
        let is_other_proposal = |key| !going.contains(&key) && is_left("proposal", key, 0);
        workspace.votes.iter().any(|(key, _)| is_other_vote(key))
            || workspace.attendance.iter().any(|(key, _)| is_other_evening(key))
            || workspace.proposals.iter().any(|(key, row)| row.proposed_by == id && is_other_proposal(key))
    }
}

fn from_json<T: DeserializeOwned>(json: Option<&str>) -> Option<T> {
    serde_json::from_str(json?).ok()
}

fn proposer(json: Option<&str>) -> Option<VoterId> {
    from_json(json).map(|row: ProposalRow| row.proposed_by)
}
