//! Where posters are kept, and the process that decodes them.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use movienight::model::ImdbId;
use movienight::posters::address::Address;
use movienight::posters::decode::{ARGUMENT, DecodeError, Decoder, decode};
use movienight::posters::jpeg::{Jpeg, MAX_BYTES};
use movienight::posters::store::{Limits, PosterStore};
use tempfile::TempDir;

use crate::posters::{Cache, DAY, HOUR, id};
use crate::support::{EVENING, binary, pictures};

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
    let is_there = |n: u64| cache.store.has(id(n), &address(n));
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
    // Until the new one has come, the old one is shown.
    assert_eq!(cache.store.get(id(1), &second, cache.now()), Some(old));
    assert_eq!(cache.store.get(id(2), &second, cache.now()), None);
    cache.store.put(id(1), &second, &new, cache.now()).unwrap();
    assert_eq!(cache.store.get(id(1), &first, cache.now()), Some(new));
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
    // A picture that is whole but not the one that was tried out.
    fs::write(&file, [jpeg.bytes(), &[0; 8]].concat()).unwrap();
    assert_eq!(cache.store.get(id(1), &address, cache.now()), None);
    assert!(cache.store.has(id(1), &address) && !cache.store.has_whole(id(1), &address, cache.now()));
    // Files that only look like ours, folders, and what a killed process left.
    for name in ["tt0000001-xyz.jpg", "tt1-0000000000000001.jpg", "tt..-0000000000000001.jpg", "notes.txt"] {
        fs::write(folder.join(name), "keep me").unwrap();
    }
    fs::create_dir(folder.join("tt0000009-0000000000000001.jpg")).unwrap();
    fs::write(folder.join("tt0000001-99-0.tmp"), "half").unwrap();
    let old = UNIX_EPOCH + Duration::from_secs((EVENING - 2 * HOUR) as u64);
    fs::File::options().write(true).open(folder.join("tt0000001-99-0.tmp")).unwrap().set_modified(old).unwrap();
    fs::write(folder.join("failures"), b"\xff\xfe\tgarbage\n\n9999999999999999999\tlasting\ttt0000001\t1\tx\n")
        .unwrap();
    assert_eq!(cache.store.stats(cache.now()).failures, 0);
    cache.store.prune(&[], cache.now()).unwrap();
    assert!(folder.join("notes.txt").exists() && folder.join("tt1-0000000000000001.jpg").exists());
    assert!(!folder.join("tt0000001-99-0.tmp").exists());
    // An id holds letters and digits only, so a name cannot lead out of the folder.
    for text in ["tt../../x", "tt0000001/../x", "tt..", "../tt0000001"] {
        assert_eq!(ImdbId::parse(text), None);
    }
}

#[test]
fn a_picture_is_tried_out_in_a_process_of_its_own() {
    let decoder = Decoder::new(binary().to_owned());
    let limit = Duration::from_secs(20);
    for file in [pictures::poster(1, 300, 450), pictures::progressive(1, 300, 450), pictures::poster(1, 800, 900)] {
        let jpeg = Jpeg::parse(&file).unwrap();
        assert_eq!(decoder.try_out(&jpeg, limit), Ok(()));
        let raster = decode(&jpeg, 24, 36).unwrap();
        assert_eq!((raster.width(), raster.height()), (24, 36));
        // The sky is above the hills.
        let light = |y| raster.pixel(2, y).iter().map(|&v| u32::from(v)).sum::<u32>();
        assert!(light(20) > light(35));
    }
    let broken = Jpeg::parse(&pictures::with_wrong_codes(&pictures::poster(1, 300, 450))).unwrap();
    assert_eq!(decoder.try_out(&broken, limit), Err(DecodeError::Undecodable));
    let good = Jpeg::parse(&pictures::poster(1, 30, 45)).unwrap();
    assert_eq!(Decoder::new("/no/such/program".into()).try_out(&good, limit), Err(DecodeError::NoDecoder));
}

#[cfg(unix)]
#[test]
fn a_decoder_that_misbehaves_ends() {
    let good = Jpeg::parse(&pictures::poster(1, 30, 45)).unwrap();
    let script = |text: &str| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("decoder");
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        (folder, Decoder::new(path))
    };
    let limit = Duration::from_secs(20);
    for text in
        ["kill -ABRT $$", "exit 1", "exit 0", "cat >/dev/null; printf deco", "cat >/dev/null; head -c 999999 /dev/zero"]
    {
        let (_folder, decoder) = script(text);
        assert_eq!(decoder.try_out(&good, limit), Err(DecodeError::Undecodable), "{text}");
    }
    let (_folder, decoder) = script("exec sleep 30");
    assert_eq!(decoder.try_out(&good, Duration::from_millis(300)), Err(DecodeError::TooSlow));
}

#[test]
fn a_decoder_takes_nothing_but_a_picture() {
    let run = |input: &[u8]| {
        let mut command = Command::new(binary());
        command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may end before it has read all.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input);
        child.wait_with_output().unwrap()
    };
    let good = pictures::poster(1, 30, 45);
    let output = run(&good);
    assert_eq!((output.status.code(), &output.stdout[..]), (Some(0), &b"decoded"[..]));
    let bomb = pictures::with_size(&good, 65_535, 65_535);
    for input in [&b""[..], b"GIF89a", &bomb, &vec![0xFF; 2 * MAX_BYTES]] {
        let output = run(input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    }
}
