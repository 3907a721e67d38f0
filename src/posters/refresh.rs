//! Fetching the posters that are lacking, several at a time, in bounded time.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use time::UtcDateTime;
use url::Url;

use super::address::Address;
use super::decode::{DecodeError, Decoder};
use super::failures::{Failure, Failures, Kind};
use super::fetch::{Contact, Fault, fetch};
use super::jpeg::Jpeg;
use super::store::PosterStore;
use crate::env::{Clock, Deadline};
use crate::model::ImdbId;
use crate::net::picture::PictureHttp;

/// Pause between two checks for an interrupt.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// The longest that a trial decoding may take. A usual poster takes milliseconds, but the machine may be busy.
const TRIAL: Duration = Duration::from_secs(10);
/// Requests in a row that a host may let run out before it is put aside for the rest of the run.
const MAX_POOR: u32 = 3;

/// A movie whose poster is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The movie.
    pub id: ImdbId,
    /// The address that its source gives.
    pub url: String,
}

/// Bounds and means of a fetch.
#[derive(Clone, Debug)]
pub struct Order {
    /// Requests at a time.
    pub jobs: usize,
    /// Nothing is begun after it, and a request under way ends with it.
    pub deadline: Deadline,
    /// A person asks: posters that failed by the network a moment ago are tried all the same.
    pub by_hand: bool,
    /// Addresses of metadata sources on this machine, see [`Address::of`].
    pub loopback: Vec<Url>,
    /// Decodes each picture before it is kept.
    pub decoder: Decoder,
    /// Set when the person wants no more.
    pub stop: Arc<AtomicBool>,
}

/// The outcome of a fetch. The posters that were wanted are fetched, there, failed, remembered, skipped or
/// have no address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Fetched and kept.
    pub fetched: usize,
    /// There before.
    pub present: usize,
    /// Tried and failed.
    pub failed: usize,
    /// Failed earlier, and not tried again yet.
    pub remembered: usize,
    /// Not tried: time ran out, the person stopped it, or the host cannot be reached.
    pub skipped: usize,
    /// An address that is not asked.
    pub refused: usize,
    /// Requests made, redirects included.
    pub requests: usize,
    /// Bytes of the pictures that were fetched.
    pub bytes: u64,
    /// The reason of the last failure, in words.
    pub last_error: Option<String>,
}

/// A poster to fetch.
struct Task {
    id: ImdbId,
    address: Address,
}

/// State shared by the workers.
struct Shared {
    http: PictureHttp,
    order: Order,
    tasks: Mutex<VecDeque<Task>>,
    /// Failed requests in a row, by host and port.
    poor: Mutex<Vec<(String, u32)>>,
    requests: AtomicUsize,
    progress: Mutex<Progress>,
    news: Condvar,
}

/// Results of the workers since they were last taken.
struct Progress {
    /// Workers that have not ended.
    working: usize,
    done: Vec<(Task, Result<Jpeg, Fault>)>,
}

impl Shared {
    /// Results that came meanwhile; none when all is done, or it is time to stop.
    fn next(&self) -> Option<Vec<(Task, Result<Jpeg, Fault>)>> {
        let mut progress = lock(&self.progress);
        loop {
            if is_over(&self.order) {
                return None;
            }
            if !progress.done.is_empty() {
                return Some(std::mem::take(&mut progress.done));
            }
            if progress.working == 0 {
                return None;
            }
            let wait = self.order.deadline.remaining().min(LOOK_AGAIN);
            progress = self.news.wait_timeout(progress, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn is_aside(&self, host: &str) -> bool {
        lock(&self.poor).iter().any(|(other, poor)| other == host && *poor >= MAX_POOR)
    }

    fn note(&self, host: &str, contact: Contact) {
        let mut hosts = lock(&self.poor);
        let at = hosts.iter().position(|(other, _)| other == host).unwrap_or_else(|| {
            hosts.push((host.to_owned(), 0));
            hosts.len() - 1
        });
        let poor = &mut hosts[at].1;
        *poor = match contact {
            Contact::Made => 0,
            Contact::Poor => *poor + 1,
            Contact::None => MAX_POOR,
        };
    }
}

/// Fetches the posters of `wanted` that are not in the store, in that order.
///
/// Each is kept as soon as it has come, so that what is stopped keeps what it has. Failures are
/// remembered in the store. A host that cannot be reached is not asked again in this run.
pub fn refresh(store: &PosterStore, wanted: &[Wanted], order: &Order, http: &PictureHttp, clock: &Clock) -> Summary {
    let mut summary = Summary::default();
    let mut failures = store.failures(clock.now());
    let tasks = lacking(store, wanted, order, &failures, clock.now(), &mut summary);
    if tasks.is_empty() {
        return summary;
    }
    let total = tasks.len();
    let working = order.jobs.clamp(1, total);
    let shared = Arc::new(Shared {
        http: http.clone(),
        order: order.clone(),
        tasks: Mutex::new(tasks),
        poor: Mutex::default(),
        requests: AtomicUsize::new(0),
        progress: Mutex::new(Progress { working, done: Vec::new() }),
        news: Condvar::new(),
    });
    start_workers(&shared, working);
    let mut settled = 0;
    'refresh: while let Some(done) = shared.next() {
        for (task, result) in done {
            settled += 1;
            if !keep(store, &mut failures, &task, result, clock, &mut summary) {
                // Nothing more is begun.
                lock(&shared.tasks).clear();
                break 'refresh;
            }
        }
    }
    summary.requests = shared.requests.load(Ordering::Relaxed);
    summary.skipped = total - settled;
    summary
}

/// Starts workers, which are not joined: one that waits for an answer must not hold up a person who wants to stop.
fn start_workers(shared: &Arc<Shared>, number: usize) {
    let mut failed = 0;
    for _ in 0..number {
        let worker = Arc::clone(shared);
        failed += usize::from(std::thread::Builder::new().spawn(move || work(&worker)).is_err());
    }
    if failed < number {
        lock(&shared.progress).working -= failed;
    } else {
        // No thread can be started: this one does the work, and a stop takes effect between two posters.
        lock(&shared.progress).working = 1;
        work(shared);
    }
}

fn is_over(order: &Order) -> bool {
    order.deadline.is_over() || order.stop.load(Ordering::Relaxed)
}

/// Tasks for the posters to fetch, each once; the rest is counted.
fn lacking(
    store: &PosterStore,
    wanted: &[Wanted],
    order: &Order,
    failures: &Failures,
    now: UtcDateTime,
    summary: &mut Summary,
) -> VecDeque<Task> {
    let mut tasks: VecDeque<Task> = VecDeque::new();
    for Wanted { id, url } in wanted {
        let Some(address) = Address::of(url, &order.loopback) else {
            summary.refused += 1;
            continue;
        };
        if tasks.iter().any(|task| task.id == *id && task.address == address) {
            continue;
        }
        let is_left = |failure: &Failure| failure.kind == Kind::Lasting || !order.by_hand;
        if store.has_whole(*id, &address, now) {
            summary.present += 1;
        } else if failures.get(*id, &address).is_some_and(is_left) {
            summary.remembered += 1;
        } else {
            tasks.push_back(Task { id: *id, address });
        }
    }
    tasks
}

/// One worker: fetches until nothing is left or time is up.
fn work(shared: &Shared) {
    let order = &shared.order;
    while !is_over(order) {
        let Some(task) = lock(&shared.tasks).pop_front() else { break };
        let host = task.address.url().authority();
        if shared.is_aside(host) {
            continue;
        }
        let requested = || {
            shared.requests.fetch_add(1, Ordering::Relaxed);
        };
        let result = fetch(&shared.http, &task.address, &order.loopback, order.deadline, requested);
        shared.note(host, result.as_ref().err().map_or(Contact::Made, |fault| fault.contact));
        let result = result.and_then(|jpeg| tried(jpeg, order));
        lock(&shared.progress).done.push((task, result));
        shared.news.notify_one();
    }
    lock(&shared.progress).working -= 1;
    shared.news.notify_one();
}

/// A picture that the decoder takes.
fn tried(jpeg: Jpeg, order: &Order) -> Result<Jpeg, Fault> {
    match order.decoder.try_out(&jpeg, TRIAL) {
        Ok(()) => Ok(jpeg),
        Err(DecodeError::NoDecoder) => Err(Fault::passing(Contact::Made, "the decoder cannot be started".into())),
        Err(DecodeError::Undecodable) => Err(Fault::lasting("the poster cannot be decoded".into())),
        Err(DecodeError::TooSlow) => Err(Fault::passing(Contact::Made, "decoding the poster takes too long".into())),
    }
}

/// Writes what has come of a poster. False when the folder cannot be written: then there is no use
/// in fetching more.
fn keep(
    store: &PosterStore,
    failures: &mut Failures,
    task: &Task,
    result: Result<Jpeg, Fault>,
    clock: &Clock,
    summary: &mut Summary,
) -> bool {
    let Task { id, address } = task;
    let now = clock.now();
    let kept = match result {
        Ok(jpeg) => store.put(*id, address, &jpeg, now).map(|()| Ok(jpeg.bytes().len())),
        Err(Fault { kind, why, .. }) => {
            let failure = Failure { at: now, kind, why: why.clone() };
            store.remember(failures, *id, address, failure).map(|()| Err(why))
        }
    };
    let is_writable = kept.is_ok();
    match kept {
        Ok(Ok(bytes)) => {
            summary.fetched += 1;
            summary.bytes += bytes as u64;
        }
        Ok(Err(why)) => summary.fail(format!("{id}: {why}")),
        Err(e) => summary.fail(format!("posters cannot be kept: {e}")),
    }
    is_writable
}

impl Summary {
    /// Adds what came of a further run; the posters that are left are those that are left after it.
    pub fn add(&mut self, later: Self) {
        self.fetched += later.fetched;
        self.failed += later.failed;
        self.requests += later.requests;
        self.bytes += later.bytes;
        self.last_error = later.last_error.or(self.last_error.take());
        (self.present, self.remembered) = (later.present, later.remembered);
        (self.skipped, self.refused) = (later.skipped, later.refused);
    }

    fn fail(&mut self, why: String) {
        self.failed += 1;
        self.last_error = Some(why);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What a worker that panicked left is whole: each change is one call.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
