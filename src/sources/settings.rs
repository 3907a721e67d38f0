//! Which sources there are, and which of them the environment names.

use anyhow::Result;
use url::Url;

use super::registration::Registration;
use super::{cinemeta, imdbapi, omdb};
use crate::env::{Clock, Env, TimeLimits};
use crate::failure::Failure;
use crate::model::text::quoted;
use crate::net::{ProxySettings, is_loopback};

/// A new source is a file of its own and a line here.
const REGISTRY: [&Registration; 3] = [&imdbapi::REGISTRATION, &cinemeta::REGISTRATION, &omdb::REGISTRATION];

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
        for registration in REGISTRY {
            let has_key = registration.key.map(|variable| env.var(variable)).transpose()?.flatten().is_some();
            if has_key && !named.contains(&registration.name) {
                order.push(registration);
            }
        }
        for name in named {
            let found = REGISTRY.into_iter().find(|registration| registration.name == name);
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
