//! Tokens of transactions, by which a client whose connection was lost finds out whether its own was committed.
//!
//! The numbers that the server gives to transactions do not tell: after a crash it gives them once more.

use super::address::quoted_identifier;
use super::batch::Query;
use super::connection::{Connection, ConnectionError};
use super::{IDLE_LIMIT, NOW};

/// The time for which tokens are kept, in seconds. A client asks within seconds.
const KEPT_FOR: u32 = 24 * 60 * 60;
/// The time for which to wait for the end of a transaction that is asked about, in milliseconds.
const LOCK_LIMIT: u32 = 1000;

/// A token that no other transaction has.
pub fn new_token() -> String {
    format!("{:032x}", fastrand::u128(..))
}

/// Records, at the end of a transaction, that it is committed: the row exists exactly when it was. Fails when its client has
/// given the token up.
pub fn record(token: &str) -> [Query; 2] {
    let insert = format!("INSERT INTO commits (token, at, is_committed) VALUES ($1, {NOW}, TRUE)");
    let clear = format!("DELETE FROM commits WHERE at < {NOW} - {KEPT_FOR}");
    [Query::with_texts(insert, [token]), Query::plain(clear)]
}

/// The transaction of that token was committed; else it cannot be committed any more, also if it is still on its way to
/// the server.
pub fn ask_or_give_up(connection: &mut Connection, board: &str, token: &str) -> Result<bool, ConnectionError> {
    let idle = IDLE_LIMIT.as_millis();
    let settings = format!(
        "SELECT set_config('lock_timeout', '{LOCK_LIMIT}', true),
            set_config('idle_in_transaction_session_timeout', '{idle}', true)"
    );
    let table = format!("{}.commits", quoted_identifier(board));
    // Waits for the transaction while it runs.
    let insert =
        format!("INSERT INTO {table} (token, at, is_committed) VALUES ($1, {NOW}, FALSE) ON CONFLICT DO NOTHING");
    let ask = format!("SELECT is_committed FROM {table} WHERE token = $1");
    let answers = connection.send(&[
        Query::plain("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"),
        Query::plain(settings),
        Query::with_texts(insert, [token]),
        Query::with_texts(ask, [token]),
        Query::plain("COMMIT"),
    ])?;
    let row = answers.get(3).and_then(|rows| rows.first()).ok_or(ConnectionError::Lost(None))?;
    row.try_get(0).map_err(|error| ConnectionError::Lost(Some(error)))
}
