//! One HTTP request, bounded in every way. The only place that knows ureq.

use std::io;
use std::time::Duration;

use ureq::Agent;
use url::{Host, Url};

use super::error::FetchError;
use crate::env::Deadline;

/// Names the program to the services, as they ask: an unnamed client is refused by some.
const USER_AGENT: &str = concat!("movienight/", env!("CARGO_PKG_VERSION"));
/// No answer that makes sense is longer; the longest recorded one has 172,306 bytes.
const MAX_BODY_BYTES: u64 = 1 << 20;
const MAX_REDIRECTS: usize = 5;
/// A host that takes longer to connect to counts as out of reach.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// Makes requests over kept-alive connections; shared by all workers.
pub struct Http {
    agent: Agent,
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

impl Http {
    /// A client; makes no connection yet. `proxy` is an address such as `http://proxy:3128`.
    pub fn new(proxy: Option<&str>) -> Self {
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .http_status_as_error(false)
            // Redirects are followed here, by our own rules.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections_per_host(16)
            // The environment is read elsewhere; what it says of a proxy is handed in.
            .proxy(proxy.and_then(|p| ureq::Proxy::new(p).ok()))
            .build();
        Self { agent: config.into() }
    }

    /// GETs `url`, following redirects to https or within the same loopback host.
    ///
    /// # Errors
    /// No answer, or one that is not followed or too long. No error text holds the query.
    pub fn get(&self, url: &Url, deadline: Deadline) -> Result<Reply, FetchError> {
        let mut url = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let mut response = self.send(&url, deadline)?;
            let status = response.status().as_u16();
            let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok());
            let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
            if let (true, Some(location)) = (is_redirect, header("location")) {
                url = redirected(&url, location)?;
                continue;
            }
            let retry_after = header("retry-after").map(str::to_owned);
            let body = response.body_mut().with_config().limit(MAX_BODY_BYTES).read_to_vec();
            let body = body.map_err(|e| fault(e, &url))?;
            return Ok(Reply { status, retry_after, body });
        }
        Err(FetchError::Garbage(format!("{} redirects in a circle", host(&url))))
    }

    fn send(&self, url: &Url, deadline: Deadline) -> Result<ureq::http::Response<ureq::Body>, FetchError> {
        let remaining = deadline.remaining();
        if remaining.is_zero() {
            return Err(FetchError::TimedOut(host(url)));
        }
        self.agent
            .get(url.as_str())
            .config()
            .timeout_global(Some(remaining))
            .timeout_connect((remaining > CONNECT_LIMIT).then_some(CONNECT_LIMIT))
            .build()
            .call()
            .map_err(|e| fault(e, url))
    }
}

fn redirected(from: &Url, location: &str) -> Result<Url, FetchError> {
    let to = from.join(location).map_err(|_| FetchError::Garbage(format!("{} redirects to no address", host(from))))?;
    let stays_home = is_loopback(from) && from.host() == to.host() && to.scheme() == "http";
    if to.scheme() == "https" || stays_home {
        Ok(to)
    } else {
        Err(FetchError::Garbage(format!("{} redirects to an address that is not secure", host(from))))
    }
}

/// Whether an address is this machine's own.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or("?").to_owned()
}

/// Sorts what ureq reports by what to do about it.
fn fault(error: ureq::Error, url: &Url) -> FetchError {
    use io::ErrorKind as Kind;
    let host = host(url);
    match error {
        ureq::Error::HostNotFound => FetchError::Unreachable(format!("the name {host} does not resolve")),
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            FetchError::Unreachable(format!("{host} does not answer"))
        }
        ureq::Error::Timeout(_) => FetchError::TimedOut(host),
        ureq::Error::BodyExceedsLimit(_) => FetchError::Garbage(format!("{host} answers without end")),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired => {
            FetchError::Unreachable(format!("no secure connection to {host}"))
        }
        ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => {
            FetchError::Unreachable(format!("no connection to {host}"))
        }
        ureq::Error::Io(e) => match e.kind() {
            Kind::ConnectionRefused => FetchError::Unreachable(format!("{host} refuses the connection")),
            Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
                FetchError::Unreachable(format!("no way to {host}"))
            }
            // A certificate that does not fit comes as bad data.
            Kind::InvalidData if url.scheme() == "https" => {
                FetchError::Unreachable(format!("no secure connection to {host}"))
            }
            Kind::TimedOut | Kind::WouldBlock => FetchError::TimedOut(host),
            // The resolver's own failures have no kind.
            _ if e.to_string().contains("failed to lookup") => {
                FetchError::Unreachable(format!("the name {host} does not resolve"))
            }
            _ => FetchError::Broken(format!("the connection to {host} broke")),
        },
        _ => FetchError::Broken(format!("{host} does not speak HTTP as expected")),
    }
}
