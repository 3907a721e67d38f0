//! The known sources, and the choice that the settings make among them.

use anyhow::Result;
use url::Url;

use super::Source;
use super::cinemeta::{self, Cinemeta};
use super::imdbapi::{self, ImdbApi};
use super::omdb::{self, Omdb};
use crate::config::{Config, Key};
use crate::env::{Clock, Env, TimeLimits};
use crate::model::text::quoted;
use crate::net::{ProxySettings, is_loopback};
use crate::user_error::UserError;

/// A source that this program knows. A new one is a file of its own and an entry of the registry.
pub(super) struct Registration {
    /// Its name in the settings, in the database and in `cache stats`.
    pub name: &'static str,
    address: Key,
    /// The setting of a key without which it does not answer. With one, it is asked first.
    key: Option<Key>,
    /// Opens it at an address, with its key.
    pub open: fn(Url, String, Clock) -> Box<dyn Source>,
}

static REGISTRY: [Registration; 3] = [
    Registration {
        name: imdbapi::NAME,
        address: Key::ImdbapiUrl,
        key: None,
        open: |base, _, _| Box::new(ImdbApi { base }),
    },
    Registration {
        name: cinemeta::NAME,
        address: Key::CinemetaUrl,
        key: None,
        open: |base, _, _| Box::new(Cinemeta { base }),
    },
    Registration {
        name: omdb::NAME,
        address: Key::OmdbUrl,
        key: Some(Key::OmdbKey),
        open: |base, key, clock| Box::new(Omdb { base, key, clock }),
    },
];

/// The sources in their order, with what they need. Holds keys, so it is never printed.
#[derive(Clone)]
pub struct Settings {
    pub(super) sources: Vec<Configured>,
    /// The proxies.
    pub proxies: ProxySettings,
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
    /// Reads which sources are asked, and what belongs to them.
    pub fn new(env: &Env, config: &Config) -> Result<Self> {
        let names = config.text_or_default(Key::Sources)?;
        let named = listed(names);
        let mut order: Vec<&'static Registration> = Vec::new();
        // A source with a key comes first, unless the settings name its position.
        for registration in &REGISTRY {
            let has_key = registration.key.map(|key| config.text(key)).transpose()?.flatten().is_some();
            if has_key && !named.clone().any(|name| name == registration.name) {
                order.push(registration);
            }
        }
        for name in named {
            let found = REGISTRY.iter().find(|registration| registration.name == name);
            let registration = found.ok_or_else(|| unknown(name, &config.name_of(Key::Sources)))?;
            if !order.iter().any(|known| known.name == registration.name) {
                order.push(registration);
            }
        }
        let configure = |registration: &&'static Registration| configure(registration, config);
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

    /// The names of the sources, first asked first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.sources.iter().map(|source| source.registration.name)
    }
}

/// Checks that a list names sources that there are. `setting` is what sets it.
pub fn check_names(setting: &str, names: &str) -> Result<(), UserError> {
    let mut names = listed(names);
    let unknown_name = names.find(|name| REGISTRY.iter().all(|registration| registration.name != *name));
    unknown_name.map_or(Ok(()), |name| Err(unknown(name, setting)))
}

/// The names of a list. An empty one has one empty name, which is unknown.
fn listed(names: &str) -> impl Iterator<Item = &str> + Clone {
    names.trim_matches(|c: char| c == ',' || c.is_whitespace()).split(',').map(str::trim)
}

fn unknown(name: &str, setting: &str) -> UserError {
    let names: Vec<&str> = REGISTRY.iter().map(|registration| registration.name).collect();
    let error = format!("{setting} names {}, which is none of {}", quoted(name), names.join(", "));
    UserError::new(error).hint(format!("set it to a list such as {}, or unset it", Key::Sources.setting().default))
}

fn configure(registration: &'static Registration, config: &Config) -> Result<Configured> {
    let key = match registration.key {
        None => String::new(),
        Some(key) => config.text(key)?.map(str::to_owned).ok_or_else(|| {
            let (setting, name) = (config.name_of(Key::Sources), config.name_of(key));
            UserError::new(format!("{setting} names {}, and {name} is not set", registration.name))
                .hint(format!("set {name} too"))
        })?,
    };
    Ok(Configured { registration, base: config.web_address(registration.address)?, key })
}
