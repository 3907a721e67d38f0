//! The rows that a change needs, read together and written together.
//!
//! A change reads its rows in one step, edits them in memory, and writes the edited ones in another. A list of any
//! length therefore takes no more round trips than one movie. The change log keeps the same edits for undo.

use std::collections::{BTreeMap, HashSet};

use time::UtcDateTime;

use super::db::{Param, Result, Row, Statement, required, statement};
use super::documents::{from_columns, to_values};
use super::rows::{BoardRow, Edit, ProposalRow, RowKey, Rows, VoterRow, WishRows};
use super::tables::{ENTERED, PROPOSALS, Table, VOTERS, VOTES, Values};
use super::{ErrorKind, StoreError, Transaction};
use crate::model::{ProposalNumber, VoterId, VoterName};

/// The numbers that were given last. No number is given twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub number: i64,
    pub voter: i64,
    pub change: i64,
}

/// The limit of every counter. No board comes near it, so a counter beyond it is damaged and has no next number.
pub const MAX_LAST: i64 = 1 << 62;

#[derive(Default)]
pub struct ChangeSet {
    pub counters: Counters,
    /// The time of the change, in seconds since the epoch, by the clock that all users of the database share.
    pub at: i64,
    /// The time since which votes are hidden. `None` if they are not.
    pub hidden_since: Option<i64>,
    /// The last change before votes were last hidden or revealed, and the person who did that.
    pub switched: Option<(i64, VoterId)>,
    /// The time at which votes were hidden, or else a movie was last watched. Only later opinions are tonight's.
    pub since: Option<i64>,
    pub before: Rows,
    pub now: Rows,
    /// The keys of the rows that were set, in that order.
    edited: Vec<RowKey>,
    /// The active people among those who were queried, see [`IS_ACTIVE`].
    active: HashSet<VoterId>,
    /// The inactive people who were renamed to free their name. Their rename is not logged.
    pub exchanged: HashSet<VoterId>,
    /// The person into whom another was merged.
    pub into: Option<VoterId>,
}

/// A kind of rows in a [`RowQuery`].
#[derive(Clone, Copy)]
enum Wanted {
    Counters,
    Rows(&'static Table),
    Active,
}

/// The SQL condition that a person in `voters` has an opinion, a proposal, an evening, a note, a list or a seen movie.
/// Everybody else is there only because of the change log, and is not listed.
pub const IS_ACTIVE: &str = "(EXISTS (SELECT 1 FROM votes WHERE voter_id = voters.id)
    OR voters.id IN (SELECT proposed_by FROM proposals UNION ALL SELECT voter_id FROM attendance
        UNION ALL SELECT voter_id FROM notes)
    OR EXISTS (SELECT 1 FROM wishes WHERE voter_id = voters.id) OR EXISTS (SELECT 1 FROM seen WHERE voter_id = voters.id))";
/// The SQL condition that a row belongs to the person whose key is `?1`.
pub const OF_PERSON: &str = "voter_id IN (SELECT id FROM voters WHERE name_key = ?1)";
const COUNTERS: &str =
    "SELECT last_number, last_voter, last_change, (SELECT value FROM settings WHERE name = 'hidden_since'),
    (SELECT max(watched_at) FROM proposals), (SELECT value FROM settings WHERE name = 'switched_after'),
    (SELECT value FROM settings WHERE name = 'switched_by') FROM counters";

pub struct RowQuery<'a>(Vec<(Wanted, Statement<'a>)>);

impl<'a> RowQuery<'a> {
    pub fn new() -> Self {
        Self(vec![(Wanted::Counters, statement!(COUNTERS))])
    }

    /// Creates a query that also reads the author of the change.
    pub fn by(name: &'a VoterName) -> Self {
        let mut query = Self::new();
        query.voter(name);
        query
    }

    /// Adds the rows of a table that satisfy a condition.
    pub fn rows(&mut self, table: &'static Table, condition: &str, params: Vec<Param<'a>>) {
        self.0.push((Wanted::Rows(table), table.select(condition, params)));
    }

    /// Adds the rows of a table that satisfy a condition with `= ?1` for one of these values.
    pub fn each(
        &mut self,
        table: &'static Table,
        condition: &str,
        values: impl IntoIterator<Item = impl Into<Param<'a>>>,
    ) {
        self.0.push((Wanted::Rows(table), table.select_each(condition, values)));
    }

    pub fn proposals(&mut self, numbers: impl IntoIterator<Item = ProposalNumber>) {
        self.each(&PROPOSALS, "id = ?1", numbers.into_iter().map(|number| number.0));
    }

    pub fn voter(&mut self, name: &'a VoterName) {
        self.each(&VOTERS, "name_key = ?1", [name.key()]);
    }

    /// Adds people, and whether they are active.
    pub fn active_voters(&mut self, condition: &str, params: Vec<Param<'a>>) {
        self.rows(&VOTERS, condition, params.clone());
        let active = format!("SELECT id FROM voters WHERE {condition} AND {IS_ACTIVE}");
        self.0.push((Wanted::Active, Statement::new(active, params)));
    }

    /// Adds the favourites and noes for movies that have not been watched, of a person or of everybody, and the movies.
    pub fn marks(&mut self, voter: Option<&'a VoterName>) {
        let params = || voter.map(|voter| voter.key().into()).into_iter().collect();
        let marked = match voter {
            Some(_) => format!("opinion <> 'yes' AND {OF_PERSON}"),
            None => "opinion <> 'yes'".to_owned(),
        };
        let open = "proposal_id IN (SELECT id FROM proposals WHERE watched_at IS NULL)";
        self.rows(&VOTES, &format!("{marked} AND {open}"), params());
        let has_mark = format!("watched_at IS NULL AND id IN (SELECT proposal_id FROM votes WHERE {marked})");
        self.rows(&PROPOSALS, &has_mark, params());
    }
}

impl ChangeSet {
    /// Begins a change at a time of this machine's clock, and reads its rows.
    pub fn begin(transaction: &mut Transaction<'_>, query: RowQuery<'_>, at: UtcDateTime) -> Result<Self> {
        let set = Self::read(transaction, query)?;
        Ok(Self { at: transaction.driver.corrected(at).unix_timestamp(), ..set })
    }

    pub fn read(transaction: &mut Transaction<'_>, query: RowQuery<'_>) -> Result<Self> {
        let mut set = Self::default();
        let (wanted, queries): (Vec<_>, Vec<_>) = query.0.into_iter().unzip();
        transaction.driver.run(&queries, &mut |index, row| set.take(wanted[index], row))?;
        Ok(set)
    }

    fn take(&mut self, wanted: Wanted, row: &dyn Row) -> Result<()> {
        let number = |column| required(row.int(column)?);
        match wanted {
            Wanted::Counters => {
                let last = |column| {
                    number(column).and_then(|last| if last < MAX_LAST { Ok(last) } else { Err(StoreError::damaged()) })
                };
                self.counters = Counters { number: last(0)?, voter: last(1)?, change: last(2)? };
                self.hidden_since = row.int(3)?;
                self.since = row.int(3)?.or(row.int(4)?);
                self.switched = row.int(5)?.zip(row.int(6)?.map(VoterId));
            }
            Wanted::Rows(table) => {
                let (key, row) = from_columns(table, table.read(row)?).ok_or_else(StoreError::damaged)?;
                self.before.add(key, row.clone());
                self.now.add(key, row);
            }
            Wanted::Active => drop(self.active.insert(VoterId(number(0)?))),
        }
        Ok(())
    }

    /// Sets or deletes a row. An existing row must have been read before.
    pub fn set(&mut self, key: RowKey, row: Option<BoardRow>) {
        self.now.set(key, row);
        self.edited.push(key);
    }

    /// Sets the list of a person. The old list must have been read.
    pub fn set_wishes(&mut self, voter: VoterId, wishes: WishRows) {
        self.set(RowKey::Wishes(voter), (!wishes.is_empty()).then_some(BoardRow::Wishes(wishes)));
    }

    pub fn set_proposal(&mut self, number: ProposalNumber, row: ProposalRow) {
        self.set(RowKey::Proposal(number), Some(BoardRow::Proposal(row)));
    }

    /// Returns the key of a person. `None` if they are unknown.
    pub fn known_voter(&self, name: &VoterName) -> Option<VoterId> {
        self.now.voters().find(|(_, row)| row.name_key == name.key()).map(|(id, _)| id)
    }

    /// Returns true for an active person, see [`IS_ACTIVE`], if the query asked for that.
    pub fn is_active(&self, id: VoterId) -> bool {
        self.active.contains(&id)
    }

    /// Returns the key of a person who makes a change without joining the group, such as a rename or an undo.
    pub fn author(&mut self, name: &VoterName) -> VoterId {
        self.known_voter(name).unwrap_or_else(|| {
            self.counters.voter += 1;
            let id = VoterId(self.counters.voter);
            let row = VoterRow { name: name.as_str().to_owned(), name_key: name.key().to_owned(), removed_at: None };
            self.set(RowKey::Voter(id), Some(BoardRow::Voter(row)));
            id
        })
    }

    /// Returns the key of a person who takes part. Adds a new person, and restores one who was removed.
    pub fn voter(&mut self, name: &VoterName) -> VoterId {
        let id = self.author(name);
        if let Some(row) = self.now.voter(id).filter(|row| row.removed_at.is_some()).cloned() {
            self.set_voter(id, VoterRow { removed_at: None, ..row });
        }
        id
    }

    /// Sets the row of a person. An inactive person who holds the name gets the old name in exchange.
    pub fn set_voter(&mut self, id: VoterId, row: VoterRow) {
        let is_holder = |(other, held): &(VoterId, &VoterRow)| {
            *other != id && held.name_key == row.name_key && !self.is_active(*other)
        };
        let holder = self.now.voters().find(is_holder).map(|(other, held)| (other, held.removed_at));
        let own = self.now.voter(id).cloned();
        self.set(RowKey::Voter(id), Some(BoardRow::Voter(row)));
        if let (Some((other, removed_at)), Some(own)) = (holder, own) {
            self.exchanged.insert(other);
            self.set(RowKey::Voter(other), Some(BoardRow::Voter(VoterRow { removed_at, ..own })));
        }
    }

    /// Returns a proposal that can be voted for.
    pub fn on_board(&self, number: ProposalNumber) -> Result<&ProposalRow> {
        let row = self.now.proposal(number).filter(|row| row.is_on_board());
        let text = "one of these movies was just taken off the board";
        row.ok_or_else(|| StoreError::new(ErrorKind::LeftTheBoard, text).nothing_stored())
    }

    /// Applies edits to the rows.
    pub fn apply(&mut self, edits: &[Edit]) {
        for Edit { key, after, .. } in edits {
            match (key, after) {
                (RowKey::Voter(id), Some(BoardRow::Voter(row))) => self.set_voter(*id, row.clone()),
                _ => self.set(*key, after.clone()),
            }
        }
    }

    /// Returns the rows that differ from what was read, in the order in which they were first set.
    pub fn into_edits(mut self) -> Vec<Edit> {
        let mut seen = HashSet::new();
        let keys = std::mem::take(&mut self.edited).into_iter().filter(|key| seen.insert(*key));
        let edit = |key| Edit { key, before: self.before.get(key).cloned(), after: self.now.get(key).cloned() };
        keys.map(edit).filter(|edit| edit.before != edit.after).collect()
    }
}

/// Returns the statements that write edits. Inserts a row after the rows that it refers to, and deletes it before them.
pub fn writes(edits: &[Edit], counters: Counters) -> Vec<Statement<'static>> {
    // Two people may exchange names, which must be unique at any time. The placeholder has a comma, which no name has.
    let renamed = edits.iter().filter(|edit| edit.before.is_some() && name_key(&edit.before) != name_key(&edit.after));
    let renamed = renamed.filter_map(|edit| edit.key.voter());
    let mut statements: Vec<_> =
        renamed.map(|id| statement!("UPDATE voters SET name_key = ',' || id WHERE id = ?1", id.0)).collect();
    let mut deletions = Vec::new();
    for table in ENTERED {
        let (mut new, mut changed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for Edit { key, before, after } in edits.iter().filter(|edit| edit.key.table().kind == table.kind) {
            let by_key = |row: &Option<BoardRow>| -> BTreeMap<Values, Values> {
                let rows = row.iter().flat_map(|row| to_values(*key, row));
                rows.map(|values| (table.key_of(&values), values)).collect()
            };
            // Inserted, not upserted: a key that is in use comes from a damaged counter, and must fail.
            let is_new = before.is_none() && matches!(key, RowKey::Voter(_) | RowKey::Proposal(_));
            let (before, mut after) = (by_key(before), by_key(after));
            gone.extend(before.keys().filter(|key| !after.contains_key(*key)).cloned());
            after.retain(|key, values| before.get(key) != Some(values));
            if is_new { &mut new } else { &mut changed }.extend(after.into_values());
        }
        statements.extend([table.write(changed), table.insert(new)]);
        deletions.push(table.delete(gone));
    }
    statements.extend(deletions.into_iter().rev());
    statements.push(statement!(
        "UPDATE counters SET last_number = ?1, last_voter = ?2, last_change = ?3",
        counters.number,
        counters.voter,
        counters.change
    ));
    statements
}

fn name_key(row: &Option<BoardRow>) -> Option<&str> {
    if let Some(BoardRow::Voter(row)) = row { Some(&row.name_key) } else { None }
}
