//! Taking changes back, and doing them again: the last one first, row by row, to exactly what was there.
//!
//! Nothing is reverted where somebody has changed the same rows since: their change would be lost with it.

use std::collections::HashSet;

use time::UtcDateTime;

use super::change_log::{Direction, LATEST, Recorded, described, edits_of, recorded};
use super::conflict::conflict;
use super::db::{Param, Result, Statement, required, statement};
use super::edits::writes;
use super::names::{free_names, is_voter, own_renaming, person};
use super::traces::{Traces, takes_part};
use super::workspace::{Load, Workspace};
use super::{Store, StoreError, Transaction};
use crate::model::change::{Action, Change, Edit, Edits, ProposalRow, Reverted, VoteRow, VoterRow};
use crate::model::{ProposalNumber, VoterId, VoterName};

impl Store {
    /// The last changes, latest first, with those that were taken back and can be done again.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn changes(&mut self, limit: usize) -> Result<Vec<Change>> {
        self.read(|transaction| {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let changes = recorded(transaction, "ORDER BY c.id DESC LIMIT ?1", &[limit.into()])?;
            described(transaction, &changes)
        })
    }

    /// Takes back a person's last change, or, with `any`, the last one of anybody's.
    ///
    /// # Errors
    /// The database cannot be written: nothing is taken back.
    pub fn undo(&mut self, by: &VoterName, any: bool, at: UtcDateTime) -> Result<Reverted> {
        self.write(|transaction| {
            let own = "JOIN voters me ON me.id = c.voter_id WHERE c.undone_at IS NULL AND me.name_key = ?1";
            let anybodys = "WHERE c.undone_at IS NULL";
            let found = match any {
                true => recorded(transaction, &format!("{anybodys} {LATEST}"), &[])?,
                false => recorded(transaction, &format!("{own} {LATEST}"), &[by.key().into()])?,
            };
            let found = match found.into_iter().next() {
                None => own_renaming(transaction, by, Direction::Back)?,
                found => found,
            };
            let Some(change) = found else {
                let others = recorded(transaction, &format!("{anybodys} {LATEST}"), &[])?;
                return Ok(Reverted::NoneOfTheirs(described(transaction, &others)?.into_iter().next()));
            };
            // Before the change is taken back: it may be what gave this person their name.
            let before = person(transaction, by)?;
            let result = revert(transaction, &change, Direction::Back, at)?;
            if let Reverted::Whole(_) | Reverted::VotesOnly(..) = result {
                // Or it is what took their name from them, or freed it of somebody else.
                let is_renaming = change.action == Some(Action::Rename);
                let person = match before {
                    Some(id) if !is_renaming || is_voter(transaction, id)? => Some(id),
                    _ => person(transaction, by)?,
                };
                mark_undone(transaction, &change, person, by, at)?;
            }
            Ok(result)
        })
    }

    /// Does again what a person took back last, if they have changed nothing since.
    ///
    /// # Errors
    /// The database cannot be written: nothing is done.
    pub fn redo(&mut self, by: &VoterName, at: UtcDateTime) -> Result<Reverted> {
        self.write(|transaction| {
            let own = "JOIN voters me ON me.id = c.undone_by WHERE c.undone_at IS NOT NULL AND me.name_key = ?1
                       ORDER BY c.undone_as DESC LIMIT 1";
            let found = match recorded(transaction, own, &[by.key().into()])?.into_iter().next() {
                None => own_renaming(transaction, by, Direction::Again)?,
                found => found,
            };
            let Some(change) = found else { return Ok(Reverted::NoneOfTheirs(None)) };
            let result = revert(transaction, &change, Direction::Again, at)?;
            if let Reverted::Whole(_) = result {
                let sql = "UPDATE changes SET token = ?2, undone_at = NULL, undone_by = NULL, undone_as = NULL
                           WHERE id = ?1";
                let redone = statement!(sql, change.id.0, transaction.token());
                transaction.execute(&[redone])?;
            }
            Ok(result)
        })
    }
}

/// Marks a change as taken back by a person.
fn mark_undone(
    transaction: &mut Transaction<'_>,
    change: &Recorded,
    person: Option<VoterId>,
    by: &VoterName,
    at: UtcDateTime,
) -> Result<()> {
    let mut workspace = Workspace::read(transaction, Load::new())?;
    let id = person.unwrap_or_else(|| workspace.author(by, at));
    workspace.counters.change += 1;
    let counters = workspace.counters;
    let mut statements = writes(&workspace.into_edits(), counters);
    let sql = "UPDATE changes SET undone_at = ?2, undone_by = ?3, undone_as = ?4, token = ?5 WHERE id = ?1";
    statements.push(statement!(sql, change.id.0, at, id.0, counters.change, transaction.token()));
    transaction.execute(&statements)
}

/// What is to be edited when a change is reverted.
struct Plan {
    workspace: Workspace,
    edits: Edits,
    /// Proposals that stay, because others voted for them since.
    stays: HashSet<ProposalNumber>,
    /// What has to be done before anything is edited.
    statements: Vec<Statement<'static>>,
}

impl Plan {
    fn new(
        transaction: &mut Transaction<'_>,
        change: &Recorded,
        direction: Direction,
        at: UtcDateTime,
    ) -> Result<Self> {
        let mut edits = match direction {
            Direction::Back => change.edits.clone().inverse(),
            Direction::Again => change.edits.clone(),
        };
        let mut workspace = Workspace::read(transaction, rows_of(&edits))?;
        let statements = free_names(transaction, &mut workspace, &edits.voters)?;
        let stays = match direction {
            Direction::Back => wanted_by_others(transaction, &workspace, change, &edits)?,
            Direction::Again => HashSet::new(),
        };
        let moved: HashSet<ProposalNumber> = edits.proposals.iter().map(|edit| edit.key).collect();
        edits.proposals.retain(|edit| {
            let is_there = direction == Direction::Again && has_stayed(&workspace, edit);
            !(is_there || stays.contains(&edit.key))
        });
        edits.votes.retain(|edit| {
            let is_as_before = workspace.votes.get(edit.key) == edit.before.as_ref();
            is_as_before || !(is_favorite_only(edit) && moved.contains(&edit.key.0))
        });
        let voters = std::mem::take(&mut edits.voters);
        let traces = match direction {
            Direction::Back => Traces::of_others(transaction, change, &voters)?,
            // A removal that is done again leaves what removals leave.
            Direction::Again => Traces::default(),
        };
        let voter_edit = |edit| voter_edit(&workspace, &edits, edit, &traces, at);
        edits.voters = voters.into_iter().filter_map(voter_edit).collect();
        Ok(Self { workspace, edits, stays, statements })
    }

    /// The statements that carry it out.
    fn into_statements(mut self, change: &Recorded, direction: Direction) -> Vec<Statement<'static>> {
        let lost = self.workspace.apply(&self.edits);
        self.workspace.enter_who_votes();
        let anew = if lost.is_empty() { Vec::new() } else { record_anew(change, &self.workspace, &lost, direction) };
        let counters = self.workspace.counters;
        self.statements.extend(writes(&self.workspace.into_edits(), counters));
        self.statements.extend(anew);
        self.statements
    }
}

fn is_on_board(row: Option<&ProposalRow>) -> bool {
    row.is_some_and(ProposalRow::is_on_board)
}

/// A movie that a change brought to the board is there already: it stayed when the change was taken back.
fn has_stayed(workspace: &Workspace, edit: &Edit<ProposalNumber, ProposalRow>) -> bool {
    let comes = !is_on_board(edit.before.as_ref()) && is_on_board(edit.after.as_ref());
    comes && is_on_board(workspace.proposals.get(edit.key))
}

/// The vote is there before and after. Of a change that moves its movie, that goes with the movie: who has chosen another
/// favourite since keeps that one.
fn is_favorite_only(edit: &Edit<(ProposalNumber, VoterId), VoteRow>) -> bool {
    edit.before.is_some() && edit.after.is_some()
}

/// Makes the rows of a change what they were before it, or after it again.
fn revert(
    transaction: &mut Transaction<'_>,
    change: &Recorded,
    direction: Direction,
    at: UtcDateTime,
) -> Result<Reverted> {
    let plan = Plan::new(transaction, change, direction, at)?;
    let described = described(transaction, std::slice::from_ref(change))?.pop().ok_or_else(StoreError::damaged)?;
    if let Some(conflict) = conflict(transaction, change, &plan.workspace, &plan.edits, direction)? {
        return Ok(Reverted::Conflict(described, conflict));
    }
    let named = change.edits.proposals.iter().zip(&described.movies);
    let kept: Vec<String> =
        named.filter(|(edit, _)| plan.stays.contains(&edit.key)).map(|(_, name)| name.clone()).collect();
    transaction.execute(&plan.into_statements(change, direction))?;
    Ok(if kept.is_empty() { Reverted::Whole(described) } else { Reverted::VotesOnly(described, kept) })
}

/// Records a change with the favourites that were lost when it was reverted, so that reverting that finds them as they
/// are, and gives them back.
fn record_anew(
    change: &Recorded,
    workspace: &Workspace,
    lost: &HashSet<(ProposalNumber, VoterId)>,
    direction: Direction,
) -> Vec<Statement<'static>> {
    let mut edits = change.edits.clone();
    for key in lost {
        let edit = match edits.votes.iter().position(|edit| edit.key == *key) {
            Some(at) => &mut edits.votes[at],
            None => {
                let favored = workspace.votes.get(*key).map(|vote| VoteRow { favorite: true, ..*vote });
                edits.votes.push(Edit { key: *key, before: favored, after: favored });
                edits.votes.last_mut().expect("it was pushed just now")
            }
        };
        let side = match direction {
            Direction::Back => &mut edit.before,
            Direction::Again => &mut edit.after,
        };
        *side = side.map(|vote| VoteRow { favorite: false, ..vote });
    }
    let mut statements = vec![statement!("DELETE FROM edits WHERE change_id = ?1", change.id.0)];
    statements.extend(edits_of(change.id, &edits));
    statements
}

/// The rows of edits as they are now, and what stands beside them: other votes for new proposals, other proposals of
/// the same movies, other people of the same names.
fn rows_of(edits: &Edits) -> Load<'static> {
    let mut load = Load::new();
    load.favorites();
    for edit in &edits.voters {
        load.voters("v.id = ?1", vec![edit.key.0.into()]);
        if let Some(row) = &edit.after {
            load.voters("v.name_key = ?1", vec![row.name_key.clone().into()]);
        }
        if !takes_part(edit.after.as_ref()) {
            load.votes("WHERE b.voter_id = ?1", vec![edit.key.0.into()]);
            load.attendance("voter_id = ?1", vec![edit.key.0.into()]);
            let own = "p.proposed_by = ?1 OR p.id IN (SELECT proposal_id FROM votes WHERE voter_id = ?1)";
            load.proposals(own, vec![edit.key.0.into()]);
        }
    }
    if edits.proposals.iter().filter_map(|edit| edit.after.as_ref()).any(|row| row.title.is_some()) {
        // Titles are compared here, because databases do not know when two are the same.
        load.proposals("p.title IS NOT NULL AND p.watched_at IS NULL", vec![]);
    }
    for edit in &edits.proposals {
        load.proposals("p.id = ?1", vec![edit.key.0.into()]);
        if let Some(row) = &edit.after {
            let id = row.imdb_id.map(|id| id.to_string());
            load.proposals("p.imdb_id = ?1 AND p.watched_at IS NULL", vec![id.into()]);
        }
        load.votes("WHERE b.proposal_id = ?1", vec![edit.key.0.into()]);
        load.voters("v.id IN (SELECT voter_id FROM votes WHERE proposal_id = ?1)", vec![edit.key.0.into()]);
    }
    let of_row = |key: (ProposalNumber, VoterId)| -> Vec<Param<'static>> { vec![key.0.0.into(), key.1.0.into()] };
    for edit in &edits.votes {
        load.votes("WHERE b.proposal_id = ?1 AND b.voter_id = ?2", of_row(edit.key));
        load.voters("v.id = ?1", vec![edit.key.1.0.into()]);
        load.proposals("p.id = ?1", vec![edit.key.0.0.into()]);
    }
    for edit in &edits.attendance {
        load.attendance("proposal_id = ?1 AND voter_id = ?2", of_row(edit.key));
        load.proposals("p.id = ?1", vec![edit.key.0.0.into()]);
    }
    load
}

/// The edit of a person who comes or goes. The row of who goes is not deleted, because changes refer to it: they are
/// removed, and come back with the next thing they do. Who has left other traces does not go with the change they came
/// with.
fn voter_edit(
    workspace: &Workspace,
    edits: &Edits,
    edit: Edit<VoterId, VoterRow>,
    traces: &Traces,
    at: UtcDateTime,
) -> Option<Edit<VoterId, VoterRow>> {
    let key = edit.key;
    let now = workspace.voters.get(key).cloned();
    let was_there = takes_part(edit.before.as_ref());
    match (was_there, takes_part(edit.after.as_ref())) {
        (true, true) => Some(edit),
        (false, false) => None,
        (false, true) => {
            let after = now.clone().or(edit.after).map(|row| VoterRow { removed_at: None, ..row });
            (!takes_part(now.as_ref())).then_some(Edit { key, before: now, after })
        }
        (true, false) => {
            let now = now.filter(|row| row.removed_at.is_none() && !traces.has_any(workspace, edits, key))?;
            let after = Some(VoterRow { removed_at: Some(at.unix_timestamp()), ..now.clone() });
            Some(Edit { key, before: Some(now), after })
        }
    }
}

/// Proposals that would go and have votes which are no part of the change; of those that the change brought back, votes
/// that were given since.
fn wanted_by_others(
    transaction: &mut Transaction<'_>,
    workspace: &Workspace,
    change: &Recorded,
    edits: &Edits,
) -> Result<HashSet<ProposalNumber>> {
    let own: HashSet<_> = edits.votes.iter().map(|edit| edit.key).collect();
    let going: HashSet<_> = edits.proposals.iter().filter(|edit| edit.after.is_none()).map(|edit| edit.key).collect();
    let others = workspace.votes.iter().filter(|(key, _)| going.contains(&key.0) && !own.contains(key));
    let mut wanted: HashSet<ProposalNumber> = others.map(|((number, _), _)| number).collect();
    let leaves = |edit: &&Edit<ProposalNumber, ProposalRow>| {
        edit.after.is_some() && is_on_board(edit.before.as_ref()) && !is_on_board(edit.after.as_ref())
    };
    let since = "SELECT count(*) FROM votes b JOIN edits e ON e.proposal_id = b.proposal_id AND e.voter_id = b.voter_id
                 JOIN changes c ON c.id = e.change_id
                 WHERE b.proposal_id = ?1 AND e.kind = 'vote' AND e.before IS NULL AND c.id > ?2 AND c.undone_at IS NULL";
    let returned: Vec<ProposalNumber> = edits.proposals.iter().filter(leaves).map(|edit| edit.key).collect();
    let queries: Vec<_> = returned.iter().map(|number| statement!(since, number.0, change.id.0)).collect();
    transaction.run(&queries, &mut |index, row| {
        if required(row.int(0)?)? > 0 {
            wanted.insert(returned[index]);
        }
        Ok(())
    })?;
    Ok(wanted)
}
