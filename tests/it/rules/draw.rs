//! Draws among movies, and percentiles.

use movienight::model::health::Record;
use movienight::model::pick::draw;

#[test]
fn a_draw_is_fair_by_weight_and_repeats() {
    let mut drawn = [0; 3];
    for seed in 0..10_000 {
        drawn[draw(&[1, 0, 3], seed).unwrap()] += 1;
    }
    assert_eq!(drawn[1], 0);
    assert!((2300..2700).contains(&drawn[0]), "{drawn:?}");
    assert_eq!(draw(&[0, 0], 7), None);
    assert_eq!(draw(&[], 7), None);
    assert_eq!(draw(&[1, 1, 1, 1], 42), draw(&[1, 1, 1, 1], 42));
    // Pinned: a seed that was printed years ago still draws the same.
    assert_eq!((0..8).map(|seed| draw(&[1; 10], seed).unwrap()).collect::<Vec<_>>(), PINNED);
}

const PINNED: [usize; 8] = [5, 5, 0, 3, 8, 8, 2, 7];

#[test]
fn percentiles_are_measured_values() {
    let record = |board_micros| Record { board_micros, ..Record::default() };
    assert_eq!(record(vec![]).board_percentile(0.5), None);
    assert_eq!(record(vec![7]).board_percentile(0.95), Some(7));
    let hundred = record((1..=100).collect());
    assert_eq!(hundred.board_percentile(0.5), Some(50));
    assert_eq!(hundred.board_percentile(0.95), Some(95));
    assert_eq!(hundred.board_percentile(1.0), Some(100));
}
