//! Builds the page of a board.

use time::UtcDateTime;

use super::{Page, PageLink, PageMovie, PageNote, PageVoter, PageWatched};
use crate::catalog::LICENCE;
use crate::env::Zone;
use crate::model::fetch::CATALOG_SOURCE;
use crate::model::text::sanitize;
use crate::model::{Board, Evening, ImdbId};
use crate::posters::jpeg::Jpeg;
use crate::view::board::BoardView;
use crate::view::format::{clock, runtime};
use crate::view::movie::{MovieView, NoteView};

/// Maximum number of watched movies, the latest first.
const MAX_WATCHED: usize = 3;
/// Maximum length of a genre limit in characters.
const MAX_GENRE_CHARS: usize = 40;

/// The data from which a page is made.
pub struct Source<'a> {
    /// The board, already sorted.
    pub view: &'a BoardView<'a>,
    /// The history, latest movie first.
    pub history: &'a Board,
    /// The evening that movies should fit.
    pub evening: &'a Evening,
    pub now: UtcDateTime,
    pub zone: &'a Zone,
    pub hides_names: bool,
    /// Returns the poster of a movie, given its URL from a source.
    pub poster: &'a dyn Fn(ImdbId, &str) -> Option<Jpeg>,
}

impl Page {
    /// Makes the page of a board. It has times of day only if `view` shows them: without a start, later readers could
    /// not know what they are based on.
    pub fn of(source: &Source<'_>) -> Self {
        let Source { view, evening, zone, .. } = *source;
        let day = |at: UtcDateTime| zone.local(at).date();
        let date = day(evening.start);
        let is_credited =
            view.proposals.iter().any(|m| m.title.source.is_some_and(|name| name.starts_with(CATALOG_SOURCE)));
        let watched = source.history.proposals.iter().take(MAX_WATCHED).map(|movie| PageWatched {
            title: movie.known_title().map_or_else(|| movie.name(), str::to_owned),
            year: movie.year(),
            date: movie.watched_on.map(|day| short_date(day, date)).unwrap_or_default(),
        });
        Self {
            title: "Movie night".into(),
            date: format!("{}, {}", date.weekday(), long_date(date)),
            evening: limits(evening, view.shows_ends, zone),
            people: view.hidden.is_none().then_some(view.voter_count),
            hidden: view.hidden,
            movies: view.proposals.iter().map(|m| movie(m, source)).collect(),
            watched: watched.collect(),
            generated_at: format!("{}, {}", long_date(day(source.now)), clock(source.now, zone)),
            credit: is_credited.then(|| LICENCE.to_owned()),
        }
    }
}

/// Formats a date: `22 November 2026`.
fn long_date(day: time::Date) -> String {
    format!("{} {} {}", day.day(), day.month(), day.year())
}

/// Formats a date, with the year only if it is not that of `today`: `15 November`.
fn short_date(day: time::Date, today: time::Date) -> String {
    match day.year() == today.year() {
        true => format!("{} {}", day.day(), day.month()),
        false => long_date(day),
    }
}

/// Describes the limits of the evening. `None` if there are none.
fn limits(evening: &Evening, shows_times: bool, zone: &Zone) -> Option<String> {
    let start = shows_times.then(|| format!("starts at {}", clock(evening.start, zone)));
    let by = evening.by.map(|by| format!("over by {}", clock(by, zone)));
    let max = evening.max_minutes.map(|max| format!("at most {}", runtime(max)));
    let genres = (!evening.genres.is_empty())
        .then(|| evening.genres.iter().map(|genre| sanitize(genre, MAX_GENRE_CHARS)).collect::<Vec<_>>().join(" or "));
    let years = evening.years.as_ref().map(|years| match (*years.start(), *years.end()) {
        (first, last) if first == last => format!("from {first}"),
        (first, u16::MAX) => format!("from {first} or later"),
        (u16::MIN, last) => format!("from {last} or earlier"),
        (first, last) => format!("from {first} to {last}"),
    });
    let rating = evening.rating.map(|least| format!("rated {least} or more"));
    let age = evening.age.map(|age| format!("suitable for age {age}"));
    let unseen = (!evening.unseen_by.is_empty()).then(|| "seen by nobody in the group".to_owned());
    let parts: Vec<String> = [start, by, max, genres, years, rating, age, unseen].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn movie(movie: &MovieView<'_>, source: &Source<'_>) -> PageMovie {
    let (title, data) = (&movie.title, &movie.title.data);
    let voter = |name: &&str| PageVoter { name: (*name).to_owned(), favorite: movie.favorite_of.contains(name) };
    let note = |note: &NoteView<'_>| PageNote {
        voter: (!source.hides_names).then(|| note.voter.to_owned()),
        text: note.text.to_owned(),
    };
    let shows_ends = source.view.shows_ends;
    let link = |name: &str, url: String| PageLink { name: name.to_owned(), url };
    let links = [title.link().map(|url| link("IMDb", url)), data.trailer_url.clone().map(|url| link("Trailer", url))];
    PageMovie {
        number: movie.number,
        rank: movie.rank,
        title: title.shown_title(),
        original_title: data.original_title.clone(),
        year: data.year,
        rating: data.rating.map(crate::model::Rating::value),
        rating_count: data.rating_count,
        runtime_minutes: data.runtime_minutes,
        ends_at: movie.ends_at.filter(|_| shows_ends).map(|at| clock(at.0, source.zone)),
        genres: data.genres.clone(),
        votes: movie.votes,
        favorites: movie.favorites,
        noes: movie.noes,
        voters: (!source.hides_names).then(|| movie.voters.iter().map(voter).collect()),
        no_of: (!source.hides_names).then(|| movie.no_of.iter().map(|name| (*name).to_owned()).collect()),
        proposed_by: (!source.hides_names).then(|| movie.proposed_by.to_owned()),
        notes: movie.notes.iter().map(note).collect(),
        plot: data.plot.clone(),
        links: links.into_iter().flatten().collect(),
        fits: movie.fits,
        misfit: movie.misfit_words(source.zone),
        poster: title.imdb_id.zip(data.poster_url.as_deref()).and_then(|(id, url)| (source.poster)(id, url)),
    }
}
