//! The change log, which keeps the rows that each change edited, so that it can be undone and redone.

use std::collections::{HashMap, HashSet};

use time::Duration;

use super::change_set::{ChangeSet, writes};
use super::db::{Param, Result, Row, Statement, required, statement};
use super::rows::{BoardRow, Edit, RowKey, own_title};
use super::tables::{CACHE, EDITS, MAX_SHORT};
use super::{StoreError, Transaction, board};
use crate::model::change::{Action, Change};
use crate::model::text::sanitize_stored;
use crate::model::{ImdbId, MovieKey, Proposal, ProposalNumber, VoterId, from_unix_seconds, from_word, to_word};

/// The number of changes that are kept for each person.
const MAX_KEPT: i64 = 100;
/// Changes younger than this are always kept: after a lost answer, their tokens tell whether they were stored.
const MIN_AGE: Duration = Duration::DAY;

/// Writes the edited rows and logs them as one change of a person. Returns its id. `None`, and writes nothing, if at
/// most a new person would be added, unless votes are hidden and the change may hold votes.
pub fn write_and_log(
    transaction: &mut Transaction<'_>,
    mut set: ChangeSet,
    action: Action,
    by: VoterId,
) -> Result<Option<i64>> {
    let (mut counters, at) = (set.counters, set.at);
    let (into, exchanged) = (set.into, std::mem::take(&mut set.exchanged));
    let is_hidden = set.hidden_since.is_some();
    let mut edits = set.into_edits();
    // While votes are hidden, the log must not reveal whether somebody had the same opinion before.
    let may_vote = action.changes_opinions() || matches!(action, Action::Propose | Action::Import);
    let is_person = |key: RowKey| matches!(key, RowKey::Voter(_));
    let has_changed = edits.iter().any(|edit| !is_person(edit.key) || edit.before.is_some());
    if !(has_changed || is_hidden && may_vote) {
        return Ok(None);
    }
    counters.change += 1;
    let id = counters.change;
    let mut statements = writes(&edits, counters);
    // A new change clears the redo list of its author.
    statements.push(statement!("UPDATE changes SET undone_by = NULL WHERE undone_by = ?1", by.0));
    statements.push(statement!(
        "INSERT INTO changes (id, sequence, at, voter_id, action, token) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        id,
        id,
        at,
        by.0,
        to_word(&action),
        transaction.token()
    ));
    // Undo deletes nobody, so adding a person is not logged.
    let is_exchanged = |key: RowKey| key.voter().is_some_and(|id| exchanged.contains(&id));
    edits.retain(|edit| !is_person(edit.key) || edit.before.is_some() && !is_exchanged(edit.key));
    let log = |kind: &'static str, key: RowKey, before: Option<&BoardRow>, after: Option<&BoardRow>| {
        let (number, voter) = (key.number().map(|number| number.0), key.voter().map(|voter| voter.0));
        let movie = key.movie().map(|movie| movie.to_string());
        let row = [id.into(), kind.into(), number.into(), voter.into(), movie.into()];
        row.into_iter().chain([json(before).into(), json(after).into()]).collect()
    };
    let logged =
        edits.iter().map(|edit| log(edit.key.table().kind, edit.key, edit.before.as_ref(), edit.after.as_ref()));
    let into = into.map(|voter| log(INTO, RowKey::Voter(voter), None, None));
    statements.push(EDITS.insert(logged.chain(into).collect()));
    statements.push(statement!(
        "DELETE FROM changes WHERE at < ?2 AND (undone_at IS NOT NULL AND undone_by IS NULL
             OR voter_id = ?1 AND undone_at IS NULL AND sequence <=
                 (SELECT sequence FROM changes WHERE voter_id = ?1 AND undone_at IS NULL
                  ORDER BY sequence DESC LIMIT 1 OFFSET ?3))",
        by.0,
        at - MIN_AGE.whole_seconds(),
        MAX_KEPT
    ));
    transaction.driver.execute(&statements)?;
    Ok(Some(id))
}

/// The kind of the log entry that names the person into whom another was merged.
pub const INTO: &str = "into";

fn json(row: Option<&BoardRow>) -> Option<String> {
    row.map(|row| serde_json::to_string(row).expect("a row has text keys and whole numbers"))
}

pub struct Logged {
    pub id: i64,
    /// A number from the same counter as the ids, which orders when changes were made, or last undone or redone.
    pub sequence: i64,
    pub author: Option<VoterId>,
    pub action: Option<Action>,
    pub edits: Vec<Edit>,
    /// The change as it is listed. While votes are hidden, it leaves out whatever reveals them.
    pub summary: Change,
}

/// Returns the changes `c` that the SQL after `FROM changes c` selects, in its order: joins, conditions and limits.
pub fn logged(transaction: &mut Transaction<'_>, clauses: &str, params: &[Param<'_>]) -> Result<Vec<Logged>> {
    let log = format!(
        "SELECT c.id, c.sequence, c.at, c.voter_id, substr(a.name, 1, {MAX_SHORT}), c.action, c.undone_at,
             substr(u.name, 1, {MAX_SHORT})
         FROM changes c LEFT JOIN voters a ON a.id = c.voter_id LEFT JOIN voters u ON u.id = c.undone_by {clauses}"
    );
    let edits = format!(
        "SELECT e.kind, e.proposal_id, e.voter_id, e.before, e.after, e.change_id,
             substr(w.name, 1, {MAX_SHORT}), e.movie
         FROM edits e LEFT JOIN voters w ON w.id = e.voter_id
         WHERE e.change_id IN (SELECT c.id FROM changes c {clauses}) ORDER BY e.id"
    );
    let hidden = statement!("SELECT value FROM settings WHERE name = 'hidden_since'");
    let queries = [Statement::new(log, params.to_vec()), Statement::new(edits, params.to_vec()), hidden];
    let mut changes: Vec<Logged> = Vec::new();
    let mut is_hidden = false;
    transaction.driver.run(&queries, &mut |query, row| {
        match query {
            0 => changes.push(Logged::read(row)?),
            1 => {
                let id = row.int(5)?;
                let change = changes.iter_mut().find(|change| Some(change.id) == id);
                change.ok_or_else(StoreError::damaged)?.take(row)?;
            }
            _ => is_hidden = true,
        }
        Ok(())
    })?;
    name_movies(transaction, &mut changes, is_hidden)?;
    Ok(changes)
}

/// Returns the last change that the SQL after `FROM changes c` selects.
pub fn last_logged(transaction: &mut Transaction<'_>, clauses: &str, params: &[Param<'_>]) -> Result<Option<Logged>> {
    Ok(logged(transaction, &format!("{clauses} ORDER BY c.sequence DESC LIMIT 1"), params)?.pop())
}

impl Logged {
    fn read(row: &dyn Row) -> Result<Self> {
        let action = row.text(5)?.and_then(from_word);
        let summary = Change {
            at: from_unix_seconds(required(row.int(2)?)?),
            who: row.shown_text(4)?,
            action,
            movies: Vec::new(),
            people: Vec::new(),
            into: None,
            is_undone: row.int(6)?.is_some(),
            undone_by: row.shown_text(7)?,
        };
        let (id, sequence) = (required(row.int(0)?)?, required(row.int(1)?)?);
        Ok(Self { id, sequence, author: row.int(3)?.map(VoterId), action, edits: Vec::new(), summary })
    }

    /// Adds an edit, and collects the names of the people whom it affects.
    fn take(&mut self, row: &dyn Row) -> Result<()> {
        let (kind, person) = (row.text(0)?.unwrap_or_default(), row.shown_text(6)?);
        if kind == INTO {
            self.summary.into = person;
            return Ok(());
        }
        let key = RowKey::from_parts(kind, row.int(1)?, row.int(2)?, row.text(7)?).ok_or_else(StoreError::damaged)?;
        let side = |column| {
            let parsed = row.text(column)?.map(serde_json::from_str).transpose();
            parsed.map_err(|_| StoreError::damaged())
        };
        let (before, after): (Option<BoardRow>, Option<BoardRow>) = (side(3)?, side(4)?);
        if let (Some(BoardRow::Voter(before)), Some(BoardRow::Voter(after))) = (&before, &after) {
            let is_rename = self.action == Some(Action::Rename);
            if is_rename {
                self.summary.into = Some(sanitize_stored(after.name.clone()));
            }
            if is_rename || after.removed_at > before.removed_at {
                self.summary.people.push(sanitize_stored(before.name.clone()));
            }
        }
        // Each person is listed once, by name.
        let voter = person.filter(|_| self.action == Some(Action::Chat) && matches!(key, RowKey::Vote(..)));
        if let Some(name) = voter
            && let Err(place) = self.summary.people.binary_search(&name)
        {
            self.summary.people.insert(place, name);
        }
        self.edits.push(Edit { key, before, after });
        Ok(())
    }

    /// Returns the movies that the change affects, in the order of its edits. Leaves out movies that were only marked
    /// as seen because the group watched them and, while votes are hidden, movies of which only votes changed.
    fn movies(&self, is_hidden: bool) -> Vec<MovieKey> {
        if is_hidden && self.action.is_some_and(Action::changes_opinions) {
            return Vec::new();
        }
        let is_watching = self.action == Some(Action::Watched);
        let movie = |key: RowKey| key.number().map(MovieKey::Own).or(key.movie().filter(|_| !is_watching));
        let mut named = HashSet::new();
        let edits = self.edits.iter().filter(|edit| !is_hidden || !matches!(edit.key, RowKey::Vote(..)));
        edits.filter_map(|edit| movie(edit.key)).filter(|movie| named.insert(*movie)).collect()
    }

    /// Returns a movie that has an IMDb id, or that the change created before it was undone. `None` for other movies,
    /// whose row is in the table of proposals.
    fn movie(&self, movie: MovieKey) -> Option<Proposal> {
        let (number, imdb_id, own) = match movie {
            MovieKey::Imdb(id) => (ProposalNumber(0), Some(id), None),
            MovieKey::Own(_) if !self.summary.is_undone => return None,
            MovieKey::Own(number) => {
                let gone = self.edits.iter().find(|e| e.key == RowKey::Proposal(number) && e.before.is_none())?;
                let Some(BoardRow::Proposal(row)) = &gone.after else { return None };
                let own = own_title(row.title.clone().map(sanitize_stored), row.year, None);
                (number, row.imdb_id.as_deref().and_then(ImdbId::parse), own)
            }
        };
        Some(Proposal { imdb_id, own, ..Proposal::new(number, self.summary.at) })
    }
}

/// Reads the names of the movies of changes, in one round trip however many there are. Movies without a row get their
/// number as a name.
fn name_movies(transaction: &mut Transaction<'_>, changes: &mut [Logged], is_hidden: bool) -> Result<()> {
    let mut movies = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        movies.extend(change.movies(is_hidden).into_iter().map(|movie| (at, movie, change.movie(movie))));
    }
    let number = |movie| if let MovieKey::Own(number) = movie { Some(number.0) } else { None };
    let numbers = movies.iter().filter(|(.., known)| known.is_none()).filter_map(|(_, movie, _)| number(*movie));
    let ids = movies.iter().filter_map(|(.., known)| Some(known.as_ref()?.imdb_id?.to_string()));
    let queries = [board::proposals_of(numbers), CACHE.select_each("imdb_id = ?1", ids)];
    let (mut proposals, mut cached) = (HashMap::new(), HashMap::new());
    transaction.driver.run(&queries, &mut |query, row| {
        match query {
            0 => drop(proposals.insert(row.int(0)?, board::proposal_with_cache(row)?)),
            _ => drop(cached.insert(row.text(0)?.and_then(ImdbId::parse), board::cache_entry(row, 0)?)),
        }
        Ok(())
    })?;
    let mut named = HashSet::new();
    for (at, movie, known) in movies {
        let known = known.map(|known| {
            let cache = cached.get(&known.imdb_id).cloned().unwrap_or_default();
            Proposal { cache, ..known }
        });
        let number = number(movie).unwrap_or_default();
        let known = known.as_ref().or_else(|| proposals.get(&Some(number)));
        // A movie may be edited both as a proposal and by its IMDb id.
        if named.insert((at, known.map_or(movie, Proposal::key))) {
            changes[at].summary.movies.push(known.map_or_else(|| format!("number {number}"), Proposal::name));
        }
    }
    for Logged { summary, .. } in changes.iter_mut().filter(|_| is_hidden) {
        // A proposal that changed no movie is a vote for one on the board.
        let is_vote = summary.action == Some(Action::Propose) && summary.movies.is_empty();
        if summary.action == Some(Action::Chat) {
            summary.people.clear();
        } else if is_vote || summary.action.is_some_and(Action::changes_opinions) {
            summary.action = Some(Action::Ballot);
        }
    }
    Ok(())
}
