//! Writing edits of rows.

use super::db::{Statement, statement};
use super::workspace::Counters;
use crate::model::change::{Edit, Edits, Present, ProposalRow, VoterRow};
use crate::model::{ProposalNumber, VoterId};

/// The statements that make rows what they are after these edits: referred-to rows first when they come, last when
/// they go.
pub fn writes(edits: &Edits, counters: Counters) -> Vec<Statement<'static>> {
    let mut statements = Vec::new();
    for Edit { key, before, after } in &edits.voters {
        statements.extend(after.as_ref().map(|row| write_voter(*key, before.is_none(), row)));
    }
    for Edit { key, before, after } in &edits.proposals {
        statements.extend(after.as_ref().map(|row| write_proposal(*key, before.is_none(), row)));
    }
    for Edit { key: (number, voter), after, .. } in &edits.votes {
        statements.push(match after {
            Some(vote) => statement!(
                "INSERT INTO votes (proposal_id, voter_id, voted_at, opinion) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (proposal_id, voter_id) DO UPDATE
                 SET voted_at = excluded.voted_at, opinion = excluded.opinion",
                number.0,
                voter.0,
                vote.voted_at,
                if vote.favorite { "favorite" } else { "yes" }
            ),
            None => statement!("DELETE FROM votes WHERE proposal_id = ?1 AND voter_id = ?2", number.0, voter.0),
        });
    }
    for Edit { key: (number, voter), after, .. } in &edits.attendance {
        statements.push(match after {
            Some(Present {}) => statement!(
                "INSERT INTO attendance (proposal_id, voter_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                number.0,
                voter.0
            ),
            None => statement!("DELETE FROM attendance WHERE proposal_id = ?1 AND voter_id = ?2", number.0, voter.0),
        });
    }
    for Edit { key, .. } in edits.proposals.iter().filter(|edit| edit.after.is_none()) {
        statements.push(statement!("DELETE FROM proposals WHERE id = ?1", key.0));
    }
    statements.push(statement!(
        "UPDATE counters SET last_number = ?1, last_voter = ?2, last_change = ?3",
        counters.number,
        counters.voter,
        counters.change
    ));
    statements
}

/// A new row replaces none: where the counters are behind, after a board was restored in part, the number may be another's.
/// Both are inserts, of which many become one statement.
fn write_voter(id: VoterId, is_new: bool, row: &VoterRow) -> Statement<'static> {
    statement!(
        match is_new {
            true => "INSERT INTO voters (id, name, name_key, removed_at) VALUES (?1, ?2, ?3, ?4)",
            false =>
                "INSERT INTO voters (id, name, name_key, removed_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE
                 SET name = excluded.name, name_key = excluded.name_key, removed_at = excluded.removed_at",
        },
        id.0,
        row.name.clone(),
        row.name_key.clone(),
        row.removed_at
    )
}

fn write_proposal(number: ProposalNumber, is_new: bool, row: &ProposalRow) -> Statement<'static> {
    statement!(
        match is_new {
            true =>
                "INSERT INTO proposals (id, imdb_id, title, note, proposed_by, proposed_at, withdrawn_at, watched_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            false =>
                "INSERT INTO proposals (id, imdb_id, title, note, proposed_by, proposed_at, withdrawn_at, watched_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (id) DO UPDATE
                 SET note = excluded.note, proposed_by = excluded.proposed_by, withdrawn_at = excluded.withdrawn_at,
                     watched_at = excluded.watched_at",
        },
        number.0,
        row.imdb_id.map(|id| id.to_string()),
        row.title.clone(),
        row.note.clone(),
        row.proposed_by.0,
        row.proposed_at,
        row.withdrawn_at,
        row.watched_at
    )
}
