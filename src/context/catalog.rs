//! The local catalogue, for commands: opened once, and done without when it cannot be used.

use std::path::PathBuf;
use std::rc::Rc;

use anyhow::Result;

use super::Context;
use crate::catalog::{Catalog, CatalogError, DOWNLOAD_SIZE};
use crate::failure::Failure;
use crate::paths;
use crate::render::catalog::failure;

/// The command to name where a catalogue would have helped: `movienight catalog update (222 MiB)`.
pub fn offer() -> String {
    format!("movienight catalog update ({DOWNLOAD_SIZE})")
}

/// The catalogue of a context.
#[derive(Clone, Default)]
pub enum Opened {
    /// Nobody has needed it yet.
    #[default]
    NotYet,
    /// There is none, or it cannot be used.
    None,
    /// It is open.
    Open(Rc<Catalog>),
}

impl Context<'_> {
    /// The place of the catalogue.
    ///
    /// # Errors
    /// No home folder is known.
    pub fn catalog_path(&self) -> Result<PathBuf> {
        paths::catalog(self.env).ok_or_else(|| Failure::new("there is no home folder to keep the catalogue in").into())
    }

    /// The catalogue, if there is one that can be used. Of one that cannot, it is said once what to do about it.
    pub fn catalog(&mut self) -> Option<Rc<Catalog>> {
        if matches!(self.opened_catalog, Opened::NotYet) {
            let opened = paths::catalog(self.env).map(|path| Catalog::open(&path));
            self.opened_catalog = match opened {
                Some(Ok(Some(catalog))) => Opened::Open(Rc::new(catalog)),
                None | Some(Ok(None)) => Opened::None,
                Some(Err(error)) => {
                    self.warn(&failure(error));
                    Opened::None
                }
            };
        }
        match &self.opened_catalog {
            Opened::Open(catalog) => Some(Rc::clone(catalog)),
            Opened::NotYet | Opened::None => None,
        }
    }

    /// The catalogue was replaced: the next use opens the new one.
    pub fn reopen_catalog(&mut self) {
        self.opened_catalog = Opened::NotYet;
    }

    /// The result of `act` on the catalogue; none when there is none that can be used.
    pub fn in_catalog<T>(&mut self, act: impl FnOnce(&Catalog) -> Result<T, CatalogError>) -> Option<T> {
        let catalog = self.catalog()?;
        match act(&catalog) {
            Ok(found) => Some(found),
            Err(error) => {
                self.warn(&failure(error));
                self.opened_catalog = Opened::None;
                None
            }
        }
    }
}
