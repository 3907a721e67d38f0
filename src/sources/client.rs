//! The way to one source: tries, pauses, and when to give up on it.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use time::format_description::well_known::Rfc2822;
use time::{OffsetDateTime, UtcDateTime};
use url::Url;

use super::rate_limiter::{RateLimiter, jittered};
use crate::env::{Clock, Deadline, Stopwatch};
use crate::model::{RequestRecord, SourceState};
use crate::net::error::FetchError;
use crate::net::http::{Http, Reply};

/// Tries for a request that the server or the connection broke off.
const TRIES: u32 = 3;
/// Refusals (429, 503) of one request before the source is put disabled for the rest of the run.
const MAX_REFUSALS: u32 = 6;
/// Time-outs in a row before the source is put disabled.
const MAX_TIMEOUTS: u32 = 3;
/// A pause between tries, doubled with each.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// Waiting at least this long for nothing is a fault of the host, not of our impatience.
const PATIENT: Duration = Duration::from_secs(5);
/// How long a source that cannot be reached is left alone.
pub const DOWN_FOR: time::Duration = time::Duration::HOUR;
/// How long one is left alone that does nothing but refuse.
const LIMITED_FOR: time::Duration = time::Duration::minutes(10);

/// Whether a source has been reached in this run.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Contact {
    /// Nobody has asked it yet.
    #[default]
    None,
    /// Somebody is asking it for the first time.
    First,
    /// It answered, or did not: that is known now.
    Made,
}

/// The way to one source, shared by all workers.
pub struct Client {
    name: &'static str,
    http: Http,
    clock: Clock,
    rate_limiter: RateLimiter,
    condition: Mutex<Condition>,
    first_contact_made: Condvar,
}

/// What is known of a source in this run.
#[derive(Default)]
struct Condition {
    contact: Contact,
    /// Not asked again in this run.
    disabled: bool,
    timeouts_in_row: u32,
    /// News for [`SourceState`]; none when nothing was asked.
    news: Option<(Option<UtcDateTime>, Option<String>)>,
    log: Vec<RequestRecord>,
}

impl Client {
    /// A way to the source of that name, not yet used. `disabled`: known not to be there.
    pub fn new(name: &'static str, http: Http, clock: Clock, disabled: bool) -> Self {
        let condition = Mutex::new(Condition { disabled, ..Condition::default() });
        Self { name, http, clock, rate_limiter: RateLimiter::default(), condition, first_contact_made: Condvar::new() }
    }

    /// Whether the source is out of use for the rest of this run.
    pub fn is_disabled(&self) -> bool {
        self.with(|c| c.disabled)
    }

    /// GETs `url` with tries and pauses and reads the answer with `read`, which sees answers of any
    /// status but 429 and 5xx.
    ///
    /// # Errors
    /// What was wrong with the last try.
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
            let Some(permit) = self.rate_limiter.wait(deadline) else {
                return Err(FetchError::Limited(format!("{} asks to wait", self.name), None));
            };
            self.await_first_contact(deadline)?;
            match self.attempt(url, deadline, &read) {
                Err(FetchError::Limited(text, pause)) => {
                    refusals += 1;
                    self.rate_limiter.refused(permit, pause);
                    if refusals == MAX_REFUSALS {
                        let fault = FetchError::Limited(text, pause);
                        self.disable(self.clock.now() + LIMITED_FOR, &fault);
                        return Err(fault);
                    }
                }
                Err(FetchError::Broken(text)) => {
                    broken += 1;
                    let pause = jittered(FIRST_PAUSE * 2u32.pow(broken));
                    if broken == TRIES || pause > deadline.remaining() {
                        return Err(FetchError::Broken(text));
                    }
                    std::thread::sleep(pause);
                }
                result => {
                    if !matches!(result, Err(FetchError::Unreachable(_) | FetchError::TimedOut(_))) {
                        self.rate_limiter.answered();
                    }
                    return result;
                }
            }
        }
    }

    /// The first request of a run goes alone and the others wait for it, so that a host that is gone
    /// costs one attempt, however many workers there are.
    fn await_first_contact(&self, deadline: Deadline) -> Result<(), FetchError> {
        let mut condition = self.condition.lock().unwrap_or_else(PoisonError::into_inner);
        while condition.contact == Contact::First {
            let waited = self.first_contact_made.wait_timeout(condition, deadline.remaining());
            condition = waited.unwrap_or_else(PoisonError::into_inner).0;
            if deadline.is_over() {
                return Err(FetchError::TimedOut(self.name.to_owned()));
            }
        }
        if condition.disabled {
            return Err(FetchError::Disabled);
        }
        if condition.contact == Contact::None {
            condition.contact = Contact::First;
        }
        Ok(())
    }

    /// One request and what it tells about the source.
    fn attempt<T>(
        &self,
        url: &Url,
        deadline: Deadline,
        read: impl Fn(&Reply) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        let (at, watch) = (self.clock.now(), Stopwatch::start());
        let result =
            self.http.get(url, deadline).and_then(|reply| self.unless_refused(reply)).and_then(|reply| read(&reply));
        let took = watch.elapsed();
        let fault = result.as_ref().err();
        self.with(|c| {
            c.contact = Contact::Made;
            c.timeouts_in_row = match fault {
                Some(FetchError::TimedOut(_)) => c.timeouts_in_row + 1,
                _ => 0,
            };
            let is_silent = c.timeouts_in_row >= MAX_TIMEOUTS;
            let down_until = match fault {
                Some(FetchError::Unreachable(_)) => Some(at + DOWN_FOR),
                Some(FetchError::Closed(_, until)) => Some(until.unwrap_or(at + DOWN_FOR)),
                _ if is_silent && took >= PATIENT => Some(at + DOWN_FOR),
                _ => None,
            };
            c.disabled |= is_silent || down_until.is_some();
            // A worker whose request began before another found the source gone changes nothing.
            if !c.disabled || down_until.is_some() {
                c.news = Some((down_until, fault.map(FetchError::to_string)));
            }
            c.log.push(RequestRecord {
                source: self.name,
                at,
                millis: took.as_millis().try_into().unwrap_or(u32::MAX),
                error: fault.map(FetchError::to_string),
            });
        });
        self.first_contact_made.notify_all();
        result
    }

    fn unless_refused(&self, reply: Reply) -> Result<Reply, FetchError> {
        let Reply { status, retry_after, .. } = &reply;
        match status {
            429 | 503 => {
                let pause = retry_after.as_deref().and_then(|v| pause_of(v, self.clock.now()));
                Err(FetchError::Limited(format!("{} asks to wait (status {status})", self.name), pause))
            }
            500..=599 => Err(FetchError::Broken(format!("{} fails (status {status})", self.name))),
            _ => Ok(reply),
        }
    }

    /// What happened since this was last asked: requests, and news of the source's state.
    pub fn take_report(&self) -> (Vec<RequestRecord>, Option<SourceState>) {
        self.with(|c| {
            let state = c.news.take().map(|(down_until, last_error)| SourceState {
                name: self.name.to_owned(),
                down_until,
                last_error,
            });
            (std::mem::take(&mut c.log), state)
        })
    }

    fn disable(&self, down_until: UtcDateTime, why: &FetchError) {
        self.with(|c| {
            c.disabled = true;
            c.news = Some((Some(down_until), Some(why.to_string())));
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Condition) -> T) -> T {
        act(&mut self.condition.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The pause that a Retry-After header asks for: seconds, or a date (RFC 9110, section 10.2.3).
fn pause_of(retry_after: &str, now: UtcDateTime) -> Option<Duration> {
    let text = retry_after.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    Some((until.to_utc() - now).try_into().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = utc_datetime!(2026-11-22 20:00:00);
        let secs = |s| Some(Duration::from_secs(s));
        assert_eq!(pause_of("7", now), secs(7));
        assert_eq!(pause_of("Sun, 22 Nov 2026 20:00:12 GMT", now), secs(12));
        assert_eq!(pause_of("Sun, 22 Nov 2026 19:00:00 GMT", now), secs(0));
        for text in ["", "soon", "-1", "1.5"] {
            assert_eq!(pause_of(text, now), None, "{text}");
        }
    }
}
