//! Rows as JSON documents of the columns of their tables, for exports and for reading and writing the tables.

use serde_json::{Map, Value};

use super::rows::{BoardRow, RowKey};
use super::tables::{Columns, Table, Values, WISHES};

// The names of the columns for keys, for the movies of a list, and for a note.
const NUMBER: &str = "proposal_id";
const VOTER: &str = "voter_id";
const MOVIE: &str = "movie";
const MOVIES: &str = "movies";
const TEXT: &str = "text";

/// Converts a row to a document of the columns of its table. The movies of a list are one object, by their keys.
pub fn to_document(key: RowKey, row: &BoardRow) -> Columns {
    let mut document = Columns::new();
    document.extend(key.number().map(|number| (NUMBER.to_owned(), number.0.into())));
    document.extend(key.movie().map(|movie| (MOVIE.to_owned(), movie.to_string().into())));
    document.extend(key.voter().map(|voter| (VOTER.to_owned(), voter.0.into())));
    // A row is serialized as an object under the name of its kind, or as that name alone if it has no columns.
    let columns = match serde_json::to_value(row) {
        Ok(Value::Object(mut row)) => row.remove(key.table().kind),
        _ => None,
    };
    match (key, columns) {
        (RowKey::Wishes(_), Some(movies)) => drop(document.insert(MOVIES.to_owned(), movies)),
        (RowKey::Note(..), Some(text)) => drop(document.insert(TEXT.to_owned(), text)),
        (_, Some(Value::Object(columns))) => document.extend(columns),
        _ => {}
    }
    document
}

/// Converts a document to a row. `None` if it is invalid.
pub fn from_document(kind: &str, mut document: Columns) -> Option<(RowKey, BoardRow)> {
    let mut number = |name| document.remove(name).and_then(|value| value.as_i64());
    let (proposal, voter) = (number(NUMBER), number(VOTER));
    let movie = document.remove(MOVIE);
    let key = RowKey::from_parts(kind, proposal, voter, movie.as_ref().and_then(Value::as_str))?;
    let columns = match key {
        RowKey::Wishes(_) => document.remove(MOVIES)?,
        RowKey::Note(..) => document.remove(TEXT)?,
        _ => Value::Object(document),
    };
    let row = match key {
        RowKey::Attendance(..) | RowKey::Seen(..) => Value::String(kind.to_owned()),
        _ => Value::Object(Map::from_iter([(kind.to_owned(), columns)])),
    };
    Some((key, serde_json::from_value(row).ok()?))
}

/// Converts the columns of a row in its table to a row. `None` if they are invalid.
pub fn from_columns(table: &Table, mut columns: Columns) -> Option<(RowKey, BoardRow)> {
    if table.kind == WISHES.kind {
        let movie = columns.remove(MOVIE)?.as_str()?.to_owned();
        let voter = columns.remove(VOTER)?;
        let movies = Map::from_iter([(movie, Value::Object(columns))]);
        columns = Map::from_iter([(VOTER.to_owned(), voter), (MOVIES.to_owned(), movies.into())]);
    }
    from_document(table.kind, columns)
}

/// Returns the values of a row in its table. A list has one row for each movie.
pub fn to_values(key: RowKey, row: &BoardRow) -> Vec<Values> {
    let table = key.table();
    let mut document = to_document(key, row);
    let Some(Value::Object(movies)) = document.remove(MOVIES) else { return vec![table.values(&document)] };
    let of_movie = |(movie, columns): (String, Value)| {
        let mut document = document.clone();
        document.insert(MOVIE.to_owned(), movie.into());
        document.extend(columns.as_object().cloned().unwrap_or_default());
        table.values(&document)
    };
    movies.into_iter().map(of_movie).collect()
}
