//! Ballots: at one keyboard, on a page, and from a chat.

mod again;
pub mod chat;
mod hidden;
#[cfg(unix)]
mod keyboard;
mod memory;
mod messages;
mod names;
mod page;
mod talk;
