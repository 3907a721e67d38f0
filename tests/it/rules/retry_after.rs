//! The pause that a service asks for.

use std::time::Duration;

use movienight::net::retry_after;
use time::macros::utc_datetime;

#[test]
fn seconds_and_dates_are_read() {
    let now = utc_datetime!(2026-11-02 20:00:00);
    for (header, seconds) in [("7", 7), ("Mon, 02 Nov 2026 20:00:12 GMT", 12), ("Mon, 02 Nov 2026 19:00:00 GMT", 0)] {
        assert_eq!(retry_after(header, now), Some(Duration::from_secs(seconds)), "{header}");
    }
    for header in ["", "soon", "-1", "1.5", "Mon, 02 Foo 2026 20:00:12 GMT"] {
        assert_eq!(retry_after(header, now), None, "{header}");
    }
}
