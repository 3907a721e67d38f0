//! One HTTP request for a picture: no redirects, no addresses of private networks.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

use super::ProxySettings;
use super::agent::config;
use super::resolver::BoundedResolver;
use crate::env::Deadline;

/// Response headers larger than this are refused; those of picture hosts have about 1 KiB.
const MAX_HEADER_BYTES: usize = 16 << 10;

/// Makes requests for pictures over kept-alive connections; shared by all workers.
#[derive(Clone)]
pub struct PictureHttp {
    agent: Agent,
    proxies: ProxySettings,
    connect_limit: Duration,
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// The body of a 200.
    Body(Vec<u8>),
    /// Where a redirect leads, as the server wrote it.
    Redirect(String),
    /// Any other status.
    Status(u16),
}

/// The reason for which there is no answer. The texts name the host and nothing else of the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The name, the connection or the certificate.
    Unreachable(String),
    /// It took too long.
    TimedOut(String),
    /// The connection broke.
    Broken(String),
    /// The name leads to a private network, or the body is too long: asking again will not help.
    Refused(String),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(text) | Self::Broken(text) | Self::Refused(text) => f.write_str(text),
            Self::TimedOut(host) => write!(f, "{host} takes too long to answer"),
        }
    }
}

/// Turns `host:port` into addresses, as [`std::net::ToSocketAddrs`] does.
pub type Lookup = Arc<dyn Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

impl PictureHttp {
    /// A client; makes no connection yet. A proxy resolves names itself, so that of hosts that are reached through one
    /// only the names are checked, by the caller. A host that takes longer than `connect_limit` to connect to counts as
    /// out of reach.
    pub fn new(proxies: ProxySettings, connect_limit: Duration) -> Self {
        Self::with_resolver(proxies, connect_limit, PublicResolver { lookup: None })
    }

    /// A client that resolves names by `lookup`, for tests.
    pub fn with_lookup(proxies: ProxySettings, connect_limit: Duration, lookup: Lookup) -> Self {
        Self::with_resolver(proxies, connect_limit, PublicResolver { lookup: Some(lookup) })
    }

    fn with_resolver(proxies: ProxySettings, connect_limit: Duration, resolver: PublicResolver) -> Self {
        let config = config()
            .accept("image/jpeg")
            .max_response_header_size(MAX_HEADER_BYTES)
            .max_idle_connections_per_host(16)
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), proxies, connect_limit }
    }

    /// GETs `url` and reads at most `max_bytes` of the body, within the deadline.
    ///
    /// A name must resolve to public addresses only, an address or name of loopback to loopback
    /// only, and the connection goes to the very addresses that were checked.
    ///
    /// # Errors
    /// No answer, or one that is too long.
    pub fn get(&self, url: &Url, max_bytes: usize, deadline: Deadline) -> Result<Answer, NoAnswer> {
        let host = url.host_str().unwrap_or("?");
        let remaining = deadline.remaining();
        if remaining.is_zero() {
            return Err(NoAnswer::TimedOut(host.to_owned()));
        }
        let request = self.agent.get(url.as_str()).config();
        let request = request
            .proxy(self.proxies.for_url(url))
            .timeout_global(Some(remaining))
            .timeout_connect((remaining > self.connect_limit).then_some(self.connect_limit));
        let mut response = request.build().call().map_err(|e| no_answer(e, host))?;
        let status = response.status().as_u16();
        let location = response.headers().get("location").and_then(|v| v.to_str().ok());
        match (status, location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => return Ok(Answer::Redirect(location.to_owned())),
            (200, _) => {}
            _ => return Ok(Answer::Status(status)),
        }
        if response.body().content_length().is_some_and(|length| length > max_bytes as u64) {
            return Err(too_long(host));
        }
        let body = response.body_mut().with_config().limit(max_bytes as u64).read_to_vec();
        body.map(Answer::Body).map_err(|e| no_answer(e, host))
    }
}

fn too_long(host: &str) -> NoAnswer {
    NoAnswer::Refused(format!("{host} sends more than a poster"))
}

/// Resolves names, and refuses addresses that are not public.
struct PublicResolver {
    lookup: Option<Lookup>,
}

impl fmt::Debug for PublicResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicResolver")
    }
}

/// The error that [`PublicResolver`] reports through ureq, to be known again by [`no_answer`].
const PRIVATE: &str = "leads to a private network";

impl Resolver for PublicResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = match &self.lookup {
            None => BoundedResolver.resolve(uri, config, timeout)?,
            Some(lookup) => {
                let scheme = uri.scheme().ok_or(ureq::Error::HostNotFound)?;
                let authority = uri.authority().ok_or(ureq::Error::HostNotFound)?;
                let name = DefaultResolver::host_and_port(scheme, authority).ok_or(ureq::Error::HostNotFound)?;
                let mut addresses = self.empty();
                lookup(&name)?.into_iter().take(8).for_each(|address| addresses.push(address));
                addresses
            }
        };
        // The proxy itself was named by the person, and is mostly in the own network.
        if config.proxy().is_some_and(|proxy| proxy.uri() == uri) {
            return Ok(addresses);
        }
        // All of them: which one is connected to is not known here.
        let is_loopback = uri.host().is_some_and(is_loopback_host);
        let is_allowed = |ip: IpAddr| if is_loopback { ip.is_loopback() } else { is_public(ip) };
        match addresses.iter().all(|address| is_allowed(address.ip())) {
            true => Ok(addresses),
            false => Err(ureq::Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, PRIVATE))),
        }
    }
}

/// A host that is written as this machine itself.
fn is_loopback_host(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// The address is one of the internet's, by the registries of special-purpose addresses
/// (RFC 6890 and its successors) and without those that embed an IPv4 address.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        // This network; shared by carriers; protocol assignments; benchmarks; reserved and broadcast.
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only 2000::/3 is given out to the internet. Of it: Teredo, benchmarks and other assignments
    // (2001::/23), documentation (2001:db8::/32, 3fff::/20), 6to4 (2002::/16).
    let is_special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    (a & 0xe000) == 0x2000 && !is_special
}

/// Sorts what ureq reports by what to do about it.
fn no_answer(error: ureq::Error, host: &str) -> NoAnswer {
    use io::ErrorKind as Kind;
    match error {
        ureq::Error::HostNotFound => NoAnswer::Unreachable(format!("the name {host} does not resolve")),
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            NoAnswer::Unreachable(format!("{host} does not answer"))
        }
        ureq::Error::Timeout(_) => NoAnswer::TimedOut(host.to_owned()),
        ureq::Error::BodyExceedsLimit(_) => too_long(host),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired => {
            NoAnswer::Unreachable(format!("no secure connection to {host}"))
        }
        ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => {
            NoAnswer::Unreachable(format!("no connection to {host}"))
        }
        ureq::Error::Io(e) => match e.kind() {
            Kind::PermissionDenied if e.to_string() == PRIVATE => NoAnswer::Refused(format!("{host} {PRIVATE}")),
            Kind::ConnectionRefused => NoAnswer::Unreachable(format!("{host} refuses the connection")),
            Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
                NoAnswer::Unreachable(format!("no way to {host}"))
            }
            // A certificate that does not fit comes as bad data.
            Kind::InvalidData => NoAnswer::Unreachable(format!("no secure connection to {host}")),
            Kind::TimedOut | Kind::WouldBlock => NoAnswer::TimedOut(host.to_owned()),
            // The resolver's own failures have no kind.
            _ if e.to_string().contains("failed to lookup") => {
                NoAnswer::Unreachable(format!("the name {host} does not resolve"))
            }
            _ => NoAnswer::Broken(format!("the connection to {host} broke")),
        },
        _ => NoAnswer::Broken(format!("{host} does not speak HTTP as expected")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_not_public() {
        for ip in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
            "3fff::1",
            "100::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "8.8.8.8", "13.224.0.1", "100.128.0.1", "172.32.0.1", "2600:9000::1", "2a00:1450::1"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    /// The outcome of asking a name that resolves to that address, and the number of look-ups.
    fn ask(url: &str, address: &str) -> NoAnswer {
        let address: SocketAddr = address.parse().unwrap();
        let lookup = Arc::new(move |_: &str| Ok(vec!["93.184.215.14:443".parse().unwrap(), address]));
        let http = PictureHttp::with_lookup(ProxySettings::default(), Duration::from_secs(5), lookup);
        http.get(&Url::parse(url).unwrap(), 1, Deadline::after(Duration::from_secs(2))).unwrap_err()
    }

    #[test]
    fn a_name_with_a_private_address_is_refused() {
        // That one of several addresses is public does not help.
        for address in ["127.0.0.1:443", "169.254.169.254:443", "10.0.0.1:443", "[::1]:443", "[fe80::1]:443"] {
            let why = ask("https://m.media-amazon.com/images/M/a._V1_SX300.jpg", address);
            assert_eq!(why, NoAnswer::Refused(format!("m.media-amazon.com {PRIVATE}")), "{address}");
        }
    }

    #[test]
    fn a_proxy_may_be_in_the_own_network() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = std::thread::spawn(move || {
            let mut line = String::new();
            io::BufRead::read_line(&mut io::BufReader::new(listener.accept().unwrap().0), &mut line).unwrap();
            line
        });
        let lookup = Arc::new(move |name: &str| {
            assert_eq!(name, "proxy.example:3128");
            Ok(vec![address])
        });
        let proxies = ProxySettings::of("http://proxy.example:3128");
        let http = PictureHttp::with_lookup(proxies, Duration::from_secs(5), lookup);
        let url = Url::parse("https://m.media-amazon.com/images/M/a._V1_SX300.jpg").unwrap();
        http.get(&url, 1, Deadline::after(Duration::from_secs(5))).unwrap_err();
        assert!(asked.join().unwrap().starts_with("CONNECT m.media-amazon.com:443 "));
    }

    #[test]
    fn localhost_with_a_public_address_is_refused() {
        assert_eq!(ask("http://localhost:1/", "127.0.0.1:1"), NoAnswer::Refused(format!("localhost {PRIVATE}")));
    }
}
