//! The documents of commands, as plain types: the text on a terminal and the JSON for scripts are made from the same.
//!
//! The names of the JSON are stable: more may be added, none renamed. What is not known is null. Fields that are marked
//! `skip` are for people only.

pub mod ballot;
pub mod board;
pub mod boards;
pub mod catalog;
pub mod config;
pub mod doctor;
pub mod form;
pub mod format;
pub mod health;
pub mod history;
pub mod join;
pub mod lists;
pub mod movie;
pub mod outcome;
pub mod page;
pub mod pick;
pub mod search;
pub mod voters;

use serde::{Serialize, Serializer};
use time::UtcDateTime;
use time::format_description::well_known::Rfc3339;

/// A moment, in JSON as RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub UtcDateTime);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        // A year beyond 9999, in a file that was edited by hand, has no such form.
        match self.0.format(&Rfc3339) {
            Ok(text) => out.serialize_str(&text),
            Err(_) => out.serialize_none(),
        }
    }
}

/// A document on one line, as every `--json` prints it.
pub fn to_json(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string(document).expect("views have text keys and finite numbers");
    text.push('\n');
    text
}
