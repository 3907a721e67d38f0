//! Errors of a server, in words: the host and the board, whether anything was stored, and the next step.

use std::error::Error as _;
use std::io;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use super::address::{Address, quoted_identifier};
use super::connection::{ConnectionError, ends_connection};
use super::host::Tls;
use crate::model::text::clean;
use crate::store::error::{ErrorKind, StoreError, in_words};

/// How the owner of a server makes a database that holds every title.
pub const UTF8_DATABASE: &str = "CREATE DATABASE films ENCODING 'UTF8' TEMPLATE template0";

/// Longest text of a server's that is repeated, in characters.
const MAX_WORDS: usize = 200;

/// An error of this board's, where nothing was stored.
pub fn of_board(kind: ErrorKind, address: &Address, what: &str) -> StoreError {
    StoreError::new(kind, format!("the {address} {what}")).nothing_stored()
}

/// An error after which it is certain that nothing was stored.
pub fn translate(address: &Address, error: &ConnectionError) -> StoreError {
    match error {
        ConnectionError::Silent(waited) => {
            let what = format!("gives no answer within {:.0} s", waited.as_secs_f64().max(1.0));
            of_board(ErrorKind::Unreachable, address, &what)
        }
        ConnectionError::OutOfTime(limit) => {
            let what = format!("is too slow: {} s were not enough", limit.as_secs());
            of_board(ErrorKind::Unreachable, address, &what)
        }
        ConnectionError::Settings(why) => of_board(ErrorKind::Login, address, &format!("cannot be reached ({why})"))
            .with_hint("look at PGSSLROOTCERT and at the address"),
        ConnectionError::Lost(Some(error)) if error.as_db_error().is_some() => match refused(address, error) {
            named if named.kind() != ErrorKind::Other => named,
            _ => of_board(ErrorKind::Lost, address, &format!("is away: {}", words_of(error))),
        },
        ConnectionError::Lost(_) => of_board(ErrorKind::Lost, address, "is away: the connection was lost"),
        ConnectionError::Refused(error) if error.as_db_error().is_some() => refused(address, error),
        ConnectionError::Refused(error) => not_connected(address, error),
    }
}

/// The connection was lost, and it is not known whether a change was stored.
pub fn uncertain(address: &Address) -> StoreError {
    let text =
        format!("the connection to the {address} was lost while the change was stored: it is not known whether it was");
    StoreError::new(ErrorKind::Uncertain, text)
}

fn not_connected(address: &Address, error: &Error) -> StoreError {
    if error.is_closed() {
        return of_board(ErrorKind::Unreachable, address, "cannot be reached (it closes the connection)");
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<rustls::Error>() {
            return untrusted(address, &error.to_string());
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                return untrusted(address, &inner.to_string());
            }
            let why = match error.kind() {
                io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
                io::ErrorKind::TimedOut => "it does not answer".to_owned(),
                io::ErrorKind::NotFound => "there is no socket".to_owned(),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => "it closes the connection".to_owned(),
                // tokio-postgres says so of an end within a message.
                _ if error.to_string().contains("bytes remaining on stream") => "it closes the connection".to_owned(),
                _ => in_words(error),
            };
            return of_board(
                ErrorKind::Unreachable,
                address,
                &format!("cannot be reached ({})", clean(&why, MAX_WORDS)),
            );
        }
        cause = error.source();
    }
    let text = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    if text.contains("password") {
        let what = format!("wants a password from {}", clean(&address.user, 60));
        return of_board(ErrorKind::Login, address, &what).with_hint(address.password_hint());
    }
    if text.contains("TLS") && address.tls != Tls::Off {
        return of_board(ErrorKind::Login, address, "offers no TLS, without which nothing is sent to it").with_hint(
            match address.host.is_on_this_machine() {
                true => "its owner switches it on with ssl = on; on this machine it goes without sslmode",
                false => "its owner switches it on with ssl = on",
            },
        );
    }
    // A server that is away has said so by an error of the system's.
    of_board(ErrorKind::Login, address, &format!("cannot be reached ({})", clean(&text, MAX_WORDS)))
        .with_hint("look at the address and at the server's settings")
}

fn untrusted(address: &Address, why: &str) -> StoreError {
    let what = format!("is not trusted ({})", clean(&in_words(&why), MAX_WORDS));
    // As openssl makes them without further options; psql takes those.
    let hint = match () {
        () if why.contains("CaUsedAsEndEntity") => {
            "the server shows an authority's certificate: make one with basicConstraints=CA:FALSE, as the README does"
        }
        () if why.contains("not valid for any name") => {
            "the certificate is for no name at all: its owner makes one with subjectAltName, as the README does"
        }
        () if why.contains("not valid for name") => "put the name that the certificate is for into the address",
        () => "PGSSLROOTCERT names a file with the certificate of the server's own authority, which its owner has",
    };
    of_board(ErrorKind::Login, address, &what).with_hint(hint)
}

/// The server's own words, as part of a sentence.
fn words_of(error: &Error) -> String {
    error.as_db_error().map(|error| in_words(&clean(error.message(), MAX_WORDS))).unwrap_or_default()
}

fn refused(address: &Address, error: &Error) -> StoreError {
    let words = words_of(error);
    let user = clean(&address.user, 60);
    let of = |kind, what: &str| of_board(kind, address, what);
    let Some(state) = error.code() else { return of(ErrorKind::Other, &format!("says: {words}")) };
    match *state {
        SqlState::INVALID_PASSWORD => of(ErrorKind::Login, &format!("refuses the password of {user}")),
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            let what = format!("does not let {user} in ({words})");
            let hint = match address.tls {
                Tls::Off => {
                    "look at the names of the user and of the database; where the server wants TLS, add sslmode=require \
                     to the address"
                }
                Tls::Verified(_) => "look at the names of the user and of the database, or ask the server's owner",
            };
            of(ErrorKind::Login, &what).with_hint(hint)
        }
        SqlState::INVALID_CATALOG_NAME => {
            let text = format!("there is no database {}", address.server());
            StoreError::new(ErrorKind::Login, text)
                .nothing_stored()
                .with_hint("look at the database's name in the address")
        }
        SqlState::TOO_MANY_CONNECTIONS | SqlState::CONFIGURATION_LIMIT_EXCEEDED => {
            of(ErrorKind::Unreachable, "has no room: all connections of its server are taken")
                .with_hint("try again in a moment")
        }
        SqlState::CANNOT_CONNECT_NOW | SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN => {
            of(ErrorKind::Lost, "is away: its server is being stopped or started")
        }
        SqlState::READ_ONLY_SQL_TRANSACTION => read_only(address),
        SqlState::INSUFFICIENT_PRIVILEGE if ends_connection(error) => may_not_connect(address),
        SqlState::INSUFFICIENT_PRIVILEGE => not_allowed(address),
        SqlState::DISK_FULL => of(ErrorKind::NoRoom, "cannot be written: the disk of its server is full")
            .with_hint("its owner has to make room"),
        SqlState::OUT_OF_MEMORY | SqlState::INSUFFICIENT_RESOURCES => {
            of(ErrorKind::Busy, &format!("is overloaded ({words})"))
        }
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            of(ErrorKind::Conflict, "was changed by others at the same time")
        }
        SqlState::LOCK_NOT_AVAILABLE => of(ErrorKind::Busy, "is busy: another change takes too long"),
        SqlState::QUERY_CANCELED => of(ErrorKind::Busy, "is busy: its server gave up before it was done"),
        SqlState::UNTRANSLATABLE_CHARACTER => of(ErrorKind::Other, "cannot hold one of these characters")
            .with_hint(format!("its database is not in UTF-8: make one that is, with {UTF8_DATABASE}, and copy it")),
        SqlState::UNIQUE_VIOLATION
        | SqlState::DATATYPE_MISMATCH
        | SqlState::DUPLICATE_TABLE
        | SqlState::DIVISION_BY_ZERO => damaged(address, "somebody has changed it with another program"),
        SqlState::UNDEFINED_TABLE | SqlState::UNDEFINED_COLUMN | SqlState::INVALID_SCHEMA_NAME => {
            damaged(address, "a table or a column is missing")
        }
        _ => of(ErrorKind::Other, &format!("says: {words}")),
    }
}

/// A board that is not as this program leaves it.
pub fn damaged(address: &Address, why: &str) -> StoreError {
    of_board(ErrorKind::Damaged, address, &format!("is not what it should be: {why}"))
        .with_hint("restore a backup, or use another board")
}

/// A server that takes no changes.
pub fn read_only(address: &Address) -> StoreError {
    of_board(ErrorKind::ReadOnly, address, "cannot be written: its server is read-only")
        .with_hint("if it is a copy of another server, give the address of that one")
}

/// A role without the rights that it needs on a board that is there.
pub fn not_allowed(address: &Address) -> StoreError {
    let (board, user) = (quoted_identifier(&address.board), quoted_identifier(&address.user));
    let what = format!("gives {} too few rights", address.user);
    of_board(ErrorKind::NotAllowed, address, &what).with_hint(format!(
        "its owner types: GRANT USAGE ON SCHEMA {board} TO {user}; \
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {board} TO {user};"
    ))
}

/// A role that may not use the database at all.
fn may_not_connect(address: &Address) -> StoreError {
    let (database, user) = (quoted_identifier(&address.database), quoted_identifier(&address.user));
    let what = format!("gives {} too few rights", address.user);
    let hint = format!("the database's owner types: GRANT CONNECT ON DATABASE {database} TO {user};");
    of_board(ErrorKind::NotAllowed, address, &what).with_hint(clean(&hint, MAX_WORDS))
}

/// A schema that somebody else has made for a board: only its owner can make tables in it that all may use.
pub fn cannot_fill(address: &Address, owner: &str) -> StoreError {
    let (board, user) = (quoted_identifier(&address.board), quoted_identifier(&address.user));
    let owner = clean(owner, 60);
    of_board(ErrorKind::NotAllowed, address, &format!("is empty, and the schema of {owner}, who alone may fill it"))
        .with_hint(format!("{owner} types: ALTER SCHEMA {board} OWNER TO {user};"))
}

/// A role that may make no board.
pub fn cannot_make(address: &Address) -> StoreError {
    let (board, user) = (quoted_identifier(&address.board), quoted_identifier(&address.user));
    of_board(ErrorKind::NotAllowed, address, &format!("is not there, and may not be made by {}", address.user))
        .with_hint(format!("the database's owner types: CREATE SCHEMA {board} AUTHORIZATION {user};"))
}
