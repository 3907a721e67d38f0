//! One update at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::CatalogError;
use crate::files::beside;

/// Held as long as an update runs. The system takes the lock back from a process that dies; the
/// empty file beside the catalogue is removed by the next one that does not.
pub struct Lock {
    path: PathBuf,
    // Locked until it is closed.
    _file: File,
}

impl Lock {
    /// Takes the lock that belongs to the catalogue at `target`.
    ///
    /// # Errors
    /// Another process holds it, or the file cannot be made.
    pub fn of(target: &Path) -> Result<Self, CatalogError> {
        let path = beside(target, ".lock");
        let failed = |e| CatalogError::io(&path, None, e);
        loop {
            let file = File::options().write(true).create(true).truncate(false).open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(CatalogError::Busy(target.to_owned())),
                Err(TryLockError::Error(e)) => return Err(failed(e)),
            }
            // Whoever held it has removed it, perhaps since it was opened here.
            if is_at(&file, &path).map_err(failed)? {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere one cannot tell whether a file is still the one at its path, so it stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let own = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((own.dev(), own.ino()) == (there.dev(), there.ino())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature everywhere")]
fn is_at(_file: &File, _path: &Path) -> io::Result<bool> {
    Ok(true)
}
