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

    /// A statement with these texts as its values.
    pub fn with_texts<const N: usize>(sql: impl Into<String>, texts: [&str; N]) -> Self {
        let values = texts.map(|text| text_value(Some(text))).into();
        Self { sql: sql.into(), values }
    }

    /// The queries that run a statement for each of its sets of values.
    pub fn of(statement: &Statement<'_>) -> Vec<Self> {
        let values = |set: &Vec<Param<'_>>| set.iter().map(value).collect();
        statement.sets.iter().map(|set| Self { sql: with_dollars(&statement.sql), values: values(set) }).collect()
    }
}

/// Placeholders as the server takes them: `$1` for `?1`. No text in the store's SQL holds a question mark.
fn with_dollars(sql: &str) -> String {
    sql.replace('?', "$")
}

fn value(param: &Param<'_>) -> Value {
    match param {
        Param::Int(number) => (Box::new(*number), Type::INT8),
        Param::Text(text) => text_value(text.as_deref()),
    }
}

fn text_value(text: Option<&str>) -> Value {
    (Box::new(text.map(str::to_owned)), Type::TEXT)
}
