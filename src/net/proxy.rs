//! Proxies, from the environment variables that most programs use.

use anyhow::{Result, anyhow};
use url::{Host, Url};

use crate::env::Env;

/// The proxies, and the hosts that are reached without them.
#[derive(Clone, Debug, Default)]
pub struct ProxySettings {
    https: Option<ureq::Proxy>,
    all: Option<ureq::Proxy>,
    /// Hosts and domains that are reached directly.
    except: Vec<String>,
}

impl ProxySettings {
    /// Reads HTTPS_PROXY, ALL_PROXY and NO_PROXY, the lower-case names first, as curl does.
    ///
    /// # Errors
    /// Names a variable that is not the address of a proxy. Its value may hold a password and is not repeated.
    pub fn from_env(env: &Env) -> Result<Self> {
        let named = |name: &'static str| {
            // If the variable were ignored, requests would bypass the proxy.
            let not_text = || anyhow!("{name} is not valid UTF-8: set it again");
            let value = env.var_os(name).map(|value| value.to_str().ok_or_else(not_text)).transpose()?;
            Ok::<_, anyhow::Error>(value.map(|value| (name, value)))
        };
        let either = |small, capital| named(small)?.map_or_else(|| named(capital), |found| Ok(Some(found)));
        let proxy = |found: Option<(&str, &str)>| {
            let parse = |(name, value): (&str, &str)| {
                parse(value.trim()).ok_or_else(|| {
                    anyhow!("{name} is not the address of a proxy: set it to one like http://proxy:3128")
                })
            };
            found.map(parse).transpose()
        };
        let except = either("no_proxy", "NO_PROXY")?.map(|(_, list)| list).unwrap_or_default();
        Ok(Self {
            https: proxy(either("https_proxy", "HTTPS_PROXY")?)?,
            all: proxy(either("all_proxy", "ALL_PROXY")?)?,
            except: except.split(',').map(|e| e.trim().to_ascii_lowercase()).filter(|e| !e.is_empty()).collect(),
        })
    }

    /// Returns the proxy for an address. `None` if it is reached directly, as every loopback address is: a proxy serves
    /// the outside network.
    pub(super) fn for_url(&self, url: &Url) -> Option<ureq::Proxy> {
        let proxy = match url.scheme() {
            "https" => self.https.as_ref().or(self.all.as_ref()),
            _ => self.all.as_ref(),
        };
        proxy.filter(|_| !is_loopback(url) && !self.is_excepted(url)).cloned()
    }

    /// Matches NO_PROXY as curl does: `*` is any host, a name is that host and all below it, and a leading dot is
    /// optional.
    fn is_excepted(&self, url: &Url) -> bool {
        let host = match url.host() {
            Some(Host::Domain(name)) => name.trim_end_matches('.').to_owned(),
            Some(Host::Ipv4(ip)) => ip.to_string(),
            Some(Host::Ipv6(ip)) => ip.to_string(),
            None => return false,
        };
        self.except.iter().any(|entry| {
            let entry = entry.trim_start_matches('*').trim_start_matches('.').trim_matches(['[', ']']);
            let below = || host.strip_suffix(entry).is_some_and(|rest| rest.ends_with('.'));
            entry.is_empty() || host == entry || below()
        })
    }
}

/// Returns true if the address is this machine's own.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Parses the address of a proxy, which may lack the scheme. `None` if it is invalid.
fn parse(address: &str) -> Option<ureq::Proxy> {
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    // ureq ignores a port that is not a number.
    Url::parse(&with_scheme).ok().filter(Url::has_host)?;
    ureq::Proxy::new(address).ok()
}
