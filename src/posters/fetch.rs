//! Fetching posters, several at a time, in bounded time.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;

use super::address::Address;
use super::decode::is_decodable;
use super::jpeg::{Jpeg, MAX_BYTES};
use super::store::{PosterStore, RetryAfter};
use crate::env::{Clock, Deadline};
use crate::model::ImdbId;
use crate::net::{Http, HttpError};

/// The longest that one poster may take, redirects included.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// A movie whose poster is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// The movie.
    pub id: ImdbId,
    /// Where its poster is.
    pub address: Address,
}

/// Bounds of a fetch.
#[derive(Clone, Debug)]
pub struct FetchLimits {
    /// Requests at a time.
    pub jobs: usize,
    /// No request starts after it, and requests under way end with it.
    pub deadline: Deadline,
    /// Set when the person wants to stop.
    pub stop: Arc<AtomicBool>,
}

/// The outcome of a fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Posters that were fetched and stored.
    pub fetched: usize,
    /// Posters that were tried and failed.
    pub failed: usize,
    /// Posters that were not tried: the time was over, the person stopped, or their host cannot be reached.
    pub left: usize,
    /// The reason of the last failure.
    pub last_error: Option<String>,
}

impl Summary {
    /// Adds a later fetch of the same board.
    pub fn add(&mut self, later: Self) {
        self.fetched += later.fetched;
        self.failed += later.failed;
        self.left = later.left;
        self.last_error = later.last_error.or(self.last_error.take());
    }
}

/// Why a poster could not be fetched. Texts name the host, and nothing of the address that could hold more.
struct PosterError {
    why: String,
    retry: RetryAfter,
    host_is_unreachable: bool,
}

impl PosterError {
    fn lasting(why: String) -> Self {
        Self { why, retry: RetryAfter::Lasting, host_is_unreachable: false }
    }

    fn passing(why: String) -> Self {
        Self { why, retry: RetryAfter::Passing, host_is_unreachable: false }
    }
}

/// State shared by the workers.
struct Workers<'a> {
    store: &'a PosterStore,
    loopback: &'a [Url],
    http: &'a Http,
    limits: &'a FetchLimits,
    clock: &'a Clock,
    queue: Mutex<VecDeque<Wanted>>,
    unreachable: Mutex<HashSet<String>>,
    summary: Mutex<Summary>,
}

/// Fetches the posters of `wanted` that are missing, in that order, and as many as the folder has room for.
///
/// Each is stored as soon as it arrives. A failure is remembered for a while, and a host that cannot be reached is not
/// asked again in this run.
pub fn fetch(
    store: &PosterStore,
    wanted: &[Wanted],
    loopback: &[Url],
    http: &Http,
    limits: &FetchLimits,
    clock: &Clock,
) -> Summary {
    let now = clock.now();
    let board: Vec<ImdbId> = wanted.iter().map(|wanted| wanted.id).collect();
    let mut seen = HashSet::new();
    let missing = wanted.iter().filter(|w| store.lacks(w.id, &w.address, now) && seen.insert(*w));
    let queue: VecDeque<Wanted> = missing.take(store.room_for(&board)).cloned().collect();
    let jobs = limits.jobs.min(queue.len());
    let workers = Workers {
        store,
        loopback,
        http,
        limits,
        clock,
        queue: Mutex::new(queue),
        unreachable: Mutex::default(),
        summary: Mutex::default(),
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| workers.work());
        }
    });
    // A folder that cannot be read is no reason to fail.
    let _ = store.prune(&board, clock.now());
    let left = lock(&workers.queue).len();
    let mut summary = lock(&workers.summary).clone();
    summary.left += left;
    summary
}

impl Workers<'_> {
    fn work(&self) {
        while !self.limits.deadline.is_over() && !self.limits.stop.load(Ordering::Relaxed) {
            let Some(wanted) = lock(&self.queue).pop_front() else { return };
            if lock(&self.unreachable).contains(wanted.address.host_and_port()) {
                lock(&self.summary).left += 1;
            } else if let Err(error) = self.fetch_one(&wanted) {
                // The folder cannot be written: fetching more is of no use.
                lock(&self.queue).clear();
                let mut summary = lock(&self.summary);
                summary.failed += 1;
                summary.last_error = Some(format!("posters cannot be stored: {error}"));
            }
        }
    }

    fn fetch_one(&self, Wanted { id, address }: &Wanted) -> std::io::Result<()> {
        if !self.store.claim(*id, address, self.clock.now())? {
            return Ok(());
        }
        let fetched = self.get(address);
        let now = self.clock.now();
        if let Ok(jpeg) = &fetched {
            self.store.put(*id, address, jpeg, now)?;
            lock(&self.summary).fetched += 1;
        } else if self.limits.deadline.is_over() {
            // Our own deadline is no failure of the host's.
            self.store.release(*id, address);
            lock(&self.summary).left += 1;
        } else if let Err(error) = fetched {
            if error.host_is_unreachable {
                lock(&self.unreachable).insert(address.host_and_port().to_owned());
            }
            self.store.note_failure(*id, address, error.retry, &error.why, now)?;
            let mut summary = lock(&self.summary);
            summary.failed += 1;
            summary.last_error = Some(format!("{id}: {}", error.why));
        }
        Ok(())
    }

    /// Gets a picture that can be decoded.
    fn get(&self, address: &Address) -> Result<Jpeg, PosterError> {
        let host = address.host();
        let redirect = |from: &Url, location: &str| {
            let to = from.join(location).ok().and_then(|to| Address::of(to.as_str(), self.loopback));
            let refused = || HttpError::Invalid(format!("{host} redirects to an address that serves no posters"));
            to.map(|to| to.url().clone()).ok_or_else(refused)
        };
        let deadline = self.limits.deadline.min(Deadline::after(REQUEST_LIMIT));
        let reply = self.http.get_with(address.url(), MAX_BYTES as u64, deadline, &redirect).map_err(|error| {
            let why = error.to_string();
            match error {
                HttpError::Unreachable(_) => PosterError { host_is_unreachable: true, ..PosterError::passing(why) },
                HttpError::TimedOut(_) | HttpError::Broken(_) => PosterError::passing(why),
                HttpError::Invalid(_) => PosterError::lasting(why),
            }
        })?;
        match reply.status {
            200 => {}
            status @ (408 | 425 | 429 | 500..) => {
                return Err(PosterError::passing(format!("{host} fails (status {status})")));
            }
            status => return Err(PosterError::lasting(format!("{host} has no such poster (status {status})"))),
        }
        let jpeg = Jpeg::parse(&reply.body).map_err(|why| PosterError::lasting(format!("{host} sends {why}")))?;
        match is_decodable(&jpeg) {
            true => Ok(jpeg),
            false => Err(PosterError::lasting(format!("{host} sends a JPEG that cannot be decoded"))),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change under a lock is one step, so that a worker that panicked leaves nothing half-done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
