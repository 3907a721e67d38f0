//! Exports everything that people entered into a board as a document, and imports it. The cache and the change log are
//! left out.
//!
//! The document has an array for each kind of row. A row is an object with the columns of its table.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use time::UtcDateTime;

use super::change_log::write_and_log;
use super::change_set::{ChangeSet, MAX_LAST, RowQuery};
use super::db::Result;
use super::documents::{self, to_document};
use super::rows::{BoardRow, ProposalRow, RowKey, VoteRow, VoterRow};
use super::tables::{Columns, ENTERED, Table};
use super::{ErrorKind, Store, StoreError};
use crate::model::change::{Action, MAX_NOTE_CHARS, NewProposal};
use crate::model::text::{is_unsafe, sanitize};
use crate::model::title::{MAX_TITLE_CHARS, MINUTES, YEARS};
use crate::model::{ImdbId, ProposalNumber, VoterId, VoterName, parse_date};

/// A board as a document.
pub type Backup = Columns;

/// The rows of a document, in the order of their keys: a row comes after the rows that it refers to.
pub type BackupRows = Vec<(RowKey, BoardRow)>;

/// The numbers of rows that an import added, by the kind of row. A list counts as its movies. New people do not count.
/// [`LEFT_OUT`] counts the noes beyond a person's third.
pub type Restored = HashMap<&'static str, usize>;

/// The kind of rows that an import leaves out.
pub const LEFT_OUT: &str = "left out";

impl Store {
    /// Exports everything that people entered.
    pub fn backup(&mut self) -> Result<Backup> {
        self.read(|transaction| {
            let set = ChangeSet::read(transaction, everything())?;
            let empty = |table: &&Table| (table.kind.to_owned(), Value::Array(Vec::new()));
            let mut backup: Backup = ENTERED.iter().map(empty).collect();
            for (key, row) in set.now.iter() {
                // Inactive people, such as those who only undid something, are left out.
                if matches!(key, RowKey::Voter(id) if !set.is_active(id)) {
                    continue;
                }
                if let Some(Value::Array(rows)) = backup.get_mut(key.table().kind) {
                    rows.push(Value::Object(to_document(key, row)));
                }
            }
            Ok(backup)
        })
    }

    /// Imports the rows that the board lacks, as one change. On an empty board, movies keep their numbers.
    pub fn restore(&mut self, by: &VoterName, at: UtcDateTime, rows: &BackupRows) -> Result<Restored> {
        self.write(|transaction| {
            let mut restoring = Restoring::new(ChangeSet::begin(transaction, everything(), at)?);
            for (key, row) in rows {
                restoring.add(*key, row.clone())?;
            }
            let Restoring { mut set, restored, .. } = restoring;
            let author = set.author(by);
            write_and_log(transaction, set, Action::Import, author)?;
            Ok(restored)
        })
    }
}

fn everything() -> RowQuery<'static> {
    let mut query = RowQuery::new();
    query.active_voters("TRUE", vec![]);
    for table in &ENTERED[1..] {
        query.rows(table, "TRUE", vec![]);
    }
    query
}

/// Parses the rows of a document.
///
/// # Errors
/// No command could have written one of them.
pub fn backup_rows(backup: &Backup) -> Result<BackupRows> {
    let mut rows = Vec::new();
    // The other fields of an export, such as its time, are no arrays.
    for (kind, documents) in backup {
        for (document, place) in documents.as_array().into_iter().flatten().zip(1..) {
            let row = documents::from_document(kind, document.as_object().cloned().unwrap_or_default());
            // New numbers continue after the highest one, so it must leave room.
            let numbers = |key: &RowKey| [key.number().map(|n| n.0), key.voter().map(|id| id.0)].into_iter().flatten();
            let has_room = |key: &RowKey| numbers(key).all(|number| (1..MAX_LAST).contains(&number));
            let row = row.filter(|(key, row)| has_room(key) && is_sound(row));
            rows.push(row.ok_or_else(|| invalid_export(format!("row {place} of {kind:?} in the export is invalid")))?);
        }
    }
    rows.sort_by_key(|(key, _)| *key);
    Ok(rows)
}

/// Returns true if a command could have written a row: its texts are sanitized, and all of it is within bounds.
fn is_sound(row: &BoardRow) -> bool {
    let fits = |text: &String, max| !text.is_empty() && sanitize(text, max) == *text;
    let is_title = |title: &Option<String>| title.iter().all(|title| fits(title, MAX_TITLE_CHARS));
    let is_id =
        |id: &Option<String>| id.iter().all(|id| ImdbId::parse(id).is_some_and(|known| known.to_string() == *id));
    let is_time = |at: Option<i64>| at.is_none_or(|at| UtcDateTime::from_unix_timestamp(at).is_ok());
    match row {
        BoardRow::Voter(row) => {
            let is_name = |name: VoterName| name.as_str() == row.name && name.key() == row.name_key;
            VoterName::parse(&row.name).is_ok_and(is_name) && is_time(row.removed_at)
        }
        BoardRow::Proposal(row) => {
            let is_dated = row.watched_on.as_deref().is_none_or(|day| parse_date(day).is_some());
            let is_one = row.imdb_id.is_some() != row.title.is_some();
            let is_year = row.year.is_none_or(|year| year.try_into().is_ok_and(|year| YEARS.contains(&year)));
            let is_runtime = row.runtime.is_none_or(|long| long.try_into().is_ok_and(|long| MINUTES.contains(&long)));
            let is_timed = [Some(row.proposed_at), row.withdrawn_at, row.watched_at].into_iter().all(is_time);
            is_one && is_id(&row.imdb_id) && is_title(&row.title) && is_year && is_runtime && is_timed && is_dated
        }
        BoardRow::Wishes(wishes) => wishes.iter().all(|(key, wish)| {
            let is_year = wish.year.is_none_or(|year| u16::try_from(year).is_ok());
            let is_key = !key.contains(is_unsafe);
            is_key && is_id(&wish.imdb_id) && is_title(&wish.title) && is_year && is_time(Some(wish.entered_at))
        }),
        BoardRow::Note(text) => fits(text, MAX_NOTE_CHARS),
        BoardRow::Vote(row) => is_time(Some(row.voted_at)),
        BoardRow::Attendance | BoardRow::Seen => true,
    }
}

/// Adds the rows of a backup to those of a board, with their keys translated.
struct Restoring {
    set: ChangeSet,
    /// True if the board was empty, so that keys can stay as they are.
    keeps_keys: bool,
    /// The numbers of the proposals on this board, by identity and the time at which they were watched.
    known: HashMap<Watching, ProposalNumber>,
    /// The numbers of watched movies, by identity and the time of the proposal.
    watched: HashMap<(Option<NewProposal>, i64), ProposalNumber>,
    /// The movies that have been watched since the export. Their history stays as it is.
    past: HashSet<ProposalNumber>,
    voters: HashMap<VoterId, VoterId>,
    numbers: HashMap<ProposalNumber, ProposalNumber>,
    restored: Restored,
}

type Watching = (Option<NewProposal>, Option<i64>);

fn watching(row: &ProposalRow) -> Watching {
    (row.identity(), row.watched_at)
}

impl Restoring {
    fn new(set: ChangeSet) -> Self {
        let keeps_keys = set.counters.number == 0 && set.counters.voter == 0;
        let known = set.now.proposals().map(|(number, row)| (watching(row), number)).collect();
        let proposed = |(number, row): (_, &ProposalRow)| ((row.identity(), row.proposed_at), number);
        let watched = set.now.proposals().filter(|(_, row)| row.watched_at.is_some()).map(proposed).collect();
        let (voters, numbers, past) = (HashMap::new(), HashMap::new(), HashSet::new());
        Self { set, keeps_keys, known, watched, past, voters, numbers, restored: Restored::default() }
    }

    fn add(&mut self, key: RowKey, row: BoardRow) -> Result<()> {
        match (key, row) {
            (RowKey::Voter(old), BoardRow::Voter(row)) => self.add_voter(old, row),
            (RowKey::Proposal(old), BoardRow::Proposal(row)) => self.add_proposal(old, row)?,
            (key, row) => {
                let moved = key.moved(|number| self.numbers.get(&number).copied(), |id| self.voters.get(&id).copied());
                self.add_of_person(moved.ok_or_else(unknown)?, row);
            }
        }
        Ok(())
    }

    /// Adds a person, unless somebody has the name.
    fn add_voter(&mut self, old: VoterId, row: VoterRow) {
        let known = self.set.now.voters().find(|(_, known)| known.name_key == row.name_key);
        let next = if self.keeps_keys { old } else { VoterId(self.set.counters.voter + 1) };
        let new = known.map_or(next, |(id, _)| id);
        self.set.counters.voter = self.set.counters.voter.max(new.0);
        self.voters.insert(old, new);
        match self.set.now.voter(new) {
            // A person who was removed but is active in the backup is restored.
            Some(known) if known.removed_at.is_some() && row.removed_at.is_none() => self.count(RowKey::Voter(new), 1),
            Some(_) => return,
            None => {}
        }
        self.set.set(RowKey::Voter(new), Some(BoardRow::Voter(row)));
    }

    /// Adds a proposal, unless the movie is there, was watched at the same time, or has been watched since the export.
    fn add_proposal(&mut self, old: ProposalNumber, row: ProposalRow) -> Result<()> {
        let proposed_by = self.voters.get(&row.proposed_by).copied();
        let row = ProposalRow { proposed_by: proposed_by.ok_or_else(unknown)?, ..row };
        let next = ProposalNumber(self.set.counters.number + 1);
        let same = || self.watched.get(&(row.identity(), row.proposed_at)).copied();
        let past = if row.watched_at.is_none() { same() } else { None };
        self.past.extend(past);
        let new = past
            .unwrap_or_else(|| *self.known.entry(watching(&row)).or_insert(if self.keeps_keys { old } else { next }));
        self.numbers.insert(old, new);
        if self.set.now.proposal(new).is_none() {
            self.count(RowKey::Proposal(new), 1);
            self.set.counters.number = self.set.counters.number.max(new.0);
            self.set.set_proposal(new, row);
        }
        Ok(())
    }

    fn add_of_person(&mut self, key: RowKey, row: BoardRow) {
        let row = match (key, row) {
            (RowKey::Wishes(id), BoardRow::Wishes(mut wishes)) => {
                let own = self.set.now.wishes(id);
                let count = own.len();
                wishes.extend(own);
                self.count(key, wishes.len() - count);
                return self.set.set_wishes(id, wishes);
            }
            _ if self.set.now.get(key).is_some() => return,
            _ if key.number().is_some_and(|number| self.past.contains(&number)) => return,
            (RowKey::Vote(movie, id), BoardRow::Vote(vote)) => {
                // If there are too many marks, those that are already on the board stay.
                let Some(opinion) = self.set.limited_opinion(movie, id, vote.opinion) else {
                    *self.restored.entry(LEFT_OUT).or_default() += 1;
                    return;
                };
                BoardRow::Vote(VoteRow { opinion, ..vote })
            }
            (_, row) => row,
        };
        self.count(key, 1);
        self.set.set(key, Some(row));
    }

    fn count(&mut self, key: RowKey, added: usize) {
        *self.restored.entry(key.table().kind).or_default() += added;
    }
}

fn unknown() -> StoreError {
    invalid_export("the export refers to a person or a movie that it does not contain")
}

fn invalid_export(text: impl Into<String>) -> StoreError {
    StoreError::new(ErrorKind::Other, text).nothing_stored().with_hint("export the board again")
}
