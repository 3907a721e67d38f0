//! The network: HTTP requests, bounded in every way, and downloads of large files. The only place that knows ureq.

mod download;
mod http;
mod proxy;
mod retry_after;

pub use download::{Cause, Download, DownloadError, Part, download};
pub use http::{Http, HttpError, Reply, redirected};
pub use proxy::{ProxySettings, is_loopback};
pub use retry_after::retry_after;
