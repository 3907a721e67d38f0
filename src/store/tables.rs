//! The tables of a board: their columns, and the statements that read and write rows whatever these are about.

use serde_json::{Map, Value};

use super::db::{Param, Result, Row, Statement};

/// A table.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The word for one row: in the log of edits and in exports.
    pub kind: &'static str,
    /// The number of its first columns that are the key. 0 if the database numbers its rows.
    key: usize,
    /// Its columns, as SQL lists them, each with its type unless it holds numbers: `text`, `short` for texts that a person
    /// wrote, which this program keeps short, or `data`.
    columns: &'static str,
}

/// The columns of a row by their names. A column `id` is named after the kind of the row, as where others refer to it.
pub type Columns = Map<String, Value>;

/// The values of a row, in the order of the columns of its table.
pub type Values = Vec<Param<'static>>;

pub static VOTERS: Table = table("voters", "voter", 1, "id, name short, name_key short, removed_at");
pub static PROPOSALS: Table = table(
    "proposals",
    "proposal",
    1,
    "id, imdb_id text, title short, year, runtime, proposed_by, proposed_at, withdrawn_at, watched_at, watched_on text",
);
pub static VOTES: Table = table("votes", "vote", 2, "proposal_id, voter_id, voted_at, opinion text");
pub static ATTENDANCE: Table = table("attendance", "attendance", 2, "proposal_id, voter_id");
pub static WISHES: Table =
    table("wishes", "wishes", 2, "voter_id, movie text, imdb_id text, title short, year, entered_at");
pub static NOTES: Table = table("notes", "note", 2, "proposal_id, voter_id, text short");
pub static SEEN: Table = table("seen", "seen", 2, "voter_id, movie text");
pub static CHANGES: Table =
    table("changes", "change", 1, "id, at, voter_id, undone_at, undone_by, sequence, token, action text");
pub static EDITS: Table =
    table("edits", "edit", 0, "change_id, kind text, proposal_id, voter_id, movie text, before text, after text");
static SETTINGS: Table = table("settings", "setting", 1, "name short, value");
pub static CACHE: Table = table(
    "imdb_cache",
    "title",
    1,
    "imdb_id text, cached_imdb_data data, cached_at, source text, attempted_at, claimed_until, failures, unknown_at,
     last_error text",
);
static SEARCHES: Table = table("searches", "search", 1, "words text, found_at, hits text");
pub static COUNTERS: Table = table("counters", "counters", 1, "id, last_number, last_voter, last_change");

/// The tables of what people entered, those that others refer to first.
pub static ENTERED: [&Table; 7] = [&VOTERS, &PROPOSALS, &VOTES, &ATTENDANCE, &WISHES, &NOTES, &SEEN];
/// The other tables, in the same order.
pub static OTHERS: [&Table; 6] = [&CHANGES, &EDITS, &SETTINGS, &CACHE, &SEARCHES, &COUNTERS];

/// The longest that is read of a name, a title or a note, in characters: longer than any that this program writes.
pub const MAX_SHORT: usize = 1_000;
/// The longest that is read of the cached data of a title, in characters.
pub const MAX_DATA: usize = 100_000;

const fn table(name: &'static str, kind: &'static str, key: usize, columns: &'static str) -> Table {
    Table { name, kind, key, columns }
}

/// A column: its name, and its type, empty for numbers.
type Column = (&'static str, &'static str);

impl Table {
    fn columns(&self) -> impl Iterator<Item = Column> {
        self.columns.split(',').map(|column| column.trim().split_once(' ').unwrap_or((column.trim(), "")))
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns().map(|(name, _)| name)
    }

    /// The names of the columns of its key, as SQL lists them.
    fn key_names(&self) -> String {
        self.names().take(self.key).collect::<Vec<_>>().join(", ")
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
    ) -> Statement<'a> {
        let rows: Vec<Vec<Param<'a>>> = values.into_iter().map(|value| vec![value.into()]).collect();
        let is_text = matches!(rows.first().map(Vec::as_slice), Some([Param::Text(_)]));
        let many = condition.replace("= ?1", if is_text { "= ANY (?1::text[])" } else { "= ANY (?1::bigint[])" });
        Statement::for_each(self.selection(condition), self.selection(&many), rows)
    }

    /// Writes new rows. It is an error if there is one with the same key.
    pub fn insert(&self, rows: Vec<Values>) -> Statement<'static> {
        self.insert_or(rows, "")
    }

    /// Writes rows, each in place of the one with the same key.
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
        over(self.columns(), rows, |values| format!("{insert} {values} {on_conflict}"))
    }

    /// Deletes the rows with these keys.
    pub fn delete(&self, keys: Vec<Values>) -> Statement<'static> {
        let delete = format!("DELETE FROM {} WHERE ({})", self.name, self.key_names());
        over(self.columns().take(self.key), keys, |values| format!("{delete} IN ({values})"))
    }

    fn name_of(&self, column: &str) -> String {
        if column == "id" { format!("{}_id", self.kind) } else { column.to_owned() }
    }

    /// The columns of a row that was selected.
    pub fn read(&self, row: &dyn Row) -> Result<Columns> {
        let read = |(at, (column, kind)): (usize, Column)| {
            let value = if kind.is_empty() { row.int(at)?.into() } else { row.text(at)?.into() };
            Ok((self.name_of(column), value))
        };
        self.columns().enumerate().map(read).collect()
    }

    /// The values of a row, NULL for columns that it lacks.
    pub fn values(&self, row: &Columns) -> Values {
        let param = |(column, kind): Column| {
            let value = row.get(&self.name_of(column)).unwrap_or(&Value::Null);
            if kind.is_empty() { value.as_i64().into() } else { value.as_str().map(str::to_owned).into() }
        };
        self.columns().map(param).collect()
    }

    /// The key of a row.
    pub fn key_of(&self, row: &[Param<'static>]) -> Values {
        row[..self.key].to_vec()
    }

    /// Its columns, as a query reads them that calls the table so.
    pub fn columns_of(&self, alias: &str) -> String {
        let read = |(column, kind): Column| match kind {
            "data" => format!("substr({alias}.{column}, 1, {MAX_DATA})"),
            "short" => format!("substr({alias}.{column}, 1, {MAX_SHORT})"),
            _ => format!("{alias}.{column}"),
        };
        self.columns().map(read).collect::<Vec<_>>().join(", ")
    }

    fn selection(&self, condition: &str) -> String {
        let order = if self.key == 0 { "id".to_owned() } else { self.key_names() };
        format!("SELECT {} FROM {} WHERE {condition} ORDER BY {order}", self.columns_of(self.name), self.name)
    }
}

/// A statement for rows of values of these columns. Its text is made from SQL for such a row, and from SQL for arrays.
fn over(columns: impl Iterator<Item = Column>, rows: Vec<Values>, text: impl Fn(&str) -> String) -> Statement<'static> {
    let array = |kind: &str| if kind.is_empty() { "bigint" } else { "text" };
    let places = columns.zip(1..).map(|((_, kind), at)| (format!("?{at}"), format!("?{at}::{}[]", array(kind))));
    let (one, many): (Vec<_>, Vec<_>) = places.unzip();
    let values = format!("VALUES ({})", one.join(", "));
    Statement::for_each(text(&values), text(&format!("SELECT * FROM unnest({}) AS arrays", many.join(", "))), rows)
}
