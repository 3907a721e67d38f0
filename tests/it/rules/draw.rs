//! Draws among movies, and percentiles.

use movienight::model::evening::EveningFit;
use movienight::model::health::Record;
use movienight::model::order::{RankedPlace, Tally, draw};

#[test]
fn a_draw_is_weighted_by_score() {
    let candidate = |index, votes, noes| {
        let tally = Tally { votes, noes, ..Tally::default() };
        RankedPlace { index, fit: EveningFit::Fits, tally, tie_break: None }
    };
    let candidates = [candidate(0, 2, 1), candidate(1, 1, 1), candidate(2, 3, 0)];
    let mut drawn = [0; 3];
    for random in 0..10_000 {
        drawn[draw(&candidates, random)] += 1;
    }
    assert_eq!(drawn, [2500, 0, 7500]);
    assert!(draw(&candidates, u64::MAX) < 3);
    assert_eq!(draw(&candidates[1..2], 7), 0);
    assert_eq!(draw(&[], 7), 0);
}

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
