//! Dates and times as chats write them.

use std::fmt;

use time::{Date, Month, PrimitiveDateTime, Time};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Words that may be between a date and a time, or that name a day.
const WORDS: &str = "at um à a as às alle ore las la le o v ve в kl klo om h uhr saat today yesterday heute gestern hoy ayer \
    hier aujourd'hui oggi ieri hoje ontem vandaag gisteren idag igår i dag går iaften dzisiaj dziś wczoraj bugün dün dnes \
    včera сегодня вчера tänään eilen σήμερα χθες";

/// A date and a time. Only a whole thread can tell which of the numbers is the day, unless the month is in letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The numbers of the date, in their order, but the day before a month in letters. `None` if there is no date or it
    /// has no year.
    date: Option<[u16; 3]>,
    /// True if the month of the date is written in letters.
    has_month_name: bool,
    time: Time,
}

impl Stamp {
    /// Parses `22.11.26, 19:42`, `11/22/2026, 7:42:11 PM`, `2026-11-22 19:42`, `22-Nov-26 07:42 PM`, `Today at 19:42`
    /// and the like. `None` if anything else is in the text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text
            .to_lowercase()
            .replace("p. m.", "pm")
            .replace("a. m.", "am")
            .replace("p.m.", "pm")
            .replace("a.m.", "am")
            .replace('’', "'");
        let (mut numbers, mut breaks) = (Vec::new(), Vec::new());
        // The index of a month in letters among the numbers, and whether the time is one of the afternoon.
        let (mut month_at, mut is_pm) = (None, None);
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let length = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
            let taken = if c.is_ascii_digit() {
                let digits = &rest[..length(|c| c.is_ascii_digit())];
                numbers.push(digits.parse::<u16>().ok()?);
                breaks.push(rest[digits.len()..].chars().next().unwrap_or(' '));
                digits.len()
            } else if c.is_alphabetic() {
                let word = &rest[..length(|c| c.is_alphabetic() || c == '\'')];
                match MONTHS.iter().position(|month| word.len() >= 3 && word.starts_with(month)) {
                    Some(month) if month_at.is_none() => {
                        month_at = Some(numbers.len());
                        numbers.push(month as u16 + 1);
                        breaks.push(' ');
                    }
                    _ if word == "am" || word == "pm" => is_pm = Some(word == "pm"),
                    _ if WORDS.split(' ').any(|known| known == word) => {}
                    _ => return None,
                }
                word.len()
            } else if " .,/-:\u{a0}\u{202f}\u{200e}".contains(c) {
                c.len_utf8()
            } else {
                return None;
            };
            rest = &rest[taken..];
        }
        // The colon tells where the time is. Danes and Finns write a full stop instead.
        let colon = breaks.iter().position(|c| *c == ':').or(match (numbers.len(), &*breaks) {
            (5.., _) => Some(3),
            (2, ['.', ..]) if text.contains("kl") => Some(0),
            _ => None,
        })?;
        let minute = *numbers.get(colon + 1)?;
        let has_seconds = breaks.get(colon + 1) == Some(&':') || (breaks[colon] == '.' && numbers.len() == 6);
        let hour = match (numbers[colon], is_pm) {
            (hour, None) => hour,
            (hour, Some(is_pm)) => hour % 12 + if is_pm { 12 } else { 0 },
        };
        let time = Time::from_hms(hour.try_into().ok()?, minute.try_into().ok()?, 0).ok()?;
        let end = colon + 2 + usize::from(has_seconds);
        let date: Vec<u16> = numbers[..colon].iter().chain(numbers.get(end..).unwrap_or_default()).copied().collect();
        let starts_with_month = month_at == Some(if colon > 0 { 0 } else { end });
        let date = match date[..] {
            [month, day, year] if starts_with_month => Some([day, month, year]),
            [a, b, c] => Some([a, b, c]),
            [] | [_, _] => None,
            _ => return None,
        };
        Some(Self { date, has_month_name: month_at.is_some(), time })
    }

    /// Returns the numbers of the date. `None` if there is no date or it has no year.
    pub fn day(self) -> Option<[u16; 3]> {
        self.date
    }

    fn at(self, is_month_first: bool) -> Option<PrimitiveDateTime> {
        let [a, b, c] = self.date?;
        let (day, month, year) = match is_month_first {
            _ if a > 31 => (c, b, a),
            _ if self.has_month_name => (a, b, c),
            true => (b, a, c),
            false => (a, b, c),
        };
        let year = if year < 100 { 2000 + i32::from(year) } else { year.into() };
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        Some(PrimitiveDateTime::new(Date::from_calendar_date(year, month, day.try_into().ok()?).ok()?, self.time))
    }
}

impl fmt::Display for Stamp {
    /// Writes the date and the time. The keys of messages are made from this form and stored, so it must not change.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c] = self.date.unwrap_or_default();
        write!(f, "{a} {b} {c} {:02}:{:02}", self.time.hour(), self.time.minute())
    }
}

/// Returns the times of a thread's messages, `None` for one without a date. All dates have the same order of day, month
/// and year: the one in which they are valid, go forward and end at most a day after `now`.
///
/// # Errors
/// No order fits, or both fit and give different times.
pub fn resolve(
    stamps: &[Option<Stamp>],
    now: PrimitiveDateTime,
) -> Result<Vec<Option<PrimitiveDateTime>>, &'static str> {
    let read = |is_month_first| -> Option<Vec<Option<PrimitiveDateTime>>> {
        let dated = |stamp: &Option<Stamp>| match stamp {
            Some(stamp) if stamp.date.is_some() => stamp.at(is_month_first).map(Some),
            _ => Some(None),
        };
        let times = stamps.iter().map(dated).collect::<Option<Vec<_>>>()?;
        let known: Vec<_> = times.iter().flatten().copied().collect();
        let is_possible = known.is_sorted() && known.last().is_none_or(|last| *last <= now + time::Duration::DAY);
        is_possible.then_some(times)
    };
    let mut possible: Vec<_> = [false, true].into_iter().filter_map(read).collect();
    possible.dedup();
    match possible.len() {
        0 => Err("the dates are not in chronological order in any date format"),
        1 => Ok(possible.remove(0)),
        _ => Err("the dates can be read in two ways"),
    }
}
