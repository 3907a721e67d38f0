//! A group movie vote for the terminal.
//!
//! `docs/ARCHITECTURE.md` has the map. Dependencies go one way: a file uses only its own part and those below it.
//!
//! # The rules
//!
//! - Data first, text second, printing last.
//! - Fetch first, then write: no transaction is open during a request. A local command makes no request.
//! - Text from the network is sanitized and bounded before it is stored ([`model::title::RawTitle`]).
//! - Each outside crate is used in one place: rusqlite in `store::sqlite` and, for its own file, in [`catalog`], tokio
//!   in `store::postgres`, ureq in [`net`], comfy-table in [`render::table`](mod@render::table), jpeg-decoder in
//!   [`posters::decode`], toml_edit in [`config`], csv and rawzip in [`lists`].

pub mod cache;
pub mod catalog;
mod commands;
pub mod config;
mod context;
pub mod env;
mod files;
pub mod lists;
pub mod model;
mod naming;
pub mod net;
mod paths;
pub mod posters;
pub mod render;
pub mod sources;
pub mod state;
pub mod store;
pub mod ui;
pub mod user_error;
pub mod view;

pub use commands::{Cli, report_usage, run};
