//! Which posters could not be fetched, kept in a text file beside the pictures.
//!
//! A line is appended by one write, so that several processes may write at a time; lines that do not
//! parse are passed over. The form of a line: seconds since the epoch, kind, id, hash of the
//! address, and the reason, separated by tabs.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use time::{Duration, UtcDateTime};

use super::address::Address;
use crate::files::replace_text;
use crate::model::ImdbId;
use crate::model::text::clean;

/// Half of the file goes, the older one, when it has grown beyond this: some thousand failures.
const MAX_BYTES: u64 = 128 << 10;
/// Longest reason that is kept, in characters.
const MAX_WHY_CHARS: usize = 160;

/// The time for which a failure is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The address has no picture that is accepted: 7 days.
    Lasting,
    /// The network or the server failed: 1 hour.
    Passing,
}

impl Kind {
    fn lasts(self) -> Duration {
        match self {
            Self::Lasting => Duration::days(7),
            Self::Passing => Duration::HOUR,
        }
    }
}

/// A failure as it is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub at: UtcDateTime,
    pub kind: Kind,
    pub why: String,
}

/// A poster: the movie, and the hash of its address.
pub type Key = (ImdbId, u64);

/// The failures that are still remembered, oldest first. They are few, so a list is enough.
#[derive(Debug, Default)]
pub struct Failures(Vec<(Key, Failure)>);

impl Failures {
    /// Reads the file; nothing where there is none.
    pub fn read(path: &Path, now: UtcDateTime) -> Self {
        let mut failures = Self::default();
        for line in read(path).unwrap_or_default().lines() {
            let Some((key, failure)) = parse(line) else { continue };
            // One from the future was written by a clock that was wrong.
            let is_current = failure.at <= now && now < failure.at + failure.kind.lasts();
            failures.insert(key, Some(failure).filter(|_| is_current));
        }
        failures
    }

    /// The failure of a poster, while it is remembered.
    pub fn get(&self, id: ImdbId, address: &Address) -> Option<&Failure> {
        let key = (id, address.hash());
        self.0.iter().find(|(other, _)| *other == key).map(|(_, failure)| failure)
    }

    /// Their number.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The newest one.
    pub fn last(&self) -> Option<(ImdbId, &Failure)> {
        self.0.last().map(|((id, _), failure)| (*id, failure))
    }

    /// Puts a failure in the place of an earlier one of the same poster.
    fn insert(&mut self, key: Key, failure: Option<Failure>) {
        self.0.retain(|(other, _)| *other != key);
        self.0.extend(failure.map(|failure| (key, failure)));
    }

    /// Keeps a failure in the file and here.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, path: &Path, key: Key, failure: Failure) -> io::Result<()> {
        let line = line(&key, &failure);
        self.insert(key, Some(failure));
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all(line.as_bytes())?;
        match file.metadata()?.len() > MAX_BYTES {
            true => drop_older_half(path),
            false => Ok(()),
        }
    }
}

/// All of the file. One that was not written by this program may be larger than ours get.
fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MAX_BYTES * 2).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn drop_older_half(path: &Path) -> io::Result<()> {
    let text = read(path)?;
    let newer = text.ceil_char_boundary(text.len() / 2);
    // From the start of a line on.
    let newer = text[newer..].split_once('\n').map_or("", |(_, newer)| newer);
    replace_text(path, newer)
}

fn line((id, hash): &Key, failure: &Failure) -> String {
    let kind = match failure.kind {
        Kind::Lasting => "lasting",
        Kind::Passing => "passing",
    };
    let why = clean(&failure.why, MAX_WHY_CHARS);
    format!("{}\t{kind}\t{id}\t{hash:016x}\t{why}\n", failure.at.unix_timestamp())
}

fn parse(line: &str) -> Option<(Key, Failure)> {
    let mut parts = line.splitn(5, '\t');
    let at = UtcDateTime::from_unix_timestamp(parts.next()?.parse().ok()?).ok()?;
    let kind = match parts.next()? {
        "lasting" => Kind::Lasting,
        "passing" => Kind::Passing,
        _ => return None,
    };
    let id = ImdbId::parse(parts.next()?)?;
    let hash = u64::from_str_radix(parts.next()?, 16).ok()?;
    // Cleaned again: it will be shown, and the file can be anybody's.
    let why = clean(parts.next()?, MAX_WHY_CHARS);
    Some(((id, hash), Failure { at, kind, why }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::utc_datetime;

    const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);

    fn address() -> Address {
        Address::of("https://images.metahub.space/poster/small/tt0111161/img", &[]).unwrap()
    }

    fn failure(at: UtcDateTime, kind: Kind) -> Failure {
        Failure { at, kind, why: "images.metahub.space has no such poster (status 404)".into() }
    }

    #[test]
    fn is_remembered_for_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("failures");
        let id = ImdbId::parse("tt0111161").unwrap();
        let key = (id, address().hash());
        for (kind, lasts) in [(Kind::Lasting, Duration::days(7)), (Kind::Passing, Duration::HOUR)] {
            Failures::default().add(&path, key, failure(NOW, kind)).unwrap();
            let is_known = |now| Failures::read(&path, now).get(id, &address()).is_some();
            assert!(is_known(NOW) && is_known(NOW + lasts - Duration::SECOND));
            assert!(!is_known(NOW + lasts) && !is_known(NOW - Duration::SECOND));
        }
        assert_eq!(Failures::read(&path, NOW).last().unwrap().1.why, failure(NOW, Kind::Passing).why);
    }

    #[test]
    fn the_file_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("failures");
        let id = ImdbId::parse("tt0111161").unwrap();
        let mut failures = Failures::default();
        for hash in 0..3_000 {
            failures.add(&path, (id, hash), failure(NOW, Kind::Lasting)).unwrap();
        }
        assert!(fs::metadata(&path).unwrap().len() <= MAX_BYTES + 400);
        assert!(Failures::read(&path, NOW).0.iter().any(|(key, _)| *key == (id, 2_999)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    proptest! {
        #[test]
        fn any_file_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), field in "[0-9]{1,20}\t(lasting|passing)\ttt[0-9]{7}\t[0-9a-f]{16}\t\\PC*") {
            let _ = parse(&String::from_utf8_lossy(&bytes));
            if let Some((key, failure)) = parse(&field) {
                prop_assert_eq!(parse(line(&key, &failure).trim_end_matches('\n')), Some((key, failure)));
            }
        }
    }
}
