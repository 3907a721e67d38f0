//! Taking changes back, and doing them again: the last one first, row by row, to exactly what was there.
//!
//! Nothing is reverted where somebody has changed the same rows since: their change would be lost with it.

use std::collections::HashSet;

use time::UtcDateTime;

use super::conflict::conflict;
use super::db::{Param, Result, Statement, required, statement};
use super::edits::writes;
use super::journal::{LATEST, Recorded, edits_of, recorded, told};
use super::traces::{Traces, takes_part};
use super::workspace::{Load, Workspace};
use super::{Store, Transaction};
use crate::model::change::{Change, Edit, Edits, ProposalRow, Reverted, VoteRow, VoterRow};
use crate::model::{ProposalNumber, VoterId, VoterName};

impl Store {
    /// The last changes, latest first, with those that were taken back and can be done again.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn changes(&mut self, limit: usize) -> Result<Vec<Change>> {
        self.read_newest(|transaction| {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let changes = recorded(transaction, "ORDER BY c.id DESC LIMIT ?1", vec![limit.into()])?;
            told(transaction, &changes)
        })
    }

    /// Takes back a person's last change, or, with `any`, the last one of anybody's.
    ///
    /// # Errors
    /// The database cannot be written: nothing is taken back.
    pub fn undo(&mut self, by: &VoterName, any: bool, at: UtcDateTime) -> Result<Reverted> {
        self.write(|transaction| {
            let own = "JOIN voters me ON me.id = c.voter_id WHERE c.undone_at IS NULL AND me.name_key = ?1";
            let found = match any {
                true => recorded(transaction, &format!("WHERE c.undone_at IS NULL {LATEST}"), vec![])?,
                false => recorded(transaction, &format!("{own} {LATEST}"), vec![by.key().into()])?,
            };
            let Some(change) = found.into_iter().next() else {
                let others = recorded(transaction, &format!("WHERE c.undone_at IS NULL {LATEST}"), vec![])?;
                return Ok(Reverted::NoneOfTheirs(told(transaction, &others)?.into_iter().next()));
            };
            // Before the change is taken back: it may be what gave this person their name.
            let person = person(transaction, by)?;
            let result = revert(transaction, &change, Direction::Back, at)?;
            if let Reverted::Whole(_) | Reverted::VotesOnly(..) = result {
                // Or it is what took their name from them.
                let person = person.map_or_else(|| self::person(transaction, by), |id| Ok(Some(id)))?;
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
            let mut found = recorded(transaction, own, vec![by.key().into()])?;
            if found.is_empty() {
                found = own_renaming(transaction, by)?;
            }
            let Some(change) = found.into_iter().next() else { return Ok(Reverted::NoneOfTheirs(None)) };
            let result = revert(transaction, &change, Direction::Again, at)?;
            if let Reverted::Whole(_) = result {
                let sql = "UPDATE changes SET undone_at = NULL, undone_by = NULL, undone_as = NULL WHERE id = ?1";
                transaction.execute(&[statement!(sql, change.id.0)])?;
            }
            Ok(result)
        })
    }
}

/// The renaming that a person took back last and that had given them this name: until it is done again, they are called
/// by another.
fn own_renaming(transaction: &mut Transaction<'_>, by: &VoterName) -> Result<Vec<Recorded>> {
    let own = "WHERE c.action = 'rename'
                   AND c.undone_as = (SELECT max(l.undone_as) FROM changes l WHERE l.undone_by = c.undone_by)
                   AND EXISTS (SELECT 1 FROM edits e WHERE e.change_id = c.id AND e.voter_id = c.undone_by)
               ORDER BY c.undone_as DESC";
    let mut found = recorded(transaction, own, vec![])?;
    let has_name = |edit: &Edit<_, VoterRow>| edit.after.as_ref().is_some_and(|row| row.name_key == by.key());
    found.retain(|change| change.edits.voters.iter().any(has_name));
    Ok(found)
}

fn person(transaction: &mut Transaction<'_>, name: &VoterName) -> Result<Option<VoterId>> {
    let rows = transaction.rows(statement!("SELECT id FROM voters WHERE name_key = ?1", name.key()), |row| {
        Ok(VoterId(required(row.int(0)?)?))
    })?;
    Ok(rows.into_iter().next())
}

/// Marks a change as taken back by a person. Who is not known takes part no more for that, but can do it again.
fn mark_undone(
    transaction: &mut Transaction<'_>,
    change: &Recorded,
    person: Option<VoterId>,
    by: &VoterName,
    at: UtcDateTime,
) -> Result<()> {
    let mut workspace = Workspace::read(transaction, Load::new())?;
    let id = match person {
        Some(id) => id,
        None => {
            let id = workspace.voter(by);
            workspace.remove_voter(id, at.unix_timestamp());
            id
        }
    };
    workspace.counters.change += 1;
    let counters = workspace.counters;
    let mut statements = writes(&workspace.into_edits(), counters);
    let sql = "UPDATE changes SET undone_at = ?2, undone_by = ?3, undone_as = ?4 WHERE id = ?1";
    statements.push(statement!(sql, change.id.0, at, id.0, counters.change));
    transaction.execute(&statements)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Back,
    Again,
}

/// Makes the rows of a change what they were before it, or after it again.
fn revert(
    transaction: &mut Transaction<'_>,
    change: &Recorded,
    direction: Direction,
    at: UtcDateTime,
) -> Result<Reverted> {
    let mut edits = match direction {
        Direction::Back => change.edits.clone().inverse(),
        Direction::Again => change.edits.clone(),
    };
    let mut workspace = Workspace::read(transaction, rows_of(&edits))?;
    // A proposal that others voted for since stays.
    let stays = match direction {
        Direction::Back => wanted_by_others(transaction, &workspace, change, &edits)?,
        Direction::Again => HashSet::new(),
    };
    edits.proposals.retain(|edit| !stays.contains(&edit.key));
    let voters = std::mem::take(&mut edits.voters);
    let traces = match direction {
        Direction::Back => Traces::of_others(transaction, change, &voters)?,
        // A removal that is done again leaves what removals leave.
        Direction::Again => Traces::default(),
    };
    edits.voters = voters.into_iter().filter_map(|edit| voter_edit(&workspace, &edits, edit, &traces, at)).collect();
    let telling = told(transaction, std::slice::from_ref(change))?.pop();
    let Some(told_change) = telling else { return Ok(Reverted::NoneOfTheirs(None)) };
    if let Some(conflict) = conflict(transaction, change, &workspace, &edits)? {
        return Ok(Reverted::Conflict(told_change, conflict));
    }
    let lost = workspace.apply(&edits);
    workspace.enter_who_votes();
    for edit in edits.votes.iter_mut().filter(|edit| lost.contains(&edit.key)) {
        edit.after = edit.after.map(|vote| VoteRow { favorite: false, ..vote });
    }
    let counters = workspace.counters;
    let mut statements = writes(&workspace.into_edits(), counters);
    if !stays.is_empty() || !lost.is_empty() {
        statements.extend(record_anew(change, edits, direction));
    }
    transaction.execute(&statements)?;
    if stays.is_empty() {
        return Ok(Reverted::Whole(told_change));
    }
    let kept = change.edits.proposals.iter().zip(&told_change.movies);
    let kept = kept.filter(|(edit, _)| stays.contains(&edit.key)).map(|(_, name)| name.clone()).collect();
    Ok(Reverted::VotesOnly(told_change, kept))
}

/// Records a change as what it was reverted by. What stays is no part of it any more: done again, it finds the rows as
/// they are.
fn record_anew(change: &Recorded, edits: Edits, direction: Direction) -> Vec<Statement<'static>> {
    let done = match direction {
        Direction::Back => edits.inverse(),
        Direction::Again => edits,
    };
    let mut statements = vec![statement!("DELETE FROM edits WHERE change_id = ?1", change.id.0)];
    statements.extend(edits_of(change.id, &Edits { voters: change.edits.voters.clone(), ..done }));
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

/// The edit of a person who comes or goes. A row of a person is never deleted, because changes refer to it: who goes is
/// removed, and comes back with the next thing they do. Who has left other traces does not go with the change they came
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
        let is_on_board = |row: &Option<ProposalRow>| row.as_ref().is_some_and(ProposalRow::is_on_board);
        edit.after.is_some() && is_on_board(&edit.before) && !is_on_board(&edit.after)
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
