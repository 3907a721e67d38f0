//! The progress bar, keys, pictures in a terminal, and the browser.

pub(crate) mod browser;
#[cfg(unix)]
pub(crate) mod keys;
pub mod picture;
pub(crate) mod progress;
