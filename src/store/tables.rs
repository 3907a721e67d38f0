//! The tables of a board: their columns, and the statements that read and write rows of any table.

use serde_json::{Map, Value};

use super::db::{Param, Result, Row, Statement};

pub struct Table {
    pub name: &'static str,
    /// The word for a row in the log of edits and in exports.
    pub kind: &'static str,
    /// The number of leading columns that form the key. 0 if the database numbers the rows.
    key: usize,
    columns: &'static [Column],
}

type Column = (&'static str, ColumnType);

#[derive(Clone, Copy, PartialEq, Eq)]
enum ColumnType {
    Number,
    Text,
    /// Text that a person wrote. At most [`MAX_SHORT`] characters of it are read.
    Short,
    /// Cached data, which is not read if it is longer than [`MAX_DATA`].
    Data,
}
use ColumnType::{Data, Number, Short, Text};

/// The columns of a row by name. The column `id` is named after the kind of the row, as in foreign keys.
pub type Columns = Map<String, Value>;

/// The values of a row, in the order of the columns of its table.
pub type Values = Vec<Param<'static>>;

pub static VOTERS: Table =
    table("voters", "voter", 1, &[("id", Number), ("name", Short), ("name_key", Short), ("removed_at", Number)]);
pub static PROPOSALS: Table = table(
    "proposals",
    "proposal",
    1,
    &[
        ("id", Number),
        ("imdb_id", Text),
        ("title", Short),
        ("year", Number),
        ("runtime", Number),
        ("proposed_by", Number),
        ("proposed_at", Number),
        ("withdrawn_at", Number),
        ("watched_at", Number),
        ("watched_on", Text),
    ],
);
pub static VOTES: Table = table(
    "votes",
    "vote",
    2,
    &[("proposal_id", Number), ("voter_id", Number), ("voted_at", Number), ("opinion", Text)],
);
pub static ATTENDANCE: Table = table("attendance", "attendance", 2, &[("proposal_id", Number), ("voter_id", Number)]);
pub static WISHES: Table = table(
    "wishes",
    "wishes",
    2,
    &[
        ("voter_id", Number),
        ("movie", Text),
        ("imdb_id", Text),
        ("title", Short),
        ("year", Number),
        ("entered_at", Number),
    ],
);
pub static NOTES: Table = table("notes", "note", 2, &[("proposal_id", Number), ("voter_id", Number), ("text", Short)]);
pub static SEEN: Table = table("seen", "seen", 2, &[("voter_id", Number), ("movie", Text)]);
pub static CHANGES: Table = table(
    "changes",
    "change",
    1,
    &[
        ("id", Number),
        ("at", Number),
        ("voter_id", Number),
        ("undone_at", Number),
        ("undone_by", Number),
        ("sequence", Number),
        ("token", Number),
        ("action", Text),
    ],
);
pub static EDITS: Table = table(
    "edits",
    "edit",
    0,
    &[
        ("change_id", Number),
        ("kind", Text),
        ("proposal_id", Number),
        ("voter_id", Number),
        ("movie", Text),
        ("before", Text),
        ("after", Text),
    ],
);
pub static SETTINGS: Table = table("settings", "setting", 1, &[("name", Short), ("value", Number)]);
pub static CACHE: Table = table(
    "imdb_cache",
    "title",
    1,
    &[
        ("imdb_id", Text),
        ("cached_imdb_data", Data),
        ("cached_at", Number),
        ("source", Text),
        ("attempted_at", Number),
        ("claimed_until", Number),
        ("failures", Number),
        ("unknown_at", Number),
        ("last_error", Text),
    ],
);
pub static SEARCHES: Table = table("searches", "search", 1, &[("words", Text), ("found_at", Number), ("hits", Text)]);
pub static COUNTERS: Table = table(
    "counters",
    "counters",
    1,
    &[("id", Number), ("last_number", Number), ("last_voter", Number), ("last_change", Number)],
);

/// The tables of what people entered, each after the tables that it refers to.
pub static ENTERED: [&Table; 7] = [&VOTERS, &PROPOSALS, &VOTES, &ATTENDANCE, &WISHES, &NOTES, &SEEN];
/// The other tables, in the same kind of order.
pub static OTHERS: [&Table; 6] = [&CHANGES, &EDITS, &SETTINGS, &CACHE, &SEARCHES, &COUNTERS];

/// The maximum number of characters read from a name, a title or a note. This program writes fewer.
pub const MAX_SHORT: usize = 1_000;
/// The maximum size of a title's cached data, in bytes. Larger data is not read.
pub const MAX_DATA: usize = 100_000;

const fn table(name: &'static str, kind: &'static str, key: usize, columns: &'static [Column]) -> Table {
    Table { name, kind, key, columns }
}

impl Table {
    fn columns(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().copied()
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns().map(|(name, _)| name)
    }

    /// Returns the names of the key's columns as an SQL list.
    fn key_names(&self) -> String {
        self.names().take(self.key).collect::<Vec<_>>().join(", ")
    }

    /// Selects the rows that satisfy a condition, in the order of their keys.
    pub fn select<'a>(&self, condition: &str, params: Vec<Param<'a>>) -> Statement<'a> {
        Statement::new(self.selection(condition), params)
    }

    /// Selects the rows that satisfy a condition with `= ?1` for one of these values.
    pub fn select_each<'a>(
        &self,
        condition: &str,
        values: impl IntoIterator<Item = impl Into<Param<'a>>>,
    ) -> Statement<'a> {
        let rows: Vec<Vec<Param<'a>>> = values.into_iter().map(|value| vec![value.into()]).collect();
        let is_text = matches!(rows.first().map(Vec::as_slice), Some([Param::Text(_)]));
        let many = condition.replace("= ?1", if is_text { "= ANY (?1::text[])" } else { "= ANY (?1::bigint[])" });
        Statement::for_each(self.selection(condition), self.selection(&many), rows)
    }

    /// Inserts new rows. Fails on a key that is in use.
    pub fn insert(&self, rows: Vec<Values>) -> Statement<'static> {
        self.insert_or(rows, "")
    }

    /// Upserts rows by their keys.
    pub fn write(&self, rows: Vec<Values>) -> Statement<'static> {
        let values = self.names().skip(self.key).map(|column| format!("{column} = excluded.{column}"));
        match values.collect::<Vec<_>>().join(", ") {
            _ if self.key == 0 => self.insert(rows),
            none if none.is_empty() => self.insert_or(rows, "ON CONFLICT DO NOTHING"),
            values => self.insert_or(rows, &format!("ON CONFLICT ({}) DO UPDATE SET {values}", self.key_names())),
        }
    }

    fn insert_or(&self, rows: Vec<Values>, on_conflict: &str) -> Statement<'static> {
        let insert = format!("INSERT INTO {} ({})", self.name, self.names().collect::<Vec<_>>().join(", "));
        let (one, many) = sources(self.columns());
        Statement::for_each(format!("{insert} {one} {on_conflict}"), format!("{insert} {many} {on_conflict}"), rows)
    }

    pub fn delete(&self, keys: Vec<Values>) -> Statement<'static> {
        let delete = format!("DELETE FROM {} WHERE ({})", self.name, self.key_names());
        let (one, many) = sources(self.columns().take(self.key));
        // For IN, SQLite 3.40 uses only the first column of a key.
        Statement::for_each(format!("{delete} = ({one})"), format!("{delete} IN ({many})"), keys)
    }

    fn name_of(&self, column: &str) -> String {
        if column == "id" { format!("{}_id", self.kind) } else { column.to_owned() }
    }

    pub fn read(&self, row: &dyn Row) -> Result<Columns> {
        let read = |(at, (column, kind)): (usize, Column)| {
            let value = if kind == Number { row.int(at)?.into() } else { row.text(at)?.into() };
            Ok((self.name_of(column), value))
        };
        self.columns().enumerate().map(read).collect()
    }

    /// Returns the values of a row, with NULL for columns that it lacks.
    pub fn values(&self, row: &Columns) -> Values {
        let param = |(column, kind): Column| {
            let value = row.get(&self.name_of(column)).unwrap_or(&Value::Null);
            if kind == Number { value.as_i64().into() } else { value.as_str().map(str::to_owned).into() }
        };
        self.columns().map(param).collect()
    }

    pub fn key_of(&self, row: &[Param<'static>]) -> Values {
        row[..self.key].to_vec()
    }

    /// Returns the columns for a SELECT in which the table has this alias.
    pub fn columns_of(&self, alias: &str) -> String {
        let read = |(column, kind): Column| match kind {
            Data => format!("CASE WHEN octet_length({alias}.{column}) <= {MAX_DATA} THEN {alias}.{column} END"),
            Short => format!("substr({alias}.{column}, 1, {MAX_SHORT})"),
            Number | Text => format!("{alias}.{column}"),
        };
        self.columns().map(read).collect::<Vec<_>>().join(", ")
    }

    fn selection(&self, condition: &str) -> String {
        let order = if self.key == 0 { "id".to_owned() } else { self.key_names() };
        format!("SELECT {} FROM {} WHERE {condition} ORDER BY {order}", self.columns_of(self.name), self.name)
    }
}

/// Returns SQL for the sources of an INSERT or DELETE: one row of these columns, and the rows in arrays.
fn sources(columns: impl Iterator<Item = Column>) -> (String, String) {
    let array = |kind| if kind == Number { "bigint" } else { "text" };
    let places = columns.zip(1..).map(|((_, kind), at)| (format!("?{at}"), format!("?{at}::{}[]", array(kind))));
    let (one, many): (Vec<_>, Vec<_>) = places.unzip();
    (format!("VALUES ({})", one.join(", ")), format!("SELECT * FROM unnest({}) AS arrays", many.join(", ")))
}
