//! The network: HTTP requests, bounded in every way.

pub mod error;
pub mod http;
