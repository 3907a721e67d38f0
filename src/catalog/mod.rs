//! A local catalogue made from IMDb's datasets: finds titles by name and by id without a network.
//!
//! It is one file, which [`update`] writes as a whole and replaces by renaming. Otherwise it is only read. Methods that
//! read it fail if it is damaged.

mod build;
mod candidates;
mod complete;
mod error;
mod file;
mod gather;
mod grams;
mod import;
mod lines;
mod meta;
mod named;
mod normal;
mod rows;
mod score;
mod search;
mod spelling;
mod title;
mod update;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};
use time::UtcDateTime;

pub use error::CatalogError;
pub use import::{import, import_ratings};
pub use meta::{DatasetMeta, Meta};
pub use named::ByName;
pub use search::CatalogHit;
pub use update::{MIN_VOTES, Update, UpdateOutcome, remove, update};

use crate::model::ImdbId;
use crate::model::search::Hit;
use title::SELECT;

/// The attribution that IMDb requires where its data is shown.
pub const LICENCE: &str = "Information courtesy of IMDb (https://www.imdb.com). Used with permission.";
/// The size of a first download: both datasets as of July 2026.
pub const DOWNLOAD_SIZE: &str = "222 MiB";

/// An open catalogue.
pub struct Catalog {
    conn: Connection,
    path: PathBuf,
}

impl Catalog {
    /// Opens the catalogue at `path`. `None` if the file does not exist.
    pub fn open(path: &Path) -> Result<Option<Self>, CatalogError> {
        match fs::metadata(path) {
            Ok(meta) if !meta.is_file() => return Err(CatalogError::NotACatalogue(path.to_owned())),
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(CatalogError::Io(path.to_owned(), e)),
        }
        let failed = |error: rusqlite::Error| CatalogError::reading(path, &error);
        let conn = file::open(path).map_err(failed)?;
        match file::identity(&conn).map_err(failed)? {
            (file::APPLICATION_ID, file::VERSION) => Ok(Some(Self { conn, path: path.to_owned() })),
            (file::APPLICATION_ID, newer) if newer > file::VERSION => Err(CatalogError::TooNew(path.to_owned())),
            (file::APPLICATION_ID, _) => Err(CatalogError::TooOld(path.to_owned())),
            _ => Err(CatalogError::NotACatalogue(path.to_owned())),
        }
    }

    /// Returns the data of each of these titles, in the same order. `None` for a title that is not in the catalogue.
    pub fn titles(&self, ids: &[ImdbId]) -> Result<Vec<Option<Hit>>, CatalogError> {
        let mut select = self.conn.prepare(&format!("{SELECT} WHERE id = ?1")).map_err(self.failed())?;
        let title = |id: &ImdbId| select.query_one([id.number()], title::read).optional().map(Option::flatten);
        ids.iter().map(title).collect::<rusqlite::Result<_>>().map_err(self.failed())
    }

    /// Returns the size and age of the catalogue.
    pub fn status(&self) -> Result<Status, CatalogError> {
        Status::new(&self.path, self.meta()?)
    }

    /// Returns the time at which the server last confirmed the ratings.
    pub fn ratings_at(&self) -> Result<UtcDateTime, CatalogError> {
        Ok(self.meta()?.ratings.confirmed())
    }

    /// Returns the title with this rank by votes. `None` if its name is empty once sanitized.
    fn at_rank(&self, rank: u32) -> Result<Option<Hit>, CatalogError> {
        let select = self.conn.prepare_cached(&format!("{SELECT} WHERE rank = ?1"));
        select.and_then(|mut select| select.query_one([rank], title::read)).map_err(self.failed())
    }

    fn meta(&self) -> Result<Meta, CatalogError> {
        Meta::read(&self.conn).map_err(self.failed())
    }

    /// Returns a function that converts an error of SQLite to one that names the file.
    fn failed(&self) -> impl Fn(rusqlite::Error) -> CatalogError {
        |error| CatalogError::reading(&self.path, &error)
    }
}

/// The size and age of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The facts that it records about itself.
    pub meta: Meta,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Path of the file.
    pub path: PathBuf,
}

impl Status {
    fn new(path: &Path, meta: Meta) -> Result<Self, CatalogError> {
        let bytes = fs::metadata(path).map_err(|e| CatalogError::Io(path.to_owned(), e))?.len();
        Ok(Self { meta, bytes, path: path.to_owned() })
    }
}
