//! Statements as PostgreSQL takes them.

use tokio_postgres::types::{ToSql, Type};

use crate::store::db::{Param, Statement};

/// A value of a placeholder, with the type that the server is told, so that it need not be asked.
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

    /// The queries that run a statement for each of its sets of values: one over arrays, if it has a text for that.
    pub fn of(statement: &Statement<'_>) -> Vec<Self> {
        let sets = &statement.sets;
        if let (Some(sql), [first, _, ..]) = (&statement.over_arrays, &sets[..]) {
            let values = (0..first.len()).map(|at| array(sets, at)).collect();
            return vec![Self { sql: sql.replace('?', "$"), values }];
        }
        sets.iter().map(|set| Self::new(&statement.sql, set)).collect()
    }
}

fn value(param: &Param<'_>) -> Value {
    match param {
        Param::Int(number) => (Box::new(*number), Type::INT8),
        Param::Text(text) => (Box::new(text.as_deref().map(str::to_owned)), Type::TEXT),
    }
}

/// The values of one placeholder in all sets.
fn array(sets: &[Vec<Param<'_>>], at: usize) -> Value {
    let int = |set: &Vec<Param<'_>>| if let Param::Int(number) = &set[at] { *number } else { None };
    let text =
        |set: &Vec<Param<'_>>| if let Param::Text(text) = &set[at] { text.as_deref().map(str::to_owned) } else { None };
    match &sets[0][at] {
        Param::Int(_) => (Box::new(sets.iter().map(int).collect::<Vec<_>>()), Type::INT8_ARRAY),
        Param::Text(_) => (Box::new(sets.iter().map(text).collect::<Vec<_>>()), Type::TEXT_ARRAY),
    }
}
