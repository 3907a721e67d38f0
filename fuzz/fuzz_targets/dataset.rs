//! Rows of IMDb's datasets: nothing panics, and what was imported can be opened.
#![no_main]

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use movienight::catalog::{Catalog, Meta, import};

const BASICS: &str =
    "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n";
const RATINGS: &str = "tconst\taverageRating\tnumVotes\n";

fn pack(path: &Path, header: &str, rows: &[u8]) {
    let mut file = GzEncoder::new(File::create(path).unwrap(), Compression::none());
    file.write_all(header.as_bytes()).unwrap();
    file.write_all(rows).unwrap();
    file.finish().unwrap();
}

fuzz_target!(|input: (&[u8], &[u8])| {
    let folder = tempfile::tempdir().unwrap();
    let [basics, ratings, catalog] = ["basics", "ratings", "catalog"].map(|name| folder.path().join(name));
    pack(&basics, BASICS, input.0);
    pack(&ratings, RATINGS, input.1);
    if import(&catalog, &basics, &ratings, 0, Meta::default(), &AtomicBool::new(false), &mut ()).is_ok() {
        Catalog::open(&catalog).unwrap().unwrap().status().unwrap();
    }
});
