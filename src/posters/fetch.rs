//! Fetches posters within a time limit.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use url::Url;

use super::address::PosterUrl;
use super::decode::is_decodable;
use super::jpeg::{Jpeg, MAX_BYTES};
use super::store::{Fault, PosterStore};
use crate::env::{Clock, Deadline};
use crate::model::ImdbId;
use crate::net::{Http, HttpError};

/// Timeout for one poster, including redirects.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// A movie whose poster is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// The movie.
    pub id: ImdbId,
    /// The address of its poster.
    pub address: PosterUrl,
}

/// The outcome of a fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PosterSummary {
    /// Posters that were fetched and stored.
    pub fetched: usize,
    /// Posters that were tried and failed.
    pub failed: usize,
    /// Posters that were not tried: time ran out, the user interrupted, their host was unreachable, or another process
    /// was fetching.
    pub left: usize,
    /// The reason for the last failure.
    pub last_error: Option<String>,
}

/// Fetches the missing posters of `wanted`, in that order, as far as the folder has room.
///
/// Fetches one at a time: nobody waits for posters, and their hosts answer quickly. A failure is remembered for a
/// while, and an unreachable host is not asked again in this run. If another process is fetching posters, all are left
/// to it. No request starts after the deadline or once `stop` is set, and a pending one ends at the deadline.
pub fn fetch(
    store: &PosterStore,
    wanted: &[Wanted],
    loopback: &[Url],
    http: &Http,
    deadline: Deadline,
    stop: &AtomicBool,
    clock: &Clock,
) -> PosterSummary {
    let (unreachable_hosts, summary) = (Vec::new(), PosterSummary::default());
    let mut fetch = Fetch { store, loopback, http, deadline, stop, clock, unreachable_hosts, summary };
    let board: Vec<ImdbId> = wanted.iter().map(|wanted| wanted.id).collect();
    if let Err(error) = fetch.all(wanted, &board) {
        // The folder is not writable, so fetching more is pointless.
        fetch.summary.failed += 1;
        fetch.summary.last_error = Some(format!("posters cannot be stored: {error}"));
    }
    // A failed clean-up is no reason to fail.
    let _ = store.prune(&board, clock.now());
    fetch.summary
}

struct Fetch<'a> {
    store: &'a PosterStore,
    loopback: &'a [Url],
    http: &'a Http,
    deadline: Deadline,
    stop: &'a AtomicBool,
    clock: &'a Clock,
    /// Hosts that could not be reached.
    unreachable_hosts: Vec<String>,
    summary: PosterSummary,
}

impl Fetch<'_> {
    fn all(&mut self, wanted: &[Wanted], board: &[ImdbId]) -> std::io::Result<()> {
        let missing_count = self.missing(wanted).len();
        if missing_count == 0 {
            return Ok(());
        }
        let Some(_lock) = self.store.lock()? else {
            self.summary.left = missing_count;
            return Ok(());
        };
        // Check again: the previous holder of the lock may have fetched some.
        let mut missing = self.missing(wanted);
        missing.truncate(self.store.room_for(board, self.clock.now()));
        for (at, wanted) in missing.iter().enumerate() {
            if self.deadline.is_over() || self.stop.load(Ordering::Relaxed) {
                self.summary.left += missing.len() - at;
                break;
            }
            self.one(wanted)?;
        }
        Ok(())
    }

    fn missing<'w>(&self, wanted: &'w [Wanted]) -> Vec<&'w Wanted> {
        let now = self.clock.now();
        wanted.iter().filter(|wanted| self.store.is_missing(wanted.id, &wanted.address, now)).collect()
    }

    fn one(&mut self, Wanted { id, address }: &Wanted) -> std::io::Result<()> {
        if self.unreachable_hosts.iter().any(|host| host == address.host()) {
            self.summary.left += 1;
            return Ok(());
        }
        let fetched = self.get(address);
        let now = self.clock.now();
        match fetched {
            Ok(jpeg) => {
                self.store.put(*id, address, &jpeg, now)?;
                self.summary.fetched += 1;
            }
            // This run's own deadline is not a failure of the host.
            Err(_) if self.deadline.is_over() => self.summary.left += 1,
            Err((fault, why)) => {
                self.store.note_failure(*id, address, fault, &why, now)?;
                self.summary.failed += 1;
                self.summary.last_error = Some(format!("{id}: {why}"));
                if fault == Fault::Host {
                    self.unreachable_hosts.push(address.host().to_owned());
                }
            }
        }
        Ok(())
    }

    /// Gets a picture that can be decoded. Reasons for failures name only the host, because the rest of the address may
    /// hold more than should be shown.
    fn get(&self, address: &PosterUrl) -> Result<Jpeg, (Fault, String)> {
        let host = address.host();
        let redirect = |from: &Url, location: &str| {
            let to = from.join(location).ok().and_then(|to| PosterUrl::of(to.as_str(), self.loopback));
            let refused = || HttpError::Invalid(format!("{host} redirects to an address that serves no posters"));
            to.map(|to| to.url().clone()).ok_or_else(refused)
        };
        let deadline = self.deadline.min(Deadline::after(REQUEST_LIMIT));
        let reply = self.http.get_with(address.url(), MAX_BYTES as u64, deadline, &redirect).map_err(|error| {
            let fault = match error {
                HttpError::Unreachable(_) => Fault::Host,
                HttpError::TimedOut(_) | HttpError::Broken(_) => Fault::Transient,
                HttpError::Invalid(_) => Fault::Permanent,
            };
            (fault, error.to_string())
        })?;
        match reply.status {
            200 => {}
            status @ (408 | 425 | 429 | 500..) => {
                return Err((Fault::Transient, format!("{host} answered with status {status}")));
            }
            status => return Err((Fault::Permanent, format!("{host} has no such poster (status {status})"))),
        }
        let jpeg = Jpeg::parse(&reply.body).map_err(|why| (Fault::Permanent, format!("{host} sent {why}")))?;
        match is_decodable(&jpeg) {
            true => Ok(jpeg),
            false => Err((Fault::Permanent, format!("{host} sent a JPEG that cannot be decoded"))),
        }
    }
}
