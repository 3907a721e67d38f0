//! Copies a board from one database to another.

use std::time::Duration;

use super::db::Result;
use super::error::{ErrorKind, StoreError};
use super::tables::{CACHE, COUNTERS, Columns, ENTERED, OTHERS, SEARCHES, Table};
use super::{Location, Store, Transaction};

/// The time limit for a copy. A whole board takes longer than a vote: 10,000 movies with their data are 10 MB.
const COPY_LIMIT: Duration = Duration::from_secs(120);

/// The rows of all tables, in an order in which a row comes after the rows that it refers to.
type TableRows = Vec<(&'static Table, Vec<Columns>)>;

/// The numbers of rows that were copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// People, as `voters` lists them.
    pub voters: usize,
    /// Movies, including watched and withdrawn ones.
    pub proposals: usize,
    /// Votes. `None` while they are hidden.
    pub votes: Option<usize>,
    /// Titles in the cache.
    pub cached: usize,
    /// Changes that can be undone or redone.
    pub changes: usize,
}

/// The contents of a board.
pub struct Contents {
    rows: TableRows,
    /// The error if a row is invalid. It names the location of the board that was read.
    damaged: StoreError,
}

impl Store {
    /// Reads everything.
    pub fn contents(&mut self) -> Result<Contents> {
        self.driver.set_time_limit(Some(COPY_LIMIT));
        let rows = self.read(everything)?;
        Ok(Contents { rows, damaged: self.driver.damaged().while_reading() })
    }

    /// Fills an empty board, which is at `to`, with the contents of another.
    ///
    /// # Errors
    /// Fails, and copies nothing, if the board is not empty or cannot be written, or if the contents are invalid.
    pub fn fill(&mut self, Contents { rows, damaged }: &Contents, to: &Location) -> Result<Copied> {
        self.driver.set_time_limit(Some(COPY_LIMIT));
        let of = |name: &str| {
            let of_table = rows.iter().find(|(table, _)| table.name == name);
            of_table.map_or(&[][..], |(_, rows)| rows)
        };
        self.write(|transaction| {
            let is_blank = |(table, rows): &(&Table, Vec<_>)| table.name == COUNTERS.name || rows.is_empty();
            if !everything(transaction)?.iter().all(is_blank) {
                let text = format!("{to} is not empty, so nothing was copied");
                return Err(StoreError::new(ErrorKind::Other, text).with_hint("copy to a new place"));
            }
            // If the answer to COMMIT is lost, the token of a copied change tells whether everything was stored.
            transaction.token = of("changes").last().and_then(|change| change["token"].as_i64());
            let write =
                |(table, rows): &(&Table, Vec<_>)| table.write(rows.iter().map(|row| table.values(row)).collect());
            transaction.driver.execute(&rows.iter().map(write).collect::<Vec<_>>())
        })
        .map_err(|error| match error.kind {
            ErrorKind::Uncertain => {
                error.with_hint("to check, run movienight with --db set to the address of the copy")
            }
            // The new board has the current schema, so the damage is in the contents.
            ErrorKind::Damaged => damaged.clone(),
            _ => error,
        })?;
        let count = |name: &str| of(name).len();
        let is_hidden = of("settings").iter().any(|row| row["name"] == "hidden_since");
        let is_no = |row: &&Columns| row["opinion"] == "no";
        // Such changes were undone and then cleared from the redo list.
        let is_void = |row: &&Columns| !row["undone_at"].is_null() && row["undone_by"].is_null();
        Ok(Copied {
            voters: self.voters()?.len(),
            proposals: count("proposals"),
            votes: (!is_hidden).then(|| count("votes") - of("votes").iter().filter(is_no).count()),
            cached: count("imdb_cache"),
            changes: count("changes") - of("changes").iter().filter(is_void).count(),
        })
    }
}

fn everything(transaction: &mut Transaction<'_>) -> Result<TableRows> {
    let mut rows: TableRows = ENTERED.into_iter().chain(OTHERS).map(|table| (table, Vec::new())).collect();
    let queries: Vec<_> = rows.iter().map(|(table, _)| table.select("TRUE", vec![])).collect();
    transaction.driver.run(&queries, &mut |query, row| {
        let (table, rows) = &mut rows[query];
        match table.read(row) {
            Ok(columns) => rows.push(columns),
            // Invalid cache rows can be left out, because they are fetched again.
            Err(_) if [CACHE.name, SEARCHES.name].contains(&table.name) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    })?;
    Ok(rows)
}
