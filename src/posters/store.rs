//! The folder of posters: a file a movie, bounded in number, bytes and age.
//!
//! It lies in the cache folder and may be deleted at any time. Readers take no lock and write nothing but the time of the
//! last use, at most once a day and only if they may. A note beside a picture's place says that a fetch is under way or
//! failed, and until when it is to be left alone: the modification time of the note.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde::Serialize;
use time::UtcDateTime;

use super::address::Address;
use super::jpeg::{Jpeg, MAX_BYTES};
use crate::files::{TEMPORARY, make_folder, publish, replace, temporary_beside};
use crate::model::ImdbId;
use crate::model::text::clean;

/// Bounds of the folder. 500 posters of 33 KiB have 16 MiB.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pictures.
    pub pictures: usize,
    /// Bytes of all pictures.
    pub bytes: u64,
    /// Time without use after which a picture is removed.
    pub unused: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pictures: 500, bytes: 32 << 20, unused: Duration::from_secs(90 * 24 * 3600) }
    }
}

/// The time of the last use is written again when it is older than this.
const NOTED_AFTER: Duration = Duration::from_secs(24 * 3600);
/// Temporary files older than this were left by a process that was killed.
const TEMPORARY_FOR: Duration = Duration::from_secs(3600);
/// A claim outlives the longest that one poster may take.
const CLAIM_LASTS: Duration = Duration::from_secs(60);
/// Longest reason of a failure that is kept, in characters.
const MAX_REASON_CHARS: usize = 160;
const PICTURE: &str = ".jpg";
const NOTE: &str = ".txt";

/// How long a failed poster is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// The network or the server failed: 10 minutes.
    Passing,
    /// The address has no picture that is accepted: 7 days.
    Lasting,
}

impl RetryAfter {
    fn pause(self) -> Duration {
        match self {
            Self::Passing => Duration::from_secs(600),
            Self::Lasting => Duration::from_secs(7 * 24 * 3600),
        }
    }
}

/// The folder of posters. Making one touches no file.
#[derive(Clone, Debug)]
pub struct PosterStore {
    folder: PathBuf,
    limits: Limits,
}

/// The contents of the folder in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Pictures.
    pub pictures: usize,
    /// Bytes of all pictures.
    pub bytes: u64,
    /// Posters that failed and are left alone for now.
    pub failures: usize,
    /// The reason of one of these, with its movie.
    pub last_error: Option<String>,
}

/// A picture or a note in the folder.
struct Entry {
    id: ImdbId,
    path: PathBuf,
    bytes: u64,
    /// Seconds since the epoch.
    modified: u64,
}

impl PosterStore {
    /// The posters in `cache_folder`.
    pub fn new(cache_folder: &Path) -> Self {
        Self::with_limits(cache_folder, Limits::default())
    }

    /// The same with other bounds, for tests.
    pub fn with_limits(cache_folder: &Path, limits: Limits) -> Self {
        Self { folder: cache_folder.join("posters"), limits }
    }

    /// The poster of a movie. `None` if it was not fetched, or is damaged.
    pub fn get(&self, id: ImdbId, address: &Address, now: UtcDateTime) -> Option<Jpeg> {
        let path = self.path(id, address, PICTURE);
        let file = File::open(&path).ok()?;
        let mut bytes = Vec::new();
        (&file).take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
        let jpeg = Jpeg::parse(&bytes).ok()?;
        note_use(&path, &file, now);
        Some(jpeg)
    }

    /// Returns true if the poster is missing or damaged, and is not to be left alone.
    pub fn lacks(&self, id: ImdbId, address: &Address, now: UtcDateTime) -> bool {
        !self.is_left_alone(id, address, now) && self.get(id, address, now).is_none()
    }

    /// Claims a poster for this process. Returns false if another one is fetching it or has just
    /// fetched it, or if it failed a moment ago.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn claim(&self, id: ImdbId, address: &Address, now: UtcDateTime) -> io::Result<bool> {
        make_folder(&self.folder)?;
        let note = self.path(id, address, NOTE);
        match until(&note) {
            Some(until) if is_ahead(until, now) => return Ok(false),
            Some(_) => fs::remove_file(&note).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            })?,
            None => {}
        }
        // It appears with its time: a note without one would be taken for one that has run out.
        let temporary = temporary_beside(&note);
        set_time(&File::create_new(&temporary)?, now, CLAIM_LASTS)?;
        if let Err(error) = publish(&temporary, &note) {
            let _ = fs::remove_file(&temporary);
            return if error.kind() == io::ErrorKind::AlreadyExists { Ok(false) } else { Err(error) };
        }
        let is_missing = self.get(id, address, now).is_none();
        if !is_missing {
            // Another process has just stored it.
            self.release(id, address);
        }
        Ok(is_missing)
    }

    /// Gives up a claim.
    pub fn release(&self, id: ImdbId, address: &Address) {
        // What stays runs out by itself.
        let _ = fs::remove_file(self.path(id, address, NOTE));
    }

    /// Stores a poster that was claimed, in place of the movie's former one. Appears whole or not at all.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn put(&self, id: ImdbId, address: &Address, jpeg: &Jpeg, now: UtcDateTime) -> io::Result<()> {
        make_folder(&self.folder)?;
        let path = self.path(id, address, PICTURE);
        replace(&path, |file| {
            file.write_all(jpeg.bytes())?;
            set_time(file, now, Duration::ZERO)
        })?;
        self.release(id, address);
        for former in self.entries(PICTURE)?.iter().filter(|entry| entry.id == id && entry.path != path) {
            let _ = fs::remove_file(&former.path);
        }
        Ok(())
    }

    /// Remembers why a poster that was claimed could not be fetched.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn note_failure(
        &self,
        id: ImdbId,
        address: &Address,
        retry: RetryAfter,
        why: &str,
        now: UtcDateTime,
    ) -> io::Result<()> {
        replace(&self.path(id, address, NOTE), |file| {
            file.write_all(clean(why, MAX_REASON_CHARS).as_bytes())?;
            set_time(file, now, retry.pause())
        })
    }

    /// The number of posters that a fetch for this board may add. Pictures of other movies make room.
    pub fn room_for(&self, board: &[ImdbId]) -> usize {
        let kept = self.entries(PICTURE).unwrap_or_default();
        let kept: Vec<&Entry> = kept.iter().filter(|entry| board.contains(&entry.id)).collect();
        match kept.iter().map(|entry| entry.bytes).sum::<u64>() < self.limits.bytes {
            true => self.limits.pictures.saturating_sub(kept.len()),
            false => 0,
        }
    }

    /// Removes pictures that were not used for long, and then those used longest ago until the rest is within the limits:
    /// movies in `board` last. Returns how many were removed.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn prune(&self, board: &[ImdbId], now: UtcDateTime) -> io::Result<usize> {
        // A time in the future counts as now.
        let age = |entry: &Entry| Duration::from_secs(seconds(now).saturating_sub(entry.modified));
        let old_notes = self.entries(NOTE)?.into_iter().filter(|entry| age(entry) > Duration::ZERO);
        let left_over = self.left_over(now)?.into_iter();
        for path in old_notes.map(|entry| entry.path).chain(left_over) {
            let _ = fs::remove_file(path);
        }
        let is_used = |entry: &Entry| age(entry) <= self.limits.unused || board.contains(&entry.id);
        let (mut kept, unused): (Vec<Entry>, Vec<Entry>) = self.entries(PICTURE)?.into_iter().partition(is_used);
        let mut removed = unused.iter().filter(|entry| fs::remove_file(&entry.path).is_ok()).count();
        let mut bytes: u64 = kept.iter().map(|entry| entry.bytes).sum();
        while kept.len() > self.limits.pictures || bytes > self.limits.bytes {
            let next = (0..kept.len()).min_by_key(|&at| (board.contains(&kept[at].id), kept[at].modified));
            let Some(next) = next.map(|at| kept.swap_remove(at)) else { break };
            bytes -= next.bytes;
            removed += usize::from(fs::remove_file(&next.path).is_ok());
        }
        Ok(removed)
    }

    /// The contents of the folder in numbers.
    pub fn stats(&self, now: UtcDateTime) -> Stats {
        let pictures = self.entries(PICTURE).unwrap_or_default();
        let mut failures = self.entries(NOTE).unwrap_or_default();
        failures.retain(|entry| entry.bytes > 0 && is_ahead(entry.modified, now));
        let last = failures.iter().max_by_key(|entry| entry.modified);
        let last_error = last.and_then(|entry| {
            // Anybody may have written it.
            let why = clean(&fs::read_to_string(&entry.path).ok()?, MAX_REASON_CHARS);
            Some(format!("{}: {why}", entry.id))
        });
        let bytes = pictures.iter().map(|entry| entry.bytes).sum();
        Stats { pictures: pictures.len(), bytes, failures: failures.len(), last_error }
    }

    fn is_left_alone(&self, id: ImdbId, address: &Address, now: UtcDateTime) -> bool {
        until(&self.path(id, address, NOTE)).is_some_and(|until| is_ahead(until, now))
    }

    /// A short name, stable for a movie and an address. Ids are letters and digits by their type, so that the name is one
    /// in this folder.
    fn path(&self, id: ImdbId, address: &Address, extension: &str) -> PathBuf {
        self.folder.join(format!("{id}-{:016x}{extension}", address.hash()))
    }

    /// The files with an extension that this program named; what else lies in the folder is left alone.
    fn entries(&self, extension: &str) -> io::Result<Vec<Entry>> {
        let entry = |(path, metadata): (PathBuf, fs::Metadata)| {
            let name = path.file_name()?.to_str()?;
            let (id, hash) = name.strip_suffix(extension)?.split_once('-')?;
            let id = ImdbId::parse(id).filter(|parsed| parsed.to_string() == id)?;
            u64::from_str_radix(hash, 16).ok()?;
            Some(Entry { id, modified: modified(&metadata)?, bytes: metadata.len(), path })
        };
        Ok(self.files()?.into_iter().filter_map(entry).collect())
    }

    /// Temporary files of processes that were killed.
    fn left_over(&self, now: UtcDateTime) -> io::Result<Vec<PathBuf>> {
        let is_old = |metadata: &fs::Metadata| {
            modified(metadata).is_some_and(|at| seconds(now).saturating_sub(at) > TEMPORARY_FOR.as_secs())
        };
        let is_left_over =
            |(path, metadata): &(PathBuf, _)| path.to_string_lossy().ends_with(TEMPORARY) && is_old(metadata);
        Ok(self.files()?.into_iter().filter(is_left_over).map(|(path, _)| path).collect())
    }

    /// The regular files in the folder. Links are not followed: nothing outside the folder is counted or removed.
    fn files(&self) -> io::Result<Vec<(PathBuf, fs::Metadata)>> {
        let files = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            files => files?,
        };
        let file = |file: io::Result<fs::DirEntry>| {
            let file = file.ok()?;
            let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((file.path(), metadata))
        };
        Ok(files.filter_map(file).collect())
    }
}

/// Writes the time of the last use, best effort: other people's files and read-only folders do without it.
fn note_use(path: &Path, file: &File, now: UtcDateTime) {
    let Some(noted) = file.metadata().ok().and_then(|metadata| modified(&metadata)) else { return };
    // A time in the future was written by a clock that was wrong.
    let is_old = noted > seconds(now) || seconds(now) - noted > NOTED_AFTER.as_secs();
    if is_old && let Ok(file) = File::options().write(true).open(path) {
        let _ = set_time(&file, now, Duration::ZERO);
    }
}

/// The time is still to come, and no farther ahead than this program writes.
fn is_ahead(then: u64, now: UtcDateTime) -> bool {
    let now = seconds(now);
    now < then && then - now <= RetryAfter::Lasting.pause().as_secs()
}

/// The time up to which a note holds, in seconds since the epoch. `None` if there is no note.
fn until(note: &Path) -> Option<u64> {
    modified(&fs::metadata(note).ok()?)
}

/// When a file was last changed, in seconds since the epoch.
fn modified(metadata: &fs::Metadata) -> Option<u64> {
    let modified = metadata.modified().ok()?;
    Some(modified.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

fn seconds(moment: UtcDateTime) -> u64 {
    moment.unix_timestamp().try_into().unwrap_or(0)
}

/// Sets the time of a file to so long after `now`.
fn set_time(file: &File, now: UtcDateTime, after: Duration) -> io::Result<()> {
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds(now)) + after)
}
