//! A group movie vote for the terminal.
//!
//! # The map
//!
//! One way, from the top to the bottom: a file uses only what stands below it.
//!
//! | part | what it does |
//! | --- | --- |
//! | `main.rs` | parses, makes the [`env::Env`](mod@env), calls [`run`], prints the error, exits |
//! | `commands` | a file a command: its arguments, and what it does |
//! | `naming` | how movies are named and chosen |
//! | `context` | what commands share: options, settings, the place of the data, the evening |
//! | [`render`] | views to text: tables, cards; prints nothing |
//! | [`ui`] | what moves: the progress bar; what opens: the browser; pictures in a terminal |
//! | [`view`] | what commands show, as plain types: text and JSON are made from them |
//! | [`cache`] | the 24-hour rule, what to fetch when |
//! | [`posters`] | pictures: where they are asked for, what is accepted, where they are kept |
//! | [`catalog`] | IMDb's datasets as a local catalogue in a file of its own: download, import, search |
//! | [`sources`] | the metadata services: registry, clients, fetching by batches |
//! | [`net`] | HTTP: requests, and downloads of large files |
//! | [`store`] | the database of a board: all SQL, once, over a small driver |
//! | [`state`] | what this machine remembers: views, requests, unreachable sources |
//! | [`config`] | the settings: one table of options, variables, keys of `config.toml` and defaults |
//! | `lists` | lists of other programs: read from their files, written for them |
//! | [`model`] | the types and rules of a movie night: pure, no I/O |
//! | [`failure`] | errors for a person: what, and the next step |
//! | `files` | folders and files as all parts write them |
//! | `paths`, [`mod@env`] | the only readers of the platform's folders, the clock, the environment, the terminal |
//!
//! # The rules
//!
//! - Data first, text second, printing last.
//! - Fetch first, then write: no transaction is open during a request, and a command that is only local makes no request.
//! - Text from the network is sanitized and bounded before it is stored ([`model::title::RawTitle`]).
//! - Each crate is known in one place: rusqlite in `store::sqlite` and, for its own file, in [`catalog`], tokio in
//!   `store::postgres`, ureq in [`net`], comfy-table in [`render::table`], jpeg-decoder in [`posters::decode`],
//!   toml_edit in [`config`], csv and zip in `lists`.

pub mod cache;
pub mod catalog;
mod commands;
pub mod config;
mod context;
pub mod env;
pub mod failure;
mod files;
mod lists;
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
pub mod view;

pub use commands::{Cli, Status, report_usage, run};
