//! A file that is being downloaded: its bytes so far, and beside it which version they are of.
//!
//! After a power cut the bytes may be others than were written. Whoever uses the file checks it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{beside, fnv1a};

/// Which version of a file a server has sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Version {
    /// A hash of its address, which may hold a password. Tags of other addresses say nothing.
    pub address: String,
    /// Its tag.
    pub etag: Option<String>,
    /// The Last-Modified header, as the server writes it.
    pub last_modified: Option<String>,
    /// Bytes of the whole.
    pub total: Option<u64>,
    /// All of it is here.
    pub is_complete: bool,
}

impl Version {
    /// The form in which an address is kept.
    pub fn address(url: &str) -> String {
        format!("{:016x}", fnv1a(url.as_bytes()))
    }

    /// The value of an If-Range header: a weak tag may stand for other bytes (RFC 9110, 13.1.5).
    pub fn range_validator(&self) -> Option<&str> {
        let strong = self.etag.as_deref().filter(|tag| !tag.starts_with("W/"));
        strong.or(self.last_modified.as_deref())
    }
}

/// A tag as a header may hold it; none when it is none (RFC 9110, 8.8.3).
pub fn etag(text: &str) -> Option<&str> {
    let opaque = text.strip_prefix("W/").unwrap_or(text).strip_prefix('"')?.strip_suffix('"')?;
    let is_fine = opaque.len() <= 200 && opaque.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
    is_fine.then_some(text)
}

/// Two tags name the same version, for asking whether there is a newer one.
pub fn is_same(a: &str, b: &str) -> bool {
    a.strip_prefix("W/").unwrap_or(a) == b.strip_prefix("W/").unwrap_or(b)
}

/// A file that is being downloaded.
pub struct Part {
    path: PathBuf,
    file: Option<File>,
    len: u64,
    version: Version,
}

impl Part {
    /// The bytes that are there of the download of `target`: `TARGET.part`, of a version that `TARGET.part.json`
    /// tells. What is of another place or of no known version is not used.
    pub fn of(target: &Path, url: &str) -> Self {
        let path = beside(target, ".part");
        let mut part = Self { file: None, len: 0, version: Version::default(), path };
        // A pipe would be waited for.
        let size = |path: &Path| Some(fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?.len());
        let read = || {
            let path = part.version_path();
            size(&path)?;
            serde_json::from_slice::<Version>(&fs::read(path).ok()?).ok()
        };
        let len = size(&part.path).unwrap_or(0);
        if let Some(version) = read().filter(|version| is_usable(version, url, len)) {
            (part.len, part.version) = (len, version);
        }
        part
    }

    /// The file with the bytes.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes that are there.
    pub fn size(&self) -> u64 {
        self.len
    }

    /// Which version they are of.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// Removes it, with what says which version it is of.
    pub fn discard(&mut self) {
        self.file = None;
        self.len = 0;
        self.version = Version::default();
        for path in [self.version_path(), self.path.clone()] {
            // What cannot be removed is overwritten by the next download, or was never there.
            let _ = fs::remove_file(path);
        }
    }

    /// Begins with the first byte of a version.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(&mut self, version: Version) -> io::Result<()> {
        // In this order, bytes are never taken for those of another version, whenever it is killed.
        self.discard();
        self.file = Some(File::options().write(true).create_new(true).open(&self.path)?);
        self.version = version;
        self.write_version()
    }

    /// Goes on behind the last byte.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn go_on(&mut self) -> io::Result<()> {
        self.file = Some(File::options().append(true).open(&self.path)?);
        Ok(())
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
        file.write_all(bytes)?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// Remembers that all is there.
    ///
    /// # Errors
    /// That cannot be written.
    pub fn complete(&mut self) -> io::Result<()> {
        self.file = None;
        self.version.total = Some(self.len);
        self.version.is_complete = true;
        self.write_version()
    }

    fn version_path(&self) -> PathBuf {
        beside(&self.path, ".json")
    }

    fn write_version(&self) -> io::Result<()> {
        // Half of it, after a kill, is read as nothing.
        fs::write(self.version_path(), serde_json::to_vec(&self.version).map_err(io::Error::other)?)
    }
}

fn is_usable(version: &Version, url: &str, len: u64) -> bool {
    let is_right_length = match version.total {
        Some(total) if version.is_complete => len == total,
        Some(total) => len <= total,
        None => !version.is_complete,
    };
    let is_fine = version.etag.as_deref().is_none_or(|tag| etag(tag).is_some());
    let date = version.last_modified.as_deref().unwrap_or_default();
    version.address == Version::address(url)
        && len > 0
        && is_right_length
        && is_fine
        && !date.contains(|c: char| c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version() -> Version {
        Version {
            address: Version::address("http://a/b"),
            etag: Some("\"1\"".into()),
            total: Some(4),
            ..Version::default()
        }
    }

    #[test]
    fn a_part_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("file.gz");
        let mut part = Part::of(&target, "http://a/b");
        part.begin(version()).unwrap();
        part.add(b"ab").unwrap();
        let mut again = Part::of(&target, "http://a/b");
        assert_eq!((again.size(), again.version()), (2, &version()));
        assert_eq!(Part::of(&target, "http://other/b").size(), 0);
        again.go_on().unwrap();
        again.add(b"cd").unwrap();
        again.complete().unwrap();
        let mut whole = Part::of(&target, "http://a/b");
        assert!(whole.version().is_complete);
        assert_eq!(fs::read(whole.path()).unwrap(), b"abcd");
        whole.discard();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn bytes_of_no_known_version_are_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("file.gz");
        let mut part = Part::of(&target, "http://a/b");
        part.begin(version()).unwrap();
        part.add(b"abcdef").unwrap();
        assert_eq!(Part::of(&target, "http://a/b").size(), 0, "longer than the whole");
        let with_tag = |tag: &str| format!(r#"{{"address":"{}","etag":{tag}}}"#, Version::address("http://a/b"));
        let odd_tags = [with_tag(r#""no tag""#), with_tag(r#""\"\r\n\"""#)];
        for json in ["", "{", "[]", &odd_tags[0], &odd_tags[1]] {
            fs::write(part.version_path(), json).unwrap();
            assert_eq!(Part::of(&target, "http://a/b").size(), 0, "{json}");
        }
        fs::remove_file(part.version_path()).unwrap();
        assert_eq!(Part::of(&target, "http://a/b").size(), 0);
    }

    #[test]
    fn tags_are_compared_as_the_standard_says() {
        assert!(etag("\"abc\"").is_some() && etag("W/\"abc\"").is_some() && etag("\"\"").is_some());
        for text in ["", "abc", "\"abc", "\"a b\"", "\"a\"b\"", "W/abc", "\"a\u{7f}\""] {
            assert_eq!(etag(text), None, "{text}");
        }
        assert!(is_same("W/\"1\"", "\"1\"") && !is_same("\"1\"", "\"2\""));
        let weak = Version { etag: Some("W/\"1\"".into()), last_modified: Some("yesterday".into()), ..version() };
        assert_eq!(weak.range_validator(), Some("yesterday"));
        assert_eq!(version().range_validator(), Some("\"1\""));
    }
}
