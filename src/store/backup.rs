//! Everything that people entered into a board as a document, and back. The cache and the log of changes are left out.
//!
//! The document has an array for each kind of row. A row has the columns of its table by their names.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};
use time::UtcDateTime;

use super::change_log::write_and_log;
use super::change_set::{ChangeSet, RowQuery};
use super::db::Result;
use super::rows::{BoardRow, ProposalRow, RowKey, VoteRow};
use super::{ErrorKind, Store, StoreError, Transaction};
use crate::model::change::Action;
use crate::model::{MovieKey, ProposalNumber, VoterId, VoterName};

/// A board as a document.
pub type Backup = Map<String, Value>;

/// What a backup brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// New movies, watched and withdrawn ones too.
    pub proposals: usize,
    /// New opinions.
    pub opinions: usize,
    /// Movies that are new on lists.
    pub listed: usize,
    /// Movies that are marked as seen now.
    pub seen: usize,
}

/// Names of the columns of keys, and of the movies of a list.
const VOTER: &str = "voter_id";
const NUMBER: &str = "proposal_id";
const MOVIES: &str = "movies";
const MOVIE: &str = "movie";
const TEXT: &str = "text";

impl Store {
    /// Everything that people entered.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn backup(&mut self) -> Result<Backup> {
        self.read(|transaction| {
            let set = everything(transaction)?;
            let mut backup = Backup::new();
            let of_people: BTreeSet<VoterId> = set.now.iter().filter_map(|(key, row)| people_of(key, row)).collect();
            for (key, row) in set.now.iter() {
                // Who only undid something is in the log alone.
                if matches!(key, RowKey::Voter(id) if !of_people.contains(&id)) {
                    continue;
                }
                let rows = backup.entry(key.kind()).or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(rows) = rows {
                    rows.push(Value::Object(to_document(key, row)));
                }
            }
            Ok(backup)
        })
    }

    /// Adds what a backup has and the board has not, as one change. Into an empty board, numbers stay as they are.
    ///
    /// # Errors
    /// A row of the backup makes no sense, or the database cannot be written: nothing is stored.
    pub fn restore(&mut self, by: &VoterName, at: UtcDateTime, backup: &Backup) -> Result<Restored> {
        let rows = from_document(backup)?;
        self.write(|transaction| {
            let mut restoring = Restoring::new(everything(transaction)?);
            // Keys are in the order in which rows refer to each other.
            for (key, row) in &rows {
                restoring.add(*key, row)?;
            }
            let Restoring { mut set, restored, .. } = restoring;
            let author = set.author(by);
            write_and_log(transaction, set, Action::Import, author, at)?;
            Ok(restored)
        })
    }
}

fn everything(transaction: &mut Transaction<'_>) -> Result<ChangeSet> {
    let mut query = RowQuery::new();
    query.active_voters("TRUE", vec![]);
    query.proposals("TRUE", vec![]);
    query.votes("", vec![]);
    query.attendance("TRUE", vec![]);
    query.wishes("TRUE", vec![]);
    query.notes("TRUE", vec![]);
    query.seen("TRUE", vec![]);
    ChangeSet::read(transaction, query)
}

/// The people to whom a row other than their own refers.
fn people_of(key: RowKey, row: &BoardRow) -> Option<VoterId> {
    match (key, row) {
        (RowKey::Voter(_), _) => None,
        (_, BoardRow::Proposal(row)) => Some(row.proposed_by),
        (key, _) => key.voter(),
    }
}

fn to_document(key: RowKey, row: &BoardRow) -> Backup {
    let mut document = Backup::new();
    document.extend(key.number().map(|number| (NUMBER.to_owned(), number.0.into())));
    document.extend(key.movie().map(|movie| (MOVIE.to_owned(), movie.to_string().into())));
    document.extend(key.voter().map(|voter| (VOTER.to_owned(), voter.0.into())));
    // A row is an object under its kind; one without columns is its kind alone.
    let columns = match serde_json::to_value(row) {
        Ok(Value::Object(mut row)) => row.remove(key.kind()),
        _ => None,
    };
    match (key, columns) {
        (RowKey::Wishes(_), Some(movies)) => drop(document.insert(MOVIES.to_owned(), movies)),
        (RowKey::Note(..), Some(text)) => drop(document.insert(TEXT.to_owned(), text)),
        (_, Some(Value::Object(columns))) => document.extend(columns),
        _ => {}
    }
    document
}

/// The rows of a document, in the order of their keys.
fn from_document(backup: &Backup) -> Result<Vec<(RowKey, BoardRow)>> {
    let mut rows = Vec::new();
    for (kind, documents) in backup {
        for (document, place) in documents.as_array().into_iter().flatten().zip(1..) {
            let row = row(kind, document.as_object().cloned().unwrap_or_default());
            rows.push(row.ok_or_else(|| {
                let text = format!("row {place} of {kind:?} in the export makes no sense, so nothing was stored");
                StoreError::new(ErrorKind::Other, text).with_hint("export the board again")
            })?);
        }
    }
    rows.sort_by_key(|(key, _)| *key);
    Ok(rows)
}

fn row(kind: &str, mut document: Backup) -> Option<(RowKey, BoardRow)> {
    let mut number = |name| document.remove(name).and_then(|value| value.as_i64());
    let (proposal, voter) = (number(NUMBER), number(VOTER));
    let movie = document.remove(MOVIE);
    let key = RowKey::from_parts(kind, proposal, voter, movie.as_ref().and_then(Value::as_str))?;
    let columns = match key {
        RowKey::Wishes(_) => document.remove(MOVIES)?,
        RowKey::Note(..) => document.remove(TEXT)?,
        _ => Value::Object(document),
    };
    let row = match key {
        RowKey::Attendance(..) | RowKey::Seen(..) => Value::String(kind.to_owned()),
        _ => Value::Object(Map::from_iter([(kind.to_owned(), columns)])),
    };
    Some((key, serde_json::from_value(row).ok()?))
}

/// Adds the rows of a backup to those of a board, under the keys that they have there.
struct Restoring {
    set: ChangeSet,
    /// The board was empty: keys stay as they are.
    keeps_keys: bool,
    voters: HashMap<VoterId, VoterId>,
    numbers: HashMap<ProposalNumber, ProposalNumber>,
    restored: Restored,
}

impl Restoring {
    fn new(set: ChangeSet) -> Self {
        let keeps_keys = set.counters.number == 0 && set.counters.voter == 0;
        Self { set, keeps_keys, voters: HashMap::new(), numbers: HashMap::new(), restored: Restored::default() }
    }

    fn add(&mut self, key: RowKey, row: &BoardRow) -> Result<()> {
        let voter = |id| self.voters.get(&id).copied().ok_or_else(|| unknown("voter_id", id.0));
        let number = |id: ProposalNumber| self.numbers.get(&id).copied().ok_or_else(|| unknown("proposal_id", id.0));
        match (key, row) {
            (RowKey::Voter(id), BoardRow::Voter(row)) => {
                let known = self.set.now.voters().find(|(_, known)| known.name_key == row.name_key);
                let new = known.map(|(known, _)| known);
                let new = new.unwrap_or_else(|| {
                    let counters = &mut self.set.counters;
                    counters.voter = if self.keeps_keys { counters.voter.max(id.0) } else { counters.voter + 1 };
                    let new = if self.keeps_keys { id } else { VoterId(counters.voter) };
                    self.set.set(RowKey::Voter(new), Some(BoardRow::Voter(row.clone())));
                    new
                });
                self.voters.insert(id, new);
            }
            (RowKey::Proposal(old), BoardRow::Proposal(row)) => {
                let row = ProposalRow { proposed_by: voter(row.proposed_by)?, ..row.clone() };
                let is_same =
                    |known: &ProposalRow| known.identity() == row.identity() && known.watched_at == row.watched_at;
                let known = self.set.now.proposals().find(|(_, known)| is_same(known)).map(|(number, _)| number);
                let new = known.unwrap_or_else(|| {
                    self.restored.proposals += 1;
                    let counters = &mut self.set.counters;
                    counters.number = if self.keeps_keys { counters.number.max(old.0) } else { counters.number + 1 };
                    let new = if self.keeps_keys { old } else { ProposalNumber(counters.number) };
                    self.set.set_proposal(new, row);
                    new
                });
                self.numbers.insert(old, new);
            }
            (RowKey::Vote(movie, id), BoardRow::Vote(vote)) => {
                let (movie, id) = (number(movie)?, voter(id)?);
                if self.set.now.vote(movie, id).is_none() {
                    // A person's marks on the board have limits, and those that are there already come first.
                    let is_on_board = self.set.now.proposal(movie).is_some_and(ProposalRow::is_on_board);
                    let opinion =
                        if is_on_board { self.set.mark_that_fits(id, vote.opinion) } else { Some(vote.opinion) };
                    self.restored.opinions += usize::from(opinion.is_some());
                    let vote = opinion.map(|opinion| BoardRow::Vote(VoteRow { opinion, ..*vote }));
                    self.set.set(RowKey::Vote(movie, id), vote);
                }
            }
            (RowKey::Attendance(movie, id), BoardRow::Attendance) => {
                let key = RowKey::Attendance(number(movie)?, voter(id)?);
                self.set.set(key, Some(BoardRow::Attendance));
            }
            (RowKey::Note(movie, id), BoardRow::Note(_)) => {
                let key = RowKey::Note(number(movie)?, voter(id)?);
                if self.set.now.get(key).is_none() {
                    self.set.set(key, Some(row.clone()));
                }
            }
            (RowKey::Seen(movie, id), BoardRow::Seen) => {
                let movie = match movie {
                    MovieKey::Own(own) => MovieKey::Own(number(own)?),
                    movie => movie,
                };
                let key = RowKey::Seen(movie, voter(id)?);
                self.restored.seen += usize::from(self.set.now.get(key).is_none());
                self.set.set(key, Some(BoardRow::Seen));
            }
            (RowKey::Wishes(id), BoardRow::Wishes(wishes)) => {
                let id = voter(id)?;
                let own = self.set.now.wishes(id);
                let count = own.len();
                let mut all = wishes.clone();
                all.extend(own);
                self.restored.listed += all.len() - count;
                self.set.set_wishes(id, all);
            }
            // `row` makes rows of the kind that their keys say.
            _ => return Err(StoreError::damaged()),
        }
        Ok(())
    }
}

fn unknown(what: &str, id: i64) -> StoreError {
    let text = format!("no row of the export has the {what} {id}, so nothing was stored");
    StoreError::new(ErrorKind::Other, text).with_hint("export the board again")
}
