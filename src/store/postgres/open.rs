//! Opening a board: one question, before which nothing is made.

use super::connection::Connection;
use super::identity::{Identity, Schema, read_schema};
use super::migrate::{VERSION, migrate};
use super::{Address, LOCK_LIMIT, Postgres, error};
use crate::store::Access;
use crate::store::db::Result;
use crate::store::error::{ErrorKind, StoreError};

/// Opens a board; none: it is not there, and was not to be made. Several processes may do so at once, also the first
/// time.
///
/// # Errors
/// It cannot be reached, used, or made, or is something else, or of a newer version.
pub fn open(address: &Address, access: Access) -> Result<Option<Postgres>> {
    let mut connection = Connection::open(address).map_err(|error| error::translate(address, &error))?;
    let Some(found) = prepare(&mut connection, address, access)? else { return Ok(None) };
    Ok(Some(Postgres {
        connection,
        address: address.clone(),
        read_only: found.read_only,
        lock_limit: LOCK_LIMIT,
        now: 0,
        transaction: None,
    }))
}

/// Makes the board, or brings it up to date, as far as need be; returns what was there before. None: it is not there, and
/// was not to be made.
///
/// # Errors
/// As [`open`].
pub fn prepare(connection: &mut Connection, address: &Address, access: Access) -> Result<Option<Schema>> {
    let found = read_schema(connection, &address.board).map_err(|error| error::translate(address, &error))?;
    if !is_ready(address, &found, access)? {
        if matches!(found.identity, Identity::Absent | Identity::Blank) && access != Access::Create {
            return Ok(None);
        }
        migrate(connection, address)?;
    }
    Ok(Some(found))
}

/// The board can be used as it is; else it must be made or brought up to date, and may be.
fn is_ready(address: &Address, found: &Schema, access: Access) -> Result<bool> {
    let of = |kind, what: &str| error::of_board(kind, address, what);
    match found.identity {
        Identity::Ours(version) if version > VERSION => Err(too_new(address, version)),
        Identity::Ours(_) if !found.may_use => Err(error::not_allowed(address)),
        Identity::Ours(VERSION) => Ok(true),
        Identity::Ours(_) if !found.is_owner || found.read_only => Err(of(ErrorKind::TooOld, "is of an older version")
            .with_hint("whoever made it brings it up to date by running movienight once")),
        Identity::Ours(_) => Ok(false),
        Identity::Unreleased => {
            let text = format!("the {address} was made before 0.1.0, by a version that nobody released");
            Err(StoreError::new(ErrorKind::NotADatabase, text).with_hint("give another name with board=NAME"))
        }
        Identity::Foreign => {
            let text = format!("the schema {} of {} is no movienight board", address.board, address.server());
            Err(StoreError::new(ErrorKind::NotADatabase, text).with_hint("give another name with board=NAME"))
        }
        Identity::Absent | Identity::Blank if access != Access::Create => Ok(false),
        Identity::Absent | Identity::Blank if found.read_only => Err(error::read_only(address)),
        // SQL_ASCII keeps what it is given.
        Identity::Absent | Identity::Blank if !["UTF8", "SQL_ASCII"].contains(&&*found.encoding) => {
            let what = format!("cannot be made: its database keeps text in {}, which lacks letters", found.encoding);
            let hint = format!("its owner makes another with {}", error::UTF8_DATABASE);
            Err(of(ErrorKind::Other, &what).with_hint(hint))
        }
        Identity::Absent if found.may_make => Ok(false),
        Identity::Blank if found.is_owner => Ok(false),
        Identity::Absent => Err(error::cannot_make(address)),
        Identity::Blank => {
            Err(error::cannot_fill(address, found.other_owner.as_deref().unwrap_or("the server's owner")))
        }
    }
}

fn too_new(address: &Address, version: i64) -> StoreError {
    let what = format!("was made by a newer movienight (database version {version}, this one knows {VERSION})");
    error::of_board(ErrorKind::TooNew, address, &what)
}
