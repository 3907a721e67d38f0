//! The Retry-After header (RFC 9110, section 10.2.3).

use std::time::Duration;

use time::format_description::well_known::Rfc2822;
use time::{OffsetDateTime, UtcDateTime};

/// Returns the pause that a Retry-After header asks for at `now`; `None` if it is unreadable.
pub fn retry_after(header: &str, now: UtcDateTime) -> Option<Duration> {
    let text = header.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    // A date in one of the three forms of RFC 9110, section 5.6.7, two of them obsolete.
    let words: Vec<&str> = text.split([' ', '-', ',']).filter(|word| !word.is_empty()).collect();
    let date = match words[..] {
        [_, day, month, year, time, "GMT"] => format!("{day} {month} {year} {time} GMT"),
        [_, month, day, time, year] => format!("{day} {month} {year} {time} GMT"),
        _ => return None,
    };
    let until = OffsetDateTime::parse(&date, &Rfc2822).ok()?;
    Some((until.to_utc() - now).try_into().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    #[test]
    fn seconds_and_all_forms_of_dates_are_read() {
        let now = utc_datetime!(2026-11-02 20:00:00);
        for (header, seconds) in [
            ("7", 7),
            ("Mon, 02 Nov 2026 20:00:12 GMT", 12),
            ("Monday, 02-Nov-26 20:00:12 GMT", 12),
            ("Mon Nov  2 20:00:12 2026", 12),
            ("Mon, 02 Nov 2026 19:00:00 GMT", 0),
        ] {
            assert_eq!(retry_after(header, now), Some(Duration::from_secs(seconds)), "{header}");
        }
        for header in ["", "soon", "-1", "1.5", "Mon, 02 Foo 2026 20:00:12 GMT"] {
            assert_eq!(retry_after(header, now), None, "{header}");
        }
    }
}
