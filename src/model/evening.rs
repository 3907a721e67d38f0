//! The limits of an evening: when a movie would end, and whether it fits.

use std::ops::RangeInclusive;

use serde::Serialize;
use time::{Date, Duration, Time, UtcDateTime};

use super::text::fold;
use super::{Proposal, Rating, Title};
use crate::env::Zone;

/// The time for which a time of day counts as just past. If it was longer ago, the next day's is meant.
const JUST_BEGUN: Duration = Duration::hours(6);

/// The start and the limits of an evening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evening {
    /// The start of the movie.
    pub start: UtcDateTime,
    /// The time by which the movie must end.
    pub by: Option<UtcDateTime>,
    /// The longest running time, in minutes.
    pub max_minutes: Option<u32>,
    /// The genres of which the movie must have one, compared by [`genre_key`]. Empty if any genre will do.
    pub genres: Vec<String>,
    /// The years in which the movie must have come out, both ends included.
    pub years: Option<RangeInclusive<u16>>,
    /// The lowest rating that the movie may have.
    pub rating: Option<Rating>,
    /// The age of the youngest person who watches.
    pub age: Option<u8>,
    /// The people who must not have seen it, as indices into the board's voters.
    pub unseen_by: Vec<usize>,
}

/// How a movie fits into the evening. Movies that fit come first, then movies that may fit, then the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EveningFit {
    /// It fits all limits.
    Fits,
    /// The data for this limit is unknown.
    Unknown(Misfit),
    /// It does not meet this limit.
    Misfit(Misfit),
}

impl EveningFit {
    /// Returns the group in which the movie ranks, 0 for the first.
    pub fn group(self) -> u8 {
        match self {
            Self::Fits => 0,
            Self::Unknown(_) => 1,
            Self::Misfit(_) => 2,
        }
    }

    /// Returns the fit as JSON has it. `None` if it is unknown.
    pub fn known(self) -> Option<bool> {
        match self {
            Self::Fits => Some(true),
            Self::Unknown(_) => None,
            Self::Misfit(_) => Some(false),
        }
    }
}

/// The limit that a movie does not meet, or for which its data is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Misfit {
    /// It is too long.
    TooLong,
    /// It ends after the end of the evening.
    EndsTooLate,
    /// Somebody who is here has seen it.
    Seen,
    /// It has none of the genres.
    Genre,
    /// It is of another year.
    Years,
    /// It is rated lower.
    Rating,
    /// Its age rating is too high.
    Age,
}

/// Returns the form in which genres are compared: `Sci-Fi`, `sci fi` and `scifi` are one.
pub fn genre_key(genre: &str) -> String {
    fold(genre).replace(' ', "")
}

impl Evening {
    /// Returns an evening that starts at `start` and has no limits.
    pub fn open_end(start: UtcDateTime) -> Self {
        Self {
            start,
            by: None,
            max_minutes: None,
            genres: Vec::new(),
            years: None,
            rating: None,
            age: None,
            unseen_by: Vec::new(),
        }
    }

    /// Returns the end of a movie with this running time in minutes. `None` if the time is unknown.
    pub fn ends_at(&self, minutes: Option<u32>) -> Option<UtcDateTime> {
        minutes.map(|m| self.start.saturating_add(Duration::minutes(m.into())))
    }

    /// Returns how a movie fits. The first limit that it does not meet counts.
    pub fn fit(&self, movie: &Proposal) -> EveningFit {
        if movie.seen_by.iter().any(|voter| self.unseen_by.contains(voter)) {
            return EveningFit::Misfit(Misfit::Seen);
        }
        let title = movie.cache.title.as_ref();
        let minutes = movie.runtime_minutes();
        let genres = title.map(|t| &t.genres).filter(|genres| !genres.is_empty());
        let has_genre =
            |own: &Vec<String>| own.iter().any(|g| self.genres.iter().any(|w| genre_key(g) == genre_key(w)));
        // For each limit that is set: whether the movie meets it, or `None` if the data for it is unknown.
        let checks = [
            self.max_minutes.map(|max| (minutes.map(|m| m <= max), Misfit::TooLong)),
            self.by.map(|by| (self.ends_at(minutes).map(|end| end <= by), Misfit::EndsTooLate)),
            (!self.genres.is_empty()).then(|| (genres.map(has_genre), Misfit::Genre)),
            self.years.as_ref().map(|years| (movie.year().map(|year| years.contains(&year)), Misfit::Years)),
            self.rating.map(|least| (title.and_then(|t| t.rating).map(|own| own >= least), Misfit::Rating)),
            self.age.map(|age| (title.and_then(Title::age).map(|from| from <= age), Misfit::Age)),
        ];
        let asked = checks.into_iter().flatten();
        let mut fit = EveningFit::Fits;
        for (passes, misfit) in asked {
            match passes {
                Some(true) => {}
                Some(false) => return EveningFit::Misfit(misfit),
                None if fit == EveningFit::Fits => fit = EveningFit::Unknown(misfit),
                None => {}
            }
        }
        fit
    }
}

/// Returns the start and the end that a person means by times of day at `now`. The end is the first such time after the
/// start. If the end has passed, the next start is meant, with its end.
pub fn span_of(start: Time, by: Option<Time>, now: UtcDateTime, zone: &Zone) -> (UtcDateTime, Option<UtcDateTime>) {
    let from = start_at(start, now, zone);
    let until = by.map(|by| next_after(by, from, zone));
    match until {
        Some(until) if until <= now => {
            let from = next_after(start, now, zone);
            (from, by.map(|by| next_after(by, from, zone)))
        }
        _ => (from, until),
    }
}

/// The hour at which evenings end. A movie watched before it belongs to the day before.
const LAST_HOUR: u8 = 6;

/// Returns the date of the evening that a moment belongs to.
pub fn date_of(moment: UtcDateTime, zone: &Zone) -> Date {
    let local = zone.local(moment);
    let yesterday = local.date().previous_day().filter(|_| local.hour() < LAST_HOUR);
    yesterday.unwrap_or(local.date())
}

/// Returns the moment at which it was that time of day. `None` if that is more than six hours ago.
pub fn just_passed(time: Time, now: UtcDateTime, zone: &Zone) -> Option<UtcDateTime> {
    let last = start_at(time, now, zone);
    (last <= now).then_some(last)
}

/// Returns the start that a person means by a time of day at `now`: the last one if it is not long past, else the next.
pub fn start_at(time: Time, now: UtcDateTime, zone: &Zone) -> UtcDateTime {
    moments(time, now, zone).find(|moment| now - *moment <= JUST_BEGUN).unwrap_or(now)
}

/// Returns the first moment after `start` at which it is that time of day.
pub fn next_after(time: Time, start: UtcDateTime, zone: &Zone) -> UtcDateTime {
    moments(time, start, zone).find(|moment| *moment > start).unwrap_or(start)
}

/// Returns the moments at which it is that time of day, on the day before, on that day and on the next.
fn moments(time: Time, day: UtcDateTime, zone: &Zone) -> impl Iterator<Item = UtcDateTime> {
    let today = zone.local(day).date();
    let days = [today.previous_day(), Some(today), today.next_day()];
    days.into_iter().flatten().map(move |day| zone.to_utc(day.with_time(time)))
}
