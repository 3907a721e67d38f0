//! Statements as PostgreSQL takes them.

use tokio_postgres::types::{ToSql, Type};

use crate::store::db::{Param, Statement};

/// A value of a placeholder, with its type, so that the server need not be asked for it.
type Value = (Box<dyn ToSql + Sync>, Type);

/// A statement to send.
pub struct Query {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Query {
    /// A statement without values.
    pub fn plain(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new() }
    }

    /// A statement with these values.
    pub fn new(sql: &str, values: &[Param<'_>]) -> Self {
        // No text in the store's SQL holds a question mark.
        Self { sql: sql.replace('?', "$"), values: values.iter().map(value).collect() }
    }

    /// The queries for these statements, each with the index of its statement: one over arrays for several in a row that
    /// have the same text over arrays.
    pub fn of(statements: &[Statement<'_>]) -> impl Iterator<Item = (usize, Self)> {
        let mut index = 0;
        let is_same = |a: &Statement<'_>, b: &Statement<'_>| a.over_arrays.is_some() && a.over_arrays == b.over_arrays;
        statements.chunk_by(is_same).map(move |chunk| {
            let first = index;
            index += chunk.len();
            let query = match (&chunk[0].over_arrays, chunk.len()) {
                (Some(sql), 2..) => {
                    let values = (0..chunk[0].params.len()).map(|at| array(chunk, at)).collect();
                    Self { sql: sql.replace('?', "$"), values }
                }
                _ => Self::new(&chunk[0].sql, &chunk[0].params),
            };
            (first, query)
        })
    }
}

fn value(param: &Param<'_>) -> Value {
    match param {
        Param::Int(number) => (Box::new(*number), Type::INT8),
        Param::Text(_) => (Box::new(text(param)), Type::TEXT),
    }
}

/// The values of one placeholder in several statements.
fn array(statements: &[Statement<'_>], at: usize) -> Value {
    let params = || statements.iter().map(|statement| &statement.params[at]);
    let number = |param: &Param<'_>| if let Param::Int(number) = param { *number } else { None };
    match &statements[0].params[at] {
        Param::Int(_) => (Box::new(params().map(number).collect::<Vec<_>>()), Type::INT8_ARRAY),
        Param::Text(_) => (Box::new(params().map(text).collect::<Vec<_>>()), Type::TEXT_ARRAY),
    }
}

fn text(param: &Param<'_>) -> Option<String> {
    if let Param::Text(text) = param { text.as_deref().map(str::to_owned) } else { None }
}
