//! The posters of a board: which are wanted, and fetching those that are lacking.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use time::UtcDateTime;
use url::Url;

use crate::env::{Clock, Deadline};
use crate::model::{CacheEntry, ImdbId};
use crate::net::picture::PictureHttp;
use crate::posters::address::Address;
use crate::posters::decode::Decoder;
use crate::posters::jpeg::Jpeg;
use crate::posters::refresh::{Order, Summary, Wanted, refresh};
use crate::posters::store::{PosterStore, Stats};
use crate::sources::Settings;
use crate::store::{Result, Store};

/// The posters that are kept on this machine.
pub struct Posters {
    store: PosterStore,
    /// Addresses of sources on this machine: posters beside them may be asked for.
    loopback: Vec<Url>,
}

/// Bounds and means of fetching posters.
pub struct FetchOptions {
    /// Decodes each picture before it is kept: this program itself.
    pub exe: PathBuf,
    /// Requests at a time.
    pub jobs: usize,
    /// The longest that it may take.
    pub time: Duration,
    /// A person, or a person's cron, wants them: those that failed by the network a moment ago are tried all the same.
    pub by_hand: bool,
    /// Set when the person wants no more.
    pub stop: Arc<AtomicBool>,
}

impl Posters {
    /// The posters in a cache folder. `settings` say which sources are on this machine.
    pub fn new(cache_folder: &std::path::Path, settings: Option<&Settings>) -> Self {
        let loopback = settings.map(Settings::on_loopback).unwrap_or_default();
        Self { store: PosterStore::new(cache_folder), loopback }
    }

    /// The poster of a movie, when it is kept.
    pub fn get(&self, id: ImdbId, url: &str, now: UtcDateTime) -> Option<Jpeg> {
        self.store.get(id, &Address::of(url, &self.loopback)?, now)
    }

    /// One of these movies has a poster that is not kept and did not fail a moment ago.
    pub fn lacks_any<'a>(&self, movies: impl IntoIterator<Item = (ImdbId, &'a str)>, now: UtcDateTime) -> bool {
        let failures = self.store.failures(now);
        movies.into_iter().any(|(id, url)| {
            let is_lacking = |address: Address| !self.store.has(id, &address) && failures.get(id, &address).is_none();
            Address::of(url, &self.loopback).is_some_and(is_lacking)
        })
    }

    /// Fetches the posters of the board that are lacking, then removes those that nobody needs. Titles that came onto the
    /// board meanwhile are seen to as well.
    ///
    /// # Errors
    /// The database cannot be read. Failures of posters are counted in the summary.
    pub fn refresh(
        &self,
        store: &mut Store,
        settings: &Settings,
        clock: &Clock,
        options: &FetchOptions,
    ) -> Result<Summary> {
        let order = Order {
            jobs: options.jobs,
            deadline: Deadline::after(options.time),
            by_hand: options.by_hand,
            loopback: self.loopback.clone(),
            decoder: Decoder::new(options.exe.clone()),
            stop: Arc::clone(&options.stop),
        };
        let http = PictureHttp::new(settings.proxies().clone(), settings.limits.connect);
        let mut whole = Summary::default();
        loop {
            let entries = store.cached_on_board()?;
            let summary = refresh(&self.store, &wanted(&entries), &order, &http, clock);
            let goes_on = summary.fetched > 0 && summary.failed == 0 && summary.skipped == 0;
            whole.add(summary);
            if !goes_on {
                let board: Vec<ImdbId> = entries.iter().map(|(id, _)| *id).collect();
                // A folder that cannot be read is no reason to fail.
                let _ = self.store.prune(&board, clock.now());
                return Ok(whole);
            }
        }
    }

    /// The posters that are kept, in numbers.
    pub fn stats(&self, now: UtcDateTime) -> Stats {
        self.store.stats(now)
    }
}

fn wanted(entries: &[(ImdbId, CacheEntry)]) -> Vec<Wanted> {
    let poster =
        |(id, entry): &(ImdbId, CacheEntry)| Some(Wanted { id: *id, url: entry.title.as_ref()?.poster_url.clone()? });
    entries.iter().filter_map(poster).collect()
}
