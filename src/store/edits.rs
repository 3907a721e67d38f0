//! Writing edits of rows.

use std::collections::BTreeMap;

use super::change_set::Counters;
use super::db::{Statement, statement};
use super::documents::to_values;
use super::rows::{BoardRow, Edit, RowKind};
use super::tables::Values;

/// The statements that make rows what they are after these edits: a row comes after the rows that it refers to, and goes
/// before them.
pub fn writes(edits: &[Edit], counters: Counters) -> Vec<Statement<'static>> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.key);
    // Two people may exchange names, but a name must be unique at any time: a placeholder has a comma, which no name has.
    let renamed = edits.iter().filter(|edit| edit.before.is_some() && name_key(&edit.before) != name_key(&edit.after));
    let renamed = renamed.filter_map(|edit| edit.key.voter);
    let mut statements: Vec<_> =
        renamed.map(|id| statement!("UPDATE voters SET name_key = ',' || id WHERE id = ?1", id.0)).collect();
    let mut gone = Vec::new();
    for edit in edits {
        let table = edit.key.kind.table();
        let by_key = |row: &Option<BoardRow>| -> BTreeMap<Values, Values> {
            let rows = row.iter().flat_map(|row| to_values(edit.key, row));
            rows.map(|values| (table.key_of(&values), values)).collect()
        };
        let (before, mut after) = (by_key(&edit.before), by_key(&edit.after));
        for (key, values) in before {
            match after.get(&key) {
                None => gone.push(table.delete(key)),
                Some(same) if *same == values => drop(after.remove(&key)),
                Some(_) => {}
            }
        }
        // A damaged counter yields a key in use, which is an error.
        let is_new = edit.before.is_none() && matches!(edit.key.kind, RowKind::Voter | RowKind::Proposal);
        let write = |values| if is_new { table.insert(values) } else { table.write(values) };
        statements.extend(after.into_values().map(write));
    }
    statements.extend(gone.into_iter().rev());
    statements.push(statement!(
        "UPDATE counters SET last_number = ?1, last_voter = ?2, last_change = ?3",
        counters.number,
        counters.voter,
        counters.change
    ));
    statements
}

fn name_key(row: &Option<BoardRow>) -> Option<&str> {
    row.as_ref().and_then(BoardRow::as_voter).map(|row| row.name_key.as_str())
}
