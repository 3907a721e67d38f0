//! What moves on a terminal, and what opens beside it.

pub mod browser;
pub mod progress;
pub mod update;
