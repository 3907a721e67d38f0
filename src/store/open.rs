//! Opening: the fast way for a database that is up to date, the careful way for all others.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{ReadOnlyReason, Result, Store, StoreError};
use crate::env::Deadline;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// The version that the migrations lead to; each sets it as `user_version`.
pub const SCHEMA_VERSION: i64 = 5;

/// "MOVI" in ASCII, set as `application_id` by the first migration.
const APPLICATION_ID: i64 = 0x4D4F_5649;

/// How long a writer waits for another. Writers hold the lock for milliseconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the database, making or migrating it as needed. Several processes may do so at once.
    ///
    /// What cannot be written is opened for reading.
    ///
    /// # Errors
    /// The path is no place for a database, the file is not ours or of a newer version, or it
    /// cannot be read.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(store) = open_existing(path)?.filter(Self::is_set_up) {
            return Ok(store);
        }
        let _only_one = lock_beside(path)?;
        create_and_migrate(path)?;
        match open_existing(path)? {
            Some(store) => Ok(store),
            None => Err(StoreError::NotOurs(path.to_owned())),
        }
    }

    /// Whether the write-ahead log is on, without which readers wait for writers: it is off in a
    /// database that was restored from a dump.
    fn is_set_up(&self) -> bool {
        let mode = self.conn.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0));
        self.is_read_only() || mode.is_ok_and(|mode| mode == "wal")
    }
}

/// Whether there is a file. Refuses what SQLite would misread, wait on, or explain badly.
fn is_there(path: &Path) -> Result<bool> {
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(StoreError::Io(path.to_owned(), e)),
    };
    if meta.is_dir() {
        Err(StoreError::NotAFile(path.to_owned(), "a folder"))
    } else if !meta.is_file() {
        Err(StoreError::NotAFile(path.to_owned(), "not a regular file"))
    } else {
        Ok(true)
    }
}

/// The database at `path` if there is one and it is up to date.
fn open_existing(path: &Path) -> Result<Option<Store>> {
    if !is_there(path)? {
        return Ok(None);
    }
    let Connected { conn, read_only, identity: found } = connect(path)?;
    match found {
        (APPLICATION_ID, SCHEMA_VERSION) => Ok(Some(Store { conn, path: path.to_owned(), read_only })),
        (APPLICATION_ID, newer) if newer > SCHEMA_VERSION => {
            Err(StoreError::TooNew(path.to_owned(), newer, SCHEMA_VERSION))
        }
        (APPLICATION_ID, _) if read_only.is_some() => Err(StoreError::CannotMigrate(path.to_owned())),
        (APPLICATION_ID, _) => Ok(None),
        // Being made by another process, or left empty by one that was stopped.
        (0, _) if is_blank(&conn)? => Ok(None),
        // Tables and identity come in one transaction: whoever made the tables just now has set both,
        // perhaps between our looking at the one and the other.
        (0, _) if identity(&conn)?.0 != 0 => open_existing(path),
        _ => Err(StoreError::NotOurs(path.to_owned())),
    }
}

/// Whether nothing is in it but what migrating begins with.
fn is_blank(conn: &Connection) -> Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'refinery_schema_history'";
    let tables: i64 = conn.query_row(sql, [], |row| row.get(0))?;
    Ok(tables == 0)
}

/// An open connection, and what it found.
struct Connected {
    conn: Connection,
    read_only: Option<ReadOnlyReason>,
    identity: (i64, i64),
}

/// Opens for writing, else for reading, and then says what is in the way.
fn connect(path: &Path) -> Result<Connected> {
    let no_mutex = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | no_mutex).and_then(|conn| {
        configure(&conn)?;
        let identity = identity(&conn)?;
        let read_only = conn.is_readonly(rusqlite::MAIN_DB)?.then_some(ReadOnlyReason::Permission);
        Ok(Connected { conn, read_only, identity })
    });
    let error = match opened {
        Ok(connected) => return Ok(connected),
        Err(error) => error,
    };
    // In a folder that cannot be written, or on a disk that is full, the index of the write-ahead log
    // cannot be made. The file alone can still be read: every command that changes votes leaves them
    // there when it ends.
    let hindrance = match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => ReadOnlyReason::Permission,
        Some(ErrorCode::SystemIoFailure | ErrorCode::DiskFull) => ReadOnlyReason::NoRoom,
        _ => return Err(StoreError::opening(path, error)),
    };
    let immutable = || -> rusqlite::Result<Connected> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | no_mutex;
        let conn = Connection::open_with_flags(immutable_uri(path), flags)?;
        let identity = identity(&conn)?;
        Ok(Connected { conn, read_only: Some(hindrance), identity })
    };
    immutable().map_err(|_| StoreError::opening(path, error))
}

/// `file:` and the path with everything percent-encoded that means something in a URI.
fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => uri.push(*byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}

fn configure(conn: &Connection) -> rusqlite::Result<()> {
    // First of all: whatever comes next may meet a writer.
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    Ok(())
}

fn identity(conn: &Connection) -> rusqlite::Result<(i64, i64)> {
    let number = |pragma| conn.pragma_query_value(None, pragma, |row| row.get(0));
    Ok((number("application_id")?, number("user_version")?))
}

/// Holds a lock on a file beside the database: changing to WAL and migrating must not be raced.
/// The system takes the lock back from a process that dies.
fn lock_beside(path: &Path) -> Result<File> {
    let in_new_folder = make_folder(path)?;
    let failed = |e: io::Error| StoreError::Io(path.to_owned(), e);
    let file = touch(&beside(path, "-lock"), in_new_folder).map_err(failed)?;
    let deadline = Deadline::after(BUSY_TIMEOUT);
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(fs::TryLockError::Error(e)) => return Err(failed(e)),
            Err(fs::TryLockError::WouldBlock) if deadline.is_over() => return Err(StoreError::Busy),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
        }
    }
    // An empty file first, so that SQLite gives its companions the same permissions.
    touch(path, in_new_folder).map_err(failed)?;
    Ok(file)
}

fn create_and_migrate(path: &Path) -> Result<()> {
    if open_existing(path)?.is_some_and(|store| store.is_set_up()) {
        return Ok(());
    }
    let mut conn = connect(path)?.conn;
    let migrate = |conn: &mut Connection| -> rusqlite::Result<()> {
        conn.pragma_update(None, "journal_mode", "wal")?;
        embedded::migrations::runner().set_grouped(true).run(conn).map(drop).map_err(|e| match find_sqlite_error(&e) {
            Some((code, text)) => rusqlite::Error::SqliteFailure(code, text),
            None => rusqlite::Error::ToSqlConversionFailure(Box::new(e)),
        })
    };
    migrate(&mut conn).map_err(|e| StoreError::opening(path, e))
}

/// The error of SQLite's inside one of refinery's.
fn find_sqlite_error(error: &refinery::Error) -> Option<(rusqlite::ffi::Error, Option<String>)> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(rusqlite::Error::SqliteFailure(code, text)) = error.downcast_ref() {
            return Some((*code, text.clone()));
        }
        cause = error.source();
    }
    None
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes the folder for the database if need be, for the owner alone. True when it was made.
fn make_folder(path: &Path) -> Result<bool> {
    let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) else {
        return Ok(false);
    };
    if folder.is_dir() {
        return Ok(false);
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map(|()| true).map_err(|e| StoreError::Io(path.to_owned(), e))
}

/// A file that is there from now on, left as it is if it was there before. In a folder of our own
/// making, files are the owner's alone. A folder that was there before has its own customs, such as
/// a group's: there the umask decides, as for any other program.
fn touch(path: &Path, in_new_folder: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    if in_new_folder {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = in_new_folder;
    options.open(path)
}
