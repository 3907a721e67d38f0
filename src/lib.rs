//! A group movie vote for the terminal.
//!
//! # The map
//!
//! One way, from the top to the bottom: a file uses only what stands below it.
//!
//! | part | what it does |
//! | --- | --- |
//! | `main.rs` | parses, makes the [`env::Env`](mod@env), calls [`run`], prints the error, exits |
//! | [`cli`] | every type of the command line, no logic |
//! | `commands` | a file a command: opens what it needs, acts, shows |
//! | `session` | what commands share: options, the place of the data, naming and choosing movies |
//! | [`render`] | data to text; prints nothing |
//! | [`ui`] | the progress bar |
//! | [`cache`] | the 24-hour rule, what to fetch when |
//! | [`sources`] | the metadata services, their order and their health |
//! | [`net`] | HTTP |
//! | [`store`] | the database: all SQL |
//! | [`model`] | the types and rules of a movie night: pure, no I/O |
//! | [`mod@env`] | the only reader of the clock, the environment and the terminal |
//!
//! # The rules
//!
//! - Data first, text second, printing last.
//! - Fetch first, then write: no transaction is open during a request, and a command that is only
//!   local makes no request.
//! - What comes from the network is cleaned and bounded before it is stored
//!   ([`model::title::RawTitle`]).
//! - Only [`store`] knows rusqlite, only [`net`] knows ureq.

pub mod cache;
pub mod cli;
mod commands;
pub mod env;
pub mod model;
pub mod net;
pub mod render;
mod session;
pub mod sources;
pub mod store;
pub mod ui;

pub use commands::{Status, run};
