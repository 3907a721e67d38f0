//! Times of day, running times, days and years as people write them.

use std::ops::RangeInclusive;

use time::{Date, Duration, Time};

use super::parse_date;
use super::title::MINUTES;

/// Parses a time of day: `20:30`, `8:30pm`, `23h`, `23`.
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

/// Parses a running time in minutes: `2h10m`, `2h`, `130m`, `130`, `2:10`. Refuses one digit, which may mean hours.
pub fn parse_minutes(text: &str) -> Option<u32> {
    if text.trim().len() == 1 {
        return None;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let (hours, minutes, most) = match text.split_once(['h', ':']) {
        Some((hours, minutes)) => (hours.parse().ok()?, minutes, 59),
        None => (0u32, text.as_str(), u32::MAX),
    };
    let minutes = minutes.trim_end_matches("min").trim_end_matches('m');
    let minutes: u32 = match minutes {
        "" if text.contains('h') => 0,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            digits.parse().ok().filter(|minutes| *minutes <= most)?
        }
        _ => return None,
    };
    hours.checked_mul(60)?.checked_add(minutes).filter(|total| MINUTES.contains(total))
}

/// A day as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// This many days ago.
    Ago(u8),
    /// A day of the calendar.
    Date(Date),
}

impl Day {
    /// Parses `2026-11-20`, `today` and `yesterday`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "today" => Some(Self::Ago(0)),
            "yesterday" => Some(Self::Ago(1)),
            text => parse_date(text).map(Self::Date),
        }
    }

    /// Returns the day of the calendar.
    pub fn date(self, today: Date) -> Date {
        match self {
            Self::Ago(days) => today.saturating_sub(Duration::days(days.into())),
            Self::Date(date) => date,
        }
    }
}

fn small_number(text: &str) -> Option<u8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Parses years: `1990-1999`, `1990`, `1990-`, `-1999`.
pub fn parse_years(text: &str) -> Option<RangeInclusive<u16>> {
    let year = |text: &str| {
        let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        is_year.then(|| text.parse().ok()).flatten()
    };
    let text = text.trim();
    let (from, to) = match text.split_once(['-', '–']) {
        None => (year(text)?, year(text)?),
        Some((from, "")) => (year(from.trim())?, u16::MAX),
        Some(("", to)) => (u16::MIN, year(to.trim())?),
        Some((from, to)) => (year(from.trim())?, year(to.trim())?),
    };
    (from <= to).then_some(from..=to)
}
