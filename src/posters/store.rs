//! The folder of posters: one file per movie, limited in number and bytes.
//!
//! It is in the cache folder and may be deleted at any time. No lock is needed: each file is replaced as a whole.
//! Readers write nothing. After a failed fetch, a note takes the place of the picture and holds the reason. The note's
//! modification time is in the future: until then, the fetch is not retried.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde::Serialize;
use time::UtcDateTime;
use url::Url;

use super::address::PosterUrl;
use super::jpeg::{Jpeg, MAX_BYTES};
use crate::files::{TEMPORARY, make_folder, replace};
use crate::model::text::sanitize;
use crate::model::{CacheEntry, ImdbId};

/// Maximum number of pictures. 500 of 33 KiB take 16 MiB.
pub const MAX_PICTURES: usize = 500;
/// Maximum bytes of all pictures.
const MAX_TOTAL_BYTES: u64 = 32 << 20;
/// The age, in seconds, above which a temporary file was left behind by a killed process.
const TEMPORARY_FOR: u64 = 3600;
/// Maximum length of a stored reason in characters.
const MAX_REASON_CHARS: usize = 160;
const PICTURE: &str = ".jpg";
const NOTE: &str = ".txt";

/// The reason why a poster could not be fetched, which decides when to retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The host cannot be reached. Retried after 10 minutes.
    Host,
    /// The connection broke, or the server failed. Retried after 10 minutes.
    Transient,
    /// The address has no acceptable picture. Retried after 7 days.
    Permanent,
}

impl Fault {
    fn pause(self) -> Duration {
        match self {
            Self::Host | Self::Transient => Duration::from_secs(600),
            Self::Permanent => Duration::from_secs(7 * 24 * 3600),
        }
    }
}

/// The posters on this machine. Creating this value touches no file.
#[derive(Clone, Debug)]
pub struct Posters {
    folder: PathBuf,
    /// URLs of metadata sources on this machine, which may also serve posters.
    loopback: Vec<Url>,
}

/// Statistics of the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PosterStats {
    /// Number of pictures.
    pub pictures: usize,
    /// Bytes of all pictures.
    pub bytes: u64,
    /// Number of posters that failed and may not be retried yet.
    pub failures: usize,
    /// The reason for one of these failures, with its movie.
    pub last_error: Option<String>,
}

/// A picture or a note in the folder.
struct Entry {
    id: ImdbId,
    path: PathBuf,
    bytes: u64,
    /// Modification time in seconds since the epoch.
    modified: u64,
}

impl Posters {
    /// Returns the posters in `cache_folder`. `loopback` holds the URLs of metadata sources on this machine.
    pub fn new(cache_folder: &Path, loopback: Vec<Url>) -> Self {
        Self { folder: cache_folder.join("posters"), loopback }
    }

    /// Returns the address to request for the URL from a source, see [`PosterUrl::of`].
    pub fn address(&self, url: &str) -> Option<PosterUrl> {
        PosterUrl::of(url, &self.loopback)
    }

    /// Returns the address of the poster of a cached title. `None` if it has none that may be requested.
    pub fn address_of(&self, entry: &CacheEntry) -> Option<PosterUrl> {
        self.address(entry.title.as_ref()?.poster_url.as_deref()?)
    }

    /// Returns the poster of a movie. `None` if it has not been fetched or is damaged.
    pub fn get(&self, id: ImdbId, address: &PosterUrl) -> Option<Jpeg> {
        let file = File::open(self.path(id, address, PICTURE)).ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
        Jpeg::parse(&bytes).ok()
    }

    /// Returns true if the poster is missing or damaged, and no note delays a retry.
    pub fn is_missing(&self, id: ImdbId, address: &PosterUrl, now: UtcDateTime) -> bool {
        let note = fs::metadata(self.path(id, address, NOTE)).ok().as_ref().and_then(modified);
        !note.is_some_and(|until| is_ahead(until, now)) && self.get(id, address).is_none()
    }

    /// Stores a poster atomically and removes the movie's previous one.
    pub fn put(&self, id: ImdbId, address: &PosterUrl, jpeg: &Jpeg, now: UtcDateTime) -> io::Result<()> {
        make_folder(&self.folder)?;
        let path = self.path(id, address, PICTURE);
        replace(&path, |file| {
            file.write_all(jpeg.bytes())?;
            set_time(file, now, Duration::ZERO)
        })?;
        let _ = fs::remove_file(self.path(id, address, NOTE));
        for former in self.entries(PICTURE)?.iter().filter(|entry| entry.id == id && entry.path != path) {
            let _ = fs::remove_file(&former.path);
        }
        Ok(())
    }

    /// Stores the reason why a poster could not be fetched.
    pub fn note_failure(
        &self,
        id: ImdbId,
        address: &PosterUrl,
        fault: Fault,
        why: &str,
        now: UtcDateTime,
    ) -> io::Result<()> {
        make_folder(&self.folder)?;
        replace(&self.path(id, address, NOTE), |file| {
            file.write_all(sanitize(why, MAX_REASON_CHARS).as_bytes())?;
            set_time(file, now, fault.pause())
        })
    }

    /// Removes the pictures that exceed the limits, the oldest first and movies in `board` last. Also removes expired
    /// notes and left-over temporary files.
    pub fn prune(&self, board: &[ImdbId], now: UtcDateTime) -> io::Result<()> {
        let old_notes = self.entries(NOTE)?.into_iter().filter(|note| !is_ahead(note.modified, now));
        let left_over =
            self.entries(TEMPORARY)?.into_iter().filter(|file| file.modified + TEMPORARY_FOR < seconds(now));
        for file in old_notes.chain(left_over) {
            let _ = fs::remove_file(file.path);
        }
        let mut pictures = self.entries(PICTURE)?;
        pictures.sort_by_key(|picture| (!board.contains(&picture.id), Reverse(picture.modified)));
        let mut bytes = 0;
        for (at, picture) in pictures.iter().enumerate() {
            bytes += picture.bytes;
            if at >= MAX_PICTURES || bytes > MAX_TOTAL_BYTES {
                let _ = fs::remove_file(&picture.path);
            }
        }
        Ok(())
    }

    /// Returns the statistics of the folder.
    pub fn stats(&self, now: UtcDateTime) -> PosterStats {
        let pictures = self.entries(PICTURE).unwrap_or_default();
        let mut failures = self.entries(NOTE).unwrap_or_default();
        failures.retain(|entry| entry.bytes > 0 && is_ahead(entry.modified, now));
        let last = failures.iter().max_by_key(|entry| entry.modified);
        let last_error = last.and_then(|entry| {
            // The file is untrusted: any process may have written it.
            let why = sanitize(&fs::read_to_string(&entry.path).ok()?, MAX_REASON_CHARS);
            Some(format!("{}: {why}", entry.id))
        });
        let bytes = pictures.iter().map(|entry| entry.bytes).sum();
        PosterStats { pictures: pictures.len(), bytes, failures: failures.len(), last_error }
    }

    /// Returns the path of a picture or a note. Ids consist of letters and digits, so it cannot lead out of the folder.
    fn path(&self, id: ImdbId, address: &PosterUrl, extension: &str) -> PathBuf {
        self.folder.join(format!("{id}-{:016x}{extension}", address.hash()))
    }

    /// Returns the regular files with this ending whose names begin with an id. Other files in the folder are left
    /// alone, and links are not followed.
    fn entries(&self, ending: &str) -> io::Result<Vec<Entry>> {
        let files = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            files => files?,
        };
        let entry = |file: io::Result<fs::DirEntry>| {
            let file = file.ok()?;
            let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
            let name = file.file_name().into_string().ok()?;
            let (id, _) = name.strip_suffix(ending)?.split_once('-')?;
            let id = ImdbId::parse(id).filter(|parsed| parsed.to_string() == id)?;
            Some(Entry { id, path: file.path(), bytes: metadata.len(), modified: modified(&metadata)? })
        };
        Ok(files.filter_map(entry).collect())
    }
}

/// Returns true if the time is in the future, but no farther than this program would set it.
fn is_ahead(then: u64, now: UtcDateTime) -> bool {
    let now = seconds(now);
    now < then && then - now <= Fault::Permanent.pause().as_secs()
}

/// Returns the modification time of a file in seconds since the epoch.
fn modified(metadata: &fs::Metadata) -> Option<u64> {
    let modified = metadata.modified().ok()?;
    Some(modified.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

fn seconds(moment: UtcDateTime) -> u64 {
    moment.unix_timestamp().try_into().unwrap_or(0)
}

/// Sets the modification time of a file to `now` plus `after`.
fn set_time(file: &File, now: UtcDateTime, after: Duration) -> io::Result<()> {
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds(now)) + after)
}
