//! The record of changes, kept so that they can be taken back and done again: each with its edits, row by row.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use time::{Duration, UtcDateTime};

use super::db::{Param, Result, Row, Statement, required, statement};
use super::edits::writes;
use super::workspace::Workspace;
use super::{StoreError, Transaction};
use crate::model::change::{Action, Change, ChangeId, Edit, Edits};
use crate::model::text::cleaned;
use crate::model::title::{Title, with_year};
use crate::model::{ProposalNumber, VoterId, moment};

/// Changes that are kept.
const KEPT: i64 = 100;

/// Changes are kept for this long however many there are: their tokens tell whether they were stored.
const KEPT_AT_LEAST: Duration = Duration::DAY;

/// Writes what was edited, and records it as a change. What edits nothing is no change, and could not be taken back.
pub(super) fn record(
    transaction: &mut Transaction<'_>,
    workspace: Workspace,
    action: Action,
    by: Option<VoterId>,
    at: UtcDateTime,
) -> Result<()> {
    let mut counters = workspace.counters;
    let edits = workspace.into_edits();
    if edits.is_empty() {
        return Ok(());
    }
    counters.change += 1;
    let id = ChangeId(counters.change);
    let mut statements = writes(&edits, counters);
    if let Some(by) = by {
        // A new change ends what its person could do again.
        statements.push(statement!("DELETE FROM changes WHERE undone_by = ?1", by.0));
    }
    statements.push(statement!(
        "INSERT INTO changes (id, at, voter_id, action, token) VALUES (?1, ?2, ?3, ?4, ?5)",
        id.0,
        at,
        by.map(|voter| voter.0),
        action.as_str(),
        transaction.token()
    ));
    statements.extend(edits_of(id, &edits));
    statements.push(statement!(
        "DELETE FROM changes WHERE undone_at IS NULL AND at < ?2 AND id <=
             (SELECT id FROM changes WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?1)",
        KEPT,
        at - KEPT_AT_LEAST
    ));
    transaction.execute(&statements)
}

/// The statements that keep the edits of a change.
pub(super) fn edits_of(change: ChangeId, edits: &Edits) -> Vec<Statement<'static>> {
    let mut statements = Vec::new();
    let mut add = |kind: &'static str, number: Option<i64>, voter: Option<i64>, before, after| {
        statements.push(statement!(
            "INSERT INTO edits (change_id, kind, proposal_id, voter_id, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            change.0,
            kind,
            number,
            voter,
            before,
            after
        ));
    };
    for edit in &edits.voters {
        add("voter", None, Some(edit.key.0), json(edit.before.as_ref()), json(edit.after.as_ref()));
    }
    for edit in &edits.proposals {
        add("proposal", Some(edit.key.0), None, json(edit.before.as_ref()), json(edit.after.as_ref()));
    }
    for Edit { key: (number, voter), before, after } in &edits.votes {
        add("vote", Some(number.0), Some(voter.0), json(before.as_ref()), json(after.as_ref()));
    }
    for Edit { key: (number, voter), before, after } in &edits.attendance {
        add("attendance", Some(number.0), Some(voter.0), json(before.as_ref()), json(after.as_ref()));
    }
    statements
}

fn json<R: Serialize>(row: Option<&R>) -> Option<String> {
    row.map(|row| serde_json::to_string(row).expect("a row has text keys and whole numbers"))
}

/// The direction in which a change is reverted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It is taken back.
    Back,
    /// It is done again.
    Again,
}

/// The end of a condition: the last of the changes that fulfil it.
pub(super) const LATEST: &str = "ORDER BY c.id DESC LIMIT 1";

/// A change as it is recorded.
pub(super) struct Recorded {
    pub id: ChangeId,
    at: UtcDateTime,
    who: Option<String>,
    pub action: Option<Action>,
    is_undone: bool,
    pub edits: Edits,
    /// Proposals in the order in which they were touched.
    touched: Vec<ProposalNumber>,
    seen: HashSet<ProposalNumber>,
}

/// The recorded changes that fulfil a condition on `c`, in the order that it ends in.
pub(super) fn recorded(
    transaction: &mut Transaction<'_>,
    condition: &str,
    params: &[Param<'_>],
) -> Result<Vec<Recorded>> {
    let from = format!("FROM changes c LEFT JOIN voters v ON v.id = c.voter_id {condition}");
    let log = format!("SELECT c.id, c.at, v.name, c.action, c.undone_at {from}");
    let edits = format!(
        "SELECT e.kind, e.proposal_id, e.voter_id, e.before, e.after, e.change_id
         FROM edits e WHERE e.change_id IN (SELECT c.id {from}) ORDER BY e.id"
    );
    let queries = [log, edits].map(|sql| Statement::new(sql, params.to_vec()));
    let mut changes: Vec<Recorded> = Vec::new();
    let mut by_id = HashMap::new();
    transaction.run(&queries, &mut |query, row| {
        if query == 0 {
            let id = ChangeId(required(row.int(0)?)?);
            by_id.insert(id, changes.len());
            changes.push(Recorded {
                id,
                at: moment(required(row.int(1)?)?),
                who: row.shown_text(2)?,
                action: row.text(3)?.and_then(Action::parse),
                is_undone: row.int(4)?.is_some(),
                edits: Edits::default(),
                touched: Vec::new(),
                seen: HashSet::new(),
            });
            return Ok(());
        }
        let change = by_id.get(&ChangeId(required(row.int(5)?)?)).and_then(|at| changes.get_mut(*at));
        change.ok_or_else(StoreError::damaged)?.take(row)
    })?;
    Ok(changes)
}

impl Recorded {
    fn take(&mut self, row: &dyn Row) -> Result<()> {
        let number = || Ok::<_, StoreError>(ProposalNumber(required(row.int(1)?)?));
        let voter = || Ok::<_, StoreError>(VoterId(required(row.int(2)?)?));
        match row.text(0)? {
            Some("voter") => self.edits.voters.push(edit(voter()?, row)?),
            Some("proposal") => self.edits.proposals.push(edit(number()?, row)?),
            Some("vote") => self.edits.votes.push(edit((number()?, voter()?), row)?),
            Some("attendance") => self.edits.attendance.push(edit((number()?, voter()?), row)?),
            _ => return Err(StoreError::damaged()),
        }
        if let Some(number) = row.int(1)?.map(ProposalNumber).filter(|number| self.seen.insert(*number)) {
            self.touched.push(number);
        }
        Ok(())
    }
}

fn edit<K, R: DeserializeOwned>(key: K, row: &dyn Row) -> Result<Edit<K, R>> {
    let side = |column| {
        let parsed = row.text(column)?.map(serde_json::from_str).transpose();
        parsed.map_err(|_| StoreError::damaged())
    };
    Ok(Edit { key, before: side(3)?, after: side(4)? })
}

/// Recorded changes with the names of their movies. Data of the cache that cannot be read counts as missing.
pub(super) fn described(transaction: &mut Transaction<'_>, changes: &[Recorded]) -> Result<Vec<Change>> {
    let sql = "SELECT p.imdb_id, p.title, c.cached_imdb_data
               FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id WHERE p.id = ?1";
    let of_row = "SELECT ?1, ?2, (SELECT cached_imdb_data FROM imdb_cache WHERE imdb_id = ?1)";
    let mut queries = Vec::new();
    // What is in no row any more is named by its number.
    let mut names = Vec::new();
    for change in changes {
        for number in &change.touched {
            names.push(format!("number {}", number.0));
            // One that was taken back is not in the table of proposals, but in its change.
            let gone = change.edits.proposals.iter().find(|edit| edit.key == *number && change.is_undone);
            queries.push(match gone.and_then(|edit| edit.after.as_ref().filter(|_| edit.before.is_none())) {
                Some(row) => statement!(of_row, row.imdb_id.map(|id| id.to_string()), row.title.clone()),
                None => statement!(sql, number.0),
            });
        }
    }
    transaction.run(&queries, &mut |query, row| {
        names[query] = name(row)?;
        Ok(())
    })?;
    let mut names = names.into_iter();
    let change = |change: &Recorded| Change {
        id: change.id,
        at: change.at,
        who: change.who.clone(),
        action: change.action,
        movies: names.by_ref().take(change.touched.len()).collect(),
        people: change
            .edits
            .voters
            .iter()
            .filter_map(|edit| Some(cleaned(edit.before.as_ref()?.name.clone())))
            .collect(),
        is_undone: change.is_undone,
    };
    Ok(changes.iter().map(change).collect())
}

/// The name of a movie from its IMDb id, own title and cached data.
fn name(row: &dyn Row) -> Result<String> {
    let cached = row.text(2)?.and_then(Title::from_json);
    Ok(match (row.shown_text(1)?, cached) {
        (Some(own), _) => own,
        (None, Some(title)) => with_year(&title.title, title.year),
        (None, None) => row.shown_text(0)?.unwrap_or_else(|| "?".to_owned()),
    })
}
