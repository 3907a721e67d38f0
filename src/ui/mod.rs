//! Progress bars, pictures in a terminal, and the browser.

pub mod browser;
#[cfg(unix)]
pub mod keys;
pub mod picture;
pub mod progress;
pub mod update;
