//! The network: HTTP requests with limits on everything, and downloads of large files. Only this folder uses ureq.

mod download;
mod http;
mod proxy;

pub use download::{Download, DownloadCause, DownloadError, Part, download};
pub use http::{Http, HttpError, Reply, redirected, retry_after};
pub use proxy::{ProxySettings, is_loopback};
