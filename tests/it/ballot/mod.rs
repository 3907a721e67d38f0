//! Ballots: at one keyboard, on a page, out of a chat.

pub mod chat;
mod hidden;
#[cfg(unix)]
mod keyboard;
mod messages;
mod page;
mod talk;
