//! What people type, and which movie it means.

mod parts;
mod propose;
mod typed;
mod words;
