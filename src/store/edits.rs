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
    // Two people may exchange names, but a name must be unique at any time: a placeholder has a comma, which no name has.
    let renamed = edits.iter().filter(|edit| edit.before.is_some() && name_key(&edit.before) != name_key(&edit.after));
    let renamed = renamed.filter_map(|edit| edit.key.voter);
    let mut statements: Vec<_> =
        renamed.map(|id| statement!("UPDATE voters SET name_key = ',' || id WHERE id = ?1", id.0)).collect();
    let mut deletions = Vec::new();
    for kind in RowKind::ALL {
        let table = kind.table();
        let (mut new, mut changed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for Edit { key, before, after } in edits.iter().filter(|edit| edit.key.kind == kind) {
            let by_key = |row: &Option<BoardRow>| -> BTreeMap<Values, Values> {
                let rows = row.iter().flat_map(|row| to_values(*key, row));
                rows.map(|values| (table.key_of(&values), values)).collect()
            };
            // A damaged counter yields a key in use, which is an error.
            let is_new = before.is_none() && matches!(kind, RowKind::Voter | RowKind::Proposal);
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
    row.as_ref().and_then(BoardRow::as_voter).map(|row| row.name_key.as_str())
}
