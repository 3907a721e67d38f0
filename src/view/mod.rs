//! The documents of commands, as plain types. The text for a terminal and the JSON for scripts are both made from them.
//! A document that exists only as JSON is defined where it is printed.
//!
//! The JSON names are stable: names may be added, but none is renamed. docs/json.md explains them. Unknown values are
//! null. Fields marked `skip` are only for the text.

#![expect(missing_docs, reason = "docs/json.md explains the names")]

pub mod board;
pub(crate) mod doctor;
pub mod form;
pub(crate) mod format;
pub(crate) mod lists;
pub mod movie;
pub mod page;
pub mod pick;
pub(crate) mod search;

use serde::Serialize;
use time::UtcDateTime;

/// A point in time. In JSON, RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Timestamp(#[serde(serialize_with = "crate::model::serialize_time")] pub UtcDateTime);

/// Serializes a document on one line, as `--json` prints it.
pub fn to_json(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string(document).expect("views have text keys and finite numbers");
    text.push('\n');
    text
}
