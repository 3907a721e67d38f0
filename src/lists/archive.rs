//! Whole exports: ZIP files of Letterboxd and Trakt. They are unpacked in memory only.

use std::fmt::Display;
use std::io::Read;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};

use super::{Format, List, MAX_BYTES, decode};
use crate::model::text::sanitize;
use crate::user_error::{UserError, UserErrors, fail};

/// The first bytes of every ZIP file that holds something.
pub const ARCHIVE_START: &[u8] = b"PK\x03\x04";
/// Folders of a whole export whose lists do not tell what somebody wants to see or has seen.
const LEFT_OUT: [&str; 4] = ["deleted", "orphaned", "likes", "__MACOSX"];
/// The longest name of a file that is shown, in characters.
const MAX_NAME: usize = 100;
/// The most files that an archive may hold.
const MAX_FILES: usize = 10_000;

const UNPACK: &str = "unpack it, and name the lists in it";

/// Reads the lists in an archive. Other files in it are skipped.
pub fn lists(file: &str, bytes: &[u8], wanted: Option<Format>) -> Result<Vec<List>, UserErrors> {
    let too_much = || {
        let failure = UserError::new(format!("{file} contains more than {} MiB or {MAX_FILES} files", MAX_BYTES >> 20));
        failure.hint("no export is that large: unpack it and name the lists that you want")
    };
    let damaged = |error: &dyn Display| {
        let failure = UserError::new(format!("cannot read the ZIP file {file}: {error}"));
        failure.hint("download it again: it may be cut off")
    };
    let archive = ZipArchive::from_slice(bytes).map_err(|error| damaged(&error))?;
    let (mut lists, mut failures, mut left) = (Vec::new(), Vec::new(), MAX_BYTES);
    let mut entries = archive.entries();
    let (mut count, mut packed_bytes) = (0, 0);
    while let Some(entry) = entries.next_entry().map_err(|error| damaged(&error))? {
        count += 1;
        if count > MAX_FILES {
            return Err(too_much().into());
        }
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        let is_left_out = name.split('/').any(|folder| LEFT_OUT.contains(&folder));
        if is_left_out || !(name.ends_with(".csv") || name.ends_with(".json")) {
            continue;
        }
        if entry.flags().is_encrypted() {
            return fail(format!("{file} is encrypted"), UNPACK);
        }
        let packed = archive.get_entry(entry.wayfinder()).map_err(|error| damaged(&error))?;
        packed_bytes += packed.data().len();
        if packed_bytes > bytes.len() {
            return Err(damaged(&"its files overlap").into());
        }
        let unpacked: Box<dyn Read + '_> = match entry.compression_method() {
            CompressionMethod::STORE => Box::new(packed.data()),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(packed.data())),
            _ => return fail(format!("{file} is packed in an unknown way"), UNPACK),
        };
        let mut contents = Vec::new();
        let mut reader = packed.verifying_reader(unpacked).take(left);
        reader.read_to_end(&mut contents).map_err(|error| damaged(&error))?;
        left = reader.limit();
        if left == 0 {
            return Err(too_much().into());
        }
        let part = format!("{file}/{}", sanitize(&name, MAX_NAME));
        let text = decode(&part, contents)?;
        // An export also has files that are no lists, such as a profile and comments.
        match super::list(&part, &text) {
            Ok(list) => lists.extend(list.filter(|list| wanted.is_none_or(|wanted| wanted == list.format))),
            Err(UserErrors(found)) => failures.extend(found),
        }
    }
    match () {
        () if !failures.is_empty() => Err(UserErrors(failures)),
        () if lists.is_empty() => fail(
            format!("{file} contains no list that movienight can read"),
            "give the whole export from Letterboxd or Trakt, or a list as CSV or JSON",
        ),
        () => Ok(lists),
    }
}
