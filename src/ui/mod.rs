//! What moves on a terminal, and what opens beside it, and pictures.

pub mod browser;
pub mod picture;
pub mod progress;
