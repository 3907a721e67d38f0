//! Downloads that bring nothing new: offline, a wrong address, a full disk, a server that has fallen back.

use std::time::Duration;

use super::update::{friends, names};
use crate::support::Friends;
use crate::support::datasets::{BASICS, Datasets, Fault, RATINGS, rows};

#[test]
fn offline_nothing_is_downloaded() {
    let datasets = Datasets::start();
    let mut friends = friends(&datasets);
    let err = friends.run("catalog update --offline").fails();
    assert!(err.contains("cannot download anything offline"), "{err}");
    assert_eq!(datasets.requests().len(), 0);
    for wrong in ["nonsense", "file:///etc/passwd", "ftp://127.0.0.1/"] {
        friends.set("MOVIENIGHT_DATASETS_URL", wrong);
        assert!(friends.run("catalog update").fails().contains("MOVIENIGHT_DATASETS_URL is not a web address"));
    }
    friends.set("MOVIENIGHT_DATASETS_URL", crate::support::server::dead_url());
    let err = friends.run("catalog update").fails();
    assert!(err.contains("cannot download title.basics.tsv.gz: 127.0.0.1 refused the connection"), "{err}");
    assert_eq!(friends.cached_files(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_keeps_the_old_catalogue_and_complete_downloads() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    let before = std::fs::read(friends.catalog()).unwrap();
    let (basics, ratings) = rows(3200);
    datasets.set(&basics, &ratings, "2");
    let mut stages = 0;
    // The downloads and the new catalogue hit the limit at different sizes.
    for blocks in [0, 1, 2, 8, 40, 80, 150, 300, 600, 1200, 2400, 4800] {
        datasets.requests();
        let output = crate::store::no_room::run_on_full_disk(&friends, blocks, "catalog update");
        if output.status.success() {
            break;
        }
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(err.contains("the disk is too full") && err.lines().count() == 1, "{blocks}: {err}");
        assert!(err.contains("free some space in "), "{blocks}: {err}");
        assert!(std::fs::read(friends.catalog()).unwrap() == before, "{blocks}");
        let files = friends.cached_files().len();
        assert!([1, 3, 5].contains(&files), "{blocks}: {:?}", friends.cached_files());
        stages += 1;
    }
    assert!((3..12).contains(&stages), "{stages}");
    // Both downloads were kept: the last attempt asked whether they are still current.
    let asked = datasets.requests();
    let has = |tag: &str| asked.iter().any(|(_, headers)| headers.contains(&format!("if-none-match: {tag}")));
    assert!(has("\"b2\"") && has("\"r2\""), "{asked:?}");
    assert_eq!(friends.cached_files(), ["catalog.db"]);
}

#[test]
fn a_server_that_falls_back_to_the_known_version_has_nothing_new() {
    let datasets = Datasets::start();
    let mut friends = Friends::with_catalog(&datasets);
    friends.limits.request = Duration::from_secs(1);
    let (basics, ratings) = rows(3100);
    datasets.set(&basics, &ratings, "2");
    datasets.weaken_tags();
    datasets.set_fault(Some(Fault::HoldAfter(9000)));
    datasets.requests();
    std::thread::scope(|scope| {
        let update = scope.spawn(|| friends.run("catalog update"));
        datasets.wait_until_held();
        let (basics, ratings) = rows(3000);
        datasets.set(&basics, &ratings, "1");
        update.join().unwrap().ok();
    });
    assert_eq!(names(&datasets.requests()), [BASICS, BASICS, RATINGS]);
}
