//! The database: one file, its drivers, kills, races, and what can be wrong with it.

mod bad_input;
mod drivers;
mod frozen;
mod killed;
mod many;
mod migrations;
pub mod no_room;
mod one_file;
mod queries;
