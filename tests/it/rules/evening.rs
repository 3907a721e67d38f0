//! The start and the end of an evening, and what fits into it.

use movienight::env::Zone;
use movienight::model::evening::{EveningFit, Misfit, next_after, start_at};
use movienight::model::{CacheEntry, Evening, Proposal, ProposalNumber, Rating, Title, spoken_time};
use time::UtcDateTime;
use time::macros::{offset, time, utc_datetime};

#[test]
fn a_start_is_recent_or_upcoming_and_the_end_follows_it() {
    let berlin = Zone::from_fn(|_| offset!(+1));
    let at = |text: &str, now| start_at(spoken_time::parse_time_of_day(text).unwrap(), now, &berlin);
    let evening = utc_datetime!(2026-11-22 20:00);
    assert_eq!(at("20:30", evening), utc_datetime!(2026-11-22 19:30), "half an hour ago");
    assert_eq!(at("21:30", evening), utc_datetime!(2026-11-22 20:30));
    assert_eq!(at("10:00", evening), utc_datetime!(2026-11-23 09:00), "tomorrow morning");
    let night = utc_datetime!(2026-11-22 23:30);
    assert_eq!(at("23:00", night), utc_datetime!(2026-11-22 22:00), "before midnight");
    let by = next_after(time!(0:30), utc_datetime!(2026-11-22 20:00), &berlin);
    assert_eq!(by, utc_datetime!(2026-11-22 23:30));
}

#[test]
fn an_end_after_the_clocks_change_uses_the_new_offset() {
    let change = utc_datetime!(2026-10-25 01:00);
    let berlin = Zone::from_fn(move |moment| if moment < change { offset!(+2) } else { offset!(+1) });
    let start = start_at(time!(23:00), utc_datetime!(2026-10-24 20:30), &berlin);
    assert_eq!(start, utc_datetime!(2026-10-24 21:00));
    assert_eq!(next_after(time!(4:00), start, &berlin), utc_datetime!(2026-10-25 03:00), "six hours later");
}

fn movie(title: Title) -> Proposal {
    Proposal {
        cache: CacheEntry { title: Some(title), ..CacheEntry::default() },
        ..Proposal::new(ProposalNumber(1), UtcDateTime::UNIX_EPOCH)
    }
}

#[test]
fn genre_year_and_rating_decide_whether_a_movie_fits() {
    let open = Evening::open_end(UtcDateTime::UNIX_EPOCH);
    let heat = movie(Title {
        year: Some(1995),
        rating: Rating::new(8.3),
        genres: vec!["Crime".into(), "Sci-Fi".into()],
        ..Title::default()
    });
    let nothing_known = movie(Title::default());
    for (evening, expected) in [
        (Evening { genres: vec!["drama".into(), "SCI-FI".into()], ..open.clone() }, EveningFit::Fits),
        (Evening { genres: vec!["drama".into()], ..open.clone() }, EveningFit::Misfit(Misfit::Genre)),
        (Evening { years: Some(1990..=1995), ..open.clone() }, EveningFit::Fits),
        (Evening { years: Some(1996..=1999), ..open.clone() }, EveningFit::Misfit(Misfit::Years)),
        (Evening { rating: Rating::new(8.3), ..open.clone() }, EveningFit::Fits),
        (Evening { rating: Rating::new(8.4), ..open.clone() }, EveningFit::Misfit(Misfit::Rating)),
    ] {
        assert_eq!(evening.fit(&heat), expected, "{evening:?}");
        assert!(matches!(evening.fit(&nothing_known), EveningFit::Unknown(_)), "{evening:?}");
    }
}
