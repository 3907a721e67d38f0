//! Tests from the outside: most call `movienight::run` with an environment made by hand, some run the real binary.
#![allow(missing_docs, clippy::unwrap_used)]

mod ballot;
mod board;
mod cache;
mod catalog;
mod clock;
mod documents;
mod house;
mod lists;
mod model;
mod naming;
mod pictures;
mod rules;
mod server;
mod settings;
mod store;
mod support;
mod undo;
mod voting;
