//! One HTTP request, bounded in every way.

use std::fmt;
use std::io;
use std::time::Duration;

use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::ProxySettings;
use super::agent::config;
use super::loopback::is_loopback;
use super::resolver::BoundedResolver;
use crate::env::Deadline;

/// No answer that makes sense is longer; the longest recorded one has 172,306 bytes.
const MAX_BODY_BYTES: u64 = 1 << 20;
pub(super) const MAX_REDIRECTS: usize = 5;

/// Makes requests over kept-alive connections; shared by all workers.
pub struct Http {
    agent: Agent,
    proxies: ProxySettings,
    connect_limit: Duration,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The Retry-After header as it came.
    pub retry_after: Option<String>,
    /// At most 1 MiB.
    pub body: Vec<u8>,
}

/// Why there is no answer. The texts name the host and never the query, which may hold a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpError {
    /// The name, the connection or the certificate: the host cannot be reached.
    Unreachable(String),
    /// It took too long.
    TimedOut(String),
    /// The connection broke.
    Broken(String),
    /// An answer that makes no sense, or redirects to an address that is not allowed.
    Invalid(String),
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(text) | Self::TimedOut(text) | Self::Broken(text) | Self::Invalid(text) => {
                f.write_str(text)
            }
        }
    }
}

impl std::error::Error for HttpError {}

impl Http {
    /// A client; makes no connection yet. A host that takes longer than `connect_limit` to connect to counts as out of
    /// reach.
    pub fn new(proxies: ProxySettings, connect_limit: Duration) -> Self {
        let config = config().max_idle_connections_per_host(16).build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), BoundedResolver);
        Self { agent, proxies, connect_limit }
    }

    /// GETs `url`, following redirects to https or within the same loopback host.
    ///
    /// # Errors
    /// No answer, or one that is not followed or too long.
    pub fn get(&self, url: &Url, deadline: Deadline) -> Result<Reply, HttpError> {
        self.get_with(url, MAX_BODY_BYTES, deadline, &redirected)
    }

    /// GETs `url` and reads a body of at most `max_bytes`. `redirect` decides where a redirect may lead: it gets the
    /// address that was asked and the location as the server wrote it.
    ///
    /// # Errors
    /// No answer, or one that is not followed or too long.
    pub fn get_with(
        &self,
        url: &Url,
        max_bytes: u64,
        deadline: Deadline,
        redirect: &dyn Fn(&Url, &str) -> Result<Url, HttpError>,
    ) -> Result<Reply, HttpError> {
        let mut url = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let mut response = self.send(&url, deadline)?;
            let status = response.status().as_u16();
            let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok());
            let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
            if let (true, Some(location)) = (is_redirect, header("location")) {
                url = redirect(&url, location)?;
                continue;
            }
            let retry_after = header("retry-after").map(str::to_owned);
            let body = response.body_mut().with_config().limit(max_bytes).read_to_vec();
            let body = body.map_err(|e| translate(e, &url))?;
            return Ok(Reply { status, retry_after, body });
        }
        Err(HttpError::Invalid(format!("{} redirects more than five times", host(&url))))
    }

    fn send(&self, url: &Url, deadline: Deadline) -> Result<ureq::http::Response<ureq::Body>, HttpError> {
        let remaining = deadline.remaining();
        if remaining.is_zero() {
            return Err(timed_out(&host(url)));
        }
        self.agent
            .get(url.as_str())
            .config()
            .proxy(self.proxies.for_url(url))
            .timeout_global(Some(remaining))
            .timeout_connect((remaining > self.connect_limit).then_some(self.connect_limit))
            .build()
            .call()
            .map_err(|e| translate(e, url))
    }
}

pub(super) fn redirected(from: &Url, location: &str) -> Result<Url, HttpError> {
    let to = from.join(location).map_err(|_| HttpError::Invalid(format!("{} redirects to no address", host(from))))?;
    let stays_home = is_loopback(from) && from.host() == to.host() && to.scheme() == "http";
    if to.scheme() == "https" || stays_home {
        Ok(to)
    } else {
        Err(HttpError::Invalid(format!("{} redirects to an address that is not secure", host(from))))
    }
}

pub(super) fn host(url: &Url) -> String {
    url.host_str().unwrap_or("?").to_owned()
}

fn timed_out(host: &str) -> HttpError {
    HttpError::TimedOut(format!("{host} takes too long to answer"))
}

/// Sorts what ureq reports by what to do about it.
pub(super) fn translate(error: ureq::Error, url: &Url) -> HttpError {
    use io::ErrorKind as Kind;
    let host = host(url);
    match error {
        ureq::Error::HostNotFound => HttpError::Unreachable(format!("the name {host} does not resolve")),
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            HttpError::Unreachable(format!("{host} does not answer"))
        }
        ureq::Error::Timeout(_) => timed_out(&host),
        ureq::Error::BodyExceedsLimit(_) => HttpError::Invalid(format!("{host} answers without end")),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired => {
            HttpError::Unreachable(format!("no secure connection to {host}"))
        }
        ureq::Error::ConnectionFailed => HttpError::Unreachable(format!("no connection to {host}")),
        ureq::Error::ConnectProxyFailed(_) => {
            HttpError::Unreachable(format!("the proxy makes no connection to {host}"))
        }
        ureq::Error::Io(e) => match e.kind() {
            Kind::ConnectionRefused => HttpError::Unreachable(format!("{host} refuses the connection")),
            Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
                HttpError::Unreachable(format!("no way to {host}"))
            }
            // A certificate that does not fit comes as bad data.
            Kind::InvalidData if url.scheme() == "https" => {
                HttpError::Unreachable(format!("no secure connection to {host}"))
            }
            Kind::TimedOut | Kind::WouldBlock => timed_out(&host),
            // The resolver's own failures have no kind.
            _ if e.to_string().contains("failed to lookup") => {
                HttpError::Unreachable(format!("the name {host} does not resolve"))
            }
            _ => HttpError::Broken(format!("the connection to {host} broke")),
        },
        _ => HttpError::Broken(format!("{host} does not speak HTTP as expected")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_stay_secure() {
        let from = |url: &str, to: &str| redirected(&Url::parse(url).unwrap(), to).map(|u| u.to_string()).ok();
        assert_eq!(from("https://a/x", "/y"), Some("https://a/y".into()));
        assert_eq!(from("https://a/x", "https://b/y"), Some("https://b/y".into()));
        assert_eq!(from("http://127.0.0.1:1/x", "http://127.0.0.1:2/y"), Some("http://127.0.0.1:2/y".into()));
        for (url, to) in
            [("https://a/x", "http://a/y"), ("http://127.0.0.1/x", "http://10.0.0.1/"), ("https://a/x", "file:///etc")]
        {
            assert_eq!(from(url, to), None, "{to}");
        }
    }
}
