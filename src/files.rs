//! Files as all parts write them: folders for their owner alone, and contents that appear whole or not at all.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The suffix of unfinished files. Leftovers of killed processes may be removed.
pub const TEMPORARY: &str = ".tmp";

/// The path with something added to its last part.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes a folder and those above it, as far as they are lacking, for their owner alone.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the folder of a file, see [`make_folder`].
pub fn make_folder_of(path: &Path) -> io::Result<()> {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(Ok(()), make_folder)
}

/// The bytes that this user may still write to the file system of `folder`; `None` if the system does not tell.
pub fn free_space(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    let free =
        rustix::fs::statvfs(folder).ok().filter(|disk| disk.f_blocks > 0).map(|disk| disk.f_bavail * disk.f_frsize);
    #[cfg(not(unix))]
    let (_, free) = (folder, None);
    free
}

/// Returns true for the errors of a file system that is full, a quota that is used up, and a limit on the size of files.
pub fn is_no_room(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// The permission bits of a file. `None` if it is not there, or this system has none.
pub fn mode(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    let mode = fs::metadata(path).ok().map(|meta| std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o777);
    #[cfg(not(unix))]
    let (_, mode) = (path, None);
    mode
}

/// Returns true if other users may read a file.
pub fn is_others_readable(path: &Path) -> bool {
    mode(path).is_some_and(|mode| mode & 0o077 != 0)
}

/// Returns true if this user may write a file, or into a folder.
pub fn is_writable(path: &Path) -> bool {
    #[cfg(unix)]
    return rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok();
    #[cfg(not(unix))]
    return fs::metadata(path).is_ok_and(|meta| !meta.permissions().readonly());
}

/// A new file beside the one whose name it is to get. Dropped, it is removed.
pub struct NewFile {
    /// The path to write to.
    pub path: PathBuf,
    target: PathBuf,
}

impl NewFile {
    /// A file whose temporary name is unique among the threads and processes that write here.
    pub fn beside(target: &Path) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self::with_suffix(target, &format!(".{}-{number}{TEMPORARY}", std::process::id()))
    }

    /// A file with this suffix, for one process at a time.
    pub fn with_suffix(target: &Path, suffix: &str) -> Self {
        Self { path: with_suffix(target, suffix), target: target.to_owned() }
    }

    /// Replaces the target: after a power cut there is either this file, whole, or the old one.
    pub fn put_in_place(self) -> io::Result<()> {
        // Not read-only: Windows syncs only what may be written.
        File::options().write(true).open(&self.path)?.sync_all()?;
        fs::rename(&self.path, &self.target)?;
        // Makes the rename last. Only Unix has folders that can be synced.
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        if cfg!(unix) { File::open(folder.unwrap_or(Path::new(".")))?.sync_all() } else { Ok(()) }
    }

    /// Gives a finished file its name.
    ///
    /// # Errors
    /// Something has that name already, or it cannot be given.
    pub fn publish(self) -> io::Result<()> {
        match fs::hard_link(&self.path, &self.target) {
            Ok(()) => Ok(()),
            Err(_) if self.target.exists() => Err(io::ErrorKind::AlreadyExists.into()),
            // Not all file systems have links.
            Err(_) => fs::rename(&self.path, &self.target),
        }
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Already renamed, or never made: nothing to remove.
        let _ = fs::remove_file(&self.path);
    }
}

/// Writes a file whole or not at all: beside it, under a temporary name, and then renamed. Unless `write` syncs it, it may be
/// empty after a power cut.
///
/// # Errors
/// It cannot be written; what was there stays.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let new = NewFile::beside(path);
    let mut file = File::create_new(&new.path)?;
    write(&mut file)?;
    // Windows renames no open file.
    drop(file);
    fs::rename(&new.path, path)
}

/// Writes text in the place of a file, see [`replace`].
///
/// # Errors
/// It cannot be written; what was there stays.
pub fn replace_text(path: &Path, text: &str) -> io::Result<()> {
    replace(path, |file| file.write_all(text.as_bytes()))
}

/// The system's reason for an error, without its number.
pub fn reason(error: &io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): short, and the same in every version of this program, as
/// the standard library's hashes are not. It names files and finds accidental changes; it protects nothing.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
