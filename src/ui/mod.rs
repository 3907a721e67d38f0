//! What moves on a terminal.

pub mod progress;
