//! The clock of an evening: when a movie would end, and whether that fits.

use time::{Date, Duration, Time, UtcDateTime, UtcOffset};

/// A time of day that lies this far back is meant as past; one further back as the next day's.
const JUST_BEGUN: Duration = Duration::hours(6);

/// When the evening begins, and what must fit into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evening {
    /// When the movie starts.
    pub start: UtcDateTime,
    /// When it must be over.
    pub by: Option<UtcDateTime>,
    /// The longest that it may run, in minutes.
    pub max_minutes: Option<u32>,
}

/// Whether a movie fits into the evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It does.
    Fits,
    /// Its running time is not known.
    Unknown,
    /// It is too long, or ends too late.
    TooLong,
}

impl Evening {
    /// An evening that starts now and in which everything fits.
    pub fn open_end(now: UtcDateTime) -> Self {
        Self { start: now, by: None, max_minutes: None }
    }

    /// When a movie of that running time would end.
    pub fn ends_at(&self, minutes: Option<u32>) -> Option<UtcDateTime> {
        minutes.map(|m| self.start + Duration::minutes(m.into()))
    }

    /// Whether a movie of that running time, in minutes, may be picked: one that is not known may.
    pub fn fits(&self, minutes: Option<u32>) -> bool {
        self.fit(minutes) != Fit::TooLong
    }

    /// Whether a movie of that running time, in minutes, fits.
    pub fn fit(&self, minutes: Option<u32>) -> Fit {
        let limited = self.by.is_some() || self.max_minutes.is_some();
        match minutes {
            None if limited => Fit::Unknown,
            None => Fit::Fits,
            Some(minutes) => {
                let too_late = self.by.is_some_and(|by| self.ends_at(Some(minutes)) > Some(by));
                match too_late || self.max_minutes.is_some_and(|max| minutes > max) {
                    true => Fit::TooLong,
                    false => Fit::Fits,
                }
            }
        }
    }
}

/// A time of day: `20:30`, `8:30pm`, `23h`, `23`.
pub fn parse_time_of_day(text: &str) -> Option<Time> {
    let text = text.trim().to_ascii_lowercase();
    let (digits, afternoon) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(digits), _) => (digits, Some(true)),
        (_, Some(digits)) => (digits, Some(false)),
        _ => (text.strip_suffix('h').unwrap_or(&text), None),
    };
    let (hour, minute) = digits.trim().split_once([':', '.', 'h']).unwrap_or((digits.trim(), "0"));
    let (hour, minute) = (small_number(hour)?, small_number(minute)?);
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    Time::from_hms(hour, minute, 0).ok()
}

/// A running time in minutes: `2h10m`, `2h`, `130m`, `130`, `2:10`.
pub fn parse_minutes(text: &str) -> Option<u32> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let (hours, minutes) = match text.split_once(['h', ':']) {
        Some((hours, minutes)) => (hours.parse().ok()?, minutes),
        None => (0u32, text.as_str()),
    };
    let minutes = minutes.trim_end_matches("min").trim_end_matches('m');
    let minutes: u32 = match minutes {
        "" if text.contains('h') => 0,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
        _ => return None,
    };
    hours.checked_mul(60)?.checked_add(minutes).filter(|total| (1..=60_000).contains(total))
}

/// A day: `2026-11-20`, `today`, `yesterday`.
pub fn parse_day(text: &str, today: Date) -> Option<Date> {
    match text.trim().to_lowercase().as_str() {
        "today" => Some(today),
        "yesterday" => today.previous_day(),
        text => {
            let mut parts = text.splitn(3, '-');
            let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
            let month = small_number(parts.next()?)?;
            let day = small_number(parts.next()?)?;
            Date::from_calendar_date(year, month.try_into().ok()?, day).ok()
        }
    }
}

fn small_number(text: &str) -> Option<u8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The start that a person means by a time of day at `now`: the last one, if it is not long past,
/// else the next.
pub fn start_at(time: Time, now: UtcDateTime, offset: UtcOffset) -> UtcDateTime {
    let local = now.to_offset(offset);
    let today = local.replace_time(time);
    let candidates = [today - Duration::DAY, today, today + Duration::DAY];
    let meant = candidates.into_iter().find(|t| local - *t <= JUST_BEGUN);
    meant.unwrap_or(today).to_utc()
}

/// The first moment after `start` at which it is that time of day.
pub fn next_after(time: Time, start: UtcDateTime, offset: UtcOffset) -> UtcDateTime {
    let local = start.to_offset(offset);
    let today = local.replace_time(time);
    if today > local { today.to_utc() } else { (today + Duration::DAY).to_utc() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::{date, offset, time, utc_datetime};

    #[test]
    fn times_of_day_as_people_write_them() {
        for (text, expected) in [
            ("20:30", Some(time!(20:30))),
            ("8:30pm", Some(time!(20:30))),
            ("8pm", Some(time!(20:00))),
            ("12am", Some(time!(0:00))),
            ("12:15 pm", Some(time!(12:15))),
            ("23", Some(time!(23:00))),
            ("23h", Some(time!(23:00))),
            ("20h15", Some(time!(20:15))),
            ("24:00", None),
            ("8:60", None),
            ("13pm", None),
            ("0pm", None),
            ("-1", None),
            ("", None),
            ("20:30:00", None),
            ("half past eight", None),
        ] {
            assert_eq!(parse_time_of_day(text), expected, "{text}");
        }
    }

    #[test]
    fn running_times_as_people_write_them() {
        for (text, expected) in [
            ("2h10m", Some(130)),
            ("2h 10min", Some(130)),
            ("2h", Some(120)),
            ("130m", Some(130)),
            ("130", Some(130)),
            ("2:10", Some(130)),
            ("2h10", Some(130)),
            ("0", None),
            ("", None),
            ("h", None),
            ("2x", None),
            ("-5", None),
            ("99999999999h", None),
        ] {
            assert_eq!(parse_minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn days_as_people_write_them() {
        let today = date!(2026 - 11 - 22);
        assert_eq!(parse_day("yesterday", today), Some(date!(2026 - 11 - 21)));
        assert_eq!(parse_day("Today", today), Some(today));
        assert_eq!(parse_day("2026-02-03", today), Some(date!(2026 - 02 - 03)));
        for wrong in ["2026-02-30", "2026-13-01", "26-02-03", "03.02.2026", "", "tomorrow"] {
            assert_eq!(parse_day(wrong, today), None, "{wrong}");
        }
    }

    #[test]
    fn the_start_is_the_one_that_is_meant_and_the_end_comes_after_it() {
        let berlin = offset!(+1);
        let at = |text: &str, now| start_at(parse_time_of_day(text).unwrap(), now, berlin);
        let evening = utc_datetime!(2026-11-22 20:00);
        assert_eq!(at("20:30", evening), utc_datetime!(2026-11-22 19:30), "half an hour ago");
        assert_eq!(at("21:30", evening), utc_datetime!(2026-11-22 20:30));
        assert_eq!(at("10:00", evening), utc_datetime!(2026-11-23 09:00), "tomorrow morning");
        let night = utc_datetime!(2026-11-22 23:30);
        assert_eq!(at("23:00", night), utc_datetime!(2026-11-22 22:00), "before midnight");
        let by = next_after(time!(0:30), utc_datetime!(2026-11-22 20:00), berlin);
        assert_eq!(by, utc_datetime!(2026-11-22 23:30));
    }

    #[test]
    fn what_fits_ends_in_time_and_is_not_too_long() {
        let start = utc_datetime!(2026-11-22 20:00);
        let evening = Evening { start, by: Some(start + Duration::minutes(120)), max_minutes: Some(110) };
        assert_eq!(evening.fit(Some(110)), Fit::Fits);
        assert_eq!(evening.fit(Some(111)), Fit::TooLong);
        assert_eq!(evening.fit(None), Fit::Unknown);
        let open = Evening { max_minutes: None, ..evening };
        assert_eq!((open.fit(Some(120)), open.fit(Some(121))), (Fit::Fits, Fit::TooLong));
        assert_eq!(Evening::open_end(start).fit(None), Fit::Fits);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = (parse_time_of_day(&text), parse_minutes(&text), parse_day(&text, date!(2026 - 11 - 22)));
        }
    }
}
