//! How movies are named, and which movie is meant.

mod list;
mod parts;
mod propose;
mod typed;
mod words;
