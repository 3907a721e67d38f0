//! The network: HTTP requests, bounded in every way, and downloads of large files. The only place that knows ureq.

mod agent;
mod download;
mod download_error;
mod http;
mod loopback;
mod part;
mod proxy;
mod request;
mod resolver;

pub use download::{Download, Downloaded, Limits, Progress, download};
pub use download_error::{Cause, Failed};
pub use http::{Http, HttpError, Reply};
pub use loopback::is_loopback;
pub use part::Part;
pub use proxy::ProxySettings;
