//! Makes a catalogue from two downloaded datasets, and updates the ratings of one.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use rusqlite::Connection;

use super::gather::gather;
use super::lines::{self, Dataset, RowCounts};
use super::meta::{DatasetMeta, Meta};
use super::rows::{self, BASICS_HEADER, RATINGS_HEADER};
use super::{CatalogError, build, file};
use crate::env::{Progress, Unit};
use crate::files::NewFile;

/// The name of the file of titles.
pub const BASICS: &str = "title.basics.tsv.gz";
/// The name of the file of ratings.
pub const RATINGS: &str = "title.ratings.tsv.gz";

/// Makes a catalogue of two downloaded datasets and replaces the one at `path`. `meta` holds their versions and the row
/// counts of the last import. Returns it with the new counts.
///
/// # Errors
/// Fails if a dataset is invalid or has less than half the rows of last time, if there is no room, if the file cannot
/// be written, or if `stop` is set before all is read. The old catalogue stays.
pub fn import(
    path: &Path,
    basics: &Path,
    ratings: &Path,
    min_votes: u32,
    mut meta: Meta,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
) -> Result<Meta, CatalogError> {
    let basics = Dataset { name: BASICS, path: basics, header: BASICS_HEADER };
    let ratings = Dataset { name: RATINGS, path: ratings, header: RATINGS_HEADER };
    progress.begin("importing", Unit::Share, Some(length(basics)? + length(ratings)?), 0);
    let gathered = gather(basics, ratings, min_votes, stop, &mut |bytes| progress.advance(bytes))?;
    count(BASICS, gathered.basics, &mut meta.basics)?;
    count(RATINGS, gathered.ratings, &mut meta.ratings)?;
    meta.titles = gathered.titles.len() as u64;
    meta.min_votes = min_votes;
    progress.begin("storing", Unit::Share, Some(meta.titles), 0);
    let new = new_file(path);
    let conn = build::build(&new.path, gathered, &mut |titles| progress.advance(titles))?;
    finish(conn, new, path, &meta)?;
    Ok(meta)
}

/// Updates the ratings of the catalogue at `path`, in a copy that then replaces it. A title that is no longer rated
/// keeps its old rating. `meta` is as for [`import`].
pub fn import_ratings(
    path: &Path,
    ratings: &Path,
    mut meta: Meta,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
) -> Result<Meta, CatalogError> {
    let ratings = Dataset { name: RATINGS, path: ratings, header: RATINGS_HEADER };
    progress.begin("importing", Unit::Share, Some(length(ratings)?), 0);
    let (new, conn) = copy_of(path)?;
    let mut known = known_ratings(&conn).map_err(|error| CatalogError::reading(path, &error))?;
    let mut changed: Vec<(i64, u8, u32)> = Vec::new();
    let counts = lines::read(ratings, stop, &mut |bytes| progress.advance(bytes), &mut |line| {
        let Some(row) = rows::rating(line) else { return false };
        // Removed when found, so that a second row with the same id changes nothing.
        if let Some((rank, tenths, votes)) = known.remove(&row.id)
            && (tenths, votes) != (row.tenths, row.votes)
        {
            changed.push((rank, row.tenths, row.votes));
        }
        true
    })?;
    count(RATINGS, counts, &mut meta.ratings)?;
    // Sorted by rank, the order of the table, so that each page is written once.
    changed.sort_unstable();
    update_ratings(&conn, &changed).map_err(|error| CatalogError::writing(path, &error))?;
    finish(conn, new, path, &meta)?;
    Ok(meta)
}

/// Stores `meta` in the catalogue at `path` after the server has confirmed that its data is current.
pub fn confirm(path: &Path, meta: &Meta) -> Result<(), CatalogError> {
    let (new, conn) = copy_of(path)?;
    finish(conn, new, path, meta)
}

/// Copies the catalogue at `path` and begins a transaction in the copy.
fn copy_of(path: &Path) -> Result<(NewFile, Connection), CatalogError> {
    let new = new_file(path);
    std::fs::copy(path, &new.path).map_err(|e| CatalogError::Io(path.to_owned(), e))?;
    let conn = file::open_to_write(&new.path);
    let conn = conn.and_then(|conn| conn.execute_batch("BEGIN").map(|()| conn));
    Ok((new, conn.map_err(|error| CatalogError::writing(path, &error))?))
}

fn known_ratings(conn: &Connection) -> rusqlite::Result<HashMap<u32, (i64, u8, u32)>> {
    let mut select = conn.prepare("SELECT id, rank, coalesce(rating, 0), coalesce(votes, 0) FROM titles")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))))?;
    rows.collect()
}

fn update_ratings(conn: &Connection, changed: &[(i64, u8, u32)]) -> rusqlite::Result<()> {
    let mut update = conn.prepare("UPDATE titles SET rating = ?2, votes = ?3 WHERE rank = ?1")?;
    changed.iter().try_for_each(|change| update.execute(*change).map(drop))
}

/// Commits the transaction and renames the new file to `path`.
fn finish(conn: Connection, new: NewFile, path: &Path, meta: &Meta) -> Result<(), CatalogError> {
    let written = meta.write(&conn).and_then(|()| conn.execute_batch("COMMIT"));
    let closed = written.and_then(|()| conn.close().map_err(|(_, error)| error));
    closed.map_err(|error| CatalogError::writing(path, &error))?;
    new.put_in_place().map_err(|error| CatalogError::Io(path.to_owned(), error))
}

/// Returns the temporary file that will replace a catalogue. Its name is fixed, because updates hold a lock.
pub fn new_file(path: &Path) -> NewFile {
    NewFile::with_suffix(path, ".new")
}

fn length(dataset: Dataset<'_>) -> Result<u64, CatalogError> {
    let meta = std::fs::metadata(dataset.path);
    meta.map(|meta| meta.len()).map_err(|e| CatalogError::Io(dataset.path.to_owned(), e))
}

/// Records how many rows a dataset has.
///
/// # Errors
/// Fails if there are less than half as many as last time.
fn count(name: &'static str, counts: RowCounts, dataset_meta: &mut DatasetMeta) -> Result<(), CatalogError> {
    if counts.rows * 2 < dataset_meta.rows {
        let why = format!("it has {} rows, down from {}", counts.rows, dataset_meta.rows);
        return Err(CatalogError::InvalidDataset(name, why));
    }
    (dataset_meta.rows, dataset_meta.bad_rows) = (counts.rows, counts.bad);
    Ok(())
}
