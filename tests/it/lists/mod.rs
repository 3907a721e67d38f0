//! Lists in and out.

mod export;
mod import;
mod import_bad;
mod matched;
mod overlap;
