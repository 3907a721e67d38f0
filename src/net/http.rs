//! The HTTP client: requests that are limited in bytes, time and redirects.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::time::Duration;

use time::format_description::well_known::Rfc2822;
use time::{OffsetDateTime, UtcDateTime};
use ureq::config::Config;
use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Timeout};
use url::Url;

use super::proxy::{ProxySettings, is_loopback};
use crate::env::Deadline;

/// The User-Agent: the program and its version.
const USER_AGENT: &str = concat!("movienight/", env!("CARGO_PKG_VERSION"));
/// The limit on the answer of a metadata service, in bytes. The longest recorded one has 172,306.
const MAX_BODY_BYTES: u64 = 1 << 20;
const MAX_REDIRECTS: usize = 5;

/// Makes requests over kept-alive connections. Shared by all workers.
pub struct Http {
    agent: Agent,
    proxies: ProxySettings,
    connect_limit: Duration,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The Retry-After header as the server sent it.
    pub retry_after: Option<String>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// The reason why there is no answer. The texts name the host, but not the query, which may hold a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpError {
    /// The host cannot be reached, because of its name, the connection, the certificate or the proxy.
    Unreachable(String),
    /// The request timed out.
    TimedOut(String),
    /// The connection broke.
    Broken(String),
    /// The answer is invalid, is too long, or redirects to an address that is not allowed.
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

/// The timeout of a request.
#[derive(Clone, Copy)]
pub(super) enum RequestTimeout {
    /// At this time, even if data is still arriving.
    Until(Deadline),
    /// After no byte has arrived for this long.
    Idle(Duration),
}

impl Http {
    /// Creates a client without a connection. A host that takes longer than `connect_limit` to connect to counts as
    /// unreachable.
    pub fn new(proxies: ProxySettings, connect_limit: Duration) -> Self {
        let config = Config::builder()
            .user_agent(USER_AGENT)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .http_status_as_error(false)
            // A range of an encoded file would be a range of other bytes.
            .accept_encoding("identity")
            // This client follows redirects itself, to check each of them.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections_per_host(16)
            .build();
        let agent = Agent::new_with_config(config);
        Self { agent, proxies, connect_limit }
    }

    /// GETs `url` and reads a body of at most 1 MiB. Follows redirects like [`redirected`].
    pub fn get(&self, url: &Url, deadline: Deadline) -> Result<Reply, HttpError> {
        self.get_with(url, MAX_BODY_BYTES, deadline, &redirected)
    }

    /// GETs `url` and reads a body of at most `max_bytes`. `redirect` returns the target of a redirect, given the
    /// requested address and the location as the server wrote it.
    pub fn get_with(
        &self,
        url: &Url,
        max_bytes: u64,
        deadline: Deadline,
        redirect: &dyn Fn(&Url, &str) -> Result<Url, HttpError>,
    ) -> Result<Reply, HttpError> {
        let (mut response, url) = self.open(url, &[], RequestTimeout::Until(deadline), redirect)?;
        let status = response.status().as_u16();
        let retry_after = header(&response, "retry-after").map(str::to_owned);
        let body = response.body_mut().with_config().limit(max_bytes).read_to_vec();
        Ok(Reply { status, retry_after, body: body.map_err(|error| self.explain(error, &url))? })
    }

    /// Sends a GET and follows redirects. Returns the answer, with its body unread, and the address that it came from.
    pub(super) fn open(
        &self,
        url: &Url,
        headers: &[(&str, String)],
        timeout: RequestTimeout,
        redirect: &dyn Fn(&Url, &str) -> Result<Url, HttpError>,
    ) -> Result<(Response<Body>, Url), HttpError> {
        let mut url = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let mut request = self.agent.get(url.as_str());
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            let request = request.config().proxy(self.proxies.for_url(&url));
            let request = match timeout {
                RequestTimeout::Until(deadline) => {
                    let left = deadline.remaining();
                    if left.is_zero() {
                        return Err(self.explain(ureq::Error::Timeout(Timeout::Global), &url));
                    }
                    // Not set if the deadline comes first: a host that misses it is slow, not unreachable.
                    let connect = (left > self.connect_limit).then_some(self.connect_limit);
                    request.timeout_global(Some(left)).timeout_connect(connect)
                }
                RequestTimeout::Idle(stall) => request
                    .timeout_resolve(Some(self.connect_limit))
                    .timeout_connect(Some(self.connect_limit))
                    .timeout_recv_response(Some(stall))
                    .timeout_per_read(Some(stall)),
            };
            let response = request.build().call().map_err(|error| self.explain(error, &url))?;
            let is_redirect = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
            let Some(location) = header(&response, "location").filter(|_| is_redirect) else {
                return Ok((response, url));
            };
            url = redirect(&url, location)?;
        }
        Err(HttpError::Invalid(format!("{} redirects more than five times", host(&url))))
    }

    /// Classifies an error by what can be done about it. Its text names the host or the proxy, whichever is at fault.
    pub(super) fn explain(&self, error: ureq::Error, url: &Url) -> HttpError {
        explain(error, url, self.proxies.for_url(url).as_ref())
    }
}

pub(super) fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

/// Resolves a redirect. Allows https, and http within the same loopback host, as [`Http::get`] does.
pub fn redirected(from: &Url, location: &str) -> Result<Url, HttpError> {
    let invalid = |what: &str| HttpError::Invalid(format!("{} redirects to {what}", host(from)));
    let to = from.join(location).map_err(|_| invalid("an invalid address"))?;
    let stays_home = is_loopback(from) && from.host() == to.host() && to.scheme() == "http";
    if to.scheme() == "https" || stays_home { Ok(to) } else { Err(invalid("an address without https")) }
}

/// Returns the pause that a Retry-After header (RFC 9110, section 10.2.3) asks for at `now`. `None` if unreadable.
pub fn retry_after(header: &str, now: UtcDateTime) -> Option<Duration> {
    let text = header.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    Some((until.to_utc() - now).try_into().unwrap_or_default())
}

pub(super) fn host(url: &Url) -> String {
    url.host_str().unwrap_or("?").to_owned()
}

fn explain(error: ureq::Error, url: &Url, proxy: Option<&ureq::Proxy>) -> HttpError {
    use HttpError::{Broken, Invalid, TimedOut, Unreachable};
    use io::ErrorKind as Kind;
    let host = host(url);
    // With a proxy, connections are made to the proxy, and any other failure may be caused by it or by the host.
    let name = proxy.map(|proxy| format!("the proxy {}:{}", proxy.host(), proxy.port()));
    let peer = name.as_ref().unwrap_or(&host);
    let via = name.as_ref().map(|proxy| format!(" (through {proxy})")).unwrap_or_default();
    let no_tls = || Unreachable(format!("no secure connection to {host}{via}"));
    let too_long = || TimedOut(format!("{host} took too long to answer{via}"));
    let login = || Unreachable(format!("{peer} requires a login: write its address as http://user:password@host:port"));
    match error {
        // SOCKS 4 and 5, unlike 4a and 5h, take only addresses, so both names are looked up here.
        error if is_unknown_name(&error) && proxy.is_some_and(ureq::Proxy::resolve_target) => {
            let is_address = proxy.is_some_and(|proxy| proxy.host().parse::<IpAddr>().is_ok());
            Unreachable(match is_address {
                true => format!("the name of {host} does not resolve{via}"),
                false => format!("the name of {host} or that of {peer} does not resolve"),
            })
        }
        error if is_unknown_name(&error) => Unreachable(format!("the name of {peer} does not resolve")),
        ureq::Error::ConnectProxyFailed(why) if why.contains("407") => login(),
        // This depends on ureq's text: "proxy server responded 502/502".
        ureq::Error::ConnectProxyFailed(why) => Unreachable(match why.rsplit_once('/') {
            Some((_, status)) => format!("{peer} did not connect to {host} (status {status})"),
            None => format!("{peer} does not answer"),
        }),
        ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            Unreachable(format!("{host} does not answer{via}"))
        }
        ureq::Error::Timeout(_) => too_long(),
        ureq::Error::BodyExceedsLimit(_) => Invalid(format!("{host} sent more than the size limit{via}")),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired => no_tls(),
        ureq::Error::ConnectionFailed => Unreachable(format!("no connection to {peer}")),
        ureq::Error::Io(e) => match e.kind() {
            Kind::ConnectionRefused => Unreachable(format!("{peer} refused the connection")),
            Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
                Unreachable(format!("no route to {peer}"))
            }
            // An invalid certificate is reported as invalid data.
            Kind::InvalidData if url.scheme() == "https" => no_tls(),
            Kind::TimedOut | Kind::WouldBlock => too_long(),
            // This depends on ureq's texts for the refusals of a SOCKS proxy.
            Kind::PermissionDenied if proxy.is_some() => login(),
            Kind::Other if proxy.is_some() && e.to_string().contains("auth") => login(),
            Kind::Other if proxy.is_some() => Unreachable(format!("{peer} did not connect to {host}")),
            _ => Broken(format!("the connection to {host} broke{via}")),
        },
        _ => Broken(format!("{host} sent an invalid HTTP response{via}")),
    }
}

/// Returns true if a name could not be resolved. The system's resolver reports that without an error kind.
fn is_unknown_name(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound => true,
        ureq::Error::Io(e) => e.to_string().contains("failed to lookup"),
        _ => false,
    }
}
