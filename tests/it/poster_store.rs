//! Where posters are kept, and decoding them.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use movienight::model::ImdbId;
use movienight::posters::address::Address;
use movienight::posters::decode::{decode, is_decodable};
use movienight::posters::jpeg::{Jpeg, MAX_BYTES};
use movienight::posters::store::{Limits, PosterStore};

use crate::posters::{Cache, DAY, HOUR, id};
use crate::support::{EVENING, pictures};

#[test]
fn the_store_is_bounded() {
    let cache = Cache::with_limits(Limits { pictures: 10, ..Limits::default() });
    let jpeg = Jpeg::parse(&pictures::poster(1, 30, 45)).unwrap();
    let address =
        |n: u64| Address::of(&format!("https://images.metahub.space/poster/small/{}/img", id(n)), &[]).unwrap();
    for n in 1..=12 {
        cache.store.put(id(n), &address(n), &jpeg, cache.now()).unwrap();
        cache.later(HOUR);
    }
    // The oldest two are on the board: the next ones go.
    let board = [id(1), id(2)];
    assert_eq!(cache.store.prune(&board, cache.now()).unwrap(), 2);
    let folder = cache.folder.path().join("posters");
    let is_there = |n: u64| folder.join(format!("{}-{:016x}.jpg", id(n), address(n).hash())).exists();
    assert!(is_there(1) && is_there(2) && !is_there(3) && !is_there(4) && is_there(5));
    // A look counts as use, noted once a day.
    cache.later(89 * DAY);
    assert!(cache.store.get(id(7), &address(7), cache.now()).is_some());
    cache.later(2 * DAY);
    assert_eq!(cache.store.prune(&board, cache.now()).unwrap(), 7);
    assert!(is_there(1) && is_there(2) && is_there(7) && !is_there(8));
    // By bytes; then the board's go, too.
    let tight = PosterStore::with_limits(cache.folder.path(), Limits { bytes: 1, ..Limits::default() });
    assert_eq!(tight.prune(&board, cache.now()).unwrap(), 3);
    assert_eq!(cache.store.stats(cache.now()).pictures, 0);
}

#[test]
fn a_new_address_takes_the_place_of_the_old() {
    let cache = Cache::new();
    let (old, new) = (Jpeg::parse(&pictures::poster(1, 30, 45)), Jpeg::parse(&pictures::poster(2, 30, 45)));
    let (old, new) = (old.unwrap(), new.unwrap());
    let at = |url: &str| Address::of(url, &[]).unwrap();
    let first = at("https://m.media-amazon.com/images/M/MV5Ba._V1_.jpg");
    let second = at("https://m.media-amazon.com/images/M/MV5Bb._V1_.jpg");
    cache.store.put(id(1), &first, &old, cache.now()).unwrap();
    assert_eq!(cache.store.get(id(1), &first, cache.now()), Some(old));
    assert_eq!(cache.store.get(id(2), &first, cache.now()), None);
    cache.store.put(id(1), &second, &new, cache.now()).unwrap();
    assert_eq!(cache.store.get(id(1), &first, cache.now()), None);
    assert_eq!(cache.store.get(id(1), &second, cache.now()), Some(new));
    assert_eq!(cache.files().len(), 1);
}

#[test]
fn damaged_and_foreign_files_do_no_harm() {
    let cache = Cache::new();
    let folder = cache.folder.path().join("posters");
    let address = Address::of("https://images.metahub.space/poster/small/tt0000001/img", &[]).unwrap();
    let jpeg = Jpeg::parse(&pictures::poster(1, 300, 450)).unwrap();
    cache.store.put(id(1), &address, &jpeg, cache.now()).unwrap();
    let file = folder.join(&cache.files()[0]);
    for damaged in [&b""[..], &jpeg.bytes()[..2000], b"<svg/>", &[0xFF; MAX_BYTES + 9]] {
        fs::write(&file, damaged).unwrap();
        assert_eq!(cache.store.get(id(1), &address, cache.now()), None);
    }
    assert!(cache.store.lacks(id(1), &address, cache.now()));
    // Files that only look like ours, folders, and what a killed process left.
    for name in ["tt0000001-xyz.jpg", "tt1-0000000000000001.jpg", "tt..-0000000000000001.jpg", "notes.txt"] {
        fs::write(folder.join(name), "keep me").unwrap();
    }
    fs::create_dir(folder.join("tt0000009-0000000000000001.jpg")).unwrap();
    fs::write(folder.join("tt0000001-99-0.tmp"), "half").unwrap();
    let old = UNIX_EPOCH + Duration::from_secs((EVENING - 2 * HOUR) as u64);
    fs::File::options().write(true).open(folder.join("tt0000001-99-0.tmp")).unwrap().set_modified(old).unwrap();
    // A note of a clock that was far ahead holds nobody up for years.
    let note = file.with_extension("txt");
    fs::write(&note, b"\xff\xfe\x1b[31m").unwrap();
    let years = Duration::from_secs(EVENING as u64 * 2);
    fs::File::options().write(true).open(&note).unwrap().set_modified(UNIX_EPOCH + years).unwrap();
    assert_eq!(cache.store.stats(cache.now()).failures, 0);
    assert!(cache.store.claim(id(1), &address, cache.now()).unwrap());
    cache.store.prune(&[], cache.now()).unwrap();
    assert!(folder.join("notes.txt").exists() && folder.join("tt1-0000000000000001.jpg").exists());
    assert!(!folder.join("tt0000001-99-0.tmp").exists());
    // An id holds letters and digits only, so a name cannot lead out of the folder.
    for text in ["tt../../x", "tt0000001/../x", "tt..", "../tt0000001"] {
        assert_eq!(ImdbId::parse(text), None);
    }
}

#[cfg(feature = "pictures")]
#[test]
fn pictures_are_decoded_at_any_size() {
    for file in [pictures::poster(1, 300, 450), pictures::progressive(1, 300, 450), pictures::poster(1, 800, 900)] {
        let jpeg = Jpeg::parse(&file).unwrap();
        assert!(is_decodable(&jpeg));
        let raster = decode(&jpeg, 24, 36).unwrap();
        assert_eq!((raster.width(), raster.height()), (24, 36));
        // The sky is above the hills.
        let light = |y| raster.pixel(2, y).iter().map(|&v| u32::from(v)).sum::<u32>();
        assert!(light(20) > light(35));
    }
}

/// What passes the check of the header may still hold anything: it ends as an error, and within the process.
#[cfg(feature = "pictures")]
#[test]
fn damaged_pictures_are_not_decoded() {
    let broken = Jpeg::parse(&pictures::with_wrong_codes(&pictures::poster(1, 300, 450))).unwrap();
    assert!(!is_decodable(&broken));
    let mut random = fastrand::Rng::with_seed(7);
    for file in [pictures::poster(1, 60, 90), pictures::progressive(1, 60, 90)] {
        for _ in 0..60 {
            let mut damaged = file.clone();
            for _ in 0..random.usize(1..9) {
                let at = random.usize(2..damaged.len());
                damaged[at] = random.u8(..);
            }
            if let Ok(jpeg) = Jpeg::parse(&damaged) {
                assert!(u32::from(jpeg.width()) * u32::from(jpeg.height()) <= 4_000_000);
                let _ = decode(&jpeg, 24, 36);
            }
        }
    }
}
