//! The client of one source: HTTP with retries, pauses that all workers share, and a log of requests.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;

use super::AskedBy;
use super::error::FetchError;
use crate::env::{Clock, Deadline, Stopwatch, TimeLimits};
use crate::net::{Http, HttpError, Reply, retry_after};
use crate::state::{RequestRecord, SourceState};

/// The number of attempts at a request after server errors or broken connections.
const MAX_ATTEMPTS: u32 = 3;
/// The number of attempts at a request that the server's rate limit refuses.
const MAX_REFUSALS: u32 = 6;
/// The number of failed requests in a row, of whatever kind, at which the source counts as down.
const MAX_FAILURES: u32 = 3;
/// The pause of a source that is down. Only a person's requests ignore it.
pub const DOWN_FOR: time::Duration = time::Duration::HOUR;
/// The time after which an unreachable source is ignored where all sources must answer.
const LONG_GONE: time::Duration = time::Duration::DAY;
/// The first pause after a refusal that names none. It doubles with each further refusal in a row.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The time between the starts of requests after a first refusal. It doubles with each further refusal.
const FIRST_GAP: Duration = Duration::from_millis(125);
const MAX_GAP: Duration = Duration::from_secs(4);

/// The client of one source, shared by all workers.
pub struct Client {
    pub name: &'static str,
    http: Http,
    clock: Clock,
    limits: TimeLimits,
    was_long_gone: bool,
    state: Mutex<ClientState>,
}

struct ClientState {
    /// The time before which no request starts.
    not_before: Deadline,
    /// The time between the starts of two requests. Zero until the source refuses one.
    gap: Duration,
    /// The time of the last refusal that counted. `refusals` is how many came in a row.
    refused_at: Deadline,
    refusals: u32,
    /// True if the source is not asked, or not asked again, in this run.
    is_disabled: bool,
    /// The state that the next run reads.
    source: SourceState,
    was_asked: bool,
    requests: Vec<RequestRecord>,
}

impl Client {
    /// Creates a client, without a connection. `remembered` is the state of the source after earlier runs. For a
    /// person, a source that is down is tried anyway, unless its quota is used up.
    pub fn new(
        name: &'static str,
        http: Http,
        clock: Clock,
        limits: TimeLimits,
        remembered: Option<&SourceState>,
        asked_by: AskedBy,
    ) -> Self {
        let (now, began) = (clock.now(), Deadline::after(Duration::ZERO));
        let source = remembered.cloned().unwrap_or_else(|| SourceState::new(name));
        let state = ClientState {
            not_before: began,
            gap: Duration::ZERO,
            refused_at: began,
            refusals: 0,
            is_disabled: source.is_down(now) && (asked_by == AskedBy::Machine || source.is_exhausted),
            was_asked: false,
            requests: Vec::new(),
            source,
        };
        let was_long_gone = state.source.unreachable_since.is_some_and(|since| since <= now - LONG_GONE);
        Self { name, http, clock, limits, was_long_gone, state: Mutex::new(state) }
    }

    /// Returns true if the source is not asked, or not asked again, in this run.
    pub fn is_disabled(&self) -> bool {
        self.lock().is_disabled
    }

    /// Returns true if the source has been unreachable for a day.
    pub fn is_long_gone(&self) -> bool {
        self.was_long_gone && self.is_disabled()
    }

    /// Returns the last error, of this run or an earlier one. `None` if the last request succeeded.
    pub fn last_error(&self) -> Option<String> {
        self.lock().source.last_error.clone()
    }

    /// GETs `url`, with retries, and reads the answer with `read`, which gets answers of any status but 429 and 5xx.
    pub fn get<T>(
        &self,
        url: &Url,
        deadline: Deadline,
        read: impl Fn(&Reply) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        let (mut attempts, mut took) = (0, Duration::ZERO);
        let result = loop {
            if let Err(error) = self.wait(deadline) {
                break Err(error);
            }
            let result;
            (result, took) = self.attempt(url, deadline, &read);
            attempts += 1;
            let pause = match &result {
                // `slow_down` pauses all workers.
                Err(FetchError::RateLimited(_)) if attempts < MAX_REFUSALS => Duration::ZERO,
                Err(FetchError::Http(HttpError::Broken(_))) if attempts < MAX_ATTEMPTS => {
                    jittered(self.limits.retry_pause * 2u32.pow(attempts))
                }
                _ => break result,
            };
            if pause >= deadline.remaining() {
                break result;
            }
            std::thread::sleep(pause);
        };
        if attempts > 0 {
            let was_cut_short = match &result {
                Err(FetchError::Http(HttpError::TimedOut(_))) => took < self.limits.host_fault,
                Err(FetchError::RateLimited(_)) => attempts < MAX_REFUSALS,
                _ => false,
            };
            self.note_outcome(result.as_ref().err(), was_cut_short);
        }
        result
    }

    /// Waits until a request may start.
    fn wait(&self, deadline: Deadline) -> Result<(), FetchError> {
        loop {
            let now = Deadline::after(Duration::ZERO);
            let start = {
                let mut state = self.lock();
                if state.is_disabled {
                    return Err(FetchError::Disabled);
                }
                if now >= deadline {
                    let why = format!("no time was left to ask {}", self.name);
                    return Err(FetchError::Http(HttpError::TimedOut(why)));
                }
                if state.not_before <= now {
                    state.not_before = now.later(state.gap);
                    return Ok(());
                }
                state.not_before
            };
            if start > deadline {
                return Err(FetchError::RateLimited(format!("{} is busy", self.name)));
            }
            std::thread::sleep(start.remaining());
        }
    }

    /// Makes one request and records it. Returns its outcome, and how long it took.
    fn attempt<T>(
        &self,
        url: &Url,
        deadline: Deadline,
        read: impl Fn(&Reply) -> Result<T, FetchError>,
    ) -> (Result<T, FetchError>, Duration) {
        let (at, began, stopwatch) = (self.clock.now(), Deadline::after(Duration::ZERO), Stopwatch::start());
        let reply = self.http.get(url, deadline).map_err(FetchError::Http);
        let asked = |reply: &Reply| reply.retry_after.as_deref().and_then(|text| retry_after(text, self.clock.now()));
        let result = reply.and_then(|reply| match (reply.status, asked(&reply)) {
            // Without a time at which to try again, 503 is an error like any other.
            (429, asked) | (503, asked @ Some(_)) => {
                self.slow_down(began, asked);
                let what = if reply.status == 429 { "rate limit reached" } else { "service unavailable" };
                Err(FetchError::RateLimited(format!("{}: {what} (status {})", self.name, reply.status)))
            }
            (500..=599, _) => {
                Err(FetchError::Http(HttpError::Broken(format!("{} answered with status {}", self.name, reply.status))))
            }
            _ => {
                self.lock().refusals = 0;
                read(&reply)
            }
        });
        let took = stopwatch.elapsed();
        self.lock().requests.push((at, result.as_ref().err().map(FetchError::to_string)));
        (result, took)
    }

    /// Makes all workers pause after a refusal, as long as the server asked for, or else longer each time, and then
    /// spaces out requests. Refusals of concurrent requests count once.
    fn slow_down(&self, began: Deadline, asked: Option<Duration>) {
        let mut state = self.lock();
        let mut pause = asked.unwrap_or_default();
        if began >= state.refused_at {
            pause = asked.unwrap_or_else(|| jittered(FIRST_PAUSE * 2u32.pow(state.refusals.min(5))));
            state.refused_at = Deadline::after(Duration::ZERO);
            state.refusals += 1;
            state.gap = (state.gap * 2).clamp(FIRST_GAP, MAX_GAP);
        }
        let until = Deadline::after(pause.min(self.limits.retry_after));
        state.not_before = state.not_before.max(until);
    }

    /// Records the outcome of a request with all its attempts. One that our own deadline cut short says nothing about
    /// the source.
    fn note_outcome(&self, error: Option<&FetchError>, was_cut_short: bool) {
        let mut state = self.lock();
        // The outcome of a request that was in progress when the source was suspended changes nothing.
        if state.is_disabled {
            return;
        }
        state.was_asked = true;
        let source = &mut state.source;
        let failed = error.filter(|error| !matches!(error, FetchError::OtherTitle(_)));
        source.last_error = failed.map(FetchError::to_string);
        if was_cut_short {
            return;
        }
        let now = self.clock.now();
        let is_answered = matches!(error, None | Some(FetchError::NoTitle(_) | FetchError::OtherTitle(_)));
        source.failures = if is_answered { 0 } else { source.failures + 1 };
        let is_gone =
            matches!(error, Some(FetchError::Http(HttpError::Unreachable(_)))) || source.failures >= MAX_FAILURES;
        (source.down_until, source.is_exhausted) = match error {
            Some(FetchError::Exhausted(_, Some(until))) => (Some(*until), true),
            Some(FetchError::Exhausted(_, None)) => (Some(now + DOWN_FOR), false),
            _ => (is_gone.then(|| now + DOWN_FOR), false),
        };
        source.unreachable_since = is_gone.then_some(now);
        state.is_disabled = source.down_until.is_some();
    }

    /// Takes the requests made since the last call, and the source's state if it was asked since then.
    pub fn take_log(&self) -> (Vec<RequestRecord>, Option<SourceState>) {
        let mut state = self.lock();
        let source = std::mem::take(&mut state.was_asked).then(|| state.source.clone());
        (std::mem::take(&mut state.requests), source)
    }

    fn lock(&self) -> MutexGuard<'_, ClientState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns half to one and a half times the pause, so that requests that failed together are not retried together.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64())
}
