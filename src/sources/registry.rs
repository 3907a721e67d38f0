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

/// A source that this program knows. A new one needs a file of its own and an entry in the registry.
pub(super) struct Registration {
    /// The name of the source in the settings, in the database and in `cache stats`.
    pub name: &'static str,
    address: Key,
    /// The setting with the key that the source requires. If the key is set, the source is asked first.
    key: Option<Key>,
    /// Creates the source for an address and a key.
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

/// The sources in their order, with their settings. Holds keys, so it is never printed.
#[derive(Clone)]
pub struct Settings {
    pub(super) sources: Vec<Configured>,
    /// The proxies.
    pub proxies: ProxySettings,
    pub(super) clock: Clock,
    /// The time limits.
    pub limits: TimeLimits,
}

#[derive(Clone)]
pub(super) struct Configured {
    pub registration: &'static Registration,
    pub base: Url,
    pub key: String,
}

impl Settings {
    /// Reads which sources are asked, and their settings.
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

    /// Returns the addresses of the sources that are on this machine.
    pub fn on_loopback(&self) -> Vec<Url> {
        self.sources.iter().map(|source| &source.base).filter(|base| is_loopback(base)).cloned().collect()
    }

    /// Returns the names of the sources, in the order in which they are asked.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.sources.iter().map(|source| source.registration.name)
    }
}

/// Checks that a list names only known sources. `setting` is the name of the setting, for the error.
pub fn check_names(setting: &str, names: &str) -> Result<(), UserError> {
    let mut names = listed(names);
    let unknown_name = names.find(|name| REGISTRY.iter().all(|registration| registration.name != *name));
    unknown_name.map_or(Ok(()), |name| Err(unknown(name, setting)))
}

/// Returns the names of a list. An empty list has one empty name, which is unknown.
fn listed(names: &str) -> impl Iterator<Item = &str> + Clone {
    names.trim_matches(|c: char| c == ',' || c.is_whitespace()).split(',').map(str::trim)
}

fn unknown(name: &str, setting: &str) -> UserError {
    let names: Vec<&str> = REGISTRY.iter().map(|registration| registration.name).collect();
    let error = format!("unknown source {} in {setting} (known: {})", quoted(name), names.join(", "));
    UserError::new(error).hint(format!("set it to a list such as {}, or unset it", Key::Sources.setting().default))
}

fn configure(registration: &'static Registration, config: &Config) -> Result<Configured> {
    let key = match registration.key {
        None => String::new(),
        Some(key) => config.text(key)?.map(str::to_owned).ok_or_else(|| {
            let (setting, name) = (config.name_of(Key::Sources), config.name_of(key));
            UserError::new(format!("{setting} includes {}, which requires {name}", registration.name))
                .hint(format!("set {name} too"))
        })?,
    };
    Ok(Configured { registration, base: config.web_address(registration.address)?, key })
}
