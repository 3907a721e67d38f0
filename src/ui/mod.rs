//! Progress bars, and the browser.

pub mod browser;
pub mod progress;
