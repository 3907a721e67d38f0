//! The documents of commands, as plain types: the text on a terminal and the JSON for scripts are made from the same. A
//! document without a text of its own is made where it is shown.
//!
//! The names of the JSON are stable: more may be added, none renamed. docs/json.md explains them. What is not known is null.
//! Fields that are marked `skip` are for people only.

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

use serde::{Serialize, Serializer};
use time::UtcDateTime;

/// A moment, in JSON as RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Timestamp(#[serde(serialize_with = "crate::model::serialize_time")] pub UtcDateTime);

/// A JSON object with one key.
pub fn document<T: Serialize>(name: &'static str, value: T) -> impl Serialize {
    struct Document<T>(&'static str, T);
    impl<T: Serialize> Serialize for Document<T> {
        fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
            out.collect_map([(self.0, &self.1)])
        }
    }
    Document(name, value)
}

/// A document on one line, as every `--json` prints it.
pub fn to_json(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string(document).expect("views have text keys and finite numbers");
    text.push('\n');
    text
}
