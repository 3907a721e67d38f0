//! Tokens of transactions, by which a client whose connection was lost finds out whether its own was committed.
//!
//! The numbers that the server gives to transactions do not tell: after a crash it gives them once more.

use super::NOW;
use super::batch::Query;
use super::link::{Link, Trouble};

/// The time for which tokens are kept, in seconds. A client asks within seconds.
const KEPT_FOR: u32 = 24 * 60 * 60;
/// The time for which to wait for the end of a transaction that is asked about, in milliseconds.
const LOCK_LIMIT: u32 = 1000;

/// A token that no other transaction has.
pub fn new_token() -> String {
    format!("{:032x}", fastrand::u128(..))
}

/// Records, at the end of a transaction, that it is committed: where it is not, this is not there either. An error if its
/// client has given it up.
pub fn record(token: &str) -> [Query; 2] {
    let insert = format!("INSERT INTO commits (token, at, is_committed) VALUES ($1, {NOW}, TRUE)");
    let clear = format!("DELETE FROM commits WHERE at < {NOW} - {KEPT_FOR}");
    [Query::with_texts(insert, [token]), Query::plain(clear)]
}

/// The transaction of that token was committed; else it cannot be committed any more, also if it is still on its way to
/// the server.
pub fn ask_or_give_up(link: &mut Link, board: &str, token: &str) -> Result<bool, Trouble> {
    let settings = format!("SELECT set_config('lock_timeout', '{LOCK_LIMIT}', true)");
    // Waits for the transaction while it runs.
    let insert = format!(
        "INSERT INTO \"{board}\".commits (token, at, is_committed) VALUES ($1, {NOW}, FALSE) ON CONFLICT DO NOTHING"
    );
    let ask = format!("SELECT is_committed FROM \"{board}\".commits WHERE token = $1");
    let answers = link.send(&[
        Query::plain("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"),
        Query::plain(settings),
        Query::with_texts(insert, [token]),
        Query::with_texts(ask, [token]),
        Query::plain("COMMIT"),
    ])?;
    let row = answers.get(3).and_then(|rows| rows.first()).ok_or(Trouble::Lost(None))?;
    row.try_get(0).map_err(|error| Trouble::Lost(Some(error)))
}
