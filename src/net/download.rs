//! Downloads large gzip files: only those that have changed, and from where the last attempt ended.
//!
//! Conditions and ranges follow RFC 9110, sections 13 and 14. After a power cut, the bytes on the disk may differ from
//! those that were written, so whoever uses the file must check it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::Body;
use ureq::http::Response;
use url::Url;

use super::http::{RequestTimeout, header, host, redirected};
use super::{Http, HttpError, retry_after};
use crate::env::{Clock, Deadline, Progress, TimeLimits, Unit};
use crate::files::{is_no_room, with_suffix};

/// The number of bytes that are read and written at a time.
const BLOCK: usize = 64 << 10;
/// The number of failed attempts in a row before giving up. An attempt that brings new bytes starts the count again.
const MAX_ATTEMPTS: u32 = 3;
/// Maximum size of a file. In 2026, the larger of IMDb's datasets had 225 MB.
const MAX_BYTES: u64 = 2 << 30;
/// The first bytes of a gzip file.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A file to download.
pub struct Download<'a> {
    /// The HTTP client.
    pub http: &'a Http,
    /// The address of the file.
    pub url: &'a Url,
    /// The name of the file in the progress bar.
    pub label: &'static str,
    /// The path of the file. The download is beside it, see [`Part`].
    pub target: &'a Path,
    /// The ETag of a version that need not be downloaded again.
    pub known: Option<&'a str>,
    /// The longest time without any byte, and the pauses between attempts. The total time is not limited.
    pub limits: TimeLimits,
    /// The clock.
    pub clock: &'a Clock,
    /// Set when the person wants to stop.
    pub stop: &'a AtomicBool,
}

/// A download that failed, and how much of it is kept for the next attempt.
#[derive(Debug)]
pub struct DownloadError {
    /// The reason.
    pub cause: DownloadCause,
    /// The number of bytes that are kept.
    pub kept: u64,
}

/// The reason why a download failed. The texts name the host, but never credentials or a query.
#[derive(Debug)]
pub enum DownloadCause {
    /// There was no answer, it broke off, or it is not the file.
    Http(HttpError),
    /// The host, the status of its answer, and the pause that it asks for.
    Refused(String, u16, Option<Duration>),
    /// The file cannot be written.
    Io(PathBuf, io::Error),
    /// The person stopped it.
    Stopped,
}

impl DownloadCause {
    /// Returns true if a retry may succeed. A host that cannot be reached is retried only after an earlier attempt,
    /// because its network may come back.
    fn is_transient(&self, is_under_way: bool) -> bool {
        match self {
            Self::Http(HttpError::Unreachable(_)) => is_under_way,
            Self::Http(HttpError::TimedOut(_) | HttpError::Broken(_)) => true,
            Self::Refused(_, status, _) => matches!(status, 408 | 429 | 500..=599),
            _ => false,
        }
    }
}

impl fmt::Display for DownloadCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => write!(f, "{error}"),
            Self::Refused(host, 404 | 410, _) => write!(f, "{host} does not have the file"),
            Self::Refused(host, 429, _) => write!(f, "{host}: rate limit reached (status 429)"),
            Self::Refused(host, status, _) => write!(f, "{host} answered with status {status}"),
            Self::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

/// The downloaded bytes of a file, in `TARGET.part`, with their version, in `TARGET.part.version`.
#[derive(Debug)]
pub struct Part {
    /// The path of the file with the bytes.
    pub path: PathBuf,
    len: u64,
    /// The ETag of the version of these bytes.
    pub etag: Option<String>,
    total: Option<u64>,
}

impl Part {
    /// Returns the part of `target` that was downloaded before. Bytes of an unknown version are not used.
    fn of(target: &Path) -> Self {
        let mut part = Self { path: with_suffix(target, ".part"), len: 0, etag: None, total: None };
        let text = fs::read_to_string(part.version_path()).unwrap_or_default();
        let version = text.split_once(' ').filter(|(_, etag)| is_strong(etag));
        if let (Some((total, etag)), Ok(meta)) = (version, fs::metadata(&part.path)) {
            (part.len, part.etag, part.total) = (meta.len(), Some(etag.to_owned()), total.parse().ok());
        }
        part
    }

    /// Removes the bytes and their version.
    pub fn discard(&mut self) {
        (self.len, self.etag, self.total) = (0, None, None);
        for path in [self.version_path(), self.path.clone()] {
            // The next download overwrites files that cannot be removed.
            let _ = fs::remove_file(path);
        }
    }

    fn is_complete(&self) -> bool {
        self.total == Some(self.len)
    }

    fn version_path(&self) -> PathBuf {
        with_suffix(&self.path, ".version")
    }

    /// Starts a version from its first byte. If killed at any time, leaves no bytes that look like another version's.
    fn begin(&mut self, etag: Option<String>, total: Option<u64>) -> io::Result<File> {
        self.discard();
        let file = File::create(&self.path)?;
        (self.etag, self.total) = (etag, total);
        self.write_version().map(|()| file)
    }

    fn write_version(&self) -> io::Result<()> {
        // Only a strong ETag stands for the very same bytes (RFC 9110, section 8.8.1).
        let Some(etag) = self.etag.as_deref().filter(|etag| is_strong(etag)) else { return Ok(()) };
        let total = self.total.map_or("?".to_owned(), |total| total.to_string());
        fs::write(self.version_path(), format!("{total} {etag}"))
    }
}

fn is_strong(etag: &str) -> bool {
    etag.len() > 1 && etag.starts_with('"') && etag.ends_with('"') && etag.bytes().all(|b| b.is_ascii_graphic())
}

/// Downloads a file, and resumes broken connections. `None` if the server has no newer version than the known one.
///
/// # Errors
/// Fails with the cause and the number of bytes that are kept for the next time.
pub fn download(job: &Download<'_>, progress: &mut dyn Progress) -> Result<Option<Part>, DownloadError> {
    let mut run = DownloadRun { job, part: Part::of(job.target), progress };
    let result = run.attempts();
    let mut part = run.part;
    let is_full = matches!(&result, Err(DownloadCause::Io(_, error)) if is_no_room(error));
    let is_in_the_way = is_full && !part.is_complete();
    if is_in_the_way || matches!(result, Ok(false)) {
        part.discard();
    }
    match result {
        Ok(is_new) => Ok(is_new.then_some(part)),
        Err(cause) => Err(DownloadError { kept: part.len, cause }),
    }
}

struct DownloadRun<'a> {
    job: &'a Download<'a>,
    part: Part,
    progress: &'a mut dyn Progress,
}

impl DownloadRun<'_> {
    /// Makes requests until one succeeds or too many failed. Returns false if the server has nothing newer.
    fn attempts(&mut self) -> Result<bool, DownloadCause> {
        let mut failed = 0;
        loop {
            let before = self.part.len;
            let cause = match self.attempt() {
                Err(cause) if cause.is_transient(failed > 0) => cause,
                result => return result,
            };
            failed = if self.part.len > before { 1 } else { failed + 1 };
            if failed >= MAX_ATTEMPTS {
                return Err(cause);
            }
            let asked = if let DownloadCause::Refused(.., Some(pause)) = cause { pause } else { Duration::ZERO };
            // Longer than for a request for one title, because a server of large files takes longer to recover.
            let pause = self.job.limits.retry_pause * 5 * 2u32.pow(failed - 1);
            self.wait(asked.min(self.job.limits.retry_after).max(pause))?;
        }
    }

    fn wait(&self, pause: Duration) -> Result<(), DownloadCause> {
        let end = Deadline::after(pause);
        while !end.is_over() {
            self.check_stop()?;
            std::thread::sleep(end.remaining().min(Duration::from_millis(50)));
        }
        Ok(())
    }

    fn check_stop(&self) -> Result<(), DownloadCause> {
        if self.job.stop.load(Ordering::Relaxed) { Err(DownloadCause::Stopped) } else { Ok(()) }
    }

    /// Makes one request. Returns false if the server has nothing newer than the known version.
    fn attempt(&mut self) -> Result<bool, DownloadCause> {
        let (job, part) = (self.job, &mut self.part);
        // A weak ETag does not stand for the very same bytes, so it cannot continue a part.
        let own = part.etag.as_ref().filter(|etag| part.is_complete() || is_strong(etag));
        let headers: Vec<(&str, String)> = match (own, job.known) {
            (Some(etag), _) if part.is_complete() => vec![("if-none-match", etag.clone())],
            (Some(etag), _) => vec![("range", format!("bytes={}-", part.len)), ("if-range", etag.clone())],
            (None, known) => known.map(|etag| ("if-none-match", etag.to_owned())).into_iter().collect(),
        };
        let opened = job.http.open(job.url, &headers, RequestTimeout::Idle(job.limits.request), &redirected);
        let (response, url) = opened.map_err(DownloadCause::Http)?;
        let etag = header(&response, "etag");
        // Some servers ignore conditional headers.
        let is_same = |other: Option<&str>| etag.is_some() && etag == other;
        match response.status().as_u16() {
            304 if part.is_complete() => Ok(true),
            200 if part.is_complete() && is_same(part.etag.as_deref()) => Ok(true),
            200 if is_same(job.known) => Ok(false),
            304 if own.is_none() && job.known.is_some() => Ok(false),
            200 => self.receive(response, &url, 0).map(|()| true),
            206 if header(&response, "content-range").and_then(range_start) == Some(part.len) => {
                let already = part.len;
                self.receive(response, &url, already).map(|()| true)
            }
            206 | 304 | 412 | 416 => {
                // The downloaded part is useless now, so the next attempt requests the whole file.
                part.discard();
                let why = format!("{} did not send the requested range", host(job.url));
                Err(DownloadCause::Http(HttpError::Broken(why)))
            }
            status => {
                let pause = header(&response, "retry-after").and_then(|text| retry_after(text, job.clock.now()));
                Err(DownloadCause::Refused(host(job.url), status, pause))
            }
        }
    }

    /// Receives the body of an answer, which begins after the `already` downloaded bytes.
    fn receive(&mut self, response: Response<Body>, url: &Url, already: u64) -> Result<(), DownloadCause> {
        let (job, part) = (self.job, &mut self.part);
        let unexpected = |what| Err(DownloadCause::Http(HttpError::Invalid(format!("{} {what}", host(job.url)))));
        let length = header(&response, "content-length").and_then(|length| length.parse::<u64>().ok());
        let total = length.map(|length| already.saturating_add(length));
        if total.is_some_and(|total| total > MAX_BYTES) {
            return unexpected("sent a file that is too large");
        }
        let etag = header(&response, "etag").map(str::to_owned);
        let mut body = response.into_body().into_reader();
        let broke = |error: io::Error| DownloadCause::Http(job.http.explain(error.into(), url));
        let failed = |error| DownloadCause::Io(job.target.to_owned(), error);
        let mut first = Vec::new();
        let mut file = if already == 0 {
            // Checked first, so that an error page does not replace the bytes that have been downloaded.
            body.by_ref().take(GZIP.len() as u64).read_to_end(&mut first).map_err(broke)?;
            if first != GZIP {
                return unexpected("did not send the expected file");
            }
            part.begin(etag, total).map_err(failed)?
        } else {
            File::options().append(true).open(&part.path).map_err(failed)?
        };
        self.progress.begin(job.label, Unit::Bytes, total, already);
        let mut block = vec![0; BLOCK];
        let mut bytes = first.as_slice();
        loop {
            file.write_all(bytes).map_err(failed)?;
            self.part.len += bytes.len() as u64;
            self.progress.advance(bytes.len() as u64);
            if self.part.len > MAX_BYTES {
                self.part.discard();
                return unexpected("sent a file that is too large");
            }
            self.check_stop()?;
            // If the body is shorter than announced, this read fails.
            let read = body.read(&mut block).map_err(broke)?;
            if read == 0 {
                self.part.total = Some(self.part.len);
                return self.part.write_version().map_err(failed);
            }
            bytes = &block[..read];
        }
    }
}

/// Parses the position of the first byte of a Content-Range: 100 in `bytes 100-199/200`.
fn range_start(text: &str) -> Option<u64> {
    text.strip_prefix("bytes ")?.split_once('-')?.0.parse().ok()
}
