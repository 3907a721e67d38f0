//! Which sources there are, and which of them the environment names.

use anyhow::Result;
use url::Url;

use super::Source;
use super::cinemeta::{self, Cinemeta};
use super::imdbapi::{self, ImdbApi};
use super::omdb::{self, Omdb};
use crate::env::{Clock, Env, TimeLimits};
use crate::failure::Failure;
use crate::model::text::quoted;
use crate::net::{ProxySettings, is_loopback};

/// A source that this program knows. A new one is a file of its own and an entry of the registry.
pub(super) struct Registration {
    /// Its name in MOVIENIGHT_SOURCES, in the database and in `cache stats`.
    pub name: &'static str,
    /// The variable that sets its address, and the address without it.
    address: (&'static str, &'static str),
    /// The variable that holds a key without which it does not answer. With one, it is asked first.
    key: Option<&'static str>,
    /// Opens it at an address, with its key.
    pub open: fn(Url, String, Clock) -> Box<dyn Source>,
}

static REGISTRY: [Registration; 3] = [
    Registration {
        name: imdbapi::NAME,
        address: ("MOVIENIGHT_IMDBAPI_URL", "https://api.tiffara.com"),
        key: None,
        open: |base, _, _| Box::new(ImdbApi { base }),
    },
    Registration {
        name: cinemeta::NAME,
        address: ("MOVIENIGHT_CINEMETA_URL", "https://v3-cinemeta.strem.io"),
        key: None,
        open: |base, _, _| Box::new(Cinemeta { base }),
    },
    Registration {
        name: omdb::NAME,
        address: ("MOVIENIGHT_OMDB_URL", "https://www.omdbapi.com"),
        key: Some("MOVIENIGHT_OMDB_KEY"),
        open: |base, key, clock| Box::new(Omdb { base, key, clock }),
    },
];

/// The sources that are asked when MOVIENIGHT_SOURCES is not set.
const DEFAULT_ORDER: &str = "imdbapi,cinemeta";

/// The sources in their order, with what they need. Holds keys, so it is never printed.
#[derive(Clone)]
pub struct Settings {
    pub(super) sources: Vec<Configured>,
    pub(super) proxies: ProxySettings,
    pub(super) clock: Clock,
    /// Limits on waiting.
    pub limits: TimeLimits,
}

#[derive(Clone)]
pub(super) struct Configured {
    pub registration: &'static Registration,
    pub base: Url,
    pub key: String,
}

impl Settings {
    /// Reads MOVIENIGHT_SOURCES and what belongs to it.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Env) -> Result<Self> {
        let names = env.var("MOVIENIGHT_SOURCES")?.unwrap_or(DEFAULT_ORDER);
        let named: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let mut order: Vec<&'static Registration> = Vec::new();
        // Who has a key wants it used: unless its place is named, such a source comes first.
        for registration in &REGISTRY {
            let has_key = registration.key.map(|variable| env.var(variable)).transpose()?.flatten().is_some();
            if has_key && !named.contains(&registration.name) {
                order.push(registration);
            }
        }
        for name in named {
            let found = REGISTRY.iter().find(|registration| registration.name == name);
            let registration = found.ok_or_else(|| unknown(name))?;
            if !order.iter().any(|known| known.name == registration.name) {
                order.push(registration);
            }
        }
        let configure = |registration: &&'static Registration| configure(registration, env);
        Ok(Self {
            sources: order.iter().map(configure).collect::<Result<_>>()?,
            proxies: ProxySettings::from_env(env)?,
            clock: env.clock.clone(),
            limits: env.limits,
        })
    }

    /// The addresses of those sources that are on this machine.
    pub fn on_loopback(&self) -> Vec<Url> {
        self.sources.iter().map(|source| &source.base).filter(|base| is_loopback(base)).cloned().collect()
    }

    /// The proxies.
    pub fn proxies(&self) -> &ProxySettings {
        &self.proxies
    }

    /// The names of the sources, first asked first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.sources.iter().map(|source| source.registration.name)
    }
}

fn unknown(name: &str) -> Failure {
    let names: Vec<&str> = REGISTRY.iter().map(|registration| registration.name).collect();
    let error = format!("MOVIENIGHT_SOURCES names {}, which is none of {}", quoted(name), names.join(", "));
    Failure::new(error).hint(format!("set it to a list such as {DEFAULT_ORDER}, or unset it"))
}

fn configure(registration: &'static Registration, env: &Env) -> Result<Configured> {
    let key = match registration.key {
        None => String::new(),
        Some(variable) => env.var(variable)?.map(str::to_owned).ok_or_else(|| {
            Failure::new(format!("MOVIENIGHT_SOURCES names {}, and {variable} is not set", registration.name))
                .hint(format!("set {variable} too"))
        })?,
    };
    let (variable, default) = registration.address;
    let text = env.var(variable)?.unwrap_or(default);
    let base = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let base = base.ok_or_else(|| {
        Failure::new(format!("{variable} is not a web address")).hint(format!("give one like {default}"))
    })?;
    Ok(Configured { registration, base, key })
}
