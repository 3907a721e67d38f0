//! Copies a board from one database to another, and compares the copy before it is committed.

use std::time::Duration;

use super::db::{Param, Result, Row, Statement, statement};
use super::error::{ErrorKind, StoreError};
use super::{Store, Transaction};

/// A table: its columns of numbers, its columns of text, and the order of its rows.
struct CopiedTable {
    name: &'static str,
    numbers: &'static [&'static str],
    texts: &'static [&'static str],
    order: &'static str,
}

/// All tables, those that others refer to first. Keys of edits are left out: their order is what counts.
const TABLES: [CopiedTable; 13] = [
    CopiedTable { name: "voters", numbers: &["id", "removed_at"], texts: &["name", "name_key"], order: "id" },
    CopiedTable {
        name: "proposals",
        numbers: &["id", "proposed_by", "proposed_at", "withdrawn_at", "watched_at"],
        texts: &["imdb_id", "title", "watched_on"],
        order: "id",
    },
    CopiedTable {
        name: "votes",
        numbers: &["proposal_id", "voter_id", "voted_at"],
        texts: &["opinion"],
        order: "proposal_id, voter_id",
    },
    CopiedTable {
        name: "attendance",
        numbers: &["proposal_id", "voter_id"],
        texts: &[],
        order: "proposal_id, voter_id",
    },
    CopiedTable {
        name: "wishes",
        numbers: &["voter_id", "year", "entered_at"],
        texts: &["movie", "imdb_id", "title"],
        order: "voter_id, movie",
    },
    CopiedTable {
        name: "notes",
        numbers: &["proposal_id", "voter_id"],
        texts: &["text"],
        order: "proposal_id, voter_id",
    },
    CopiedTable { name: "seen", numbers: &["voter_id"], texts: &["movie"], order: "voter_id, movie" },
    CopiedTable { name: "settings", numbers: &["value"], texts: &["name"], order: "name" },
    CopiedTable {
        name: "imdb_cache",
        numbers: &["cached_at", "attempted_at", "claimed_until", "failures", "unknown_at"],
        texts: &["imdb_id", "cached_imdb_data", "source", "last_error"],
        order: "imdb_id",
    },
    CopiedTable { name: "searches", numbers: &["found_at"], texts: &["words", "hits"], order: "words" },
    CopiedTable {
        name: "changes",
        numbers: &["id", "at", "voter_id", "undone_at", "undone_by", "sequence", "token"],
        texts: &["action"],
        order: "id",
    },
    CopiedTable {
        name: "edits",
        numbers: &["change_id", "proposal_id", "voter_id"],
        texts: &["kind", "movie", "before", "after"],
        order: "id",
    },
    CopiedTable {
        name: "counters",
        numbers: &["id", "last_number", "last_voter", "last_change"],
        texts: &[],
        order: "id",
    },
];

impl CopiedTable {
    fn columns(&self) -> String {
        [self.numbers, self.texts].concat().join(", ")
    }

    fn query(&self) -> Statement<'static> {
        statement!(format!("SELECT {} FROM {} ORDER BY {}", self.columns(), self.name, self.order))
    }

    fn row(&self, row: &dyn Row) -> Result<Vec<Param<'static>>> {
        let numbers = (0..self.numbers.len()).map(|at| Ok(Param::Int(row.int(at)?)));
        let texts = (0..self.texts.len()).map(|at| {
            let text = row.text(self.numbers.len() + at)?;
            Ok(Param::Text(text.map(|text| text.to_owned().into())))
        });
        numbers.chain(texts).collect()
    }

    fn insert(&self, row: &[Param<'static>]) -> Statement<'static> {
        let places: Vec<String> = (1..=row.len()).map(|at| format!("?{at}")).collect();
        if self.name == "counters" {
            // Its one row exists and is the lock of changes.
            let set: Vec<String> =
                self.numbers.iter().zip(&places).map(|(column, place)| format!("{column} = {place}")).collect();
            let sql = format!("UPDATE counters SET {}", set.join(", "));
            return Statement::new(sql, row.to_vec());
        }
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.columns(), places.join(", "));
        Statement::new(sql, row.to_vec())
    }
}

/// A whole board takes longer than a vote: 10,000 movies with their data are 10 MB.
const COPY_LIMIT: Duration = Duration::from_secs(120);

/// The rows of all tables, in the order of [`TABLES`].
type TableRows = Vec<Vec<Vec<Param<'static>>>>;

/// The numbers of rows that were copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// People, as `voters` lists them.
    pub voters: usize,
    /// Movies, watched and withdrawn ones too.
    pub proposals: usize,
    /// Votes.
    pub votes: usize,
    /// Titles in the cache.
    pub cached: usize,
    /// Changes that can be undone or redone.
    pub changes: usize,
}

/// Everything in a board.
pub struct Contents(TableRows);

impl Store {
    /// Reads everything.
    ///
    /// # Errors
    /// The database cannot be read, or holds what this program does not write.
    pub fn contents(&mut self) -> Result<Contents> {
        self.driver.set_time_limit(COPY_LIMIT);
        self.read(everything).map(Contents)
    }

    /// Fills an empty board with the contents of another, reads it back and compares it before COMMIT.
    ///
    /// # Errors
    /// The board is not empty, cannot be written, or reads back differently: nothing is copied.
    pub fn fill(&mut self, Contents(rows): &Contents) -> Result<Copied> {
        self.driver.set_time_limit(COPY_LIMIT);
        let place = self.driver.place();
        let mut may_be_stored = false;
        self.write(|transaction| {
            let found = everything(transaction)?;
            // The answer to the COMMIT of the first try was lost.
            if may_be_stored && found == *rows {
                return Ok(());
            }
            let is_empty = TABLES.iter().zip(&found).all(|(table, rows)| table.name == "counters" || rows.is_empty());
            if !is_empty {
                let text = format!("{place} has something in it already, so nothing was copied");
                return Err(StoreError::new(ErrorKind::Other, text).with_hint("copy to a new place"));
            }
            let mut statements = Vec::new();
            for (table, rows) in TABLES.iter().zip(rows) {
                statements.extend(rows.iter().map(|row| table.insert(row)));
            }
            transaction.execute(&statements)?;
            if everything(transaction)? != *rows {
                let text = "what was written reads back as something else";
                return Err(StoreError::new(ErrorKind::Damaged, text)
                    .nothing_stored()
                    .with_hint("copy to another place"));
            }
            may_be_stored = true;
            Ok(())
        })
        .map_err(|error| match error.kind() {
            ErrorKind::Uncertain => error.with_hint("movienight vote --db, with the new place, shows it if it was"),
            _ => error,
        })?;
        let of = |name: &str| {
            let of_table = TABLES.iter().zip(rows).find(|(table, _)| table.name == name);
            of_table.map_or(&[][..], |(_, rows)| rows)
        };
        let count = |name: &str| of(name).len();
        let is_no = |row: &&Vec<Param<'static>>| row[3] == Param::from("no");
        // Undone, and cleared from the redo list.
        let is_void = |row: &&Vec<Param<'static>>| matches!(row[3..5], [Param::Int(Some(_)), Param::Int(None)]);
        Ok(Copied {
            voters: self.voters()?.len(),
            proposals: count("proposals"),
            votes: count("votes") - of("votes").iter().filter(is_no).count(),
            cached: count("imdb_cache"),
            changes: count("changes") - of("changes").iter().filter(is_void).count(),
        })
    }
}

fn everything(transaction: &mut Transaction<'_>) -> Result<TableRows> {
    let queries: Vec<_> = TABLES.iter().map(CopiedTable::query).collect();
    let mut rows: TableRows = vec![Vec::new(); TABLES.len()];
    transaction.run(&queries, &mut |table, row| {
        rows[table].push(TABLES[table].row(row)?);
        Ok(())
    })?;
    // Each database sorts text in an order of its own.
    rows.iter_mut().zip(&TABLES).filter(|(_, table)| table.order != "id").for_each(|(rows, _)| rows.sort_unstable());
    Ok(rows)
}
