//! Writing edits of rows.

use std::cmp::Reverse;

use super::change_set::Counters;
use super::db::{Statement, statement};
use super::rows::{BoardRow, Edit, RowKey, VoterRow, WishRow};

/// The statements that make rows what they are after these edits: a row comes after the rows that it refers to, and goes
/// before them.
pub fn writes(edits: &[Edit], counters: Counters) -> Vec<Statement<'static>> {
    let (mut kept, mut gone): (Vec<&Edit>, Vec<&Edit>) = edits.iter().partition(|edit| edit.after.is_some());
    kept.sort_by_key(|edit| edit.key);
    gone.sort_by_key(|edit| Reverse(edit.key));
    // Two people may exchange their names, and a name is one person's at any time. No name has a comma.
    let renamed = kept.iter().filter(|edit| edit.before.is_some() && name_key(&edit.before) != name_key(&edit.after));
    let renamed = renamed.filter_map(|edit| edit.key.voter());
    let mut statements: Vec<_> =
        renamed.map(|id| statement!("UPDATE voters SET name_key = ',' || id WHERE id = ?1", id.0)).collect();
    statements.extend(kept.iter().filter_map(|edit| write(edit)));
    statements.extend(edits.iter().flat_map(wishes));
    statements.extend(gone.iter().filter_map(|edit| delete(edit.key)));
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

/// The statements that make a list what it is after an edit.
fn wishes(Edit { key, before, after }: &Edit) -> Vec<Statement<'static>> {
    let RowKey::Wishes(voter) = key else { return Vec::new() };
    let list = |row: &Option<BoardRow>| row.as_ref().and_then(BoardRow::as_wishes).cloned().unwrap_or_default();
    let (before, after) = (list(before), list(after));
    let gone = before.keys().filter(|movie| !after.contains_key(*movie));
    let gone = gone.map(|movie| {
        statement!("DELETE FROM wishes WHERE voter_id = ?1 AND movie = ?2", voter.0, movie.clone()).over_arrays(
            "DELETE FROM wishes w USING unnest(?1::bigint[], ?2::text[]) AS gone (voter, movie)
                 WHERE w.voter_id = gone.voter AND w.movie = gone.movie",
        )
    });
    let insert = "INSERT INTO wishes (voter_id, movie, imdb_id, title, year, entered_at)";
    let update = "ON CONFLICT (voter_id, movie) DO UPDATE SET imdb_id = excluded.imdb_id, title = excluded.title,
        year = excluded.year, entered_at = excluded.entered_at";
    let new = after.iter().filter(|(movie, row)| before.get(*movie) != Some(*row));
    let new = new.map(|(movie, WishRow { imdb_id, title, year, entered_at })| {
        let sql = format!("{insert} VALUES (?1, ?2, ?3, ?4, ?5, ?6) {update}");
        statement!(sql, voter.0, movie.clone(), imdb_id.clone(), title.clone(), *year, *entered_at).over_arrays(
            format!(
            "{insert} SELECT * FROM unnest(?1::bigint[], ?2::text[], ?3::text[], ?4::text[], ?5::bigint[], ?6::bigint[])
             {update}"
        ),
        )
    });
    gone.chain(new).collect()
}

fn write(Edit { key, before, after }: &Edit) -> Option<Statement<'static>> {
    let (number, voter) = (key.number().map(|number| number.0), key.voter().map(|voter| voter.0));
    Some(match after.as_ref()? {
        BoardRow::Voter(VoterRow { name, name_key, removed_at }) => {
            let sql = match before {
                None => "INSERT INTO voters (id, name, name_key, removed_at) VALUES (?1, ?2, ?3, ?4)",
                Some(_) => "UPDATE voters SET name = ?2, name_key = ?3, removed_at = ?4 WHERE id = ?1",
            };
            statement!(sql, voter, name.clone(), name_key.clone(), *removed_at)
        }
        BoardRow::Proposal(row) if before.is_some() => statement!(
            "UPDATE proposals SET proposed_by = ?2, withdrawn_at = ?3, watched_at = ?4, watched_on = ?5 WHERE id = ?1",
            number,
            row.proposed_by.0,
            row.withdrawn_at,
            row.watched_at,
            row.watched_on.clone()
        ),
        BoardRow::Proposal(row) => statement!(
            "INSERT INTO proposals (id, imdb_id, title, proposed_by, proposed_at, withdrawn_at, watched_at, watched_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            number,
            row.imdb_id.clone(),
            row.title.clone(),
            row.proposed_by.0,
            row.proposed_at,
            row.withdrawn_at,
            row.watched_at,
            row.watched_on.clone()
        ),
        BoardRow::Vote(vote) => statement!(
            "INSERT INTO votes (proposal_id, voter_id, voted_at, opinion) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (proposal_id, voter_id) DO UPDATE
             SET voted_at = excluded.voted_at, opinion = excluded.opinion",
            number,
            voter,
            vote.voted_at,
            vote.opinion.as_str()
        ),
        // See `wishes`.
        BoardRow::Wishes(_) => return None,
        BoardRow::Attendance => statement!(
            "INSERT INTO attendance (proposal_id, voter_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            number,
            voter
        ),
        BoardRow::Note(text) => statement!(
            "INSERT INTO notes (proposal_id, voter_id, text) VALUES (?1, ?2, ?3)
             ON CONFLICT (proposal_id, voter_id) DO UPDATE SET text = excluded.text",
            number,
            voter,
            text.clone()
        ),
        BoardRow::Seen => statement!(
            "INSERT INTO seen (movie, voter_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            key.movie().map(|movie| movie.to_string()),
            voter
        ),
    })
}

/// People are kept: changes refer to them.
fn delete(key: RowKey) -> Option<Statement<'static>> {
    match key {
        RowKey::Voter(_) | RowKey::Wishes(_) => None,
        RowKey::Proposal(number) => Some(statement!("DELETE FROM proposals WHERE id = ?1", number.0)),
        RowKey::Vote(number, voter) => {
            Some(statement!("DELETE FROM votes WHERE proposal_id = ?1 AND voter_id = ?2", number.0, voter.0))
        }
        RowKey::Attendance(number, voter) => {
            Some(statement!("DELETE FROM attendance WHERE proposal_id = ?1 AND voter_id = ?2", number.0, voter.0))
        }
        RowKey::Note(number, voter) => {
            Some(statement!("DELETE FROM notes WHERE proposal_id = ?1 AND voter_id = ?2", number.0, voter.0))
        }
        RowKey::Seen(movie, voter) => {
            Some(statement!("DELETE FROM seen WHERE movie = ?1 AND voter_id = ?2", movie.to_string(), voter.0))
        }
    }
}
