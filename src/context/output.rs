//! Writes the files that a person names for output.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::Result;

use crate::files::{replace, replace_text};
use crate::user_error::{UserError, fail};

/// Writes a file atomically. Follows a symbolic link and keeps the permissions of an existing file. Writes into
/// anything else, such as a pipe, directly.
///
/// # Errors
/// Fails if the path is a database or a folder, or cannot be written. An existing file stays as it was.
pub fn write_output(path: &Path, text: &str) -> Result<()> {
    if is_database(path) {
        return fail(format!("{} is a database", path.display()), "give another file");
    }
    write(path, text).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            UserError::new(format!("cannot write {}: there is no such folder", path.display())).into()
        }
        _ => UserError::cannot_write(&path.display().to_string(), &error).into(),
    })
}

/// Returns true for an SQLite file: overwriting a board would lose its votes.
fn is_database(path: &Path) -> bool {
    // The first bytes of every SQLite file (https://sqlite.org/fileformat.html).
    const MAGIC: &[u8; 16] = b"SQLite format 3\0";
    let mut start = [0; 16];
    // Reading from a pipe would block, and take its data.
    let is_read = path.is_file() && fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok();
    is_read && start == *MAGIC
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if there.is_file() => replace(&target, |file| {
            file.set_permissions(there.permissions())?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        }),
        Ok(_) => fs::File::options().write(true).open(&target)?.write_all(text.as_bytes()),
        Err(_) if path.file_name().is_none() => Err(io::ErrorKind::IsADirectory.into()),
        Err(_) => replace_text(&target, text),
    }
}
