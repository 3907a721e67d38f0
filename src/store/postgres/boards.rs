//! The boards of a database: listing them, and creating one that a group shares.

use tokio_postgres::Row;

use super::address::quoted_identifier;
use super::connection::{Connection, ConnectionError, Query};
use super::host::display_host;
use super::open::prepare;
use super::schema::{MARK, read_schema};
use super::{Address, error};
use crate::store::OpenMode;
use crate::store::db::Result;
use crate::store::error::{ErrorKind, StoreError};
use crate::store::location::check_board;
use crate::store::migrations::Identity;

/// Returns the boards of the address's database, by name, with the versions of their schemas.
pub fn list(address: &Address) -> Result<Vec<(String, i64)>> {
    let failed = |error: ConnectionError| error::translate(address, &error).while_reading();
    let mut connection = Connection::open(address).map_err(failed)?;
    let sql = format!(
        "SELECT n.nspname::text, substr(obj_description(n.oid, 'pg_namespace'), {})
         FROM pg_namespace n WHERE obj_description(n.oid, 'pg_namespace') LIKE '{MARK}%' ORDER BY 1",
        MARK.len() + 1
    );
    let answers = connection.send(&[Query::plain(sql)]).map_err(failed)?;
    let board = |row: &Row| {
        let (name, version): (String, String) = (row.try_get(0).ok()?, row.try_get(1).ok()?);
        // A name that is not valid comes from another program, and cannot be used here.
        check_board(&name).ok()?;
        Some((name, version.parse().ok()?))
    };
    Ok(answers.iter().flatten().filter_map(board).collect())
}

/// Creates the board of the address, and lets the members of `group` use it. Returns false if it existed.
///
/// # Errors
/// Fails, and creates nothing, if the user may not create the board, something else has its name, or the group does not
/// exist. Fails if the board belongs to another user, because only its owner can give others access.
pub fn create(address: &Address, group: Option<&str>) -> Result<bool> {
    let mut connection = Connection::open(address).map_err(|error| error::translate(address, &error))?;
    if let Some(group) = group {
        check_role(&mut connection, address, group)?;
    }
    let before = prepare(&mut connection, address, OpenMode::Create)?;
    if let Some(group) = group {
        grant(&mut connection, address, group).map_err(StoreError::while_reading)?;
    }
    Ok(!before.is_some_and(|schema| matches!(schema.identity, Identity::Ours(_))))
}

fn check_role(connection: &mut Connection, address: &Address, group: &str) -> Result<()> {
    let answers = connection.send(&[Query::new("SELECT 1 FROM pg_roles WHERE rolname = ?1", &[group.into()])]);
    if answers.map_err(|error| error::translate(address, &error))?.iter().flatten().next().is_some() {
        return Ok(());
    }
    let text = format!("there is no role {group} on the server at {}", display_host(address.route.host()));
    let hint = format!("the server's owner must run: CREATE ROLE {};", quoted_identifier(group));
    Err(StoreError::new(ErrorKind::Other, text).nothing_stored().with_hint(hint))
}

/// Grants everything that the use of the board needs, including on tables that newer versions add.
fn grant(connection: &mut Connection, address: &Address, group: &str) -> Result<()> {
    let failed = |error: ConnectionError| error::translate(address, &error);
    let (board, role) = (quoted_identifier(&address.board), quoted_identifier(group));
    let schema = read_schema(connection, Vec::new(), &address.board).map_err(failed)?;
    let may_not = || {
        let text = format!(
            "{} cannot give {group} access to the {address}: it, or a table in it, belongs to somebody else",
            address.user
        );
        let hint = format!("its owner must run: movienight board create {} --group {group}", address.board);
        StoreError::new(ErrorKind::NotAllowed, text).with_hint(hint)
    };
    if !schema.is_owner {
        return Err(may_not());
    }
    // Default privileges apply to objects that the granting role creates. The owner creates everything.
    let script = format!(
        "BEGIN;
         SET LOCAL ROLE {};
         GRANT USAGE ON SCHEMA {board} TO {role};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {board} TO {role};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA {board} TO {role};
         ALTER DEFAULT PRIVILEGES IN SCHEMA {board} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
         ALTER DEFAULT PRIVILEGES IN SCHEMA {board} GRANT USAGE ON SEQUENCES TO {role};
         COMMIT",
        quoted_identifier(&schema.owner)
    );
    connection.execute(&script).map_err(failed).map_err(|error| match error.kind {
        ErrorKind::NotAllowed => may_not(),
        _ => error,
    })
}
