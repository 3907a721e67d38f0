//! The lists of what people want to see.

use std::collections::BTreeMap;

use time::UtcDateTime;

use super::change::{Proposing, wanted_to_propose};
use super::change_log::write_and_log;
use super::change_set::{ChangeSet, WISH, wish_row};
use super::db::{Result, required, statement};
use super::rows::{BoardRow, RowKey, WishRow};
use super::{Store, Transaction, cache};
use crate::model::change::{Action, NewProposal, Proposed};
use crate::model::text::cleaned;
use crate::model::{Fetched, ImdbId, ProposalNumber, VoterId, VoterName, Wish, moment};

/// What an import brings.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Movies for the person's list.
    pub wishes: Vec<Wish>,
    /// True if the list is to have no others.
    pub replaces: bool,
    /// Movies for the board, with the person's votes.
    pub proposals: Vec<NewProposal>,
}

/// The outcome of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Movies that are new on the list.
    pub listed: usize,
    /// Movies that are on the list no longer.
    pub unlisted: usize,
    /// The outcome of each proposal.
    pub proposed: Vec<(ProposalNumber, Proposed)>,
}

impl Store {
    /// Imports lists of a person as one change.
    ///
    /// # Errors
    /// The database cannot be written: nothing is stored.
    pub fn import(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        import: &Import,
        fetched: &[Fetched],
    ) -> Result<Imported> {
        self.write(|transaction| {
            let (mut set, voter) = read_set(transaction, by, import)?;
            let imported = apply(&mut set, voter, at, import);
            transaction.execute(&cache::writes(at, fetched))?;
            write_and_log(transaction, set, Action::Import, voter, at)?;
            Ok(imported)
        })
    }

    /// The outcome that an import would have.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn preview(&mut self, by: &VoterName, at: UtcDateTime, import: &Import) -> Result<Imported> {
        self.read(|transaction| {
            let (mut set, voter) = read_set(transaction, by, import)?;
            Ok(apply(&mut set, voter, at, import))
        })
    }

    /// The list of a person.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn wishes(&mut self, of: &VoterName) -> Result<Vec<Wish>> {
        self.read(|transaction| {
            let sql = format!("{WISH} JOIN voters v ON v.id = w.voter_id WHERE v.name_key = ?1 ORDER BY w.movie");
            transaction.rows(statement!(sql, of.key()), |row| Ok(wish(wish_row(row)?.1)))
        })
    }

    /// The lists of all people who were not removed.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn all_wishes(&mut self) -> Result<Vec<(VoterId, Wish)>> {
        self.read(|transaction| {
            let sql = format!(
                "{WISH} JOIN voters v ON v.id = w.voter_id WHERE v.removed_at IS NULL ORDER BY w.voter_id, w.movie"
            );
            transaction.rows(statement!(sql), |row| Ok((VoterId(required(row.int(0)?)?), wish(wish_row(row)?.1))))
        })
    }
}

/// The rows that an import needs, and the person.
fn read_set(transaction: &mut Transaction<'_>, by: &VoterName, import: &Import) -> Result<(ChangeSet, VoterId)> {
    let mut query = wanted_to_propose(by, &import.proposals, false);
    query.wishes("w.voter_id IN (SELECT id FROM voters WHERE name_key = ?1)", vec![by.key().into()]);
    let mut set = ChangeSet::read(transaction, query)?;
    let voter = set.voter(by);
    Ok((set, voter))
}

/// Sets the rows to what they are after an import.
fn apply(set: &mut ChangeSet, voter: VoterId, at: UtcDateTime, import: &Import) -> Imported {
    let before = set.now.wishes(voter);
    let after = merged(&before, import);
    let listed = after.keys().filter(|movie| !before.contains_key(*movie)).count();
    let unlisted = before.keys().filter(|movie| !after.contains_key(*movie)).count();
    set.set_wishes(voter, after);
    let mut proposing = Proposing::new(set, voter, at.unix_timestamp());
    let proposed = import.proposals.iter().map(|movie| proposing.propose(movie, None)).collect();
    Imported { listed, unlisted, proposed }
}

impl ChangeSet {
    /// Sets the list of a person, whose old one was read.
    pub fn set_wishes(&mut self, voter: VoterId, wishes: BTreeMap<String, WishRow>) {
        self.set(RowKey::Wishes(voter), (!wishes.is_empty()).then_some(BoardRow::Wishes(wishes)));
    }
}

/// A list with what an import brings. What is on it already stays as it is, unless it is only known now which title it is.
fn merged(before: &BTreeMap<String, WishRow>, import: &Import) -> BTreeMap<String, WishRow> {
    let mut after = if import.replaces { BTreeMap::new() } else { before.clone() };
    for wish in &import.wishes {
        if wish.id.is_some() && wish.title.is_some() {
            after.remove(&wish.named_key());
        }
        let row = before.get(&wish.key()).cloned().unwrap_or_else(|| WishRow {
            imdb_id: wish.id.map(|id| id.to_string()),
            title: wish.title.clone(),
            year: wish.year.map(i64::from),
            listed_at: wish.listed_at.unix_timestamp(),
        });
        after.entry(wish.key()).or_insert(row);
    }
    after
}

fn wish(row: WishRow) -> Wish {
    Wish {
        id: row.imdb_id.as_deref().and_then(ImdbId::parse),
        title: row.title.map(cleaned),
        year: row.year.and_then(|year| year.try_into().ok()),
        listed_at: moment(row.listed_at),
    }
}
