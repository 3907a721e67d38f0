//! Opening a file: one file with nothing beside it while nobody writes, which a reader leaves as it is.
//!
//! A rollback journal, not a write-ahead log: a log stayed behind after each look, damaged a file that was moved over
//! its database, hid votes from a copy, and gave a group's board the permissions of whoever looked first.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::migrate::{Identity, SCHEMA_VERSION, identity, migrate};
use super::{BUSY_LIMIT, LIMIT, Result, Sqlite, translate, wait_for_lock};
use crate::env::Deadline;
use crate::files::{beside, immutable_uri, make_folder};
use crate::store::Access;
use crate::store::error::{ErrorKind, StoreError};

/// The time for which to try to convert a database that another process has open: SQLite answers at once, without waiting.
const CONVERT_LIMIT: Duration = Duration::from_millis(250);

/// The oldest version whose board is still read where it cannot be brought up to date.
const OLDEST_READABLE: i64 = 5;

/// Opens the database at `path`; none: there is none, or an empty file. Several processes may do so at once, also the
/// first time.
///
/// # Errors
/// The path is no place for a database, the file is not ours or of a newer version, or it cannot be read.
pub fn open(path: &Path, access: Access) -> Result<Option<Sqlite>> {
    if !is_there(path)? {
        if access != Access::Create {
            return Ok(None);
        }
        make_file(path)?;
    }
    let Connected { mut conn, read_only, identity: found, has_log } = connect(path)?;
    let failed = |error| translate(path, &error);
    let version = match found {
        Identity::Ours(version) if version > SCHEMA_VERSION => return Err(too_new(path, version)),
        Identity::Ours(version) if version == SCHEMA_VERSION || read_only => version,
        Identity::Blank if access != Access::Create => return Ok(None),
        Identity::Foreign => {
            return Err(StoreError::of_file(ErrorKind::NotADatabase, path, "is not a movienight database"));
        }
        Identity::Restored(_) if read_only => return Err(too_old(path)),
        Identity::Ours(_) | Identity::Blank | Identity::Restored(_) => {
            migrate(&mut conn).map_err(failed)?;
            SCHEMA_VERSION
        }
    };
    if version < OLDEST_READABLE {
        return Err(too_old(path));
    }
    if has_log && !read_only {
        leave_write_ahead_log(&conn, path).map_err(failed)?;
    }
    Ok(Some(Sqlite { conn, path: path.to_owned(), read_only, version, in_transaction: false, wait_limit: BUSY_LIMIT }))
}

/// An empty database that is gone when it is closed.
///
/// # Errors
/// There is no memory for it.
pub fn in_memory() -> Result<Sqlite> {
    let path = Path::new(":memory:");
    let opened = Connection::open_in_memory().and_then(|mut conn| migrate(&mut conn).map(|()| conn));
    let conn = opened.map_err(|error| translate(path, &error))?;
    Ok(Sqlite {
        conn,
        path: path.to_owned(),
        read_only: false,
        version: SCHEMA_VERSION,
        in_transaction: false,
        wait_limit: BUSY_LIMIT,
    })
}

fn too_new(path: &Path, version: i64) -> StoreError {
    let what = format!("was made by a newer movienight (database version {version}, this one knows {SCHEMA_VERSION})");
    StoreError::of_file(ErrorKind::TooNew, path, &what)
}

fn too_old(path: &Path) -> StoreError {
    StoreError::too_old(&path.display().to_string())
}

/// There is a file with something in it. Refuses what SQLite would misread, wait on, or explain badly.
fn is_there(path: &Path) -> Result<bool> {
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(StoreError::io(path, &e)),
    };
    let refuse = |what: &str| StoreError::of_file(ErrorKind::NotADatabase, path, &format!("is {what}, not a database"));
    if meta.is_dir() {
        let hint = format!("name a file in it: {}", path.join("movies.db").display());
        Err(refuse("a folder").with_hint(hint))
    } else if !meta.is_file() {
        Err(refuse("not a regular file"))
    } else {
        Ok(meta.len() > 0)
    }
}

/// An open connection, and what was found.
struct Connected {
    conn: Connection,
    /// Nothing can be written.
    read_only: bool,
    identity: Identity,
    /// Changes go to a write-ahead log.
    has_log: bool,
}

impl Connected {
    fn new(conn: Connection, read_only: bool) -> rusqlite::Result<Self> {
        // The first access to the file: its journal or log, if there is one, is met here.
        let (identity, has_log) = identity(&conn)?;
        Ok(Self { conn, read_only, identity, has_log })
    }
}

/// Opens for writing where that is allowed, because whoever may write completes what a crash left behind; a file that
/// may only be read is opened all the same.
fn connect(path: &Path) -> Result<Connected> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(|mut conn| {
        configure(&mut conn)?;
        let read_only = conn.is_readonly(rusqlite::MAIN_DB)?;
        Connected::new(conn, read_only)
    });
    let error = match opened {
        Ok(opened) => return Ok(opened),
        Err(error) => error,
    };
    let is_refused = matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure)
    );
    if is_refused && is_in_write_ahead_mode(path) {
        return read_without_log(path);
    }
    Err(match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) if !has_hot_journal(path) => {
            StoreError::of_file(ErrorKind::Inaccessible, path, "cannot be opened")
        }
        _ => translate(path, &error),
    })
}

fn configure(conn: &mut Connection) -> rusqlite::Result<()> {
    // First of all: whatever comes next may meet a writer.
    LIMIT.set(BUSY_LIMIT);
    conn.busy_handler(Some(wait_for_lock))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Else a statement is compiled anew for each of its values where a partial index may serve it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // With FULL the folder is not synced after the journal is removed: a confirmed vote could be rolled back by a
    // journal that a power cut brings back.
    conn.pragma_update(None, "synchronous", "extra")
}

/// The file's header says that changes go to a write-ahead log: written by a version before 6. Read from the file
/// itself, because SQLite has just refused to open it. (Bytes 18 and 19; https://sqlite.org/fileformat2.html, 1.3.)
fn is_in_write_ahead_mode(path: &Path) -> bool {
    let mut header = [0; 20];
    let read = fs::File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut header));
    read.is_ok() && header[18] == 2 && header[19] == 2
}

/// Reads an old database in a folder where its log cannot be opened. The file alone is the whole database as long as
/// the log is empty; with something in the log, it would be an older board than the one that was confirmed.
fn read_without_log(path: &Path) -> Result<Connected> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let log_is_empty = fs::metadata(beside(&real, "-wal")).map_or(true, |log| log.len() == 0);
    if !log_is_empty || has_hot_journal(path) {
        let what = "has votes in a log beside it (-wal), and only whoever may write it can bring them in";
        return Err(StoreError::of_file(ErrorKind::NeedsRecovery, path, what));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(immutable_uri(path), flags);
    opened.and_then(|conn| Connected::new(conn, true)).map_err(|e| translate(path, &e))
}

/// Leaves the write-ahead log of versions before 6, which takes every connection but this one to be closed. Where
/// another process goes on using the database, it stays in that mode, which works as well, until the next opening.
fn leave_write_ahead_log(conn: &Connection, path: &Path) -> rusqlite::Result<()> {
    let deadline = Deadline::after(CONVERT_LIMIT);
    loop {
        match conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0)) {
            Ok(mode) if mode != "wal" => break,
            Ok(_) => {}
            Err(e) if matches!(e.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) => {}
            // A folder that cannot be written, or a full disk: it can be read all the same.
            Err(_) => return Ok(()),
        }
        if deadline.is_over() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_micros(fastrand::u64(1_000..4_000)));
    }
    // Versions before 6 held a lock on this file while they migrated.
    let _ = fs::remove_file(beside(path, "-lock"));
    Ok(())
}

/// A rollback journal with something in it lies beside the file, as SQLite names it.
pub fn has_hot_journal(path: &Path) -> bool {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    fs::metadata(beside(&real, "-journal")).is_ok_and(|journal| journal.len() > 0)
}

/// In a folder with the sticky bit a journal can be removed only by its owner: the owner's name, in such a folder.
pub fn journal_owner_in_sticky_folder(path: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        const STICKY: u32 = 0o1000;
        let real = path.canonicalize().ok()?;
        let folder = fs::metadata(real.parent()?).ok()?;
        let journal = fs::metadata(beside(&real, "-journal")).ok()?;
        (folder.mode() & STICKY != 0).then(|| crate::env::user_name(journal.uid())).flatten()
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Makes an empty file for the database, and the folder for it if need be. In a folder of our own making, both are the
/// owner's alone, or the group's in a folder of a group; in a folder that was there before, the umask decides, as for any
/// other program.
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

/// Gives the group these rights, whatever the umask, in a folder that hands its group on to what is made in it, and that
/// the group may write. SQLite gives its journals the rights of the file.
#[cfg(unix)]
fn share_with_group(path: &Path, rights: u32) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    const SETGID: u32 = 0o2000;
    const GROUP_WRITES: u32 = 0o020;
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let Some(Ok(folder)) = real.parent().map(fs::metadata) else { return };
    let Ok(meta) = fs::metadata(path) else { return };
    if folder.mode() & (SETGID | GROUP_WRITES) == SETGID | GROUP_WRITES && meta.gid() == folder.gid() {
        // Another's has its rights already.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(meta.mode() | rights));
    }
}
