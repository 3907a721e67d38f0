//! The tables of a board: their columns, and the statements that read and write rows whatever these are about.

use serde_json::Value;

use super::db::{Param, Result, Row, Statement};

/// A table.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The word for one row: in the log of edits and in exports.
    pub kind: &'static str,
    /// The number of its first columns that are the key. 0 if the database numbers its rows.
    key: usize,
    pub columns: &'static [&'static str],
}

/// The values of a row, in the order of the columns of its table.
pub type Values = Vec<Param<'static>>;

const PROPOSAL: [&str; 8] =
    ["id", "imdb_id", "title", "proposed_by", "proposed_at", "withdrawn_at", "watched_at", "watched_on"];
const CACHED: [&str; 9] = [
    "imdb_id",
    "cached_imdb_data",
    "cached_at",
    "source",
    "attempted_at",
    "claimed_until",
    "failures",
    "unknown_at",
    "last_error",
];
const CHANGE: [&str; 8] = ["id", "at", "voter_id", "undone_at", "undone_by", "sequence", "token", "action"];
const EDIT: [&str; 7] = ["change_id", "kind", "proposal_id", "voter_id", "movie", "before", "after"];

pub static VOTERS: Table = table("voters", "voter", 1, &["id", "name", "name_key", "removed_at"]);
pub static PROPOSALS: Table = table("proposals", "proposal", 1, &PROPOSAL);
pub static VOTES: Table = table("votes", "vote", 2, &["proposal_id", "voter_id", "voted_at", "opinion"]);
pub static ATTENDANCE: Table = table("attendance", "attendance", 2, &["proposal_id", "voter_id"]);
pub static WISHES: Table =
    table("wishes", "wishes", 2, &["voter_id", "movie", "imdb_id", "title", "year", "entered_at"]);
pub static NOTES: Table = table("notes", "note", 2, &["proposal_id", "voter_id", "text"]);
pub static SEEN: Table = table("seen", "seen", 2, &["voter_id", "movie"]);
pub static CHANGES: Table = table("changes", "change", 1, &CHANGE);
pub static EDITS: Table = table("edits", "edit", 0, &EDIT);
static SETTINGS: Table = table("settings", "setting", 1, &["name", "value"]);
pub static CACHE: Table = table("imdb_cache", "title", 1, &CACHED);
static SEARCHES: Table = table("searches", "search", 1, &["words", "found_at", "hits"]);
pub static COUNTERS: Table = table("counters", "counters", 1, &["id", "last_number", "last_voter", "last_change"]);

/// The tables of what people entered, those that others refer to first.
pub static ENTERED: [&Table; 7] = [&VOTERS, &PROPOSALS, &VOTES, &ATTENDANCE, &WISHES, &NOTES, &SEEN];
/// The other tables, in the same order.
pub static OTHERS: [&Table; 6] = [&CHANGES, &EDITS, &SETTINGS, &CACHE, &SEARCHES, &COUNTERS];

/// The columns of text, in whatever table. The others hold numbers.
const TEXTS: [&str; 17] = [
    "name",
    "name_key",
    "imdb_id",
    "title",
    "watched_on",
    "opinion",
    "movie",
    "text",
    "action",
    "kind",
    "before",
    "after",
    "cached_imdb_data",
    "source",
    "last_error",
    "words",
    "hits",
];

const fn table(name: &'static str, kind: &'static str, key: usize, columns: &'static [&'static str]) -> Table {
    Table { name, kind, key, columns }
}

fn is_text(column: &str) -> bool {
    TEXTS.contains(&column)
}

impl Table {
    fn key(&self) -> &'static [&'static str] {
        &self.columns[..self.key]
    }

    /// True if rows have an order that every database knows.
    pub fn is_numbered(&self) -> bool {
        self.key == 0
    }

    /// Selects the rows that fulfil a condition, in the order of their keys.
    pub fn select<'a>(&self, condition: &str, params: Vec<Param<'a>>) -> Statement<'a> {
        Statement::new(self.selection(condition), params)
    }

    /// Selects the rows that fulfil a condition with `= ?1` for this value.
    pub fn select_each<'a>(&self, condition: &str, value: Param<'a>) -> Statement<'a> {
        let values = if matches!(value, Param::Text(_)) { "= ANY (?1::text[])" } else { "= ANY (?1::bigint[])" };
        self.select(condition, vec![value]).over_arrays(self.selection(&condition.replace("= ?1", values)))
    }

    /// Writes a new row. It is an error if there is one with the same key.
    pub fn insert(&self, row: Values) -> Statement<'static> {
        self.put(row, "")
    }

    /// Writes a row, in place of the one with the same key.
    pub fn write(&self, row: Values) -> Statement<'static> {
        let values = self.columns[self.key..].iter().map(|column| format!("{column} = excluded.{column}"));
        match values.collect::<Vec<_>>().join(", ") {
            _ if self.key == 0 => self.insert(row),
            none if none.is_empty() => self.put(row, "ON CONFLICT DO NOTHING"),
            values => self.put(row, &format!("ON CONFLICT ({}) DO UPDATE SET {values}", self.key().join(", "))),
        }
    }

    fn put(&self, row: Values, on_conflict: &str) -> Statement<'static> {
        let insert = format!("INSERT INTO {} ({})", self.name, self.columns.join(", "));
        let places: Vec<String> = (1..=self.columns.len()).map(|at| format!("?{at}")).collect();
        let rows = format!("SELECT * FROM {} AS new", unnested(self.columns));
        Statement::new(format!("{insert} VALUES ({}) {on_conflict}", places.join(", ")), row)
            .over_arrays(format!("{insert} {rows} {on_conflict}"))
    }

    /// Deletes the row with this key.
    pub fn delete(&self, key: Values) -> Statement<'static> {
        let is_equal: Vec<_> = self.key().iter().zip(1..).map(|(column, at)| format!("{column} = ?{at}")).collect();
        let is_one = format!("({}) IN (SELECT * FROM {} AS keys)", self.key().join(", "), unnested(self.key()));
        let delete = |condition: &str| format!("DELETE FROM {} WHERE {condition}", self.name);
        Statement::new(delete(&is_equal.join(" AND ")), key).over_arrays(delete(&is_one))
    }

    /// The values of a row that was selected.
    pub fn values(&self, row: &dyn Row) -> Result<Values> {
        let value = |(at, column): (usize, &&str)| match is_text(column) {
            true => Ok(Param::Text(row.text(at)?.map(|text| text.to_owned().into()))),
            false => Ok(Param::Int(row.int(at)?)),
        };
        self.columns.iter().enumerate().map(value).collect()
    }

    /// The values of a row by the names of its columns.
    pub fn row<'v>(&self, value: impl Fn(&'static str) -> &'v Value) -> Values {
        let param = |column: &&'static str| match is_text(column) {
            true => value(column).as_str().map(str::to_owned).into(),
            false => value(column).as_i64().into(),
        };
        self.columns.iter().map(param).collect()
    }

    /// The key of a row.
    pub fn key_of(&self, row: &[Param<'static>]) -> Values {
        row[..self.key].to_vec()
    }

    fn selection(&self, condition: &str) -> String {
        let order = if self.is_numbered() { "id".to_owned() } else { self.key().join(", ") };
        format!("SELECT {} FROM {} WHERE {condition} ORDER BY {order}", self.columns.join(", "), self.name)
    }
}

/// Rows of arrays of the values of these columns, in PostgreSQL.
fn unnested(columns: &[&str]) -> String {
    let array = |(column, at)| format!("?{at}::{}[]", if is_text(column) { "text" } else { "bigint" });
    let arrays: Vec<_> = columns.iter().copied().zip(1..).map(array).collect();
    format!("unnest({})", arrays.join(", "))
}
