//! Posters: the addresses to request, the checks on what arrives, and the folder that keeps them.

pub mod address;
pub mod decode;
pub mod fetch;
pub mod jpeg;
pub mod raster;
pub mod store;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use time::UtcDateTime;
use url::Url;

use crate::env::{Clock, Deadline};
use crate::model::{CacheEntry, ImdbId};
use crate::net::Http;
use crate::sources::Settings;
use crate::store::{Result, Store};
use address::PosterUrl;
use fetch::{PosterSummary, Wanted, fetch};
use jpeg::Jpeg;
use store::{PosterStats, PosterStore};

/// The posters on this machine.
pub struct Posters {
    store: PosterStore,
    /// URLs of metadata sources on this machine, which may also serve posters.
    loopback: Vec<Url>,
}

impl Posters {
    /// Returns the posters in a cache folder. `settings` tell which sources are on this machine.
    pub fn new(cache_folder: &Path, settings: Option<&Settings>) -> Self {
        let loopback = settings.map(Settings::on_loopback).unwrap_or_default();
        Self { store: PosterStore::new(cache_folder), loopback }
    }

    /// Returns the poster of a movie, given the URL from its source. `None` if it has not been fetched.
    pub fn get(&self, id: ImdbId, url: &str) -> Option<Jpeg> {
        self.store.get(id, &PosterUrl::of(url, &self.loopback)?)
    }

    /// Returns true if a movie's poster is missing and may be requested now.
    pub fn is_missing(&self, id: ImdbId, url: &str, now: UtcDateTime) -> bool {
        PosterUrl::of(url, &self.loopback).is_some_and(|address| self.store.is_missing(id, &address, now))
    }

    /// Fetches the missing posters of the board, for at most `time`.
    ///
    /// # Errors
    /// Fails if the database cannot be read. Failed posters are counted in the summary.
    pub fn refresh(
        &self,
        board: &mut Store,
        settings: &Settings,
        clock: &Clock,
        time: Duration,
        stop: &AtomicBool,
    ) -> Result<PosterSummary> {
        let deadline = Deadline::after(time);
        let http = Http::new(settings.proxies.clone(), settings.limits.connect);
        let wanted = self.wanted(&board.cached_on_board()?);
        Ok(fetch(&self.store, &wanted, &self.loopback, &http, deadline, stop, clock))
    }

    /// Returns the number of posters, and the failures of missing ones.
    pub fn stats(&self, now: UtcDateTime) -> PosterStats {
        self.store.stats(now)
    }

    fn wanted(&self, entries: &[(ImdbId, CacheEntry)]) -> Vec<Wanted> {
        let wanted = |(id, entry): &(ImdbId, CacheEntry)| {
            let url = entry.title.as_ref()?.poster_url.as_deref()?;
            Some(Wanted { id: *id, address: PosterUrl::of(url, &self.loopback)? })
        };
        entries.iter().filter_map(wanted).collect()
    }
}
