//! Errors of a server: they name the host and the board, and say whether anything was stored, and the next step.

use std::error::Error as _;
use std::io;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use super::Address;
use super::address::quoted_identifier;
use super::connection::ConnectionError;
use super::host::Tls;
use crate::model::text::sanitize;
use crate::store::error::{ErrorKind, StoreError, lower_first};

/// The longest text from a server in a message, in characters.
const MAX_WORDS: usize = 200;
/// The longest name of a role in a message, in characters.
const MAX_NAME: usize = 60;

/// Creates an error for this board, which says that nothing was stored.
pub fn of_board(kind: ErrorKind, address: &Address, what: &str) -> StoreError {
    StoreError::new(kind, format!("the {address} {what}")).nothing_stored()
}

/// Translates an error after which it is certain that nothing was stored.
pub fn translate(address: &Address, error: &ConnectionError) -> StoreError {
    let of = |kind, what: &str| of_board(kind, address, what);
    match error {
        ConnectionError::Silent(waited) => {
            of(ErrorKind::Unreachable, &format!("did not answer within {:.0} s", waited.as_secs_f64().max(1.0)))
        }
        ConnectionError::Settings(why) => {
            of(ErrorKind::Login, &format!("cannot be reached ({why})")).with_hint("check PGSSLROOTCERT and the address")
        }
        ConnectionError::Lost => {
            let text = format!("the connection to the {address} was lost");
            StoreError::new(ErrorKind::Lost, text).nothing_stored()
        }
        ConnectionError::Refused(error) => match error.as_db_error() {
            Some(said) => refused(address, said),
            None => not_connected(address, error),
        },
    }
}

/// Creates the error for a connection that was lost while it is unknown whether a change was stored.
pub fn uncertain(address: &Address) -> StoreError {
    let text = format!(
        "the connection to the {address} was lost while storing the change, which may or may not have been stored"
    );
    StoreError::new(ErrorKind::Uncertain, text)
}

/// Translates an error of the client before the login.
fn not_connected(address: &Address, error: &Error) -> StoreError {
    let of = |kind, why: &str| of_board(kind, address, &format!("cannot be reached ({})", sanitize(why, MAX_WORDS)));
    let mut next = error.source();
    while let Some(cause) = next {
        next = cause.source();
        let io = cause.downcast_ref::<io::Error>();
        let inner = io.and_then(io::Error::get_ref).map(|inner| inner as &(dyn std::error::Error + 'static));
        if let Some(tls) = inner.unwrap_or(cause).downcast_ref::<rustls::Error>() {
            return untrusted(address, &tls.to_string());
        }
        if let Some(io) = io {
            return of(ErrorKind::Unreachable, &lower_first(io));
        }
    }
    // The driver tells these errors apart only by their texts.
    let text = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    if error.is_closed() {
        of(ErrorKind::Unreachable, "the server closed the connection")
    } else if text.contains("password") {
        let what = format!("requires a password for {}", sanitize(&address.user, MAX_NAME));
        of_board(ErrorKind::Password, address, &what).with_hint(address.password_hint())
    } else if text.contains("TLS") && address.route.tls != Tls::Off {
        let hint = "the server's owner can enable it with ssl = on; for a server on this machine, leave out sslmode";
        of_board(ErrorKind::Login, address, "does not support TLS, which is required").with_hint(hint)
    } else {
        of(ErrorKind::Login, &text).with_hint("check the address and the server's settings")
    }
}

fn untrusted(address: &Address, why: &str) -> StoreError {
    let what = format!("is not trusted ({})", sanitize(&lower_first(&why), MAX_WORDS));
    let hint = "use the host name in the certificate; for a private authority, set PGSSLROOTCERT to its file, see \
                docs/together.md";
    of_board(ErrorKind::Login, address, &what).with_hint(hint)
}

fn refused(address: &Address, said: &DbError) -> StoreError {
    let words = lower_first(&sanitize(said.message(), MAX_WORDS));
    let of = |kind, what: &str| of_board(kind, address, what);
    match *said.code() {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            of(ErrorKind::Password, &format!("rejected the login of {} ({words})", sanitize(&address.user, MAX_NAME)))
        }
        SqlState::TOO_MANY_CONNECTIONS | SqlState::CONFIGURATION_LIMIT_EXCEEDED => {
            of(ErrorKind::Unreachable, &format!("has no free connection ({words})")).with_hint("try again in a moment")
        }
        SqlState::CANNOT_CONNECT_NOW | SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN => {
            of(ErrorKind::Lost, "is unavailable: its server is starting or shutting down")
        }
        SqlState::INVALID_CATALOG_NAME => of(ErrorKind::Other, &format!("cannot be reached ({words})"))
            .with_hint("check the name of the database in the address"),
        SqlState::READ_ONLY_SQL_TRANSACTION => read_only(address),
        SqlState::INSUFFICIENT_PRIVILEGE => {
            of(ErrorKind::NotAllowed, &format!("does not give {} enough privileges ({words})", address.user))
                .with_hint("ask the owner of the database to grant them")
        }
        SqlState::DISK_FULL => of(ErrorKind::NoRoom, "cannot be written: the disk of its server is full")
            .with_hint("ask its owner to free some space"),
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            of(ErrorKind::Conflict, "was changed by others at the same time")
        }
        SqlState::LOCK_NOT_AVAILABLE => of(ErrorKind::Busy, "is busy: another change is taking too long"),
        SqlState::QUERY_CANCELED => of(ErrorKind::Busy, "is busy: its server cancelled the statement"),
        SqlState::UNIQUE_VIOLATION
        | SqlState::CHECK_VIOLATION
        | SqlState::FOREIGN_KEY_VIOLATION
        | SqlState::NOT_NULL_VIOLATION
        | SqlState::DATATYPE_MISMATCH
        | SqlState::DIVISION_BY_ZERO
        | SqlState::DUPLICATE_TABLE
        | SqlState::UNDEFINED_TABLE
        | SqlState::UNDEFINED_COLUMN
        | SqlState::INVALID_SCHEMA_NAME => damaged(address),
        _ => of(ErrorKind::Other, &format!("reported an error: {words}")),
    }
}

/// Creates the error for a board in a state that this program never leaves.
pub fn damaged(address: &Address) -> StoreError {
    let what = "is damaged: another program has changed it";
    of_board(ErrorKind::Damaged, address, what).with_hint("restore a backup, or use another board")
}

pub fn read_only(address: &Address) -> StoreError {
    let what = "cannot be written: its server is a replica, or default_transaction_read_only is on";
    of_board(ErrorKind::ReadOnly, address, what).with_hint(
        "use the address of the primary server, or ask its owner: hosting providers turn this on when a disk is full",
    )
}

/// Creates the error for a role that may not access the schema of a board.
pub fn not_allowed(address: &Address) -> StoreError {
    let (board, user) = (quoted_identifier(&address.board), quoted_identifier(&address.user));
    of_board(ErrorKind::NotAllowed, address, &format!("does not give {} enough privileges", address.user)).with_hint(
        format!(
            "its owner must run: GRANT USAGE ON SCHEMA {board} TO {user}; \
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {board} TO {user};"
        ),
    )
}
