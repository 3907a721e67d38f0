//! Tests from the outside: most through `movienight::run` with an environment made by hand, some
//! through the real binary.
#![allow(missing_docs, clippy::unwrap_used)]

mod bad_input;
mod board;
mod cache;
mod house;
mod propose;
mod readme;
mod sources;
mod support;
