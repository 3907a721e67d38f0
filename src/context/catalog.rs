//! The local catalogue, for commands: opened once, and done without when it cannot be used.

use std::path::PathBuf;
use std::rc::Rc;

use anyhow::Result;

use super::Context;
use crate::catalog::{Catalog, CatalogError, DOWNLOAD_SIZE, Status};
use crate::paths;
use crate::render::catalog::failure;
use crate::user_error::UserError;

/// The command to name where a catalogue would have helped: `movienight catalog update (222 MiB)`.
pub fn offer() -> String {
    format!("movienight catalog update ({DOWNLOAD_SIZE})")
}

impl Context<'_> {
    /// The place of the catalogue.
    ///
    /// # Errors
    /// No home folder is known.
    pub fn catalog_path(&self) -> Result<PathBuf> {
        paths::catalog(self.env)
            .ok_or_else(|| UserError::new("there is no home folder to keep the catalogue in").into())
    }

    /// The catalogue, if there is one that can be used. Of one that cannot, it is said once what to do about it.
    pub fn catalog(&mut self) -> Option<Rc<Catalog>> {
        if self.opened_catalog.is_none() {
            let catalog = self.open_catalog().map_err(|error| self.warn(&failure(error))).ok().flatten();
            self.opened_catalog = Some(catalog.map(Rc::new));
        }
        self.opened_catalog.clone().flatten()
    }

    /// Opens the catalogue, if there is one.
    pub fn open_catalog(&self) -> Result<Option<Catalog>, CatalogError> {
        paths::catalog(self.env).map_or(Ok(None), |path| Catalog::open(&path))
    }

    /// The state of the catalogue, if there is one.
    pub fn catalog_status(&self) -> Result<Option<Status>, CatalogError> {
        self.open_catalog()?.map(|catalog| catalog.status()).transpose()
    }

    /// The catalogue was replaced: the next use opens the new one.
    pub fn reopen_catalog(&mut self) {
        self.opened_catalog = None;
    }

    /// The result of `act` on the catalogue. `None` if there is none that can be used.
    pub fn in_catalog<T>(&mut self, act: impl FnOnce(&Catalog) -> Result<T, CatalogError>) -> Option<T> {
        let done = act(&*self.catalog()?);
        let do_without = |error| {
            self.opened_catalog = Some(None);
            self.warn(&failure(error));
        };
        done.map_err(do_without).ok()
    }
}
