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
    let until = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    Some((until.to_utc() - now).try_into().unwrap_or_default())
}
