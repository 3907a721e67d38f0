//! The identity of a schema, and the user's permissions on it.

use super::connection::{Connection, ConnectionError, Query};
use crate::store::migrations::Identity;

/// The prefix of the comment on a schema that is a board. The version follows.
pub const MARK: &str = "movienight board, schema ";
/// The prefix of the comment on a board made before 0.1.0.
const UNRELEASED_MARK: &str = "movienight board, version ";

/// A schema, and the user's permissions on it.
#[derive(Debug)]
pub struct Schema {
    pub identity: Identity,
    /// True if the server is a replica, or its settings forbid changes.
    pub is_read_only: bool,
    /// The role that owns the schema. Empty if it does not exist.
    pub owner: String,
    /// True if the user is that role, or may act as it.
    pub is_owner: bool,
    /// True if the user may access the schema.
    pub may_use: bool,
    /// True if the user may create a schema in the database.
    pub may_create: bool,
    /// True if the user may write votes and the change log.
    pub may_write: bool,
}

const SCHEMA_QUERY: &str = "
    SELECT obj_description(n.oid, 'pg_namespace'),
        EXISTS (SELECT 1 FROM pg_depend d
                WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.deptype = 'n'),
        pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean,
        coalesce(pg_get_userbyid(n.nspowner)::text, ''), coalesce(pg_has_role(n.nspowner, 'USAGE'), FALSE),
        coalesce(has_schema_privilege(n.oid, 'USAGE'), FALSE),
        has_database_privilege(current_database(), 'CREATE'),
        NOT EXISTS (SELECT 1 FROM pg_class c, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) privilege
                    WHERE c.relnamespace = n.oid AND c.relname IN ('votes', 'changes')
                        AND NOT has_table_privilege(c.oid, privilege))
    FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = ?1";

/// Reads the schema of this name, after `queries` in the same round trip.
pub fn read_schema(
    connection: &mut Connection,
    mut queries: Vec<Query>,
    board: &str,
) -> Result<Schema, ConnectionError> {
    queries.push(Query::new(SCHEMA_QUERY, &[board.into()]));
    let answers = connection.send(&queries)?;
    let row = answers.last().and_then(|rows| rows.first()).ok_or(ConnectionError::Lost)?;
    let is = |column| row.try_get(column).unwrap_or(false);
    let comment: Option<&str> = row.try_get(0).unwrap_or_default();
    let identity = match comment {
        Some(comment) if comment.starts_with(UNRELEASED_MARK) => Identity::Unreleased,
        Some(comment) => {
            let version = comment.strip_prefix(MARK).and_then(|version| version.parse().ok());
            version.map_or(Identity::Foreign, Identity::Ours)
        }
        None if is(1) => Identity::Foreign,
        None => Identity::Blank,
    };
    let owner = row.try_get(3).unwrap_or_default();
    let (is_owner, may_use, may_create, may_write) = (is(4), is(5), is(6), is(7));
    Ok(Schema { identity, is_read_only: is(2), owner, is_owner, may_use, may_create, may_write })
}
