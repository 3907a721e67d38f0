//! Statements as PostgreSQL takes them. Statements that differ in their values only become one over arrays, so that a
//! list of any length is one statement.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::store::db::{Param, Statement};

/// A value, or one for each of several statements.
#[derive(Debug)]
pub enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
}

impl Value {
    /// The type that the server is told, so that it need not be asked.
    pub fn sql_type(&self) -> Type {
        match self {
            Self::Int(_) => Type::INT8,
            Self::Text(_) => Type::TEXT,
            Self::Ints(_) => Type::INT8_ARRAY,
            Self::Texts(_) => Type::TEXT_ARRAY,
        }
    }

    fn of(param: &Param<'_>) -> Self {
        match param {
            Param::Int(number) => Self::Int(*number),
            Param::Text(text) => Self::Text(text.as_deref().map(str::to_owned)),
        }
    }

    /// The values of one placeholder in several statements.
    fn column(statements: &[&Statement<'_>], at: usize) -> Option<Self> {
        let params = || statements.iter().map(|statement| statement.params.get(at));
        match params().next()?? {
            Param::Int(_) => params()
                .map(|param| if let Some(Param::Int(number)) = param { Some(*number) } else { None })
                .collect::<Option<_>>()
                .map(Self::Ints),
            Param::Text(_) => params()
                .map(|param| match param {
                    Some(Param::Text(text)) => Some(text.as_deref().map(str::to_owned)),
                    _ => None,
                })
                .collect::<Option<_>>()
                .map(Self::Texts),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Int(number) => number.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Ints(numbers) => numbers.to_sql(ty, out),
            Self::Texts(texts) => texts.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::INT8_ARRAY, Type::TEXT_ARRAY].contains(ty)
    }

    to_sql_checked!();
}

/// A statement to send.
#[derive(Debug)]
pub struct Query {
    pub sql: String,
    pub values: Vec<Value>,
    /// The statements that it stands for, by their places among those that were given. Several: the last column of each
    /// row tells which of them it belongs to, from 1 on.
    pub places: Vec<usize>,
}

impl Query {
    /// A statement without values.
    pub fn plain(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new(), places: vec![0] }
    }

    /// A statement with these texts as its values.
    pub fn with_texts<const N: usize>(sql: impl Into<String>, texts: [&str; N]) -> Self {
        let values = texts.map(|text| Value::Text(Some(text.to_owned()))).into();
        Self { sql: sql.into(), values, places: vec![0] }
    }

    fn one(statement: &Statement<'_>, place: usize) -> Self {
        let values = statement.params.iter().map(Value::of).collect();
        Self { sql: with_placeholders(&statement.sql, "$"), values, places: vec![place] }
    }
}

/// The queries to send for these statements. Reading is grouped whatever stands between; writing keeps its order.
pub fn queries(statements: &[Statement<'_>], only_reads: bool) -> Vec<Query> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_sql: HashMap<&str, usize> = HashMap::new();
    for (place, statement) in statements.iter().enumerate() {
        match by_sql.get(&*statement.sql) {
            Some(&group) => groups[group].push(place),
            None => {
                if !only_reads {
                    by_sql.clear();
                }
                by_sql.insert(&statement.sql, groups.len());
                groups.push(vec![place]);
            }
        }
    }
    groups.into_iter().flat_map(|places| merged(statements, only_reads, places)).collect()
}

fn merged(statements: &[Statement<'_>], only_reads: bool, places: Vec<usize>) -> Vec<Query> {
    let group: Vec<&Statement<'_>> = places.iter().map(|&place| &statements[place]).collect();
    let values: Option<Vec<Value>> = (0..group[0].params.len()).map(|at| Value::column(&group, at)).collect();
    let sql = (group.len() > 1).then(|| over_arrays(group[0], only_reads, values.as_deref()?)).flatten();
    match (sql, values) {
        (Some(sql), Some(values)) => vec![Query { sql, values, places }],
        _ => group.iter().zip(places).map(|(statement, place)| Query::one(statement, place)).collect(),
    }
}

/// One statement that does what this one does for each set of values; none: it has no form for which that is known.
fn over_arrays(statement: &Statement<'_>, only_reads: bool, values: &[Value]) -> Option<String> {
    let sql = &*statement.sql;
    if values.is_empty() {
        return None;
    }
    let mut rows = String::from("unnest(");
    let mut names = String::new();
    for (at, value) in (1..).zip(values) {
        let comma = if at > 1 { ", " } else { "" };
        let _ =
            write!(rows, "{comma}${at}::{}[]", if value.sql_type() == Type::INT8_ARRAY { "bigint" } else { "text" });
        let _ = write!(names, "v{at}, ");
    }
    let rows = format!("{rows}) WITH ORDINALITY AS given ({names}place)");
    let inner = |sql: &str| with_placeholders(sql, "given.v");
    if only_reads {
        let inner = inner(sql);
        return Some(format!(
            "SELECT q.*, given.place FROM {rows}
             CROSS JOIN LATERAL (SELECT s.*, row_number() OVER () AS n FROM ({inner}) s) q ORDER BY given.place, q.n"
        ));
    }
    if let Some((start, rest)) = sql.split_once("VALUES (").filter(|_| sql.starts_with("INSERT INTO ")) {
        let (row, end) = rest.split_once(')')?;
        let is_plain = !start.contains('?') && !end.contains('?') && !row.contains('(');
        return is_plain.then(|| format!("{start}SELECT {} FROM {rows} ORDER BY given.place{end}", inner(row)));
    }
    let (start, condition) = sql.split_once(" WHERE ").filter(|(start, _)| !start.contains('?'))?;
    let word = match () {
        () if sql.starts_with("DELETE FROM ") => "USING",
        () if sql.starts_with("UPDATE ") => "FROM",
        () => return None,
    };
    Some(format!("{start} {word} {rows} WHERE {}", inner(condition)))
}

/// `?1` as `$1`, or as the name of a column. No text in the store's SQL holds a question mark.
fn with_placeholders(sql: &str, prefix: &str) -> String {
    sql.replace('?', prefix)
}
