//! Progress bars, pictures in a terminal, and the browser.

pub mod browser;
pub mod picture;
pub mod progress;
pub mod update;
