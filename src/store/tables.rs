//! The tables of a board: their columns, and the statements that read and write rows whatever these are about.

use std::sync::OnceLock;

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
    texts: OnceLock<Texts>,
}

/// The values of a row, in the order of the columns of its table.
pub type Values = Vec<Param<'static>>;

const PROPOSAL: [&str; 10] = [
    "id",
    "imdb_id",
    "title",
    "year",
    "runtime",
    "proposed_by",
    "proposed_at",
    "withdrawn_at",
    "watched_at",
    "watched_on",
];
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

/// Texts that a person wrote, in whatever table. This program keeps them short; whatever another program wrote is read as
/// far as [`MAX_SHORT`].
const SHORT_TEXTS: [&str; 4] = ["name", "name_key", "title", "text"];
/// The longest that is read of a name, a title or a note, in characters: longer than any that this program writes.
pub const MAX_SHORT: usize = 1_000;
/// The longest that is read of the cached data of a title, in characters.
pub const MAX_DATA: usize = 100_000;

const fn table(name: &'static str, kind: &'static str, key: usize, columns: &'static [&'static str]) -> Table {
    Table { name, kind, key, columns, texts: OnceLock::new() }
}

fn is_text(column: &str) -> bool {
    TEXTS.contains(&column)
}

impl Table {
    fn key(&self) -> &'static [&'static str] {
        &self.columns[..self.key]
    }

    /// Selects the rows that fulfil a condition, in the order of their keys.
    pub fn select<'a>(&self, condition: &str, params: Vec<Param<'a>>) -> Statement<'a> {
        Statement::new(self.selection(condition), params)
    }

    /// Selects the rows that fulfil a condition with `= ?1` for each of these values.
    pub fn select_each<'a>(
        &self,
        condition: &str,
        values: impl IntoIterator<Item = impl Into<Param<'a>>>,
    ) -> Vec<Statement<'a>> {
        let one = self.selection(condition);
        let many = |array: &str| self.selection(&condition.replace("= ?1", &format!("= ANY (?1::{array}[])")));
        let (of_numbers, of_texts) = (many("bigint"), many("text"));
        let select = |value: Param<'a>| {
            let many = if matches!(value, Param::Text(_)) { &of_texts } else { &of_numbers };
            Statement::new(one.clone(), vec![value]).over_arrays(many.clone())
        };
        values.into_iter().map(|value| select(value.into())).collect()
    }

    /// Writes a new row. It is an error if there is one with the same key.
    pub fn insert(&'static self, row: Values) -> Statement<'static> {
        self.texts().insert.with(row)
    }

    /// Writes a row, in place of the one with the same key.
    pub fn write(&'static self, row: Values) -> Statement<'static> {
        self.texts().write.with(row)
    }

    /// Deletes the row with this key.
    pub fn delete(&'static self, key: Values) -> Statement<'static> {
        self.texts().delete.with(key)
    }

    /// The statements that write, made once: a long list repeats them thousands of times.
    fn texts(&'static self) -> &'static Texts {
        self.texts.get_or_init(|| {
            let (key, name) = (self.key().join(", "), self.name);
            let values = self.columns[self.key..].iter().map(|column| format!("{column} = excluded.{column}"));
            let on_conflict = match values.collect::<Vec<_>>().join(", ") {
                _ if self.key == 0 => String::new(),
                none if none.is_empty() => "ON CONFLICT DO NOTHING".to_owned(),
                values => format!("ON CONFLICT ({key}) DO UPDATE SET {values}"),
            };
            let insert = format!("INSERT INTO {name} ({})", self.columns.join(", "));
            let places: Vec<String> = (1..=self.columns.len()).map(|at| format!("?{at}")).collect();
            let (one, many) = (format!("VALUES ({})", places.join(", ")), rows_of(self.columns));
            let is_equal: Vec<_> = self.key().iter().zip(1..).map(|(column, at)| format!("{column} = ?{at}")).collect();
            let delete = format!("DELETE FROM {name} WHERE");
            Texts {
                insert: Text { one: format!("{insert} {one}"), many: format!("{insert} {many}") },
                write: Text {
                    one: format!("{insert} {one} {on_conflict}"),
                    many: format!("{insert} {many} {on_conflict}"),
                },
                delete: Text {
                    one: format!("{delete} {}", is_equal.join(" AND ")),
                    many: format!("{delete} ({key}) IN ({})", rows_of(self.key())),
                },
            }
        })
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
        let order = if self.key == 0 { "id".to_owned() } else { self.key().join(", ") };
        let read = |column: &&str| match *column {
            "cached_imdb_data" => format!("substr({column}, 1, {MAX_DATA})"),
            short if SHORT_TEXTS.contains(&short) => format!("substr({column}, 1, {MAX_SHORT})"),
            column => column.to_owned(),
        };
        let columns: Vec<String> = self.columns.iter().map(read).collect();
        format!("SELECT {} FROM {} WHERE {condition} ORDER BY {order}", columns.join(", "), self.name)
    }
}

/// The statements that write rows of a table.
struct Texts {
    insert: Text,
    write: Text,
    delete: Text,
}

/// A statement for one row, and with arrays for many.
struct Text {
    one: String,
    many: String,
}

impl Text {
    fn with(&'static self, values: Values) -> Statement<'static> {
        Statement::new(self.one.as_str(), values).over_arrays(self.many.as_str())
    }
}

/// Selects rows from arrays of the values of these columns, in PostgreSQL.
fn rows_of(columns: &[&str]) -> String {
    let array = |(column, at)| format!("?{at}::{}[]", if is_text(column) { "text" } else { "bigint" });
    let arrays: Vec<_> = columns.iter().copied().zip(1..).map(array).collect();
    format!("SELECT * FROM unnest({}) AS arrays", arrays.join(", "))
}
