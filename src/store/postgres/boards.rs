//! The boards of a database: listing them, and making one that a group shares.

use tokio_postgres::Row;

use super::address::{check_board, quoted_identifier};
use super::batch::Query;
use super::connection::{Connection, ConnectionError};
use super::identity::{Identity, MARK, read_schema};
use super::open::prepare;
use super::{Address, error};
use crate::store::Access;
use crate::store::db::Result;
use crate::store::error::{ErrorKind, StoreError};

/// The boards of the address's database, by name, with the versions of their schemas.
///
/// # Errors
/// The server cannot be reached.
pub fn list(address: &Address) -> Result<Vec<(String, i64)>> {
    let database = address.without_board();
    let failed = |error: ConnectionError| error::translate(&database, &error).while_reading();
    let mut connection = Connection::open(address).map_err(failed)?;
    let sql = format!(
        "SELECT n.nspname::text, substr(obj_description(n.oid, 'pg_namespace'), {})
         FROM pg_namespace n WHERE obj_description(n.oid, 'pg_namespace') LIKE '{MARK}%' ORDER BY 1",
        MARK.len() + 1
    );
    let answers = connection.send(&[Query::plain(sql)]).map_err(failed)?;
    let board = |row: &Row| {
        let (name, version): (String, String) = (row.try_get(0).ok()?, row.try_get(1).ok()?);
        // Another name was given by another program, and cannot be used here.
        check_board(&name).ok()?;
        Some((name, version.parse().ok()?))
    };
    Ok(answers.iter().flatten().filter_map(board).collect())
}

/// Makes the board of the address, and lets the members of `group` use it: false when it was there.
///
/// # Errors
/// It may not be made, or there is something else of its name, or no such group: nothing is made. Or the board is
/// somebody else's, who alone can let others in.
pub fn create(address: &Address, group: Option<&str>) -> Result<bool> {
    let failed = |error: ConnectionError| error::translate(address, &error);
    let mut connection = Connection::open(address).map_err(failed)?;
    if let Some(group) = group {
        check_role(&mut connection, address, group)?;
    }
    let before = prepare(&mut connection, address, Access::Create)?;
    let is_new = !before.is_some_and(|schema| matches!(schema.identity, Identity::Ours(_)));
    if let Some(group) = group {
        let granted = grant(&mut connection, address, group).map_err(StoreError::while_reading);
        granted.map_err(|error| if is_new { error.after(&format!("made the {address}, but")) } else { error })?;
    }
    Ok(is_new)
}

fn check_role(connection: &mut Connection, address: &Address, group: &str) -> Result<()> {
    if ["", "public"].contains(&group) {
        let text = "a board is shared with a role, not with everybody on the server";
        return Err(StoreError::new(ErrorKind::Other, text)
            .nothing_stored()
            .with_hint("give its name as --group ROLE"));
    }
    let answers = connection.send(&[Query::with_texts("SELECT 1 FROM pg_roles WHERE rolname = $1", [group])]);
    if answers.map_err(|error| error::translate(address, &error))?.iter().flatten().next().is_some() {
        return Ok(());
    }
    let text = format!("there is no role {group} on the server at {}", address.host);
    let hint = format!("the server's owner types: CREATE ROLE {};", quoted_identifier(group));
    Err(StoreError::new(ErrorKind::Other, text).nothing_stored().with_hint(hint))
}

/// Grants all that it takes to use the board, also what a newer version adds. PostgreSQL only warns when
/// a role may not grant, so the result is read back.
fn grant(connection: &mut Connection, address: &Address, group: &str) -> Result<()> {
    let (board, role) = (quoted_identifier(&address.board), quoted_identifier(group));
    let schema = read_schema(connection, &address.board).map_err(|error| error::translate(address, &error))?;
    // Default rights hold for what the role makes that gave them: the owner, who makes everything.
    let take_role = schema.other_owner.map(|owner| format!("SET LOCAL ROLE {};", quoted_identifier(&owner)));
    let script = format!(
        "BEGIN;
         {}
         GRANT USAGE ON SCHEMA {board} TO {role};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {board} TO {role};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA {board} TO {role};
         ALTER DEFAULT PRIVILEGES IN SCHEMA {board} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
         ALTER DEFAULT PRIVILEGES IN SCHEMA {board} GRANT USAGE ON SEQUENCES TO {role};
         COMMIT",
        take_role.unwrap_or_default()
    );
    let granted = connection.execute(&script).and_then(|()| may_use(connection, &address.board, group));
    match granted {
        Ok(true) => Ok(()),
        Err(ConnectionError::Refused(error))
            if error.code() != Some(&tokio_postgres::error::SqlState::INSUFFICIENT_PRIVILEGE) =>
        {
            Err(error::translate(address, &ConnectionError::Refused(error)))
        }
        Ok(false) | Err(ConnectionError::Refused(_)) => {
            let (text, hint) = match schema.is_owner {
                false => (
                    format!("{} may not let {group} use the {address}: it is somebody else's", address.user),
                    format!("its owner types: movienight board create {} --group {group}", address.board),
                ),
                true => (
                    format!("{} may not let {group} use the {address}: a table in it is somebody else's", address.user),
                    "take that table out of the board's schema, and say it once more".to_owned(),
                ),
            };
            Err(StoreError::new(ErrorKind::NotAllowed, text).with_hint(hint))
        }
        Err(ConnectionError::Lost(_) | ConnectionError::Silent(_)) => {
            let text = format!("the connection was lost while {group} was let in: it is not known whether it was");
            Err(StoreError::new(ErrorKind::Uncertain, text).with_hint("say it once more"))
        }
        Err(error) => Err(error::translate(address, &error)),
    }
}

/// The role may read and write all that is in the board.
fn may_use(connection: &mut Connection, board: &str, role: &str) -> std::result::Result<bool, ConnectionError> {
    let sql = "SELECT has_schema_privilege($1, n.oid, 'USAGE') AND NOT EXISTS (
            SELECT 1 FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) privilege
            WHERE c.relnamespace = n.oid AND c.relkind = 'r' AND NOT has_table_privilege($1, c.oid, privilege))
        FROM pg_namespace n WHERE n.nspname = $2";
    let answers = connection.send(&[Query::with_texts(sql, [role, board])])?;
    Ok(answers.iter().flatten().any(|row| row.try_get(0).unwrap_or(false)))
}
