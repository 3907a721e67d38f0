//! The poster store, and decoding posters.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use movienight::model::ImdbId;
use movienight::posters::address::PosterUrl;
use movienight::posters::decode::{decode, is_decodable};
use movienight::posters::jpeg::{Jpeg, MAX_BYTES};
use movienight::posters::store::MAX_PICTURES;

use crate::pictures::hostile::{Cache, HOUR, id};
use crate::support::{EVENING, pictures};

#[test]
fn the_store_is_bounded_by_count_and_bytes() {
    let cache = Cache::new();
    let address =
        |n: u64| PosterUrl::of(&format!("https://images.metahub.space/poster/small/{}/img", id(n)), &[]).unwrap();
    let put = |n: u64, bytes: &[u8]| {
        cache.posters.put(id(n), &address(n), &Jpeg::parse(bytes).unwrap(), cache.now()).unwrap();
        cache.later(1);
    };
    let has = |n: u64| cache.posters.get(id(n), &address(n)).is_some();
    let small = pictures::poster(1, 30, 45);
    let last = MAX_PICTURES as u64 + 2;
    (1..=last).for_each(|n| put(n, &small));
    // The two oldest are on the board, so the two after them are removed.
    cache.posters.prune(&[id(1), id(2)], cache.now()).unwrap();
    assert_eq!((1..=last).filter(|&n| !has(n)).collect::<Vec<_>>(), [3, 4]);
    // 64 pictures of half a MiB are as many bytes as the folder may have.
    let large = pictures::with_bytes(&small, MAX_BYTES);
    (1..=66).for_each(|n| put(n, &large));
    cache.posters.prune(&[id(1)], cache.now()).unwrap();
    assert!(has(1) && !has(2) && !has(3) && has(4) && has(66) && !has(last));
}

#[test]
fn a_poster_from_a_new_address_replaces_the_old_one() {
    let cache = Cache::new();
    let (old, new) = (Jpeg::parse(&pictures::poster(1, 30, 45)), Jpeg::parse(&pictures::poster(2, 30, 45)));
    let (old, new) = (old.unwrap(), new.unwrap());
    let at = |url: &str| PosterUrl::of(url, &[]).unwrap();
    let first = at("https://m.media-amazon.com/images/M/MV5Ba._V1_.jpg");
    let second = at("https://m.media-amazon.com/images/M/MV5Bb._V1_.jpg");
    cache.posters.put(id(1), &first, &old, cache.now()).unwrap();
    assert_eq!(cache.posters.get(id(1), &first), Some(old));
    assert_eq!(cache.posters.get(id(2), &first), None);
    cache.posters.put(id(1), &second, &new, cache.now()).unwrap();
    assert_eq!(cache.posters.get(id(1), &first), None);
    assert_eq!(cache.posters.get(id(1), &second), Some(new));
    assert_eq!(cache.files().len(), 1);
}

#[test]
fn damaged_and_foreign_files_do_no_harm() {
    let cache = Cache::new();
    let folder = cache.folder.path().join("posters");
    let address = PosterUrl::of("https://images.metahub.space/poster/small/tt0000001/img", &[]).unwrap();
    let jpeg = Jpeg::parse(&pictures::poster(1, 300, 450)).unwrap();
    cache.posters.put(id(1), &address, &jpeg, cache.now()).unwrap();
    let file = folder.join(&cache.files()[0]);
    for damaged in [&b""[..], &jpeg.bytes()[..2000], b"<svg/>", &[0xFF; MAX_BYTES + 9]] {
        fs::write(&file, damaged).unwrap();
        assert_eq!(cache.posters.get(id(1), &address), None);
    }
    assert!(cache.posters.is_missing(id(1), &address, cache.now()));
    // Files that only look like posters, folders, and a temporary file of a killed process.
    for name in ["tt1-0000000000000001.jpg", "tt..-0000000000000001.jpg", "notes.txt", "notes.tmp"] {
        fs::write(folder.join(name), "keep me").unwrap();
    }
    fs::create_dir(folder.join("tt0000009-0000000000000001.jpg")).unwrap();
    fs::write(folder.join("tt0000001-99-0.tmp"), "half").unwrap();
    let old = UNIX_EPOCH + Duration::from_secs((EVENING - 2 * HOUR) as u64);
    fs::File::options().write(true).open(folder.join("tt0000001-99-0.tmp")).unwrap().set_modified(old).unwrap();
    // A failure noted by a clock that was far ahead does not prevent retries for years.
    let note = file.with_extension("txt");
    fs::write(&note, b"\xff\xfe\x1b[31m").unwrap();
    let years = Duration::from_secs(EVENING as u64 * 2);
    fs::File::options().write(true).open(&note).unwrap().set_modified(UNIX_EPOCH + years).unwrap();
    assert_eq!(cache.posters.stats(cache.now()).failures, 0);
    assert!(cache.posters.is_missing(id(1), &address, cache.now()));
    cache.posters.prune(&[], cache.now()).unwrap();
    assert!(
        folder.join("notes.txt").exists()
            && folder.join("notes.tmp").exists()
            && folder.join("tt1-0000000000000001.jpg").exists()
    );
    assert!(!folder.join("tt0000001-99-0.tmp").exists());
    // An id holds letters and digits only, so a name cannot lead out of the folder.
    for text in ["tt../../x", "tt0000001/../x", "tt..", "../tt0000001"] {
        assert_eq!(ImdbId::parse(text), None);
    }
}

#[test]
fn sizes_and_scans_are_bounded_before_anything_is_decoded() {
    let too_many = |what: &str| Err(format!("a JPEG with too many {what}"));
    let parse = |file: &[u8]| Jpeg::parse(file).map(drop).map_err(str::to_owned);
    let (baseline, progressive) = (pictures::poster(1, 30, 45), pictures::progressive(1, 30, 45));
    for (size, expected) in [
        ((2_000, 2_000), Ok(())),
        ((2_000, 2_001), too_many("pixels")),
        ((65_535, 62), too_many("pixels")),
        ((65_535, 65_535), too_many("pixels")),
        ((0, 9), Err("a damaged JPEG".to_owned())),
    ] {
        assert_eq!(parse(&pictures::with_size(&baseline, size.0, size.1)), expected, "{size:?}");
    }
    let scans = progressive.windows(2).filter(|pair| *pair == [0xFF, 0xDA]).count();
    assert_eq!(parse(&pictures::with_scans(&progressive, 64 - scans)), Ok(()));
    assert_eq!(parse(&pictures::with_scans(&progressive, 65 - scans)), too_many("scans"));
    // A large picture may have fewer scans, because each scan visits all of it.
    let large = pictures::with_size(&progressive, 2_000, 1_000);
    assert_eq!(parse(&pictures::with_scans(&large, 20 - scans)), Ok(()));
    assert_eq!(parse(&pictures::with_scans(&large, 21 - scans)), too_many("scans"));
    assert_eq!(parse(&[&[0xFF, 0xD8][..], &vec![0xFF; MAX_BYTES - 1]].concat()), too_many("bytes"));
}

#[test]
fn unsupported_and_truncated_jpegs_are_refused() {
    let baseline = pictures::poster(1, 30, 45);
    let frame = baseline.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    for kind in [0xC3, 0xC5, 0xC9, 0xCA, 0xCC, 0xCF] {
        let mut other = baseline.clone();
        other[frame + 1] = kind;
        assert_eq!(Jpeg::parse(&other), Err("an unsupported kind of JPEG"), "{kind:X}");
    }
    for file in [baseline, pictures::progressive(1, 30, 45)] {
        for end in 0..file.len() {
            assert!(Jpeg::parse(&file[..end]).is_err(), "{end}");
        }
    }
}

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

/// A picture that passes the check of its header may still be damaged. At worst, decoding fails; it never crashes.
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
