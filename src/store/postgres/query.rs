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

    /// The queries for these statements, each with the index of its statement: one over arrays, or one for each row of values.
    pub fn of(statements: &[Statement<'_>]) -> impl Iterator<Item = (usize, Self)> {
        statements.iter().enumerate().flat_map(|(index, Statement { sql, rows, over_arrays })| {
            let queries: Vec<Self> = match (over_arrays, rows.first()) {
                (Some(sql), Some(first)) => {
                    let values = (0..first.len()).map(|at| array(rows, at)).collect();
                    vec![Self { sql: sql.replace('?', "$"), values }]
                }
                _ => rows.iter().map(|params| Self::new(sql, params)).collect(),
            };
            queries.into_iter().map(move |query| (index, query))
        })
    }
}

fn value(param: &Param<'_>) -> Value {
    match param {
        Param::Int(number) => (Box::new(*number), Type::INT8),
        Param::Text(_) => (Box::new(text(param)), Type::TEXT),
    }
}

/// The values of one placeholder in several rows.
fn array(rows: &[Vec<Param<'_>>], at: usize) -> Value {
    let params = || rows.iter().map(|row| &row[at]);
    let number = |param: &Param<'_>| if let Param::Int(number) = param { *number } else { None };
    match &rows[0][at] {
        Param::Int(_) => (Box::new(params().map(number).collect::<Vec<_>>()), Type::INT8_ARRAY),
        Param::Text(_) => (Box::new(params().map(text).collect::<Vec<_>>()), Type::TEXT_ARRAY),
    }
}

fn text(param: &Param<'_>) -> Option<String> {
    if let Param::Text(text) = param { text.as_deref().map(str::to_owned) } else { None }
}
