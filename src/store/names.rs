//! Who acts, for taking back and doing again: names that a renaming gave or took, and names that nobody uses any more.

use super::Transaction;
use super::change_log::{Direction, Recorded, recorded};
use super::db::{Result, Statement, required, statement};
use super::workspace::Workspace;
use crate::model::change::{Edit, VoterRow};
use crate::model::{VoterId, VoterName};

/// The key of a person, also of one who was removed.
pub fn person(transaction: &mut Transaction<'_>, name: &VoterName) -> Result<Option<VoterId>> {
    let rows = transaction.rows(statement!("SELECT id FROM voters WHERE name_key = ?1", name.key()), |row| {
        Ok(VoterId(required(row.int(0)?)?))
    })?;
    Ok(rows.into_iter().next())
}

/// A person of that key is known.
pub fn is_voter(transaction: &mut Transaction<'_>, id: VoterId) -> Result<bool> {
    let rows = transaction.rows(statement!("SELECT id FROM voters WHERE id = ?1", id.0), |row| row.int(0))?;
    Ok(!rows.is_empty())
}

/// The renaming of themselves that a person did last, or took back last: they still say the name that it took from them,
/// or already the name that it will give them again.
pub fn own_renaming(
    transaction: &mut Transaction<'_>,
    by: &VoterName,
    direction: Direction,
) -> Result<Option<Recorded>> {
    let own = match direction {
        Direction::Back => {
            "c.undone_at IS NULL
                 AND c.id = (SELECT max(l.id) FROM changes l WHERE l.undone_at IS NULL AND l.voter_id = c.voter_id)
                 AND EXISTS (SELECT 1 FROM edits e
                             WHERE e.change_id = c.id AND e.voter_id = c.voter_id AND e.before IS NOT NULL)"
        }
        Direction::Again => {
            "c.undone_as = (SELECT max(l.undone_as) FROM changes l WHERE l.undone_by = c.undone_by)
                 AND EXISTS (SELECT 1 FROM edits e
                             WHERE e.change_id = c.id AND e.voter_id = c.undone_by AND e.before IS NOT NULL)"
        }
    };
    // Nobody else goes by that name.
    let condition = format!(
        "WHERE c.action = 'rename' AND {own}
             AND NOT EXISTS (SELECT 1 FROM voters o WHERE o.name_key = ?1 AND o.removed_at IS NULL)
         ORDER BY coalesce(c.undone_as, c.id) DESC"
    );
    let said = |edit: &Edit<VoterId, VoterRow>| match direction {
        Direction::Back => edit.before.as_ref().is_some_and(|row| row.name_key == by.key()),
        Direction::Again => edit.after.as_ref().is_some_and(|row| row.name_key == by.key()),
    };
    let found = recorded(transaction, &condition, &[by.key().into()])?;
    Ok(found.into_iter().find(|change| change.edits.voters.iter().any(said)))
}

/// Somebody else who has the name that an edit gives.
pub fn namesake(workspace: &Workspace, edit: &Edit<VoterId, VoterRow>) -> Option<VoterId> {
    let name = edit.after.as_ref()?.name_key.as_str();
    workspace.voters.iter().find(|(id, row)| *id != edit.key && row.name_key == name).map(|(id, _)| id)
}

/// Removes namesakes from the workspace who have left nothing that stands: all that they did was taken back. Returns the
/// statements that delete them, with what they could do again.
pub fn free_names(
    transaction: &mut Transaction<'_>,
    workspace: &mut Workspace,
    edits: &[Edit<VoterId, VoterRow>],
) -> Result<Vec<Statement<'static>>> {
    let is_removed = |id: &VoterId| workspace.voters.get(*id).is_some_and(|row| row.removed_at.is_some());
    let removed: Vec<VoterId> = edits.iter().filter_map(|edit| namesake(workspace, edit)).filter(is_removed).collect();
    let left = "SELECT (SELECT count(*) FROM changes WHERE voter_id = ?1 AND undone_at IS NULL)
            + (SELECT count(*) FROM edits e JOIN changes c ON c.id = e.change_id
               WHERE e.voter_id = ?1 AND c.undone_at IS NULL)
            + (SELECT count(*) FROM votes WHERE voter_id = ?1)
            + (SELECT count(*) FROM attendance WHERE voter_id = ?1)
            + (SELECT count(*) FROM proposals WHERE proposed_by = ?1)";
    let mut statements = Vec::new();
    for id in removed {
        let rows = transaction.rows(statement!(left, id.0), |row| required(row.int(0)?))?;
        if rows == [0] {
            workspace.voters.set(id, None);
            statements.push(statement!("DELETE FROM changes WHERE voter_id = ?1 OR undone_by = ?1", id.0));
            statements.push(statement!("DELETE FROM voters WHERE id = ?1", id.0));
        }
    }
    Ok(statements)
}
