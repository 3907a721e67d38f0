//! The time zone.

use std::sync::Arc;

use time::{OffsetDateTime, PrimitiveDateTime, UtcDateTime, UtcOffset};

/// Tells local time: the distance from UTC, which in most places changes twice a year.
#[derive(Clone)]
pub struct Zone(Arc<dyn Fn(UtcDateTime) -> UtcOffset + Send + Sync>);

impl Zone {
    /// The zone that the system is set to; UTC where it does not tell.
    pub fn system() -> Self {
        Self::from_fn(|moment| UtcOffset::local_offset_at(moment.into()).unwrap_or(UtcOffset::UTC))
    }

    /// A zone of the caller's, for tests.
    pub fn from_fn(offset_at: impl Fn(UtcDateTime) -> UtcOffset + Send + Sync + 'static) -> Self {
        Self(Arc::new(offset_at))
    }

    /// The distance from UTC at a moment.
    pub fn offset_at(&self, moment: UtcDateTime) -> UtcOffset {
        (self.0)(moment)
    }

    /// Local time at a moment. A moment at the end of the calendar, in a file that was edited by hand, is given in UTC.
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
