//! Tests from the outside: most through `movienight::run` with an environment made by hand, some
//! through the real binary.
#![allow(missing_docs, clippy::unwrap_used)]

mod background;
mod bad_input;
mod ballot_chat;
#[cfg(unix)]
mod ballot_keyboard;
mod ballot_page;
mod board;
mod cache;
mod catalog_search;
mod catalog_source;
mod catalog_update;
mod chat;
mod chat_corpus;
mod chat_talk;
mod clock;
mod config;
mod doctor;
mod drivers;
mod evening;
mod export;
mod generated;
mod health;
mod house;
mod import;
mod import_bad;
#[cfg(unix)]
mod join;
mod killed;
mod many;
mod migrations;
mod model;
mod naming;
mod network;
mod no_room;
mod omdb;
mod one_file;
mod overlap;
mod page;
mod page_file;
#[cfg(feature = "pictures")]
mod picture;
#[cfg(feature = "pictures")]
mod pictures;
mod plain;
#[cfg(feature = "pictures")]
mod poster_store;
#[cfg(feature = "pictures")]
mod posters;
mod propose;
// README shows the default build.
#[cfg(feature = "pictures")]
mod readme;
mod real_servers;
mod refresh;
#[cfg(unix)]
mod server_away;
mod server_rights;
mod shells;
// The snapshots are of the default build.
#[cfg(all(feature = "pictures", feature = "postgres"))]
mod snapshots;
mod sources;
mod support;
#[cfg(unix)]
mod terminal;
mod together;
mod typed;
mod undo;
mod undo_people;
mod voting;
#[cfg(all(unix, not(feature = "pictures")))]
mod without_pictures;
mod words;
