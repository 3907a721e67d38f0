//! Files of lines: appended by one write, so that processes need no lock; read leniently; bounded.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::files::{make_folder_of, replace_text};

/// A file that grows beyond this is pruned when the next line is appended.
pub const MAX_BYTES: u64 = 512 << 10;

/// Appends lines, each with its line end, by one write.
///
/// # Errors
/// The file cannot be written.
pub fn append(path: &Path, lines: &str) -> io::Result<u64> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    let mut file = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_folder_of(path)?;
            options.open(path)?
        }
        opened => opened?,
    };
    file.write_all(lines.as_bytes())?;
    Ok(file.metadata()?.len())
}

/// The valid text of the file.
pub fn read(path: &Path) -> String {
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Replaces the file by those of its lines that `keep` keeps, and by the last half of [`MAX_BYTES`] at the most. A line
/// that is appended meanwhile is lost.
///
/// # Errors
/// It cannot be written.
pub fn prune(path: &Path, keep: impl Fn(&str) -> bool) -> io::Result<()> {
    let text = read(path);
    let kept: Vec<&str> = text.lines().filter(|line| keep(line)).collect();
    let mut bytes = 0;
    let recent = kept.iter().rev().take_while(|line| {
        bytes += line.len() as u64 + 1;
        bytes <= MAX_BYTES / 2
    });
    let first = kept.len() - recent.count();
    let mut out = kept[first..].join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    replace_text(path, &out)
}
