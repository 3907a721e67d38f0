//! The client of one source: HTTP with retry, rate limit and circuit breaker, and a log of requests.

use std::sync::{Mutex, PoisonError};

use url::Url;

use super::circuit_breaker::{CircuitBreaker, Finding};
use super::error::FetchError;
use super::rate_limiter::{RateLimiter, jittered};
use crate::env::{Clock, Deadline, Stopwatch, TimeLimits};
use crate::net::{Http, Reply, retry_after};
use crate::state::{RequestRecord, SourceState};

/// Tries for a request that the server or the connection broke off.
const TRIES: u32 = 3;
/// Refusals (429, 503) of one request before the source is out of use for the rest of the run.
const MAX_REFUSALS: u32 = 6;
/// A source that cannot be reached is left alone for so long, except by a person.
const DOWN_FOR: time::Duration = time::Duration::HOUR;
/// One that does nothing but refuse is left alone for so long.
const REFUSING_FOR: time::Duration = time::Duration::minutes(10);

/// The client of one source, shared by all workers.
pub struct Client {
    name: &'static str,
    http: Http,
    clock: Clock,
    limits: TimeLimits,
    limiter: RateLimiter,
    breaker: CircuitBreaker,
    log: Mutex<Log>,
}

/// The requests of a run, and the last state.
#[derive(Default)]
struct Log {
    requests: Vec<RequestRecord>,
    /// None: the source was not asked.
    state: Option<SourceState>,
}

impl Client {
    /// A client that makes no connection yet. `disabled`: none at all in this run.
    pub fn new(name: &'static str, http: Http, clock: Clock, limits: TimeLimits, disabled: bool) -> Self {
        let limiter = RateLimiter::new(limits.retry_after);
        Self { name, http, clock, limits, limiter, breaker: CircuitBreaker::new(disabled), log: Mutex::default() }
    }

    /// The source is out of use for the rest of this run.
    pub fn is_disabled(&self) -> bool {
        self.breaker.is_open()
    }

    /// GETs `url` with retries and reads the answer with `read`, which sees answers of any status but 429 and 5xx.
    ///
    /// # Errors
    /// The error of the last try.
    pub fn get<T>(
        &self,
        url: &Url,
        deadline: Deadline,
        read: impl Fn(&Reply) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        let (mut broken, mut refusals) = (0, 0);
        loop {
            if self.is_disabled() {
                return Err(FetchError::Disabled);
            }
            if deadline.is_over() {
                return Err(FetchError::TimedOut(format!("no time was left to ask {}", self.name)));
            }
            let Some(permit) = self.limiter.wait(deadline) else {
                return Err(FetchError::RateLimited(format!("{} asks to wait", self.name), None));
            };
            self.breaker.admit(deadline, self.name)?;
            let result = self.attempt(url, deadline, &read);
            match &result {
                Err(FetchError::RateLimited(_, pause)) => {
                    refusals += 1;
                    self.limiter.refused(permit, *pause);
                    if refusals == MAX_REFUSALS {
                        self.give_up(result.as_ref().err());
                        return result;
                    }
                }
                Err(FetchError::Broken(_)) => {
                    broken += 1;
                    let pause = jittered(self.limits.retry_pause * 2u32.pow(broken));
                    if broken == TRIES || pause > deadline.remaining() {
                        return result;
                    }
                    std::thread::sleep(pause);
                }
                Err(FetchError::Unreachable(_) | FetchError::TimedOut(_)) => return result,
                _ => {
                    self.limiter.answered();
                    return result;
                }
            }
        }
    }

    /// One request, recorded.
    fn attempt<T>(
        &self,
        url: &Url,
        deadline: Deadline,
        read: impl Fn(&Reply) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        let (at, stopwatch) = (self.clock.now(), Stopwatch::start());
        let reply = self.http.get(url, deadline).map_err(FetchError::from);
        let result = reply.and_then(|reply| self.unless_refused(reply)).and_then(|reply| read(&reply));
        let took = stopwatch.elapsed();
        let error = result.as_ref().err();
        let finding = self.breaker.record(error);
        let down_until = match (finding, error) {
            (Finding::InUse, _) => None,
            // Not the host's fault: a person's time limit was short.
            (Finding::Silent, _) if took < self.limits.host_fault => None,
            (Finding::Exhausted, Some(FetchError::Exhausted(_, Some(until)))) => Some(*until),
            _ => Some(at + DOWN_FOR),
        };
        self.with_log(|log| {
            log.requests.push(RequestRecord {
                source: self.name,
                at,
                millis: took.as_millis().try_into().unwrap_or(u32::MAX),
                error: error.map(FetchError::to_string),
            });
            let was_down = log.state.as_ref().is_some_and(|state| state.down_until.is_some());
            // A request that began before another found the source gone is no news.
            if !was_down || down_until.is_some() {
                let is_gone = matches!(finding, Finding::Unreachable | Finding::Silent) && down_until.is_some();
                log.state = Some(SourceState {
                    name: self.name.to_owned(),
                    down_until,
                    unreachable_since: is_gone.then_some(at),
                    last_error: error.map(FetchError::to_string),
                });
            }
        });
        result
    }

    fn unless_refused(&self, reply: Reply) -> Result<Reply, FetchError> {
        let Reply { status, .. } = &reply;
        match status {
            429 | 503 => {
                let pause = reply.retry_after.as_deref().and_then(|text| retry_after(text, self.clock.now()));
                Err(FetchError::RateLimited(format!("{} asks to wait (status {status})", self.name), pause))
            }
            500..=599 => Err(FetchError::Broken(format!("{} fails (status {status})", self.name))),
            _ => Ok(reply),
        }
    }

    /// Leaves a source alone that does nothing but refuse.
    fn give_up(&self, why: Option<&FetchError>) {
        self.breaker.open();
        let down_until = Some(self.clock.now() + REFUSING_FOR);
        let last_error = why.map(FetchError::to_string);
        let state = SourceState { name: self.name.to_owned(), down_until, unreachable_since: None, last_error };
        self.with_log(|log| log.state = Some(state));
    }

    /// Requests made since this was last asked, and the source's state if it was asked anything.
    pub fn take_log(&self) -> (Vec<RequestRecord>, Option<SourceState>) {
        self.with_log(|log| (std::mem::take(&mut log.requests), log.state.take()))
    }

    fn with_log<T>(&self, act: impl FnOnce(&mut Log) -> T) -> T {
        act(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
