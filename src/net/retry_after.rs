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
