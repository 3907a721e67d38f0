//! Importing, exporting and comparing lists.

mod export;
mod import;
mod import_bad;
mod matched;
mod overlap;
