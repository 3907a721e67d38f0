//! The network: HTTP requests, bounded in every way, and downloads of large files. The only place that knows ureq.

mod download;
mod http;
mod proxy;

pub use download::{Cause, Download, DownloadError, Part, download};
pub use http::{Http, HttpError, Reply, redirected, retry_after};
pub use proxy::{ProxySettings, is_loopback};
