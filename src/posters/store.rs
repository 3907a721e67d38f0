//! The folder of posters: a file a movie, bounded in number, bytes and age.
//!
//! It lies in the cache folder and may be deleted at any time. Readers take no lock and write
//! nothing but, at most once a day and only if they may, the time of the last use.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde::Serialize;
use time::UtcDateTime;

use super::address::Address;
use super::failures::{Failure, Failures};
use super::jpeg::{Jpeg, MAX_BYTES};
use crate::files::{TEMPORARY, fnv1a, make_folder, replace};
use crate::model::ImdbId;

/// Bounds of the folder. 500 posters of 33 KiB have 16 MiB.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pictures.
    pub pictures: usize,
    /// Bytes of all pictures.
    pub bytes: u64,
    /// Time without use after which a picture goes.
    pub unused: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pictures: 500, bytes: 32 << 20, unused: Duration::from_secs(90 * 24 * 3600) }
    }
}

/// The time of the last use is noted again when it is older than this.
const NOTED_AFTER: Duration = Duration::from_secs(24 * 3600);
/// Temporary files older than this were left by a process that was killed.
const TEMPORARY_FOR: Duration = Duration::from_secs(3600);
const EXTENSION: &str = ".jpg";
const FAILURES: &str = "failures";

/// The folder of posters. Making one touches no file.
#[derive(Clone, Debug)]
pub struct PosterStore {
    folder: PathBuf,
    limits: Limits,
}

/// Contents of the folder, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Pictures.
    pub pictures: usize,
    /// Bytes of all pictures.
    pub bytes: u64,
    /// Posters that failed and are left alone for now.
    pub failures: usize,
    /// The reason of the last of these, with its movie.
    pub last_error: Option<String>,
}

/// A picture file.
struct Entry {
    id: ImdbId,
    path: PathBuf,
    bytes: u64,
    /// Seconds since the epoch.
    used: u64,
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

    /// The poster of a movie: the one from that address, else the movie's former one. None when
    /// there is none that can be read.
    pub fn get(&self, id: ImdbId, address: &Address, now: UtcDateTime) -> Option<Jpeg> {
        let path = self.path(id, address);
        self.read(&path, now).or_else(|| {
            let former = self.entries().ok()?.into_iter().filter(|e| e.id == id && e.path != path);
            self.read(&former.max_by_key(|e| e.used)?.path, now)
        })
    }

    fn read(&self, path: &Path, now: UtcDateTime) -> Option<Jpeg> {
        let file = File::open(path).ok()?;
        let mut bytes = Vec::new();
        (&file).take((MAX_BYTES + CHECKSUM + 1) as u64).read_to_end(&mut bytes).ok()?;
        let (picture, sum) = bytes.split_last_chunk::<CHECKSUM>()?;
        let jpeg = Jpeg::parse(picture).ok().filter(|_| *sum == checksum(picture))?;
        note_use(path, &file, now);
        Some(jpeg)
    }

    /// The poster from that address is there, as far as its name tells.
    pub fn has(&self, id: ImdbId, address: &Address) -> bool {
        self.path(id, address).is_file()
    }

    /// The poster from that address is there, and whole: a damaged one is fetched again.
    pub fn has_whole(&self, id: ImdbId, address: &Address, now: UtcDateTime) -> bool {
        self.read(&self.path(id, address), now).is_some()
    }

    /// Keeps a poster, which the decoder has taken, in place of the movie's former one. Appears whole or not at all.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn put(&self, id: ImdbId, address: &Address, jpeg: &Jpeg, now: UtcDateTime) -> io::Result<()> {
        make_folder(&self.folder)?;
        let path = self.path(id, address);
        replace(&path, |file| {
            file.write_all(jpeg.bytes())?;
            file.write_all(&checksum(jpeg.bytes()))?;
            file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds(now)))
        })?;
        for former in self.entries()?.iter().filter(|e| e.id == id && e.path != path) {
            let _ = fs::remove_file(&former.path);
        }
        Ok(())
    }

    /// The failures that are remembered.
    pub fn failures(&self, now: UtcDateTime) -> Failures {
        Failures::read(&self.folder.join(FAILURES), now)
    }

    /// Remembers a failure.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn remember(&self, failures: &mut Failures, id: ImdbId, address: &Address, failure: Failure) -> io::Result<()> {
        make_folder(&self.folder)?;
        failures.add(&self.folder.join(FAILURES), (id, address.hash()), failure)
    }

    /// Removes what was not used for long, and then the longest unused until the rest is within the
    /// limits: movies in `board` last. Returns how many pictures went.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn prune(&self, board: &[ImdbId], now: UtcDateTime) -> io::Result<usize> {
        // A time in the future counts as now.
        let age = |used| Duration::from_secs(seconds(now).saturating_sub(used));
        self.remove_left_over(|used| age(used) > TEMPORARY_FOR)?;
        let (mut kept, unused): (Vec<Entry>, Vec<Entry>) =
            self.entries()?.into_iter().partition(|e| age(e.used) <= self.limits.unused || board.contains(&e.id));
        let mut removed = unused.iter().filter(|e| fs::remove_file(&e.path).is_ok()).count();
        let mut bytes: u64 = kept.iter().map(|e| e.bytes).sum();
        while kept.len() > self.limits.pictures || bytes > self.limits.bytes {
            let next = (0..kept.len()).min_by_key(|&at| (board.contains(&kept[at].id), kept[at].used));
            let Some(next) = next.map(|at| kept.swap_remove(at)) else { break };
            bytes -= next.bytes;
            removed += usize::from(fs::remove_file(&next.path).is_ok());
        }
        Ok(removed)
    }

    /// Removes temporary files of processes that were killed.
    fn remove_left_over(&self, is_old: impl Fn(u64) -> bool) -> io::Result<()> {
        let Some(files) = self.files()? else { return Ok(()) };
        for (path, metadata) in files {
            let is_temporary = path.to_string_lossy().ends_with(TEMPORARY);
            if is_temporary && modified(&metadata).is_some_and(&is_old) {
                let _ = fs::remove_file(path);
            }
        }
        Ok(())
    }

    /// Contents of the folder, in numbers.
    pub fn stats(&self, now: UtcDateTime) -> Stats {
        let entries = self.entries().unwrap_or_default();
        let failures = self.failures(now);
        Stats {
            pictures: entries.len(),
            bytes: entries.iter().map(|e| e.bytes).sum(),
            failures: failures.len(),
            last_error: failures.last().map(|(id, failure)| format!("{id}: {}", failure.why)),
        }
    }

    /// The name of a picture's file: short, and stable for a movie and an address. Ids are letters and
    /// digits by their type, so the name is one in this folder.
    fn path(&self, id: ImdbId, address: &Address) -> PathBuf {
        self.folder.join(format!("{id}-{:016x}{EXTENSION}", address.hash()))
    }

    /// The picture files; what else lies in the folder is left alone.
    fn entries(&self) -> io::Result<Vec<Entry>> {
        let entry = |(path, metadata): (PathBuf, fs::Metadata)| {
            let name = path.file_name()?.to_str()?;
            let (id, hash) = name.strip_suffix(EXTENSION)?.split_once('-')?;
            let id = ImdbId::parse(id).filter(|parsed| parsed.to_string() == id)?;
            u64::from_str_radix(hash, 16).ok()?;
            Some(Entry { id, used: modified(&metadata)?, bytes: metadata.len(), path })
        };
        Ok(self.files()?.into_iter().flatten().filter_map(entry).collect())
    }

    /// The regular files in the folder; none when there is no folder.
    fn files(&self) -> io::Result<Option<Vec<(PathBuf, fs::Metadata)>>> {
        let files = match fs::read_dir(&self.folder) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            files => files?,
        };
        // Not following links: nothing outside the folder is counted or removed.
        let file = |file: io::Result<fs::DirEntry>| {
            let file = file.ok()?;
            let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((file.path(), metadata))
        };
        Ok(Some(files.filter_map(file).collect()))
    }
}

/// Bytes of the checksum, which follow the picture: programs that show pictures pass over what stands there.
const CHECKSUM: usize = 8;

/// Tells a picture that was tried out before it was kept from one that has changed since. Not cryptographic: whoever may
/// change files of the person's own may do worse.
fn checksum(picture: &[u8]) -> [u8; CHECKSUM] {
    fnv1a(picture).to_be_bytes()
}

/// Best effort: others' files and read-only folders are used without it.
fn note_use(path: &Path, file: &File, now: UtcDateTime) {
    let Some(noted) = file.metadata().ok().and_then(|m| modified(&m)) else { return };
    let now = seconds(now);
    // A time in the future was noted by a clock that was wrong.
    let is_old = noted > now || now - noted > NOTED_AFTER.as_secs();
    if is_old && let Ok(file) = File::options().write(true).open(path) {
        let _ = file.set_modified(UNIX_EPOCH + Duration::from_secs(now));
    }
}

/// When a file was last changed, in seconds since the epoch.
fn modified(metadata: &fs::Metadata) -> Option<u64> {
    let modified = metadata.modified().ok()?;
    Some(modified.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

fn seconds(moment: UtcDateTime) -> u64 {
    moment.unix_timestamp().try_into().unwrap_or(0)
}
