//! The boards of a database: listing them, and making one that a group shares.

use super::batch::Query;
use super::identity::{Identity, MARK, look};
use super::link::{Link, Trouble};
use super::open::open;
use super::{Address, error};
use crate::store::Access;
use crate::store::db::Result;
use crate::store::error::{ErrorKind, StoreError};

/// The boards of the address's database, by name, with the versions of their schemas.
///
/// # Errors
/// The server cannot be reached.
pub fn list(address: &Address) -> Result<Vec<(String, i64)>> {
    let failed = |trouble: Trouble| error::translate(address, &trouble);
    let mut link = Link::open(address, address.limit).map_err(failed)?;
    let sql = format!(
        "SELECT n.nspname::text, substr(obj_description(n.oid, 'pg_namespace'), {})
         FROM pg_namespace n WHERE obj_description(n.oid, 'pg_namespace') LIKE '{MARK}%' ORDER BY 1",
        MARK.len() + 1
    );
    let answers = link.send(&[Query::plain(sql)]).map_err(failed)?;
    let board = |row: &tokio_postgres::Row| {
        let version: String = row.try_get(1).ok()?;
        Some((row.try_get(0).ok()?, version.parse().ok()?))
    };
    Ok(answers.iter().flatten().filter_map(board).collect())
}

/// Makes the board of the address, and lets the members of `group` use it: false when it was there.
///
/// # Errors
/// It may not be made, or there is something else of its name, or no such group.
pub fn create(address: &Address, group: Option<&str>) -> Result<bool> {
    let failed = |trouble: Trouble| error::translate(address, &trouble);
    let mut link = Link::open(address, address.limit).map_err(failed)?;
    let found = look(&mut link, &address.board).map_err(failed)?;
    drop(open(address, Access::Create)?);
    if let Some(group) = group {
        let (board, group) = (&address.board, group.replace('"', "\"\""));
        let script = format!(
            "BEGIN;
             GRANT USAGE ON SCHEMA \"{board}\" TO \"{group}\";
             GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \"{board}\" TO \"{group}\";
             GRANT USAGE ON ALL SEQUENCES IN SCHEMA \"{board}\" TO \"{group}\";
             ALTER DEFAULT PRIVILEGES IN SCHEMA \"{board}\"
                 GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO \"{group}\";
             ALTER DEFAULT PRIVILEGES IN SCHEMA \"{board}\" GRANT USAGE ON SEQUENCES TO \"{group}\";
             COMMIT"
        );
        link.execute(&script).map_err(|trouble| match &trouble {
            Trouble::Refused(error) if error.code() == Some(&tokio_postgres::error::SqlState::UNDEFINED_OBJECT) => {
                let text = format!("there is no role {group} at {}, so nobody was let in", address.server());
                StoreError::new(ErrorKind::Other, text).with_hint("the server's owner makes one with CREATE ROLE")
            }
            _ => failed(trouble),
        })?;
    }
    Ok(!matches!(found.identity, Identity::Ours(_)))
}
