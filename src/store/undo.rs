//! Undoing a person's last change, and redoing the last one undone.
//!
//! A change is reverted as a whole or not at all: only while its rows are as it left them, and while nothing from other
//! people depends on rows that would go, because their changes would be lost. A refusal names the later change and a
//! command to type instead.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use time::UtcDateTime;

use super::change_log::{Logged, last_logged, logged};
use super::change_set::{ChangeSet, RowQuery, writes};
use super::db::{Result, statement};
use super::remedy::remedy;
use super::rows::{BoardRow, Edit, RowKey};
use super::tables::{ATTENDANCE, NOTES, PROPOSALS, SEEN, VOTES, WISHES};
use super::{Store, Transaction};
use crate::model::change::{Action, Change, Reverted};
use crate::model::opinion::MAX_NOES;
use crate::model::{Opinion, ProposalNumber, VoterId, VoterName};

// Conditions for the changes that can be undone, and for those that can be redone.
const STANDING: &str = "c.undone_at IS NULL";
const UNDONE: &str = "c.undone_by IS NOT NULL";

impl Store {
    /// Returns the last changes, latest first, including undone ones that can be redone.
    pub fn changes(&mut self, limit: usize) -> Result<Vec<Change>> {
        self.read(|transaction| {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let clauses = format!("WHERE {STANDING} OR {UNDONE} ORDER BY c.sequence DESC LIMIT ?1");
            Ok(logged(transaction, &clauses, &[limit.into()])?.into_iter().map(|change| change.summary).collect())
        })
    }

    /// Undoes the last change of a person or, with `any`, of anybody.
    pub fn undo(&mut self, by: &VoterName, any: bool, at: UtcDateTime) -> Result<Reverted> {
        self.write(|transaction| {
            let found = match any {
                true => last_logged(transaction, &format!("WHERE {STANDING}"), &[])?,
                false => {
                    let own = format!("JOIN voters me ON me.id = c.voter_id AND me.name_key = ?1 WHERE {STANDING}");
                    last_logged(transaction, &own, &[by.key().into()])?
                }
            };
            revert(transaction, found, by, any, at, STANDING)
        })
    }

    /// Redoes what a person undid last, if they have changed nothing since.
    pub fn redo(&mut self, by: &VoterName, at: UtcDateTime) -> Result<Reverted> {
        self.write(|transaction| {
            let own = format!("JOIN voters me ON me.id = c.undone_by AND me.name_key = ?1 WHERE {UNDONE}");
            let found = last_logged(transaction, &own, &[by.key().into()])?;
            revert(transaction, found, by, false, at, UNDONE)
        })
    }
}

/// Undoes a change, or redoes it if it was undone. `of_others` selects the change to report if `change` is `None`.
fn revert(
    transaction: &mut Transaction<'_>,
    change: Option<Logged>,
    by: &VoterName,
    any: bool,
    at: UtcDateTime,
    of_others: &str,
) -> Result<Reverted> {
    let Some(change) = change else {
        let last = last_logged(transaction, &format!("WHERE {of_others}"), &[])?;
        return Ok(Reverted::Nothing(last.map(|change| change.summary)));
    };
    let reversion = Reversion::new(transaction, change, by)?;
    let is_own = |(_, switched_by): &(i64, VoterId)| any || reversion.set.known_voter(by) == Some(*switched_by);
    if let Some((after, _)) = reversion.set.switched.filter(is_own)
        && !reversion.change.summary.is_undone
        && reversion.change.sequence <= after
    {
        // Only the first undo after the switch reports it.
        transaction.driver.execute(&[statement!("DELETE FROM settings WHERE name = 'switched_after'")])?;
        return Ok(Reverted::VisibilityChanged { is_hidden: reversion.set.hidden_since.is_some() });
    }
    let obstacle = reversion.obstacle(transaction)?;
    let Reversion { change, edits, mut set, .. } = reversion;
    if let Some(later) = obstacle {
        let (later, remedy) = (later.map(|later| later.summary), remedy(change.author, &set, &edits));
        return Ok(Reverted::Refused { change: change.summary, later, remedy });
    }
    // Found by the new names, because those are what people type to revert this again.
    let by = set.author(by);
    set.counters.change += 1;
    let (counters, at) = (set.counters, transaction.driver.corrected(at));
    let mut statements = writes(&set.into_edits(), counters);
    let (undone_at, undone_by) =
        if change.summary.is_undone { (None, None) } else { (Some(at.unix_timestamp()), Some(by.0)) };
    let sql = "UPDATE changes SET undone_at = ?2, undone_by = ?3, sequence = ?4, token = ?5 WHERE id = ?1";
    statements.push(statement!(sql, change.id, undone_at, undone_by, counters.change, transaction.token()));
    transaction.driver.execute(&statements)?;
    Ok(Reverted::Done(change.summary))
}

/// A change to revert, the edits that revert it, and the rows with these edits applied.
struct Reversion {
    change: Logged,
    edits: Vec<Edit>,
    set: ChangeSet,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum RowScope {
    /// One row.
    One(RowKey),
    /// All rows about a movie.
    Movie(ProposalNumber),
    /// All rows of a person.
    Person(VoterId),
}

impl Reversion {
    fn new(transaction: &mut Transaction<'_>, change: Logged, by: &VoterName) -> Result<Self> {
        let mut edits = change.edits.clone();
        if !change.summary.is_undone {
            edits.iter_mut().for_each(|edit| std::mem::swap(&mut edit.before, &mut edit.after));
        }
        let mut set = ChangeSet::read(transaction, rows_to_read(&edits, by))?;
        set.apply(&edits);
        Ok(Self { change, edits, set })
    }

    /// Returns the last change that blocks this one. `None` if nothing does, `Some(None)` if the log lacks the cause.
    fn obstacle(&self, transaction: &mut Transaction<'_>) -> Result<Option<Option<Logged>>> {
        let edits = "SELECT c.sequence, c.id, c.undone_at, e.kind, e.proposal_id, e.voter_id, e.movie
                     FROM edits e JOIN changes c ON c.id = e.change_id WHERE c.sequence > ?1";
        let since = self.change.sequence;
        let (needed, broken) = (self.needed_rows(), self.broken_rows());
        let mut latest = None;
        transaction.driver.run(&[statement!(edits, since)], &mut |_, row| {
            let (number, voter) = (row.int(4)?, row.int(5)?);
            let key = RowKey::from_parts(row.text(3)?.unwrap_or_default(), number, voter, row.text(6)?);
            let (number, voter) = (number.map(ProposalNumber), voter.map(VoterId));
            let about = [key.map(RowScope::One), number.map(RowScope::Movie), voter.map(RowScope::Person)];
            let is_among = |rows: &HashSet<RowScope>| about.iter().flatten().any(|about| rows.contains(about));
            // True if the change stands and was made since. For a redo, a change that was only redone since does not
            // count: it existed when this one was undone.
            let is_later = row.int(2)?.is_none() && (!self.change.summary.is_undone || row.int(1)? > Some(since));
            if is_among(&broken) || is_later && is_among(&needed) {
                // An undone change blocks an undo only if nothing else does.
                let stands = self.change.summary.is_undone || row.int(2)?.is_none();
                latest = latest.max(row.int(0)?.map(|sequence| (stands, sequence)));
            }
            Ok(())
        })?;
        match latest {
            Some((_, sequence)) => Ok(Some(last_logged(transaction, "WHERE c.sequence = ?1", &[sequence.into()])?)),
            None => Ok((!broken.is_empty()).then_some(None)),
        }
    }

    /// Returns the rows that nobody may have changed since: those of the change, which may look the same although
    /// another person set them, and all rows of movies that would leave the board and people who would leave the group.
    fn needed_rows(&self) -> HashSet<RowScope> {
        let is_on_board = |row: &Option<BoardRow>| matches!(row, Some(BoardRow::Proposal(row)) if row.is_on_board());
        let is_removed = |row: &Option<BoardRow>| matches!(row, Some(BoardRow::Voter(row)) if row.removed_at.is_some());
        let leaving = self.edits.iter().filter_map(|Edit { key, before, after }| {
            let movie = key.number().filter(|_| is_on_board(before) && !is_on_board(after));
            let person = key.voter().filter(|_| !is_removed(before) && is_removed(after));
            movie.map(RowScope::Movie).or(person.map(RowScope::Person))
        });
        self.edits.iter().map(|edit| RowScope::One(edit.key)).chain(leaving).collect()
    }

    /// Returns the rows that are not as the change left them, and those that would then break a rule of the board.
    fn broken_rows(&self) -> HashSet<RowScope> {
        let now = &self.set.now;
        let changed = self.edits.iter().filter(|edit| self.set.before.get(edit.key) != edit.before.as_ref());
        let mut broken: HashSet<RowScope> = changed.map(|edit| RowScope::One(edit.key)).collect();
        // A name has one owner, a movie is on the board once, and a person has one favourite and three noes on it.
        let names = now.voters().map(|(id, row)| (&row.name_key, RowScope::Person(id)));
        broken.extend(over_limit(names, 1));
        let open = now.proposals().filter(|(_, row)| row.watched_at.is_none());
        let open = open.filter_map(|(number, row)| Some((row.identity()?, RowScope::One(RowKey::Proposal(number)))));
        broken.extend(over_limit(open, 1));
        for (mark, most) in [(Opinion::Favorite, 1), (Opinion::No, MAX_NOES)] {
            let marks = self.set.marks().filter(|(_, _, opinion)| *opinion == mark);
            broken.extend(over_limit(marks.map(|(number, id, _)| (id, RowScope::One(RowKey::Vote(number, id)))), most));
        }
        let has_left = |number: ProposalNumber| match (now.proposal(number), self.change.action) {
            _ if self.is_moved(number) => false,
            (None, _) => true,
            // Merges and imports edit votes for withdrawn and watched movies too.
            (Some(_), Some(Action::Merge | Action::Import)) => false,
            (Some(row), Some(Action::Remove)) => row.watched_at.is_some(),
            (Some(row), _) => !row.is_on_board(),
        };
        // Undoing removes a person whom the change restored, but their earlier attendance stays. An import brings the
        // history of people who had been removed before it.
        let imported_at =
            Some(self.change.summary.at.unix_timestamp()).filter(|_| self.change.action == Some(Action::Import));
        let is_removed = |id: VoterId| {
            let row = now.voter(id);
            row == self.set.before.voter(id) && row.is_none_or(|row| row.removed_at > imported_at)
        };
        for Edit { key, after, .. } in &self.edits {
            let movie = key.number().filter(|number| matches!(key, RowKey::Vote(..)) && has_left(*number));
            broken.extend(movie.map(|number| RowScope::One(RowKey::Proposal(number))));
            // A vote that is taken back could not be given again by a redo.
            let is_affected = !matches!(key, RowKey::Voter(_)) && (after.is_some() || matches!(key, RowKey::Vote(..)));
            let person = key.voter().filter(|_| is_affected);
            broken.extend(person.filter(|id| is_removed(*id)).map(|id| RowScope::One(RowKey::Voter(id))));
        }
        let is_gone = |number: &ProposalNumber| now.proposal(*number).is_none() && self.is_moved(*number);
        broken.extend(now.keys().filter_map(RowKey::number).filter(is_gone).map(RowScope::Movie));
        broken
    }

    /// Returns true if the edits change the movie's own row.
    fn is_moved(&self, number: ProposalNumber) -> bool {
        self.set.before.proposal(number) != self.set.now.proposal(number)
    }
}

/// Returns the rows that share a value if more than `limit` of them do.
fn over_limit<T: Eq + Hash>(rows: impl Iterator<Item = (T, RowScope)>, limit: usize) -> Vec<RowScope> {
    let mut by_value: HashMap<T, Vec<RowScope>> = HashMap::new();
    rows.for_each(|(value, row)| by_value.entry(value).or_default().push(row));
    by_value.into_values().filter(|same| same.len() > limit).flatten().collect()
}

/// Creates a query for the rows of edits, and for related rows that the rules of the board involve: other votes for the
/// movies, other proposals of the same movies, and other people with the same names.
fn rows_to_read<'a>(edits: &'a [Edit], by: &'a VoterName) -> RowQuery<'a> {
    let mut query = RowQuery::by(by);
    query.marks(None);
    if edits.iter().any(|edit| matches!(&edit.after, Some(BoardRow::Proposal(row)) if row.title.is_some())) {
        // Titles are compared in memory, because databases cannot tell when two are the same.
        query.rows(&PROPOSALS, "title IS NOT NULL", vec![]);
    }
    for id in edits.iter().filter_map(|edit| edit.key.voter()).collect::<BTreeSet<_>>() {
        query.active_voters("id = ?1", vec![id.0.into()]);
    }
    let numbers: BTreeSet<i64> = edits.iter().filter_map(|edit| Some(edit.key.number()?.0)).collect();
    for (table, condition) in [(&PROPOSALS, "id = ?1"), (&VOTES, OF_MOVIE), (&ATTENDANCE, OF_MOVIE), (&NOTES, OF_MOVIE)]
    {
        query.each(table, condition, numbers.iter().copied());
    }
    let mut ids = Vec::new();
    for edit in edits {
        match &edit.after {
            Some(BoardRow::Voter(row)) => query.active_voters("name_key = ?1", vec![row.name_key.as_str().into()]),
            Some(BoardRow::Proposal(row)) => ids.extend(row.imdb_id.as_deref()),
            _ => {}
        }
    }
    query.each(&PROPOSALS, "imdb_id = ?1", ids);
    let list = |edit: &Edit| if let RowKey::Wishes(id) = edit.key { Some(id.0) } else { None };
    query.each(&WISHES, "voter_id = ?1", edits.iter().filter_map(list));
    query.each(&SEEN, "movie = ?1", edits.iter().filter_map(|edit| Some(edit.key.movie()?.to_string())));
    query
}

const OF_MOVIE: &str = "proposal_id = ?1";
