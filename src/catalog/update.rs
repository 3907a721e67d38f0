//! Bringing the catalogue up to date: what has changed is downloaded and imported.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use url::Url;

use super::gather::Selection;
use super::import::{self, BASICS, Datasets, RATINGS};
use super::meta::{Meta, Origin};
use super::{Catalog, CatalogError, Status};
use crate::env::{Clock, Progress, TimeLimits};
use crate::files::{make_folder_of, with_suffix};
use crate::model::ImdbId;
use crate::net::{Download, Http, Part, download};

/// Votes from which titles are taken in, unless a person says otherwise: 244,000 titles in 2026.
pub const MIN_VOTES: u32 = 100;
/// No dataset is larger: in 2026 the larger one had 225 MB.
const MAX_BYTES: u64 = 2 << 30;
/// The first bytes of a file that gzip has compressed.
const GZIP: &[u8] = &[0x1f, 0x8b];
/// Bytes of a catalogue before anything is known of it: in 2026, 23 MB with titles from 100 votes …
const ROOM: u64 = 40 << 20;
/// … and 70 MB with all that have a rating.
const ROOM_FOR_ALL: u64 = 100 << 20;

/// An update: the file, the server, the choice of titles.
pub struct Update<'a> {
    /// The catalogue's file.
    pub path: &'a Path,
    /// The address of the datasets.
    pub address: &'a Url,
    /// Makes the requests.
    pub http: &'a Http,
    /// The least number of votes of a title. `None` keeps the number of last time, see [`MIN_VOTES`].
    pub min_votes: Option<u32>,
    /// Whether to update only the ratings of the existing catalogue.
    pub ratings_only: bool,
    /// Titles that are imported whatever their votes.
    pub keep: &'a [ImdbId],
    /// Limits on waiting for the server.
    pub limits: TimeLimits,
    /// Set when the person interrupts.
    pub stop: &'a AtomicBool,
}

/// The outcome of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There is a new catalogue.
    Imported,
    /// There are new ratings.
    Ratings,
    /// Nothing: IMDb has no newer data.
    Nothing,
}

/// Brings the catalogue up to date.
///
/// # Errors
/// It failed: the old catalogue stays, and what was downloaded is kept where it can be used.
pub fn update(
    update: &Update<'_>,
    clock: &Clock,
    progress: &mut dyn Progress,
) -> Result<(Change, Status), CatalogError> {
    make_folder_of(update.path).map_err(|e| CatalogError::io(update.path, None, e))?;
    let _only_one = Lock::of(update.path)?;
    // Removes what a killed run left.
    drop(import::new_file(update.path));
    let old = last_meta(update.path)?;
    let mut run = UpdateRun { update, clock, progress };
    let (change, meta) = match old {
        None if update.ratings_only => return Err(CatalogError::Absent(update.path.to_owned())),
        Some(old) if update.ratings_only => run.ratings(old)?,
        old => run.all(old.as_ref())?,
    };
    Ok((change, Status::new(update.path, meta)?))
}

/// Removes the catalogue and its other files. Returns whether there was anything.
pub fn remove(path: &Path) -> Result<bool, CatalogError> {
    if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        return Ok(false);
    }
    let _only_one = Lock::of(path)?;
    if let Err(error @ CatalogError::NotOurs(_)) = Catalog::open(path) {
        return Err(error);
    }
    drop(import::new_file(path));
    let parts = [BASICS, RATINGS].map(|dataset| with_suffix(&path.with_file_name(dataset), ".part"));
    let mut removed = false;
    for file in parts.iter().flat_map(|part| [part.clone(), with_suffix(part, ".version")]).chain([path.to_owned()]) {
        match fs::remove_file(&file) {
            Ok(()) => removed = true,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(CatalogError::Io(file, e)),
        }
    }
    Ok(removed)
}

/// A lock held while an update runs; the system releases it when the process dies. The lock file beside the catalogue
/// stays, because removing it would let two processes lock two files.
struct Lock(File);

impl Lock {
    fn of(path: &Path) -> Result<Self, CatalogError> {
        let lock = with_suffix(path, ".lock");
        let file = File::options().write(true).create(true).truncate(false).open(&lock);
        let file = file.map_err(|e| CatalogError::io(&lock, None, e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(CatalogError::Busy(path.to_owned())),
            Err(TryLockError::Error(e)) => Err(CatalogError::io(&lock, None, e)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Unlocked, not only closed: a child that is being started may still have the file open for a moment.
        let _ = self.0.unlock();
    }
}

/// Reads the facts of the existing catalogue. `None` if it has to be rebuilt.
fn last_meta(path: &Path) -> Result<Option<Meta>, CatalogError> {
    let old = Catalog::open(path).and_then(|catalog| catalog.map(|catalog| catalog.meta()).transpose());
    match old {
        Err(CatalogError::Damaged(_) | CatalogError::TooOld(_)) => Ok(None),
        old => old,
    }
}

struct UpdateRun<'a> {
    update: &'a Update<'a>,
    clock: &'a Clock,
    progress: &'a mut dyn Progress,
}

impl UpdateRun<'_> {
    fn all(&mut self, old: Option<&Meta>) -> Result<(Change, Meta), CatalogError> {
        let min_votes = self.update.min_votes.or(old.map(|old| old.min_votes)).unwrap_or(MIN_VOTES);
        let same = old.filter(|old| old.min_votes == min_votes);
        let mut meta = old.cloned().unwrap_or_default();
        let basics = self.fetch(BASICS, same.map(|old| &old.basics), &mut meta.basics)?;
        let Some(mut basics) = basics else { return self.ratings(meta) };
        let ratings = self.fetch(RATINGS, None, &mut meta.ratings)?;
        // No version was named to the server, so it cannot answer that nothing changed.
        let Some(mut ratings) = ratings else { return Ok((Change::Nothing, meta)) };
        let datasets = Datasets { basics: &basics.path, ratings: &ratings.path };
        let selection = Selection { min_votes, keep: self.update.keep };
        let made = import::import(self.update.path, datasets, &selection, meta, self.update.stop, self.progress);
        settle(made.as_ref().err(), [&mut basics, &mut ratings]);
        Ok((Change::Imported, made?))
    }

    fn ratings(&mut self, mut meta: Meta) -> Result<(Change, Meta), CatalogError> {
        let path = self.update.path;
        let known = meta.ratings.clone();
        let Some(mut ratings) = self.fetch(RATINGS, Some(&known), &mut meta.ratings)? else {
            import::confirm(path, &meta)?;
            return Ok((Change::Nothing, meta));
        };
        let made = import::import_ratings(path, &ratings.path, meta, self.update.stop, self.progress);
        settle(made.as_ref().err(), [&mut ratings]);
        Ok((Change::Ratings, made?))
    }

    /// Downloads a dataset. `None` if the server has nothing newer than `known`.
    fn fetch(
        &mut self,
        dataset: &'static str,
        known: Option<&Origin>,
        origin: &mut Origin,
    ) -> Result<Option<Part>, CatalogError> {
        let update = self.update;
        let mut url = update.address.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(dataset);
        }
        let job = Download {
            http: update.http,
            url: &url,
            label: if dataset == BASICS { "titles" } else { "ratings" },
            target: &update.path.with_file_name(dataset),
            known: known.and_then(|known| known.etag.as_deref()),
            room: self.room(),
            max_bytes: MAX_BYTES,
            magic: GZIP,
            limits: update.limits,
            clock: self.clock,
            stop: update.stop,
        };
        let part = download(&job, self.progress).map_err(|error| CatalogError::download(dataset, error))?;
        origin.confirmed_at = self.clock.now().unix_timestamp();
        if let Some(part) = &part {
            origin.etag.clone_from(&part.etag);
        }
        Ok(part)
    }

    /// An estimate of the bytes that the new catalogue needs beside the old one.
    fn room(&self) -> u64 {
        let old = fs::metadata(self.update.path).map_or(0, |meta| meta.len());
        let new = if self.update.min_votes.is_some_and(|votes| votes < MIN_VOTES) { ROOM_FOR_ALL } else { ROOM };
        if self.update.ratings_only { old } else { new.max(old) }
    }
}

/// Removes downloads that were used or are invalid; others wait for the next run. Two files of one run and one server
/// may be wrong in the same way, so both go.
fn settle<const N: usize>(error: Option<&CatalogError>, parts: [&mut Part; N]) {
    if matches!(error, None | Some(CatalogError::Unfit(..))) {
        parts.into_iter().for_each(Part::discard);
    }
}
