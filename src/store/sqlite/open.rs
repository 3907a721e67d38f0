//! Opening a file. While nobody writes, a board is one file, and reading does not change it.
//!
//! This needs a rollback journal. A write-ahead log leaves files behind after reads, corrupts a database if another
//! file is moved over it, hides votes from a copy, and gives a group's board the permissions of the first reader.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::migrate::{SCHEMA_VERSION, bring_up_to_date, identity};
use super::{BUSY_LIMIT, LIMIT, Result, Sqlite, translate, wait_for_lock};
use crate::files::{is_writable, make_folder, with_suffix};
use crate::store::OpenMode;
use crate::store::error::{ErrorKind, StoreError};
use crate::store::migrations::{Identity, UNRELEASED, too_new};

/// Opens, migrates or creates the database at `path`. `None` if the file is missing or empty and must not be created.
/// Safe for several processes at once.
pub fn open(path: &Path, open_mode: OpenMode) -> Result<Option<Sqlite>> {
    if !is_there(path)? {
        if open_mode != OpenMode::Create {
            return Ok(None);
        }
        make_file(path)?;
    }
    let mut conn = connect(path)?;
    let failed = |error| translate(path, &error);
    // Writing creates a journal beside the file. On Windows, the read-only attribute of a folder forbids nothing.
    let is_closed = |folder: &Path| cfg!(unix) && !is_writable(folder);
    let lacks_journal = path.canonicalize().is_ok_and(|real| real.parent().is_some_and(is_closed));
    let read_only = lacks_journal || conn.is_readonly(rusqlite::MAIN_DB).map_err(failed)?;
    let of_file = |kind, what: &str| Err(StoreError::of_file(kind, path, what));
    match identity(&conn).map_err(failed)? {
        Identity::Ours(SCHEMA_VERSION) => {}
        Identity::Ours(version) if version > SCHEMA_VERSION => {
            return of_file(ErrorKind::TooNew, &too_new(version, SCHEMA_VERSION));
        }
        Identity::Ours(_) if read_only => {
            return of_file(ErrorKind::TooOld, "is of an older version, and updating it requires write access");
        }
        Identity::Unreleased => return of_file(ErrorKind::NotADatabase, UNRELEASED),
        Identity::Foreign => return of_file(ErrorKind::NotADatabase, "is not a movienight database"),
        Identity::Blank if open_mode != OpenMode::Create => return Ok(None),
        Identity::Ours(_) | Identity::Blank => bring_up_to_date(&mut conn, path)?,
    }
    Ok(Some(Sqlite::new(conn, path, read_only)))
}

/// Creates an empty database in memory.
pub fn in_memory() -> Result<Sqlite> {
    let path = Path::new(":memory:");
    let mut conn = Connection::open_in_memory().map_err(|error| translate(path, &error))?;
    bring_up_to_date(&mut conn, path)?;
    Ok(Sqlite::new(conn, path, false))
}

/// Returns true if there is a file that is not empty.
fn is_there(path: &Path) -> Result<bool> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            let hint = format!("name a file in it: {}", path.join("movienight.db").display());
            Err(StoreError::of_file(ErrorKind::NotADatabase, path, "is a folder, not a database").with_hint(hint))
        }
        Ok(meta) if !meta.is_file() => Err(StoreError::of_file(ErrorKind::NotADatabase, path, "is not a regular file")),
        Ok(meta) => Ok(meta.len() > 0),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(StoreError::io(path, &e)),
    }
}

/// Opens the file for writing if possible, so that a hot journal is rolled back, and otherwise for reading.
fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // A name that begins with `file:` is a URI for SQLite.
    let name = Path::new(".").join(path);
    let opened = Connection::open_with_flags(name, flags).and_then(|mut conn| configure(&mut conn).map(|()| conn));
    opened.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) if !has_hot_journal(path) => {
            StoreError::of_file(ErrorKind::Inaccessible, path, "cannot be opened")
        }
        _ => translate(path, &error),
    })
}

fn configure(conn: &mut Connection) -> rusqlite::Result<()> {
    // Set first, because the next statement may meet a writer.
    LIMIT.set(BUSY_LIMIT);
    conn.busy_handler(Some(wait_for_lock))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Otherwise SQLite recompiles a statement for each bound value if a partial index might serve it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // FULL does not sync the folder after the journal is removed: a power cut could bring the journal back, and with it
    // roll back a confirmed vote.
    conn.pragma_update(None, "synchronous", "extra")
}

/// Returns true if there is a non-empty rollback journal beside the file, under the name that SQLite gives it.
pub fn has_hot_journal(path: &Path) -> bool {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    fs::metadata(with_suffix(&real, "-journal")).is_ok_and(|journal| journal.len() > 0)
}

/// Creates an empty file for the database, and its folder if needed. In a new folder, both are private to the owner. In
/// an existing one, the umask decides, as for any program. In a group's folder, the group gets access in both cases.
fn make_file(path: &Path) -> Result<()> {
    let failed = |e: io::Error| StoreError::io(path, &e);
    let folders = path.ancestors().skip(1);
    let new_folders: Vec<&Path> =
        folders.take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()).collect();
    if let Some(folder) = new_folders.first() {
        make_folder(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    if !new_folders.is_empty() {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(path).map_err(failed)?;
    #[cfg(unix)]
    {
        new_folders.iter().rev().for_each(|folder| share_with_group(folder, 0o070));
        share_with_group(path, 0o060);
    }
    Ok(())
}

/// Gives the group these permissions, whatever the umask, inside a folder that the group may write and whose setgid bit
/// passes its group on. SQLite gives its journals the permissions of the file.
#[cfg(unix)]
fn share_with_group(path: &Path, rights: u32) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const SETGID: u32 = 0o2000;
    const GROUP_WRITES: u32 = 0o020;
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let Some(Ok(folder)) = real.parent().map(fs::metadata) else { return };
    let Ok(meta) = fs::metadata(path) else { return };
    if folder.mode() & (SETGID | GROUP_WRITES) == SETGID | GROUP_WRITES && meta.gid() == folder.gid() {
        // This fails for a folder of another user, which has its permissions already.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(meta.mode() | rights));
    }
}
