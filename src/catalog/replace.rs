//! A file that takes the place of another at once, or never.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::CatalogError;
use crate::files;

/// A new file beside the one that it will replace. Dropped, it is removed.
pub struct NewFile {
    path: PathBuf,
    target: PathBuf,
}

impl NewFile {
    /// The place for a file that will replace `target`. What a killed run left there is removed: only
    /// one run at a time may do this.
    ///
    /// # Errors
    /// The place cannot be cleared.
    pub fn beside(target: &Path) -> Result<Self, CatalogError> {
        let path = files::with_suffix(target, ".new");
        let new = Self { path, target: target.to_owned() };
        match fs::remove_file(&new.path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(CatalogError::io(&new.path, None, e)),
            _ => Ok(new),
        }
    }

    /// The path to write to.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it in place: after a power cut there is either this file, whole, or the old one.
    ///
    /// # Errors
    /// It cannot be written to the disk or renamed.
    pub fn put_in_place(self) -> Result<(), CatalogError> {
        let bytes = fs::metadata(&self.path).ok().map(|meta| meta.len());
        let failed = |e| CatalogError::io(&self.target, bytes, e);
        // Not read-only: Windows syncs only what may be written.
        File::options().write(true).open(&self.path).and_then(|file| file.sync_all()).map_err(failed)?;
        fs::rename(&self.path, &self.target).map_err(failed)?;
        sync_folder(&self.target).map_err(failed)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Already renamed, or never made: nothing to remove.
        let _ = fs::remove_file(&self.path);
    }
}

/// Makes a rename last. Only Unix has folders that can be synced.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}
