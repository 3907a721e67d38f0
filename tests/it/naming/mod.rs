//! How movies are named, and which movie is meant.

mod parts;
mod propose;
mod typed;
mod words;
