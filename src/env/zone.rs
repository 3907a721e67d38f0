//! The time zone.

use std::sync::Arc;

use time::{OffsetDateTime, PrimitiveDateTime, UtcDateTime, UtcOffset};

/// A time zone: the offset from UTC at each moment, which in most places changes twice a year.
#[derive(Clone)]
pub struct Zone(Arc<dyn Fn(UtcDateTime) -> UtcOffset + Send + Sync>);

impl Zone {
    /// Returns the system's time zone, or UTC if the system does not tell.
    pub fn system() -> Self {
        Self::from_fn(|moment| UtcOffset::local_offset_at(moment.into()).unwrap_or(UtcOffset::UTC))
    }

    /// Returns a zone with the offsets that `offset_at` returns, for tests.
    pub fn from_fn(offset_at: impl Fn(UtcDateTime) -> UtcOffset + Send + Sync + 'static) -> Self {
        Self(Arc::new(offset_at))
    }

    /// Returns the offset from UTC at a moment.
    pub fn offset_at(&self, moment: UtcDateTime) -> UtcOffset {
        (self.0)(moment)
    }

    /// Returns the local time at a moment. One at the end of the calendar, from a file edited by hand, stays in UTC.
    pub fn local(&self, moment: UtcDateTime) -> OffsetDateTime {
        moment.checked_to_offset(self.offset_at(moment)).unwrap_or_else(|| moment.into())
    }

    /// Converts local time to UTC. A skipped time uses the offset before the change; an ambiguous one is the earlier.
    pub fn to_utc(&self, wall: PrimitiveDateTime) -> UtcDateTime {
        let near = wall.as_utc();
        // Offsets change by no more than a few hours at a time, and not twice in two days.
        let before = self.offset_at(near.saturating_sub(time::Duration::DAY));
        let after = self.offset_at(near.saturating_add(time::Duration::DAY));
        let with = |offset: UtcOffset| near.saturating_sub(time::Duration::seconds(offset.whole_seconds().into()));
        let fitting = [before, after].into_iter().find(|offset| self.offset_at(with(*offset)) == *offset);
        with(fitting.unwrap_or(before))
    }
}
