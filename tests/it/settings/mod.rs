//! Settings, joining a board, and `doctor`.

mod config;
mod doctor;
#[cfg(unix)]
mod join;
mod table;
