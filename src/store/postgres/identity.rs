//! The identity of a schema: a board, nothing, or somebody else's.

use super::batch::Query;
use super::connection::{Connection, ConnectionError};

/// The beginning of the comment of a schema that is a board, before its version.
pub const MARK: &str = "movienight board, schema ";
/// The beginning of the comment of a board made before 0.1.0.
const UNRELEASED_MARK: &str = "movienight board, version ";

/// The identity of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    pub identity: Identity,
    /// The server is a copy, or lets nothing be written.
    pub read_only: bool,
    /// The schema is the user's own, or that of a role that the user may take.
    pub is_owner: bool,
    /// The role whose schema it is, if the user is another.
    pub other_owner: Option<String>,
    /// The user may look into the schema.
    pub may_use: bool,
    /// The user may make a schema.
    pub may_make: bool,
    /// The encoding in which the database keeps text.
    pub encoding: String,
}

/// Whose schema it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// There is none.
    Absent,
    /// Nothing is in it, nor has anybody said what it is for.
    Blank,
    /// A board, of that version.
    Ours(i64),
    /// A board made before 0.1.0, whose schema nobody reads any more.
    Unreleased,
    /// Something else.
    Foreign,
}

const QUESTION: &str = "
    SELECT n.oid IS NOT NULL, obj_description(n.oid, 'pg_namespace'),
        EXISTS (SELECT 1 FROM pg_depend d
                WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.deptype = 'n'),
        pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean,
        coalesce(pg_has_role(n.nspowner, 'USAGE'), FALSE), coalesce(has_schema_privilege(n.oid, 'USAGE'), FALSE),
        has_database_privilege(current_database(), 'CREATE'), current_setting('server_encoding'),
        nullif(pg_get_userbyid(n.nspowner)::text, current_user::text)
    FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = $1";

/// Looks at what there is.
pub fn read_schema(connection: &mut Connection, board: &str) -> Result<Schema, ConnectionError> {
    let answers = connection.send(&[Query::with_texts(QUESTION, [board])])?;
    let row = answers.first().and_then(|rows| rows.first()).ok_or(ConnectionError::Lost(None))?;
    let is = |column| row.try_get(column).unwrap_or(false);
    let comment: Option<&str> = row.try_get(1).unwrap_or_default();
    let version = comment.and_then(|comment| comment.strip_prefix(MARK)?.parse().ok());
    let identity = match version {
        _ if !is(0) => Identity::Absent,
        Some(version) => Identity::Ours(version),
        None if comment.is_some_and(|comment| comment.starts_with(UNRELEASED_MARK)) => Identity::Unreleased,
        None if is(2) || comment.is_some() => Identity::Foreign,
        None => Identity::Blank,
    };
    let encoding = row.try_get(7).unwrap_or_default();
    let other_owner = row.try_get(8).unwrap_or_default();
    Ok(Schema { other_owner, identity, read_only: is(3), is_owner: is(4), may_use: is(5), may_make: is(6), encoding })
}
