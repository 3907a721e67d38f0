//! Fetches posters within a time limit.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use url::Url;

use super::address::PosterUrl;
use super::decode::is_decodable;
use super::jpeg::{Jpeg, MAX_BYTES};
use super::store::{Fault, MAX_PICTURES, Posters};
use crate::env::{Clock, Deadline};
use crate::files;
use crate::model::{CacheEntry, ImdbId};
use crate::net::{Http, HttpError};
use crate::sources::Settings;
use crate::store::{Result, Store};

/// Timeout for one poster, including redirects.
const REQUEST_LIMIT: Duration = Duration::from_secs(10);

/// A movie, and the address of its poster.
pub type Wanted = (ImdbId, PosterUrl);

/// The outcome of a fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PosterSummary {
    /// Posters that were fetched and stored.
    pub fetched: usize,
    /// Posters that were tried and failed.
    pub failed: usize,
    /// The reason for the last failure.
    pub last_error: Option<String>,
}

impl Posters {
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
        let wanted = |(id, entry): (ImdbId, CacheEntry)| Some((id, self.address_of(&entry)?));
        let wanted: Vec<Wanted> = board.cached_on_board()?.into_iter().filter_map(wanted).collect();
        Ok(fetch(self, &wanted, &http, deadline, stop, clock))
    }
}

/// Fetches the missing posters of the first [`MAX_PICTURES`] of `wanted`, in that order. Then removes what exceeds the
/// limits of the folder.
///
/// Fetches one at a time: nobody waits for posters, and their hosts answer quickly. A failure is remembered for a
/// while, and an unreachable host is not asked again in this run. No request starts after the deadline or once `stop`
/// is set, and a pending one ends at the deadline.
pub fn fetch(
    posters: &Posters,
    wanted: &[Wanted],
    http: &Http,
    deadline: Deadline,
    stop: &AtomicBool,
    clock: &Clock,
) -> PosterSummary {
    let wanted = &wanted[..wanted.len().min(MAX_PICTURES)];
    let (unreachable_hosts, summary) = (Vec::new(), PosterSummary::default());
    let mut fetch = Fetch { posters, http, deadline, stop, clock, unreachable_hosts, summary };
    let board: Vec<ImdbId> = wanted.iter().map(|(id, _)| *id).collect();
    if let Err(error) = fetch.all(wanted) {
        // The folder is not writable, so fetching more is pointless.
        fetch.summary.failed += 1;
        fetch.summary.last_error = Some(format!("posters cannot be stored: {}", files::reason(&error)));
    }
    // A failed clean-up is no reason to fail.
    let _ = posters.prune(&board, clock.now());
    fetch.summary
}

struct Fetch<'a> {
    posters: &'a Posters,
    http: &'a Http,
    deadline: Deadline,
    stop: &'a AtomicBool,
    clock: &'a Clock,
    /// Hosts that could not be reached.
    unreachable_hosts: Vec<String>,
    summary: PosterSummary,
}

impl Fetch<'_> {
    fn all(&mut self, wanted: &[Wanted]) -> std::io::Result<()> {
        for (id, address) in wanted {
            if self.deadline.is_over() || self.stop.load(Ordering::Relaxed) {
                break;
            }
            // Checked just before, because another process may have fetched it meanwhile.
            if self.posters.is_missing(*id, address, self.clock.now()) {
                self.one(*id, address)?;
            }
        }
        Ok(())
    }

    fn one(&mut self, id: ImdbId, address: &PosterUrl) -> std::io::Result<()> {
        if self.unreachable_hosts.iter().any(|host| host == address.host()) {
            return Ok(());
        }
        let fetched = self.get(address);
        let now = self.clock.now();
        match fetched {
            Ok(jpeg) => {
                self.posters.put(id, address, &jpeg, now)?;
                self.summary.fetched += 1;
            }
            // This run's own deadline is not a failure of the host.
            Err(_) if self.deadline.is_over() => {}
            Err((fault, why)) => {
                self.posters.note_failure(id, address, fault, &why, now)?;
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
    fn get(&self, address: &PosterUrl) -> std::result::Result<Jpeg, (Fault, String)> {
        let host = address.host();
        let redirect = |from: &Url, location: &str| {
            let to = from.join(location).ok().and_then(|to| self.posters.address(to.as_str()));
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
