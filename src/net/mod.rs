//! The network: HTTP requests, bounded in every way. The only place that knows ureq.

mod http;
pub mod picture;
mod proxy;
mod resolver;

pub use http::{Http, HttpError, Reply, is_loopback};
pub use proxy::ProxySettings;
