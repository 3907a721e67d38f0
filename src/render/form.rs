//! An inline ballot on the screen, with at most as many lines as the terminal.

use time::{Duration, UtcDateTime};

use super::cells::{truncate, width, wrap};
use super::{Column, Palette, Screen, Shrink, Tone, table};
use crate::model::Opinion;
use crate::model::opinion::MAX_NOES;
use crate::model::title::year_suffix;
use crate::view::form::{Form, FormMovie};
use crate::view::format::{clock, runtime};

/// Lines besides the movies and the text about the current one: the heading and the keys.
const MARGIN: usize = 2;
const SOME_GENRES: usize = 3;
const HELP: [&str; 9] = [
    "space  yes (or y)",
    "f      favourite, one per person",
    "n      no, three at most",
    "s      seen, or not seen",
    "↑ ↓    move (or k j, PgUp PgDn)",
    "/      find a movie by number or title",
    "Enter  done",
    "q      quit without saving",
    "?      back to the ballot",
];

/// A ballot as lines that fit the terminal.
#[derive(Default)]
pub struct DrawnForm {
    /// The lines, including escape sequences.
    pub lines: Vec<String>,
    /// The index of the line for the cursor.
    pub current: usize,
    /// The widths of the lines in cells.
    pub widths: Vec<usize>,
    /// The number of movies that fit.
    pub rows: usize,
}

/// Draws a ballot that fits the screen.
pub fn draw(form: &Form<'_>, now: UtcDateTime, screen: Screen<'_>) -> DrawnForm {
    let (columns, lines) = (screen.width.unwrap_or(80), screen.height.unwrap_or(24));
    // Filling the last column or line makes some terminals scroll.
    let (max, room) = (columns.saturating_sub(1).max(8), lines.saturating_sub(1).max(2));
    let mut drawn = DrawnForm { lines: Vec::new(), current: 0, widths: Vec::new(), rows: 1 };
    let mut add = |text: &str, tone: Tone| {
        let text = truncate(text, max);
        drawn.widths.push(width(&text));
        drawn.lines.push(screen.palette.paint(tone, &text));
    };
    if form.shows_help {
        HELP.iter().take(room).for_each(|line| add(line, Tone::Plain));
        return drawn;
    }
    // The height must not change with the current movie.
    let has_words = |movie: &FormMovie<'_>| {
        !movie.movie.notes.is_empty() || movie.movie.cache.title.as_ref().is_some_and(|title| title.plot.is_some())
    };
    let of_about = if form.movies.iter().any(has_words) { (lines / 8).clamp(1, 3) } else { 1 };
    let rows = room.saturating_sub(MARGIN + of_about).clamp(1, form.movies.len());
    let first = form.at.saturating_sub(rows / 2).min(form.movies.len() - rows);
    let has_margin = room > MARGIN + of_about;
    let is_cut = form.movies.len() > rows;
    let place = if is_cut { format!(" · {} of {}", form.at + 1, form.movies.len()) } else { String::new() };
    if has_margin {
        let advice = match form.is_hidden {
            true => "what you mark replaces your earlier answers",
            false => "use a no on a movie that might win",
        };
        add(&format!("{}'s ballot{place} · {advice}", form.voter), Tone::Strong);
    }
    let plain = Screen { width: Some(max), palette: Palette::PLAIN, ..screen };
    let shown: Vec<(usize, &FormMovie<'_>)> = form.movies.iter().enumerate().skip(first).take(rows).collect();
    // The first line is the header.
    let movies = table(&columns_of(form), &shown, |_| Tone::Plain, plain);
    for ((at, movie), line) in shown.iter().zip(movies.lines().skip(1)) {
        let (_, tone) = mark(movie);
        add(line, if *at == form.at && tone == Tone::Plain { Tone::Strong } else { tone });
    }
    if has_margin {
        let (mut below, tone) = match &form.message {
            Some(message) => (vec![message.clone()], Tone::Warn),
            None => (about(&form.movies[form.at], now, screen, max, of_about), Tone::Faint),
        };
        below.resize(of_about, String::new());
        below.iter().for_each(|line| add(line, tone));
        let keys = match &form.search {
            Some(text) => format!("find: {text}▏ · Enter"),
            None => keys(form, max),
        };
        add(&keys, Tone::Faint);
    }
    drawn.current = form.at - first + usize::from(has_margin);
    drawn.rows = rows;
    drawn
}

fn columns_of<'a>(form: &'a Form<'a>) -> Vec<Column<'a, (usize, &'a FormMovie<'a>)>> {
    type FormRow<'a> = (usize, &'a FormMovie<'a>);
    let digits = form.movies.iter().map(|movie| movie.movie.number.to_string().len()).max().unwrap_or(1);
    let lead = move |(at, movie): &FormRow<'_>| {
        let pointer = if *at == form.at { "▸" } else { " " };
        format!("{pointer} {} {:>digits$}", mark(movie).0, movie.movie.number)
    };
    let tail = |(_, movie): &FormRow<'_>| year_suffix(movie.movie.year()) + if movie.seen { " · seen" } else { "" };
    let rating =
        |(_, movie): &FormRow<'_>| movie.movie.cache.title.as_ref()?.rating.map(|rating| format!("★ {rating}"));
    let genres = |(_, movie): &FormRow<'_>| {
        let all = movie.movie.genres();
        all[..all.len().min(SOME_GENRES)].join(", ")
    };
    vec![
        Column::left("", move |row: &FormRow<'_>| lead(row).into()),
        Column::titles(|(_, movie): &FormRow<'_>| movie.movie.title().into_owned(), tail, |_| None)
            .shrinks(2, Shrink::To(28))
            .shrinks(4, Shrink::To(8)),
        Column::right("", move |row: &FormRow<'_>| rating(row).into()).shrinks(3, Shrink::Hide),
        Column::right("", |(_, movie): &FormRow<'_>| movie.movie.runtime_minutes().map(runtime).into())
            .shrinks(3, Shrink::Hide),
        Column::left("", move |row: &FormRow<'_>| genres(row).into()).shrinks(1, Shrink::Hide),
    ]
}

/// Formats running time, end, notes and plot in at most `most` lines.
fn about(movie: &FormMovie<'_>, now: UtcDateTime, screen: Screen<'_>, max: usize, most: usize) -> Vec<String> {
    let end = |minutes: u32| clock(now + Duration::minutes(minutes.into()), screen.zone);
    let times = |minutes| format!("{}, ends {} if started now", runtime(minutes), end(minutes));
    let times = movie.movie.runtime_minutes().map(times);
    let notes = movie.movie.notes.iter().map(|(_, note)| format!("“{note}”"));
    let plot = movie.movie.cache.title.as_ref().and_then(|title| title.plot.clone());
    let text = times.into_iter().chain(notes).chain(plot).collect::<Vec<_>>().join(" · ");
    let mut lines = wrap(if text.is_empty() { "No data" } else { &text }, max);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(truncate(&rest, max));
    }
    lines
}

/// Formats the keys in one line. If they do not fit, only the most helpful stay.
fn keys(form: &Form<'_>, max: usize) -> String {
    let counts = format!("f ♥ {} · n no {}/{MAX_NOES}", form.count(Opinion::Favorite), form.count(Opinion::No));
    let line = format!("space yes · {counts} · s seen · Enter done · q quit · ? help");
    if width(&line) <= max { line } else { "space yes · f ♥ · n no · Enter · ? help".to_owned() }
}

fn mark(movie: &FormMovie<'_>) -> (&'static str, Tone) {
    match movie.opinion {
        Some(Opinion::Favorite) => ("♥", Tone::Good),
        Some(Opinion::Yes) => ("●", Tone::Good),
        Some(Opinion::No) => ("✗", Tone::Warn),
        None => ("·", Tone::Plain),
    }
}
