//! Migrations: in one transaction, so that a board is of one version or of another, never between.

use refinery_core::Migration;
use refinery_core::traits::sync::{Migrate, Query as Ask, Transaction};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio_postgres::error::SqlState;

use super::batch::Query;
use super::identity::{Identity, MARK, look};
use super::link::{Link, Trouble};
use super::{Address, LOCK_LIMIT, error};
use crate::model::text::clean;
use crate::store::db::Result;
use crate::store::error::{ErrorKind, StoreError};

mod embedded {
    refinery::embed_migrations!("src/store/postgres/migrations");
}

/// The version of a board after all migrations.
pub const VERSION: i64 = 7;

/// Number of tries when others make the same board at the same time.
const TRIES: u32 = 20;

/// Makes the board, or brings it up to date, unless somebody else has done so meanwhile.
pub fn migrate(link: &mut Link, address: &Address) -> Result<()> {
    for _ in 1..TRIES {
        match attempt(link, address) {
            Err(Failed::Server(Trouble::Refused(error))) if is_race(&error) => {
                link.send_off("ROLLBACK");
                std::thread::sleep(std::time::Duration::from_millis(fastrand::u64(5..50)));
            }
            // The next attempt waits for what this one began, and sees whether it was committed.
            Err(Failed::Commit(Trouble::Lost(_))) => match Link::open(address, link.left()) {
                Ok(reopened) => *link = reopened,
                Err(_) => return Err(error::uncertain(address)),
            },
            outcome => return outcome.map_err(|failed| failed.in_words(link, address)),
        }
    }
    attempt(link, address).map_err(|failed| failed.in_words(link, address))
}

enum Failed {
    Server(Trouble),
    /// At the end, when it may have been stored.
    Commit(Trouble),
    Migration(String),
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Self {
        Self::Server(trouble)
    }
}

impl Failed {
    fn in_words(self, link: &mut Link, address: &Address) -> StoreError {
        link.send_off("ROLLBACK");
        match self {
            Self::Server(Trouble::Refused(error)) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
                error::cannot_make(address)
            }
            Self::Commit(Trouble::Silent(_) | Trouble::Lost(_)) => error::uncertain(address),
            Self::Server(trouble) | Self::Commit(trouble) => error::translate(address, &trouble),
            Self::Migration(why) => {
                error::of_board(ErrorKind::Other, address, &format!("cannot be made ({})", clean(&why, 200)))
            }
        }
    }
}

/// Others were faster, or at the same.
fn is_race(error: &tokio_postgres::Error) -> bool {
    let races = [
        SqlState::UNIQUE_VIOLATION,
        SqlState::DUPLICATE_SCHEMA,
        SqlState::DUPLICATE_TABLE,
        SqlState::DUPLICATE_OBJECT,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::INTERNAL_ERROR,
    ];
    error.code().is_some_and(|code| races.contains(code))
}

fn attempt(link: &mut Link, address: &Address) -> std::result::Result<(), Failed> {
    let board = &address.board;
    // One at a time; the lock ends with the transaction. Text from PostgreSQL's own names: nothing to quote.
    link.execute(&format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
         SET LOCAL lock_timeout = {};
         SELECT pg_advisory_xact_lock(hashtext('movienight'), hashtext('{board}'))",
        LOCK_LIMIT.as_millis()
    ))?;
    // Read again, now that nobody else can change it.
    match look(link, board)?.identity {
        Identity::Ours(version) if version >= VERSION => {
            link.send_off("ROLLBACK");
            return Ok(());
        }
        Identity::Absent => link.execute(&format!("CREATE SCHEMA \"{board}\""))?,
        Identity::Blank | Identity::Ours(_) => {}
        Identity::Foreign => return Err(Failed::Migration("its schema is used for something else".to_owned())),
    }
    link.execute(&format!("SET LOCAL search_path = \"{board}\""))?;
    let runner = embedded::migrations::runner().set_grouped(true);
    let mut inside = Inside { link, trouble: None };
    if let Err(error) = runner.run(&mut inside) {
        return Err(inside.trouble.map_or_else(|| Failed::Migration(error.to_string()), Failed::Server));
    }
    link.execute(&format!("COMMENT ON SCHEMA \"{board}\" IS '{MARK}{VERSION}'; COMMIT")).map_err(Failed::Commit)
}

/// Lets refinery work inside a transaction of ours.
struct Inside<'a> {
    link: &'a mut Link,
    /// The error that ended it: refinery's errors tell it in words only.
    trouble: Option<Trouble>,
}

impl Inside<'_> {
    fn noted(&mut self, trouble: Trouble) -> std::io::Error {
        self.trouble = Some(trouble);
        std::io::Error::other("the server refuses")
    }
}

impl Transaction for Inside<'_> {
    type Error = std::io::Error;

    fn execute<'a, T: Iterator<Item = &'a str>>(&mut self, queries: T) -> std::result::Result<usize, Self::Error> {
        let mut count = 0;
        for query in queries {
            self.link.execute(query).map_err(|trouble| self.noted(trouble))?;
            count += 1;
        }
        Ok(count)
    }
}

impl Ask<Vec<Migration>> for Inside<'_> {
    fn query(&mut self, query: &str) -> std::result::Result<Vec<Migration>, Self::Error> {
        let answers = self.link.send(&[Query::plain(query)]).map_err(|trouble| self.noted(trouble))?;
        let migration = |row: &tokio_postgres::Row| {
            let text = |column| row.try_get::<_, String>(column).unwrap_or_default();
            // What somebody edited by hand must not end the program: an odd checksum differs from ours.
            let applied_on = OffsetDateTime::parse(&text(2), &Rfc3339).unwrap_or(OffsetDateTime::UNIX_EPOCH);
            let checksum = text(3).parse().unwrap_or_default();
            Migration::applied(row.try_get(0).unwrap_or_default(), text(1), applied_on, checksum)
        };
        Ok(answers.iter().flatten().map(migration).collect())
    }
}

impl Migrate for Inside<'_> {}
