//! Ballots: at one keyboard, on a page, out of a chat.

mod again;
pub mod chat;
mod hidden;
#[cfg(unix)]
mod keyboard;
mod messages;
mod page;
mod talk;
