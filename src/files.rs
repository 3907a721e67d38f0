//! Files and folders: private to their owner, and written whole or not at all.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The suffix of unfinished files. Leftovers of killed processes may be removed.
pub const TEMPORARY: &str = ".tmp";

/// Returns the path with `suffix` appended to its last part.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Creates a folder and its missing parents, for their owner alone.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Creates the folder of a file, see [`make_folder`].
pub fn make_folder_of(path: &Path) -> io::Result<()> {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(Ok(()), make_folder)
}

/// Returns true if the file system is full, a quota is used up, or a limit on the size of files is reached.
pub fn is_no_room(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Returns the permission bits of a file. `None` if the file does not exist or the system has no such bits.
pub fn mode(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    let mode = fs::metadata(path).ok().map(|meta| std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o777);
    #[cfg(not(unix))]
    let (_, mode) = (path, None);
    mode
}

/// Returns true if users other than the owner have any access to a file.
pub fn is_accessible_to_others(path: &Path) -> bool {
    mode(path).is_some_and(|mode| mode & 0o077 != 0)
}

/// Returns true if this user may write to a file or a folder.
pub fn is_writable(path: &Path) -> bool {
    #[cfg(unix)]
    return rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok();
    #[cfg(not(unix))]
    return fs::metadata(path).is_ok_and(|meta| !meta.permissions().readonly());
}

/// A temporary file beside its target. Removed when dropped, unless it was renamed to the target.
pub struct NewFile {
    /// The path to write to.
    pub path: PathBuf,
    target: PathBuf,
}

impl NewFile {
    /// Returns a file whose temporary name is unique among the threads and processes that write here.
    pub fn beside(target: &Path) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self::with_suffix(target, &format!(".{}-{number}{TEMPORARY}", std::process::id()))
    }

    /// Returns a file with this suffix, for one process at a time.
    pub fn with_suffix(target: &Path, suffix: &str) -> Self {
        Self { path: with_suffix(target, suffix), target: target.to_owned() }
    }

    /// Replaces the target. After a power cut, either the whole new file or the old one is there.
    pub fn put_in_place(self) -> io::Result<()> {
        // Opened for writing, because Windows cannot sync a file that is open only for reading.
        File::options().write(true).open(&self.path)?.sync_all()?;
        fs::rename(&self.path, &self.target)?;
        // Makes the rename durable. Only Unix can sync folders.
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        if cfg!(unix) { File::open(folder.unwrap_or(Path::new(".")))?.sync_all() } else { Ok(()) }
    }

    /// Gives a finished file the name of its target, which must not exist.
    ///
    /// # Errors
    /// The name is taken, or cannot be given.
    pub fn publish(self) -> io::Result<()> {
        match fs::hard_link(&self.path, &self.target) {
            Ok(()) => Ok(()),
            Err(_) if self.target.exists() => Err(io::ErrorKind::AlreadyExists.into()),
            // Not all file systems have hard links.
            Err(_) => fs::rename(&self.path, &self.target),
        }
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Fails if the file was renamed or never created: then there is nothing to remove.
        let _ = fs::remove_file(&self.path);
    }
}

/// Writes a file whole or not at all: under a temporary name beside it, which is then renamed. Unless `write` syncs it,
/// the file may be empty after a power cut.
///
/// # Errors
/// The file cannot be written. Its old contents stay.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let new = NewFile::beside(path);
    let mut file = File::create_new(&new.path)?;
    write(&mut file)?;
    // Windows cannot rename an open file.
    drop(file);
    fs::rename(&new.path, path)
}

/// Replaces the contents of a file with text, see [`replace`].
///
/// # Errors
/// The file cannot be written. Its old contents stay.
pub fn replace_text(path: &Path, text: &str) -> io::Result<()> {
    replace(path, |file| file.write_all(text.as_bytes()))
}

/// Returns the system's reason for an error, in lower case and without its number.
pub fn reason(error: &io::Error) -> String {
    without_number(error.to_string()).to_lowercase()
}

/// Removes the number that the standard library writes after the system's reason: ` (os error 13)`.
pub fn without_number(text: String) -> String {
    let Some((start, rest)) = text.split_once(" (os error ") else { return text };
    rest.split_once(')').map_or_else(|| text.clone(), |(_, rest)| format!("{start}{rest}"))
}

/// Returns the 64-bit FNV-1a hash (http://www.isthe.com/chongo/tech/comp/fnv/). It is short and, unlike the standard
/// library's hashes, the same in every version of this program. It names files and detects accidental changes only.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
