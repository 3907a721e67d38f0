//! Undoing a person's last change, and redoing what was undone last.
//!
//! It is all or nothing. A change is reverted only while its rows are as it left them and nothing of others depends on rows
//! that would go: otherwise their changes would be lost with it. A refusal names the later change and a command to type
//! instead.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use time::UtcDateTime;

use super::change_log::{Logged, described, last, last_logged, logged, logged_beside};
use super::change_set::{ChangeSet, RowQuery};
use super::db::{Param, Result, Statement, statement};
use super::edits::writes;
use super::remedy::remedy;
use super::rows::{BoardRow, Edit, ProposalRow, RowKey};
use super::settings::switched_last;
use super::{Store, StoreError, Transaction};
use crate::model::change::{Action, Change, Refusal, Remedy, Reverted};
use crate::model::opinion::MAX_NOES;
use crate::model::{Opinion, ProposalNumber, VoterId, VoterName};

/// Changes that can be undone, and those that can be redone.
const STANDING: &str = "c.undone_at IS NULL";
const UNDONE: &str = "c.undone_by IS NOT NULL";

impl Store {
    /// The last changes, latest first, with those that were undone and can be redone.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn changes(&mut self, limit: usize) -> Result<Vec<Change>> {
        self.read(|transaction| {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let condition = format!("WHERE {STANDING} OR {UNDONE} ORDER BY c.sequence DESC LIMIT ?1");
            let changes = logged(transaction, &condition, &[limit.into()])?;
            described(transaction, &changes)
        })
    }

    /// Undoes a person's last change, or, with `any`, the last one of anybody's.
    ///
    /// # Errors
    /// The database cannot be written: nothing is undone.
    pub fn undo(&mut self, by: &VoterName, any: bool, at: UtcDateTime) -> Result<Reverted> {
        self.write(|transaction| {
            if any {
                let found = last_logged(transaction, &format!("WHERE {STANDING}"), &[])?;
                return revert(transaction, found, by, at, STANDING);
            }
            let own = format!("JOIN voters me ON me.id = c.voter_id AND me.name_key = ?1 WHERE {STANDING}");
            revert_own(transaction, &own, by, at, STANDING)
        })
    }

    /// Redoes what a person undid last, if they have changed nothing since.
    ///
    /// # Errors
    /// The database cannot be written: nothing is redone.
    pub fn redo(&mut self, by: &VoterName, at: UtcDateTime) -> Result<Reverted> {
        self.write(|transaction| {
            let own = format!("JOIN voters me ON me.id = c.undone_by AND me.name_key = ?1 WHERE {UNDONE}");
            revert_own(transaction, &own, by, at, UNDONE)
        })
    }
}

/// Reverts a person's own last change, unless hiding votes or revealing them came after it.
fn revert_own(
    transaction: &mut Transaction<'_>,
    own: &str,
    by: &VoterName,
    at: UtcDateTime,
    of_others: &str,
) -> Result<Reverted> {
    let (mut found, is_switched_last) =
        logged_beside(transaction, &last(own), &[by.key().into()], Some(switched_last(by)))?;
    if is_switched_last {
        return Ok(Reverted::Switched);
    }
    revert(transaction, found.pop(), by, at, of_others)
}

/// Undoes a change that stands, redoes one that was undone.
fn revert(
    transaction: &mut Transaction<'_>,
    change: Option<Logged>,
    by: &VoterName,
    at: UtcDateTime,
    of_others: &str,
) -> Result<Reverted> {
    let Some(change) = change else {
        let last = last_logged(transaction, &format!("WHERE {of_others}"), &[])?;
        return Ok(Reverted::Nothing(described(transaction, last.as_slice())?.pop()));
    };
    let change_as_told =
        described(transaction, std::slice::from_ref(&change))?.pop().ok_or_else(StoreError::damaged)?;
    let attempt = Attempt::new(transaction, change, Some(by))?;
    let obstacle = attempt.obstacle(transaction)?;
    let Attempt { change, edits, mut set, .. } = attempt;
    if let Some(later) = obstacle {
        let later_as_told = described(transaction, later.as_slice())?.pop();
        let remedy = remedy(&change, &change_as_told, &set, &edits);
        let is_hidden = |remedy: &Remedy| match remedy {
            Remedy::Movies(action, _) => set.hidden_since.is_some() && action.is_of_opinions(),
            _ => false,
        };
        let remedy = match remedy.filter(|remedy| !is_hidden(remedy)) {
            Some(remedy) => remedy,
            None => way_out(transaction, later)?,
        };
        return Ok(Reverted::Refused(Refusal { change: change_as_told, later: later_as_told, remedy }));
    }
    // By the names that people have afterwards, so that the same name is typed to revert this once more.
    let by = set.author(by);
    set.counters.change += 1;
    let counters = set.counters;
    let mut statements = writes(&set.into_edits(), counters);
    let (undone_at, undone_by) = if change.is_undone { (None, None) } else { (Some(at.unix_timestamp()), Some(by.0)) };
    let sql = "UPDATE changes SET undone_at = ?2, undone_by = ?3, sequence = ?4, token = ?5 WHERE id = ?1";
    statements.push(statement!(sql, change.id.0, undone_at, undone_by, counters.change, transaction.token()));
    transaction.execute(&statements)?;
    Ok(Reverted::Done(change_as_told))
}

/// The command that clears the way where none does what is wanted: the last change that stands in it goes first, if it is
/// its author's last.
fn way_out(transaction: &mut Transaction<'_>, later: Option<Logged>) -> Result<Remedy> {
    let mut next = later;
    while let Some(change) = next {
        let (last_of_same, person, name) = match change.is_undone {
            true => (format!("WHERE c.undone_by = ?1 AND {UNDONE}"), change.undone_by, &change.undone_by_name),
            false => (format!("WHERE c.voter_id = ?1 AND {STANDING}"), change.author, &change.who),
        };
        let (Some(person), Some(name)) = (person, name.clone()) else { break };
        let last = last_logged(transaction, &last_of_same, &[person.0.into()])?;
        if last.is_none_or(|last| last.id != change.id) {
            break;
        }
        let remedy = if change.is_undone { Remedy::Redo(name) } else { Remedy::Undo(name) };
        match Attempt::new(transaction, change, None)?.obstacle(transaction)? {
            None => return Ok(remedy),
            Some(later) => next = later,
        }
    }
    Ok(Remedy::List)
}

/// A change that is to be reverted, with the rows as they are and as they would be.
struct Attempt {
    change: Logged,
    edits: Vec<Edit>,
    set: ChangeSet,
}

/// Rows of the log of edits.
#[derive(Clone, Copy)]
enum LogRows {
    One(RowKey),
    /// All that are about a movie.
    Movie(ProposalNumber),
    /// All that belong to a person.
    Person(VoterId),
}

impl LogRows {
    /// Finds when they were last changed.
    fn query(self, condition: &str, since: i64) -> Statement<'static> {
        let sql = format!("SELECT max(c.sequence) FROM edits e JOIN changes c ON c.id = e.change_id WHERE {condition}");
        let (mut sql, mut params) = (sql, vec![since.into()]);
        let mut and = |column: &str, value: Option<Param<'static>>| {
            if let Some(value) = value {
                params.push(value);
                sql += &format!(" AND e.{column} = ?{}", params.len());
            }
        };
        let (kind, number, voter, movie) = match self {
            Self::One(key) => (Some(key.kind()), key.number(), key.voter(), key.movie()),
            Self::Movie(number) => (None, Some(number), None, None),
            Self::Person(voter) => (None, None, Some(voter), None),
        };
        and("kind", kind.map(Param::from));
        and("movie", movie.map(|movie| movie.to_string().into()));
        and("proposal_id", number.map(|number| number.0.into()));
        and("voter_id", voter.map(|voter| voter.0.into()));
        Statement::new(sql, params)
    }
}

impl Attempt {
    fn new(transaction: &mut Transaction<'_>, change: Logged, by: Option<&VoterName>) -> Result<Self> {
        let edits = change.edits.iter().cloned();
        let edits: Vec<Edit> = if change.is_undone { edits.collect() } else { edits.map(Edit::inverse).collect() };
        let mut set = ChangeSet::read(transaction, rows_to_read(&edits, by))?;
        set.apply(&edits);
        Ok(Self { change, edits, set })
    }

    /// The reason why the change cannot be reverted: the last change that stands in its way, as far as the log holds it.
    fn obstacle(&self, transaction: &mut Transaction<'_>) -> Result<Option<Option<Logged>>> {
        // Changes that stand and were made since. For a redo, a change that was only redone since does not count: it was
        // there when this one was undone.
        let made_since = match self.change.is_undone {
            true => "c.undone_at IS NULL AND c.id > ?1",
            false => "c.undone_at IS NULL AND c.sequence > ?1",
        };
        let (needed, broken) = (self.needed_rows(), self.broken_rows());
        let needed_queries = needed.iter().map(|rows| rows.query(made_since, self.change.sequence));
        let broken_queries = broken.iter().map(|rows| rows.query("c.sequence > ?1", self.change.sequence));
        let mut latest = None;
        transaction.run(&needed_queries.chain(broken_queries).collect::<Vec<_>>(), &mut |_, row| {
            latest = latest.max(row.int(0)?);
            Ok(())
        })?;
        match latest {
            Some(sequence) => Ok(Some(last_logged(transaction, "WHERE c.sequence = ?1", &[sequence.into()])?)),
            None => Ok((!broken.is_empty()).then_some(None)),
        }
    }

    /// Rows that nobody may have changed since: those of the change, which may look the same and be another's work, and all
    /// of movies that would leave the board and of people who would leave the group.
    fn needed_rows(&self) -> Vec<LogRows> {
        let is_on_board =
            |row: &Option<BoardRow>| row.as_ref().and_then(BoardRow::as_proposal).is_some_and(ProposalRow::is_on_board);
        let is_removed = |row: &Option<BoardRow>| {
            row.as_ref().and_then(BoardRow::as_voter).is_some_and(|row| row.removed_at.is_some())
        };
        let leaving = self.edits.iter().filter_map(|Edit { key, before, after }| match key {
            RowKey::Proposal(number) if is_on_board(before) && !is_on_board(after) => Some(LogRows::Movie(*number)),
            RowKey::Voter(id) if !is_removed(before) && is_removed(after) => Some(LogRows::Person(*id)),
            _ => None,
        });
        self.edits.iter().map(|edit| LogRows::One(edit.key)).chain(leaving).collect()
    }

    /// Rows that are not as the change left them, and rows with which its own would break a rule of the board.
    fn broken_rows(&self) -> Vec<LogRows> {
        let now = &self.set.now;
        let changed = self.edits.iter().filter(|edit| self.set.before.get(edit.key) != edit.before.as_ref());
        let mut broken: Vec<LogRows> = changed.map(|edit| LogRows::One(edit.key)).collect();
        // A name is one person's, a movie is on the board once, a person has one favourite and three noes on it.
        let names = now.voters().map(|(id, row)| (&row.name_key, LogRows::Person(id)));
        broken.extend(crowded(names, 1));
        let open = now.proposals().filter(|(_, row)| row.watched_at.is_none());
        broken.extend(crowded(open.map(|(number, row)| (row.identity(), LogRows::One(RowKey::Proposal(number)))), 1));
        for (mark, most) in [(Opinion::Favorite, 1), (Opinion::No, MAX_NOES)] {
            let marks = self.set.marks().filter(|(_, _, opinion)| *opinion == mark);
            broken.extend(crowded(marks.map(|(number, id, _)| (id, LogRows::One(RowKey::Vote(number, id)))), most));
        }
        broken.extend(self.edits.iter().flat_map(|edit| self.without_place(edit)));
        let is_gone = |number: &ProposalNumber| now.proposal(*number).is_none() && self.is_moved(*number);
        broken.extend(now.keys().filter_map(RowKey::number).filter(is_gone).map(LogRows::Movie));
        broken
    }

    /// The movie of a vote, if it has left the board, and the person of a vote or an evening, if they were removed.
    fn without_place(&self, Edit { key, after, .. }: &Edit) -> Vec<LogRows> {
        let has_left = |number: ProposalNumber| match (self.set.now.proposal(number), self.change.action) {
            _ if self.is_moved(number) => false,
            (None, _) => true,
            // These edit votes for withdrawn and watched movies too.
            (Some(_), Some(Action::Merge)) => false,
            (Some(row), Some(Action::Remove)) => row.watched_at.is_some(),
            (Some(row), _) => !row.is_on_board(),
        };
        let is_removed = |id: VoterId| self.set.now.voter(id).is_none_or(|row| row.removed_at.is_some());
        let number = key.number().filter(|number| matches!(key, RowKey::Vote(..)) && has_left(*number));
        let voter = key.voter().filter(|id| !matches!(key, RowKey::Voter(_)) && after.is_some() && is_removed(*id));
        let number = number.map(|number| LogRows::One(RowKey::Proposal(number)));
        number.into_iter().chain(voter.map(|id| LogRows::One(RowKey::Voter(id)))).collect()
    }

    /// True for a movie whose own row is edited.
    fn is_moved(&self, number: ProposalNumber) -> bool {
        self.set.before.proposal(number) != self.set.now.proposal(number)
    }
}

/// The rows that share a value with more others than may have it.
fn crowded<T: Eq + Hash>(rows: impl Iterator<Item = (T, LogRows)>, most: usize) -> Vec<LogRows> {
    let mut by_value: HashMap<T, Vec<LogRows>> = HashMap::new();
    rows.for_each(|(value, row)| by_value.entry(value).or_default().push(row));
    by_value.into_values().filter(|same| same.len() > most).flatten().collect()
}

/// The rows of edits, and the rows beside them that the rules of the board are about: other votes for the movies, other
/// proposals of the same movies, other people of the same names.
fn rows_to_read<'a>(edits: &'a [Edit], by: Option<&'a VoterName>) -> RowQuery<'a> {
    let mut query = RowQuery::new();
    query.marks("", &[]);
    if let Some(name) = by {
        query.voter(name);
    }
    if edits.iter().any(|edit| matches!(&edit.after, Some(BoardRow::Proposal(row)) if row.title.is_some())) {
        // Titles are compared in memory: databases do not know when two are the same.
        query.proposals("p.title IS NOT NULL", vec![]);
    }
    for id in edits.iter().filter_map(|edit| edit.key.voter()).collect::<BTreeSet<_>>() {
        query.active_voters("v.id = ?1", vec![id.0.into()]);
    }
    for Edit { key, after, .. } in edits {
        if let Some(number) = key.number() {
            query.proposals("p.id = ?1", vec![number.0.into()]);
        }
        match (key, after) {
            (RowKey::Voter(_), Some(BoardRow::Voter(row))) => {
                query.active_voters("v.name_key = ?1", vec![row.name_key.as_str().into()]);
            }
            (RowKey::Voter(_), _) => {}
            (RowKey::Proposal(number), row) => {
                query.votes("WHERE b.proposal_id = ?1", vec![number.0.into()]);
                query.attendance("proposal_id = ?1", vec![number.0.into()]);
                query.notes("proposal_id = ?1", vec![number.0.into()]);
                if let Some(id) = row.as_ref().and_then(|row| row.as_proposal()?.imdb_id.as_deref()) {
                    query.proposals("p.imdb_id = ?1", vec![id.into()]);
                }
            }
            (RowKey::Vote(number, id), _) => {
                query.votes("WHERE b.proposal_id = ?1 AND b.voter_id = ?2", vec![number.0.into(), id.0.into()]);
            }
            (RowKey::Wishes(id), _) => query.wishes("w.voter_id = ?1", vec![id.0.into()]),
            (RowKey::Attendance(number, id), _) => {
                query.attendance("proposal_id = ?1 AND voter_id = ?2", vec![number.0.into(), id.0.into()]);
            }
            (RowKey::Note(number, id), _) => {
                query.notes("proposal_id = ?1 AND voter_id = ?2", vec![number.0.into(), id.0.into()]);
            }
            (RowKey::Seen(movie, id), _) => {
                query.seen("s.movie = ?1 AND s.voter_id = ?2", vec![movie.to_string().into(), id.0.into()]);
            }
        }
    }
    query
}
