//! Opens the local catalogue once for a run. Commands go on without it if it cannot be used.

use std::path::PathBuf;
use std::rc::Rc;

use anyhow::Result;

use super::Context;
use crate::catalog::{Catalog, CatalogError, DOWNLOAD_SIZE, Status};
use crate::paths;
use crate::render::catalog::failure;
use crate::user_error::UserError;

/// Returns the command to suggest where a catalogue would have helped: `movienight catalog update (222 MiB)`.
pub fn offer() -> String {
    format!("movienight catalog update ({DOWNLOAD_SIZE})")
}

impl Context<'_> {
    /// Returns the path of the catalogue.
    ///
    /// # Errors
    /// Fails if no home folder is known.
    pub fn catalog_path(&self) -> Result<PathBuf> {
        paths::catalog(self.env)
            .ok_or_else(|| UserError::new("there is no home folder to keep the catalogue in").into())
    }

    /// Returns the catalogue. `None` if there is none, or it cannot be used, which is warned about once.
    pub fn catalog(&mut self) -> Option<Rc<Catalog>> {
        if self.opened_catalog.is_none() {
            let catalog = self.open_catalog().map_err(|error| self.warn(&failure(error))).ok().flatten();
            self.opened_catalog = Some(catalog.map(Rc::new));
        }
        self.opened_catalog.clone().flatten()
    }

    /// Opens the catalogue. `None` if there is none.
    pub fn open_catalog(&self) -> Result<Option<Catalog>, CatalogError> {
        paths::catalog(self.env).map_or(Ok(None), |path| Catalog::open(&path))
    }

    /// Returns the status of the catalogue. `None` if there is none.
    pub fn catalog_status(&self) -> Result<Option<Status>, CatalogError> {
        self.open_catalog()?.map(|catalog| catalog.status()).transpose()
    }

    /// Forgets the open catalogue, so that the next use opens the file that has replaced it.
    pub fn reopen_catalog(&mut self) {
        self.opened_catalog = None;
    }

    /// Returns the result of `act` on the catalogue. `None` if there is none, or it cannot be used. After a failure,
    /// the rest of the run goes on without it.
    pub fn in_catalog<T>(&mut self, act: impl FnOnce(&Catalog) -> Result<T, CatalogError>) -> Option<T> {
        let done = act(&*self.catalog()?);
        let do_without = |error| {
            self.opened_catalog = Some(None);
            self.warn(&failure(error));
        };
        done.map_err(do_without).ok()
    }
}
