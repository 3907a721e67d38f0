//! Updates the catalogue: downloads and imports what has changed.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use url::Url;

use super::import::{self, BASICS, RATINGS};
use super::meta::{DatasetMeta, Meta};
use super::{Catalog, CatalogError, Status};
use crate::env::{Clock, Progress, TimeLimits};
use crate::files::{make_folder_of, with_suffix};
use crate::net::{Download, Http, Part, download};

/// Default minimum number of votes of a title. In 2026, 244,000 titles had as many.
pub const MIN_VOTES: u32 = 100;

/// The parameters of an update.
pub struct Update<'a> {
    /// Path of the catalogue.
    pub path: &'a Path,
    /// Base URL of the datasets.
    pub address: &'a Url,
    /// The HTTP client.
    pub http: &'a Http,
    /// Minimum number of votes of a title. `None` keeps that of the last import, or [`MIN_VOTES`] if there is none.
    pub min_votes: Option<u32>,
    /// True to update only the ratings of the existing catalogue.
    pub ratings_only: bool,
    /// Timeouts for the server.
    pub limits: TimeLimits,
    /// Set when the user interrupts.
    pub stop: &'a AtomicBool,
}

/// The outcome of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateOutcome {
    /// A new catalogue was imported.
    Imported,
    /// New ratings were imported.
    Ratings,
    /// Nothing changed, because IMDb has no newer data.
    Nothing,
}

/// Updates the catalogue.
///
/// # Errors
/// If any step fails, the old catalogue stays, and usable downloads are kept for the next run.
pub fn update(
    update: &Update<'_>,
    clock: &Clock,
    progress: &mut dyn Progress,
) -> Result<(UpdateOutcome, Status), CatalogError> {
    make_folder_of(update.path).map_err(|e| CatalogError::Io(update.path.to_owned(), e))?;
    let _only_one = Lock::of(update.path)?;
    // Dropping it removes the file that a killed run left behind.
    drop(import::new_file(update.path));
    let old = last_meta(update.path)?;
    let mut run = UpdateRun { update, clock, progress };
    let (outcome, meta) = match old {
        None if update.ratings_only => return Err(CatalogError::Absent(update.path.to_owned())),
        Some(old) if update.ratings_only => run.ratings(old)?,
        old => run.all(old.as_ref())?,
    };
    Ok((outcome, Status::new(update.path, meta)?))
}

/// Removes the catalogue and its partial downloads. Returns true if there was anything to remove.
pub fn remove(path: &Path) -> Result<bool, CatalogError> {
    if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        return Ok(false);
    }
    let _only_one = Lock::of(path)?;
    if let Err(error @ CatalogError::NotACatalogue(_)) = Catalog::open(path) {
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

/// A lock that is held during an update. The system releases it when the process dies. The lock file stays: if it were
/// removed, two processes could lock two different files.
struct Lock(File);

impl Lock {
    fn of(path: &Path) -> Result<Self, CatalogError> {
        let lock = with_suffix(path, ".lock");
        let file = File::options().write(true).create(true).truncate(false).open(&lock);
        let file = file.map_err(|e| CatalogError::Io(lock.clone(), e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(CatalogError::Busy(path.to_owned())),
            Err(TryLockError::Error(e)) => Err(CatalogError::Io(lock, e)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a child process that is being spawned may hold the file open for a moment.
        let _ = self.0.unlock();
    }
}

/// Reads the record of the existing catalogue. `None` if there is none or it has to be rebuilt.
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
    fn all(&mut self, old: Option<&Meta>) -> Result<(UpdateOutcome, Meta), CatalogError> {
        let min_votes = self.update.min_votes.or(old.map(|old| old.min_votes)).unwrap_or(MIN_VOTES);
        let same = old.filter(|old| old.min_votes == min_votes);
        let mut meta = old.cloned().unwrap_or_default();
        let basics = self.fetch(BASICS, same.map(|old| &old.basics), &mut meta.basics)?;
        let Some(mut basics) = basics else { return self.ratings(meta) };
        let ratings = self.fetch(RATINGS, None, &mut meta.ratings)?;
        // No ETag was sent, so the server cannot have answered "not modified".
        let Some(mut ratings) = ratings else { return Ok((UpdateOutcome::Nothing, meta)) };
        let (path, stop) = (self.update.path, self.update.stop);
        let made = import::import(path, &basics.path, &ratings.path, min_votes, meta, stop, self.progress);
        settle(made.as_ref().err(), [&mut basics, &mut ratings]);
        Ok((UpdateOutcome::Imported, made?))
    }

    fn ratings(&mut self, mut meta: Meta) -> Result<(UpdateOutcome, Meta), CatalogError> {
        let path = self.update.path;
        let known = meta.ratings.clone();
        let Some(mut ratings) = self.fetch(RATINGS, Some(&known), &mut meta.ratings)? else {
            import::confirm(path, &meta)?;
            return Ok((UpdateOutcome::Nothing, meta));
        };
        let made = import::import_ratings(path, &ratings.path, meta, self.update.stop, self.progress);
        settle(made.as_ref().err(), [&mut ratings]);
        Ok((UpdateOutcome::Ratings, made?))
    }

    /// Downloads a dataset. `None` if the server has nothing newer than `known`.
    fn fetch(
        &mut self,
        dataset: &'static str,
        known: Option<&DatasetMeta>,
        dataset_meta: &mut DatasetMeta,
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
            limits: update.limits,
            clock: self.clock,
            stop: update.stop,
        };
        let part = download(&job, self.progress).map_err(|error| CatalogError::download(dataset, error))?;
        dataset_meta.confirmed_at = self.clock.now().unix_timestamp();
        if let Some(part) = &part {
            dataset_meta.etag.clone_from(&part.etag);
        }
        Ok(part)
    }
}

/// Discards downloads that were imported or are invalid. Others are kept for the next run. If one is invalid, both go,
/// because files of one run and one server may be wrong in the same way.
fn settle<const N: usize>(error: Option<&CatalogError>, parts: [&mut Part; N]) {
    if matches!(error, None | Some(CatalogError::InvalidDataset(..))) {
        parts.into_iter().for_each(Part::discard);
    }
}
