//! Downloading a large file: only when it has changed, and from where the last try ended.
//!
//! Conditions and ranges are those of RFC 9110, sections 13 and 14.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use url::Url;

use super::download_error::{Cause, Failed};
use super::part::{self, Part, Version};
use super::request::{Answer, Head};
use super::{HttpError, ProxySettings};
use crate::env::Deadline;

/// A download: the address, the file, the bounds.
pub struct Download<'a> {
    /// Its address.
    pub url: &'a Url,
    /// Through which proxy it is reached.
    pub proxies: &'a ProxySettings,
    /// The place of the file; it is made beside, see [`Part::of`].
    pub target: &'a Path,
    /// The tag of a version that need not be downloaded again.
    pub known: Option<&'a str>,
    /// Bounds on size and time.
    pub limits: &'a Limits,
    /// Set when the person wants no more.
    pub stop: &'a AtomicBool,
}

/// Bounds on size and time. There is no limit on the whole time.
#[derive(Clone, Debug)]
pub struct Limits {
    /// A file with more bytes is refused.
    pub max_bytes: u64,
    /// The longest time without any byte.
    pub stall: Duration,
    /// Tries in a row that bring nothing new.
    pub tries: u32,
    /// The pause after the first of them; each next one is twice as long.
    pub pause: Duration,
    /// The first bytes that such a file has.
    pub magic: &'static [u8],
}

/// The end of a download that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Downloaded {
    /// The server has no newer version than the known one.
    Unchanged,
    /// All of it is in the [`Part`].
    Complete,
}

/// Is told how far a download is.
pub trait Progress {
    /// Of so many bytes, if that is known, so many are there already.
    fn begin(&mut self, total: Option<u64>, already: u64);
    /// So many more have come.
    fn advance(&mut self, bytes: u64);
}

/// The longest pause that a server may ask for, as for metadata.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(30);

/// The end of a try that did not fail.
enum Step {
    Done(Downloaded),
    /// The bytes that are there are of no use: the next try begins at the first byte.
    Anew,
}

/// Downloads a file, or finds that it has not changed. Broken connections are taken up again.
///
/// # Errors
/// It failed; the error says what is kept for the next time.
pub fn download(job: &Download<'_>, progress: &mut dyn Progress) -> Result<(Downloaded, Part), Failed> {
    let mut run = Run { job, part: Part::of(job.target, job.url.as_str()), progress, retry_after: None };
    match run.tries() {
        Ok(downloaded) => Ok((downloaded, run.part)),
        Err(cause) => {
            if matches!(cause, Cause::NoRoom(_)) {
                run.part.discard();
            }
            Err(Failed { kept: run.part.size(), total: run.part.version().total, cause })
        }
    }
}

struct Run<'a> {
    job: &'a Download<'a>,
    part: Part,
    progress: &'a mut dyn Progress,
    /// The pause that the server asked for last.
    retry_after: Option<Duration>,
}

impl Run<'_> {
    fn tries(&mut self) -> Result<Downloaded, Cause> {
        let mut failed = 0;
        let mut anew = 0;
        loop {
            let before = self.part.size();
            match self.once() {
                Ok(Step::Done(downloaded)) => return Ok(downloaded),
                Ok(Step::Anew) if anew < self.job.limits.tries => anew += 1,
                Ok(Step::Anew) => return Err(self.unexpected("another file each time")),
                // A network that went away in the middle may come back.
                Err(cause) if !(cause.is_passing() || failed > 0 && cause.is_unreachable()) => {
                    return Err(cause);
                }
                Err(cause) => {
                    failed = if self.part.size() > before { 1 } else { failed + 1 };
                    if failed >= self.job.limits.tries {
                        return Err(cause);
                    }
                    let asked = self.retry_after.take().unwrap_or_default().min(MAX_RETRY_AFTER);
                    self.wait(asked.max(self.job.limits.pause * 2u32.pow(failed - 1)))?;
                }
            }
        }
    }

    fn wait(&self, pause: Duration) -> Result<(), Cause> {
        let end = Deadline::after(pause);
        while !end.is_over() {
            if self.job.stop.load(Ordering::Relaxed) {
                return Err(Cause::Stopped);
            }
            std::thread::sleep(end.remaining().min(Duration::from_millis(50)));
        }
        Ok(())
    }

    fn once(&mut self) -> Result<Step, Cause> {
        let asked = Asked::of(&self.part, self.job.known);
        let limits = self.job.limits;
        let mut answer = Answer::to(self.job.url, asked.headers, self.job.proxies, limits.stall);
        let head = answer.head(self.job.stop)?;
        match head.status {
            304 if asked.is_conditional => Ok(self.unchanged()),
            206 if asked.is_range && self.is_rest(&head) => {
                self.part.go_on().map_err(|e| Cause::io(self.part.path(), e))?;
                self.receive(Vec::new(), answer)
            }
            // Another range than was asked for, another version, a condition that failed: RFC 9110 allows
            // each when what is here is of no use any more.
            206 | 412 | 416 if asked.is_range || asked.is_conditional => {
                self.part.discard();
                Ok(Step::Anew)
            }
            200 => self.whole(&head, answer),
            status => {
                let seconds = head.header("retry-after").and_then(|text| text.trim().parse().ok());
                self.retry_after = seconds.map(Duration::from_secs);
                Err(Cause::Refused(self.host(), status))
            }
        }
    }

    /// The server says that what was asked about is its newest version.
    fn unchanged(&mut self) -> Step {
        if self.part.version().is_complete {
            return Step::Done(Downloaded::Complete);
        }
        // The rest of an older or withdrawn version is of no use.
        self.part.discard();
        Step::Done(Downloaded::Unchanged)
    }

    /// The answer is the rest of what is here.
    fn is_rest(&self, head: &Head) -> bool {
        let version = self.part.version();
        let range = head.header("content-range").and_then(ContentRange::parse);
        let is_same_tag = match (head.header("etag"), &version.etag) {
            (Some(now), Some(then)) => now == then,
            _ => true,
        };
        is_same_tag
            && range.is_some_and(|range| {
                range.start == self.part.size() && version.total.is_none_or(|total| range.total == Some(total))
            })
    }

    fn whole(&mut self, head: &Head, mut answer: Answer) -> Result<Step, Cause> {
        let etag = head.header("etag").and_then(part::etag);
        if let (Some(now), Some(known)) = (etag, self.job.known)
            && part::is_same(now, known)
        {
            self.part.discard();
            return Ok(Step::Done(Downloaded::Unchanged));
        }
        if let (Some(now), true, Some(here)) = (etag, self.part.version().is_complete, &self.part.version().etag)
            && part::is_same(now, here)
        {
            return Ok(Step::Done(Downloaded::Complete));
        }
        if head.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            return Err(self.unexpected("a web page instead of the file"));
        }
        let total = head.header("content-length").and_then(|length| length.parse().ok());
        let version = Version {
            address: Version::address(self.job.url.as_str()),
            etag: etag.map(str::to_owned),
            last_modified: head.header("last-modified").map(str::to_owned),
            total,
            is_complete: false,
        };
        if total.is_some_and(|total| total > self.job.limits.max_bytes) {
            return Err(self.unexpected("more than the file can have"));
        }
        // What is here is only given up for a file, not for an error page.
        let first = self.beginning(&mut answer)?;
        self.part.begin(version).map_err(|e| Cause::io(self.part.path(), e))?;
        self.receive(first, answer)
    }

    /// Takes in the body of an answer, whose first bytes have come already.
    fn receive(&mut self, first: Vec<u8>, mut answer: Answer) -> Result<Step, Cause> {
        let total = self.part.version().total;
        self.progress.begin(total, self.part.size());
        let mut next = Some(first);
        while let Some(bytes) = next {
            if self.part.size() + bytes.len() as u64 > total.unwrap_or(self.job.limits.max_bytes) {
                self.part.discard();
                return Err(self.unexpected("more than the file can have"));
            }
            self.part.add(&bytes).map_err(|e| Cause::io(self.part.path(), e))?;
            self.progress.advance(bytes.len() as u64);
            next = answer.bytes(self.job.stop)?;
        }
        if total.is_some_and(|total| self.part.size() < total) {
            return Err(Cause::Http(HttpError::Broken(format!("the connection to {} broke", self.host()))));
        }
        self.part.complete().map_err(|e| Cause::io(self.part.path(), e))?;
        Ok(Step::Done(Downloaded::Complete))
    }

    /// The first bytes of a body, which must be those that such a file has.
    fn beginning(&self, answer: &mut Answer) -> Result<Vec<u8>, Cause> {
        let magic = self.job.limits.magic;
        let mut first = Vec::new();
        while first.len() < magic.len() {
            match answer.bytes(self.job.stop)? {
                Some(bytes) => first.extend(bytes),
                None => break,
            }
        }
        if first.starts_with(magic) { Ok(first) } else { Err(self.unexpected("something else than the file")) }
    }

    fn unexpected(&self, what: &'static str) -> Cause {
        Cause::Unexpected(self.host(), what)
    }

    fn host(&self) -> String {
        self.job.url.host_str().unwrap_or("?").to_owned()
    }
}

/// The headers of a request, and the answers that they allow.
struct Asked {
    headers: Vec<(&'static str, String)>,
    /// It may answer that nothing is newer.
    is_conditional: bool,
    /// It may answer with the rest.
    is_range: bool,
}

impl Asked {
    fn of(part: &Part, known: Option<&str>) -> Self {
        let mut headers = Vec::new();
        let version = part.version();
        let is_complete = version.is_complete;
        let tag = if is_complete { version.etag.as_deref() } else { known.and_then(part::etag) };
        let date = version.last_modified.as_deref().filter(|_| is_complete && tag.is_none());
        headers.extend(tag.map(|tag| ("if-none-match", tag.to_owned())));
        headers.extend(date.map(|date| ("if-modified-since", date.to_owned())));
        let validator = version.range_validator().filter(|_| !is_complete && part.size() > 0);
        if let Some(validator) = validator {
            headers.push(("range", format!("bytes={}-", part.size())));
            headers.push(("if-range", validator.to_owned()));
        }
        Self { headers, is_conditional: tag.or(date).is_some(), is_range: validator.is_some() }
    }
}

/// `bytes 100-199/200` (RFC 9110, 14.4).
#[derive(Debug, PartialEq, Eq)]
struct ContentRange {
    start: u64,
    total: Option<u64>,
}

impl ContentRange {
    fn parse(text: &str) -> Option<Self> {
        let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
        let (start, end) = range.split_once('-')?;
        let (start, end): (u64, u64) = (start.parse().ok()?, end.parse().ok()?);
        let total = if total == "*" { None } else { Some(total.parse().ok()?) };
        (start <= end && total.is_none_or(|total| end < total)).then_some(Self { start, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_ranges_are_read() {
        let parse = |text| ContentRange::parse(text);
        assert_eq!(parse("bytes 5-9/10"), Some(ContentRange { start: 5, total: Some(10) }));
        assert_eq!(parse("bytes 5-9/*"), Some(ContentRange { start: 5, total: None }));
        for text in
            ["", "bytes", "bytes 5-9", "bytes 9-5/10", "bytes 5-10/10", "items 5-9/10", "bytes -5-9/10", "bytes */10"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
