//! The vote board, as a table, a page and in a terminal.

mod page;
mod page_file;
mod plain;
#[cfg(unix)]
mod terminal;
mod view;
