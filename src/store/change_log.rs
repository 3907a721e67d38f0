//! The log of changes, each with the rows that it edited, so that it can be undone and redone.

use std::collections::{BTreeSet, HashMap, HashSet};

use time::{Duration, UtcDateTime};

use super::change_set::ChangeSet;
use super::db::{Param, Result, Row, Statement, required, statement};
use super::edits::writes;
use super::rows::{BoardRow, Edit, RowKey, RowKind, own_title};
use super::tables::EDITS;
use super::tables::{MAX_DATA, MAX_SHORT};
use super::{StoreError, Transaction};
use crate::model::change::{Action, Change, ChangeId};
use crate::model::text::sanitize_stored;
use crate::model::title::{Title, with_year};
use crate::model::{MovieKey, VoterId, from_unix_seconds, from_word};

/// Changes of a person that are kept.
const MAX_KEPT: i64 = 100;
/// Changes younger than this are always kept: after a lost answer, their tokens tell whether they were stored.
const MIN_AGE: Duration = Duration::DAY;

/// Writes the edited rows and logs them as one change of a person. Does neither if the only row that differs is that of
/// somebody new, unless votes are hidden.
pub fn write_and_log(transaction: &mut Transaction<'_>, mut set: ChangeSet, action: Action, by: VoterId) -> Result<()> {
    let (mut counters, at) = (set.counters, set.at);
    let (into, exchanged) = (set.into, std::mem::take(&mut set.exchanged));
    let is_hidden = set.hidden_since.is_some();
    let mut edits = set.into_edits();
    // While votes are hidden, the log must not tell whether somebody had the same opinion before.
    let may_vote = action.is_of_opinions() || matches!(action, Action::Propose | Action::Import);
    let has_changed = edits.iter().any(|edit| edit.key.kind != RowKind::Voter || edit.before.is_some());
    if !(has_changed || is_hidden && may_vote) {
        return Ok(());
    }
    counters.change += 1;
    let id = ChangeId(counters.change);
    let mut statements = writes(&edits, counters);
    // A new change clears the redo list of its author.
    statements.push(statement!("UPDATE changes SET undone_by = NULL WHERE undone_by = ?1", by.0));
    statements.push(statement!(
        "INSERT INTO changes (id, sequence, at, voter_id, action, token) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        id.0,
        id.0,
        at,
        by.0,
        action.name(),
        transaction.token()
    ));
    // Undo deletes nobody, so adding a person is not logged.
    let is_exchanged = |key: RowKey| key.voter.is_some_and(|id| exchanged.contains(&id));
    edits.retain(|edit| edit.key.kind != RowKind::Voter || edit.before.is_some() && !is_exchanged(edit.key));
    let log = |kind: &'static str, key: RowKey, before: Option<&BoardRow>, after: Option<&BoardRow>| {
        let (number, voter) = (key.number.map(|number| number.0), key.voter.map(|voter| voter.0));
        let movie = key.movie.map(|movie| movie.to_string());
        let row = [id.0.into(), kind.into(), number.into(), voter.into(), movie.into()];
        row.into_iter().chain([json(before).into(), json(after).into()]).collect()
    };
    let logged =
        edits.iter().map(|edit| log(edit.key.kind.table().kind, edit.key, edit.before.as_ref(), edit.after.as_ref()));
    let into = into.map(|voter| log(INTO, RowKey::voter(voter), None, None));
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
    transaction.execute(&statements)
}

/// The kind of the row that names the person into whom another was merged.
pub const INTO: &str = "into";

fn json(row: Option<&BoardRow>) -> Option<String> {
    row.map(|row| serde_json::to_string(row).expect("a row has text keys and whole numbers"))
}

/// A logged change.
pub struct Logged {
    pub id: ChangeId,
    /// From the same counter as the ids: when the change was made, or last undone or redone.
    pub sequence: i64,
    at: UtcDateTime,
    pub author: Option<VoterId>,
    pub who: Option<String>,
    pub action: Option<Action>,
    pub is_undone: bool,
    undone_by: Option<String>,
    pub edits: Vec<Edit>,
    /// The names of those whose opinions it edited.
    voters: BTreeSet<String>,
    /// The name of the person into whom another was merged.
    into: Option<String>,
}

/// The changes `c` that a condition selects, in its order.
pub fn logged(transaction: &mut Transaction<'_>, condition: &str, params: &[Param<'_>]) -> Result<Vec<Logged>> {
    let log = format!(
        "SELECT c.id, c.sequence, c.at, c.voter_id, substr(a.name, 1, {MAX_SHORT}), c.action, c.undone_at,
             substr(u.name, 1, {MAX_SHORT})
         FROM changes c LEFT JOIN voters a ON a.id = c.voter_id LEFT JOIN voters u ON u.id = c.undone_by {condition}"
    );
    let edits = format!(
        "SELECT e.kind, e.proposal_id, e.voter_id, e.before, e.after, e.change_id,
             substr(w.name, 1, {MAX_SHORT}), e.movie
         FROM edits e LEFT JOIN voters w ON w.id = e.voter_id
         WHERE e.change_id IN (SELECT c.id FROM changes c {condition}) ORDER BY e.id"
    );
    let queries = [log, edits].map(|sql| Statement::new(sql, params.to_vec()));
    let mut changes: Vec<Logged> = Vec::new();
    let mut by_id = HashMap::new();
    transaction.run(&queries, &mut |query, row| {
        if query == 0 {
            let id = ChangeId(required(row.int(0)?)?);
            by_id.insert(id, changes.len());
            changes.push(Logged {
                id,
                sequence: required(row.int(1)?)?,
                at: from_unix_seconds(required(row.int(2)?)?),
                author: row.int(3)?.map(VoterId),
                who: row.shown_text(4)?,
                action: row.text(5)?.and_then(from_word),
                is_undone: row.int(6)?.is_some(),
                undone_by: row.shown_text(7)?,
                edits: Vec::new(),
                voters: BTreeSet::new(),
                into: None,
            });
            return Ok(());
        }
        let change = by_id.get(&ChangeId(required(row.int(5)?)?)).and_then(|at| changes.get_mut(*at));
        change.ok_or_else(StoreError::damaged)?.take(row)
    })?;
    Ok(changes)
}

/// The last change that a condition selects.
pub fn last_logged(transaction: &mut Transaction<'_>, condition: &str, params: &[Param<'_>]) -> Result<Option<Logged>> {
    Ok(logged(transaction, &format!("{condition} ORDER BY c.sequence DESC LIMIT 1"), params)?.pop())
}

impl Logged {
    fn take(&mut self, row: &dyn Row) -> Result<()> {
        let kind = row.text(0)?.unwrap_or_default();
        if kind == INTO {
            self.into = row.shown_text(6)?;
            return Ok(());
        }
        let key = RowKey::from_parts(kind, row.int(1)?, row.int(2)?, row.text(7)?).ok_or_else(StoreError::damaged)?;
        let side = |column| {
            let parsed = row.text(column)?.map(serde_json::from_str).transpose();
            parsed.map_err(|_| StoreError::damaged())
        };
        if key.kind == RowKind::Vote {
            self.voters.extend(row.shown_text(6)?);
        }
        self.edits.push(Edit { key, before: side(3)?, after: side(4)? });
        Ok(())
    }

    /// The movies that it touched, in the order of its edits. Leaves out movies of which only votes changed, unless votes
    /// may be shown, and movies that were only marked as seen because the group watched them.
    fn movies(&self, tells_votes: bool) -> Vec<MovieKey> {
        let is_watching = self.action == Some(Action::Watched);
        let movie = |key: RowKey| key.number.map(MovieKey::Own).or(key.movie.filter(|_| !is_watching));
        let mut named = HashSet::new();
        let edits = self.edits.iter().filter(|edit| tells_votes || edit.key.kind != RowKind::Vote);
        edits.filter_map(|edit| movie(edit.key)).filter(|movie| named.insert(*movie)).collect()
    }

    /// The change without its edits, with the names of its movies.
    fn describe(&self, movies: Vec<String>) -> Change {
        let people = self.edits.iter().filter_map(|edit| Some((edit.before.as_ref()?, edit.after.as_ref()?)));
        let people = people.filter_map(|(before, after)| Some((before.as_voter()?, after.as_voter()?)));
        let is_rename = self.action == Some(Action::Rename);
        let touched = people.filter(|(before, after)| is_rename || after.removed_at > before.removed_at);
        let names =
            touched.map(|(before, after)| (sanitize_stored(before.name.clone()), sanitize_stored(after.name.clone())));
        let (mut people, new_names): (Vec<_>, Vec<_>) = names.unzip();
        if self.action == Some(Action::Chat) {
            people.extend(self.voters.iter().cloned());
        }
        Change {
            at: self.at,
            who: self.who.clone(),
            action: self.action,
            movies,
            people,
            into: if is_rename { new_names.into_iter().next() } else { self.into.clone() },
            is_undone: self.is_undone,
            undone_by: self.undone_by.clone(),
        }
    }
}

/// Logged changes with the names of their movies. Cached data that cannot be read counts as missing.
pub fn described(transaction: &mut Transaction<'_>, changes: &[Logged]) -> Result<Vec<Change>> {
    let name_of = |id: Option<String>, title: Option<String>, year: Option<i64>, number: Option<i64>| {
        let movie = format!(
            "SELECT coalesce(?1, p.imdb_id) AS id, coalesce(?2, substr(p.title, 1, {MAX_SHORT})) AS title,
                 coalesce(?3, p.year) AS year
             FROM (SELECT 1) AS one LEFT JOIN proposals p ON p.id = ?4"
        );
        let sql = format!(
            "SELECT id, title, substr(cached_imdb_data, 1, {MAX_DATA}), year
             FROM ({movie}) AS movie LEFT JOIN imdb_cache ON imdb_id = id"
        );
        statement!(sql, id, title, year, number)
    };
    let mut queries = Vec::new();
    // A movie that is in no row any more is named by its number.
    let mut names = Vec::new();
    for change in changes {
        for movie in change.movies(true) {
            let (known, query) = match movie {
                MovieKey::Imdb(id) => (id.to_string(), name_of(Some(id.to_string()), None, None, None)),
                MovieKey::Own(number) => {
                    // The row of a proposal that was undone is only in its change.
                    let new =
                        change.edits.iter().find(|edit| edit.key == RowKey::proposal(number) && edit.before.is_none());
                    let row = new.filter(|_| change.is_undone).and_then(|edit| edit.after.as_ref()?.as_proposal());
                    let (id, title) = row.map_or((None, None), |row| (row.imdb_id.clone(), row.title.clone()));
                    let year = row.and_then(|row| row.year);
                    (format!("number {}", number.0), name_of(id, title, year, Some(number.0)))
                }
            };
            names.push(known);
            queries.push(query);
        }
    }
    queries.push(statement!("SELECT value FROM settings WHERE name = 'hidden_since'"));
    let mut is_hidden = false;
    transaction.run(&queries, &mut |query, row| {
        match names.get_mut(query) {
            Some(known) => known.clone_from(&name(row)?.unwrap_or_else(|| known.clone())),
            None => is_hidden = true,
        }
        Ok(())
    })?;
    let mut names = names.into_iter();
    let described = changes.iter().map(|change| {
        let told = change.movies(!is_hidden);
        let named = change.movies(true).into_iter().zip(names.by_ref());
        let movies: Vec<_> = named.filter(|(movie, _)| told.contains(movie)).map(|(_, name)| name).collect();
        match change.action {
            Some(Action::Chat) if is_hidden => Change { people: Vec::new(), ..change.describe(Vec::new()) },
            Some(action) if is_hidden && action.is_of_opinions() => {
                Change { action: Some(Action::Ballot), ..change.describe(Vec::new()) }
            }
            // A vote for what was on the board.
            Some(Action::Propose) if is_hidden && movies.is_empty() => {
                Change { action: Some(Action::Ballot), ..change.describe(movies) }
            }
            _ => change.describe(movies),
        }
    });
    Ok(described.collect())
}

/// The name of a movie from its IMDb id, own title and cached data. `None` if it is in no row.
fn name(row: &dyn Row) -> Result<Option<String>> {
    let cached = row.text(2)?.and_then(Title::from_json).map(|title| with_year(&title.title, title.year));
    let own = own_title(row.shown_text(1)?, row.int(3)?, None).map(|own| with_year(&own.title, own.year));
    Ok(own.or(cached).or(row.shown_text(0)?))
}
