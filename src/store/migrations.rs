//! Migrations by refinery, for both drivers, inside a transaction that the driver has begun: the transaction of refinery's
//! own begins after it has looked at what is applied, and two processes that look at the same time would both migrate.

use refinery_core::traits::sync::{Migrate, Query, Transaction};
use refinery_core::{Migration, Runner};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A row of refinery's table: version, name, time and checksum.
pub type AppliedRow = (i32, String, String, String);

/// The part of a connection that refinery needs.
pub trait Migratable {
    /// An error of the database.
    type Error;

    /// Runs several statements.
    fn run_script(&mut self, script: &str) -> Result<(), Self::Error>;

    /// Runs a query for the migrations that have been applied.
    fn applied(&mut self, query: &str) -> Result<Vec<AppliedRow>, Self::Error>;
}

/// The reason why a database was not migrated.
pub enum MigrationError<E> {
    /// An error of the database.
    Database(E),
    /// The database has migrations that this program does not know, in words.
    Diverged(String),
}

/// Applies the migrations that are missing.
///
/// # Errors
/// The transaction is of no use afterwards.
pub fn migrate<C: Migratable>(connection: &mut C, runner: Runner) -> Result<(), MigrationError<C::Error>> {
    let mut adapter = Adapter { connection, error: None };
    let outcome = runner.set_grouped(true).run(&mut adapter);
    match (outcome, adapter.error) {
        (Ok(_), _) => Ok(()),
        (Err(_), Some(error)) => Err(MigrationError::Database(error)),
        (Err(error), None) => Err(MigrationError::Diverged(error.to_string())),
    }
}

struct Adapter<'a, C: Migratable> {
    connection: &'a mut C,
    /// The error that ended the migration: an error of refinery's has it in words only.
    error: Option<C::Error>,
}

impl<C: Migratable> Adapter<'_, C> {
    fn keep<T>(&mut self, result: Result<T, C::Error>) -> Result<T, std::fmt::Error> {
        result.map_err(|error| {
            self.error = Some(error);
            std::fmt::Error
        })
    }
}

impl<C: Migratable> Transaction for Adapter<'_, C> {
    type Error = std::fmt::Error;

    fn execute<'a, T: Iterator<Item = &'a str>>(&mut self, queries: T) -> Result<usize, Self::Error> {
        let queries: Vec<&str> = queries.collect();
        // One script saves round trips. The line break ends a comment at the end of a migration.
        let done = self.connection.run_script(&queries.join("\n;\n"));
        self.keep(done).map(|()| queries.len())
    }
}

impl<C: Migratable> Query<Vec<Migration>> for Adapter<'_, C> {
    fn query(&mut self, query: &str) -> Result<Vec<Migration>, Self::Error> {
        let rows = self.connection.applied(query);
        let migration = |(version, name, applied_on, checksum): AppliedRow| {
            // A checksum that was edited by hand must not panic: an invalid one simply differs from ours.
            let applied_on = OffsetDateTime::parse(&applied_on, &Rfc3339).unwrap_or(OffsetDateTime::UNIX_EPOCH);
            Migration::applied(version, name, applied_on, checksum.parse().unwrap_or_default())
        };
        Ok(self.keep(rows)?.into_iter().map(migration).collect())
    }
}

impl<C: Migratable> Migrate for Adapter<'_, C> {}
