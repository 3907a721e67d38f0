//! The quality of the catalogue's search, on real rows if they are beside the project.

use std::io::{Write, stderr};
use std::sync::atomic::AtomicBool;

use movienight::catalog::{Catalog, Meta, import};

use crate::support::shared;

#[test]
fn the_right_title_comes_first() {
    let (Some(cases), Some(basics), Some(ratings)) = (
        shared("catalog/search-cases.tsv"),
        shared("catalog/title.basics.tsv.gz"),
        shared("catalog/title.ratings.tsv.gz"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.db");
    import(&path, &basics, &ratings, 100, Meta::default(), &AtomicBool::new(false), &mut ()).unwrap();
    let catalog = Catalog::open(&path).unwrap().unwrap();
    let (mut sum, mut number) = (0.0, 0);
    for line in std::fs::read_to_string(cases).unwrap().lines() {
        let (query, id) = line.split_once('\t').unwrap();
        let hits = catalog.search(query, 20).unwrap();
        let place = hits.iter().position(|hit| hit.title.id.to_string() == id);
        let rank = place.map_or(0.0, |place| 1.0 / (place + 1) as f64);
        let _ = writeln!(stderr(), "{rank:.2}  {query}");
        sum += rank;
        number += 1;
    }
    let mean = sum / f64::from(number);
    let _ = writeln!(stderr(), "mean reciprocal rank of {number} queries: {mean:.3}");
    assert!(mean >= 0.93, "{mean}");
}
