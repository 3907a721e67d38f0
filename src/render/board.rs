//! The vote board as a table that fits the terminal.

use std::borrow::Cow;

use super::cells::{names, truncate, width};
use super::{Cell, Column, Screen, Shrink, Tone, table};
use crate::model::evening::Misfit;
use crate::model::{Freshness, Opinion};
use crate::view::board::BoardView;
use crate::view::format::{clock, count, date, runtime, votes_and_noes};
use crate::view::movie::{MovieView, unknown_words};

/// Width of a title that is still easily recognized, in cells.
const EASY_TITLE: usize = 40;
/// Width of a title, in cells, before the names of voters are cut to 12.
const GOOD_TITLE: usize = 34;
/// Width of a title, in cells, before anything more important is cut.
const SHORT_TITLE: usize = 28;

/// Maximum number of genres on a terminal. The most fitting come first.
const SOME_GENRES: usize = 3;
/// Width to which the voters column shrinks first, in cells: about four names.
const SOME_VOTERS: usize = 28;

/// Renders the table, and the line about rows that were left out.
pub fn board(view: &BoardView<'_>, me: Option<&str>, start: time::UtcDateTime, screen: Screen<'_>) -> String {
    // Two other lines: the header and the summary.
    let shown = screen.rows_shown(view.proposals.len(), 2);
    let tone = |movie: &MovieView<'_>| match (movie.misfit, movie.rank) {
        // Dim the whole row, not only the reason.
        (Some(_), _) => Tone::Faint,
        (None, Some(1)) => Tone::Strong,
        _ => Tone::Plain,
    };
    let left_out = screen.left_out(view.proposals.len() - shown, "movienight vote --all");
    table(&columns(view, me, start, screen), &view.proposals[..shown], tone, screen) + &left_out
}

fn columns<'a>(
    view: &'a BoardView<'a>,
    me: Option<&'a str>,
    start: time::UtcDateTime,
    screen: Screen<'a>,
) -> Vec<Column<'a, MovieView<'a>>> {
    let mut columns = vec![
        Column::right("#", |movie: &MovieView<'_>| Cell::new(movie.number.to_string(), Tone::Faint)),
        Column::titles(
            |movie: &MovieView<'_>| movie.title.shown_title(),
            move |movie| tail(movie, screen),
            move |movie| screen.palette.links.then(|| movie.title.link()).flatten(),
        )
        .shrinks(1, Shrink::To(EASY_TITLE))
        .shrinks(6, Shrink::To(GOOD_TITLE))
        .shrinks(8, Shrink::To(SHORT_TITLE))
        .shrinks(12, Shrink::To(8)),
        Column::left("", move |movie: &MovieView<'_>| Cell::new(screen.marks.freshness(movie.title.cache), Tone::Warn)),
        Column::right(screen.marks.rating, |movie: &MovieView<'_>| movie.title.data.rating.into())
            .shrinks(10, Shrink::Hide),
        Column::right("Runtime", |movie: &MovieView<'_>| movie.title.data.runtime_minutes.map(runtime).into())
            .shrinks(8, Shrink::Hide),
    ];
    if view.shows_ends {
        let ends = move |movie: &MovieView<'_>| ends(movie, start, screen);
        columns.push(Column::left("Ends", move |movie: &MovieView<'_>| ends(movie).into()).shrinks(13, Shrink::Hide));
    }
    // An end that is too late or unknown is already marked in the Ends column.
    let shows_ends = view.shows_ends;
    let is_shown = move |movie: &MovieView<'_>| match movie.misfit {
        Some(why) => why != Misfit::EndsTooLate,
        None => movie.unknown.is_some() && !(shows_ends && movie.ends_at.is_none()),
    };
    if view.proposals.iter().any(is_shown) {
        let why = move |movie: &MovieView<'_>| match movie.misfit {
            _ if !is_shown(movie) => String::new(),
            Some(_) => screen.misfit(movie),
            None => movie.unknown.map(unknown_words).unwrap_or_default().to_owned(),
        };
        columns.push(
            Column::left("Limits", move |movie: &MovieView<'_>| why(movie).into())
                .shrinks(3, Shrink::To(20))
                .shrinks(13, Shrink::Hide),
        );
    }
    let most_genres = screen.width.map_or(usize::MAX, |_| SOME_GENRES);
    let genres = move |movie: &MovieView<'_>| {
        let all = &movie.title.data.genres;
        all[..all.len().min(most_genres)].join(", ")
    };
    columns.extend([
        Column::left("Genres", move |movie: &MovieView<'_>| genres(movie).into()).shrinks(5, Shrink::Hide),
        Column::right("Votes", move |movie: &MovieView<'_>| votes(movie, screen)),
    ]);
    // Without this column, a movie could rank below one with fewer votes for no visible reason.
    if view.noes > 0 {
        let noes = |movie: &MovieView<'_>| movie.noes.filter(|noes| *noes > 0).map(|noes| noes.to_string());
        columns.push(Column::right(screen.marks.no, move |movie: &MovieView<'_>| noes(movie).into()));
    }
    columns.push(
        Column::left("Voters", move |movie: &MovieView<'_>| voters(movie, me, usize::MAX, screen).into())
            .shrinks(4, Shrink::To(SOME_VOTERS))
            .shrinks(7, Shrink::To(12))
            .shrinks(9, Shrink::To(3))
            .shrinks(11, Shrink::Hide)
            .shortened(move |movie, max| voters(movie, me, max, screen)),
    );
    if view.proposals.iter().any(|movie| !movie.listed_by.is_empty()) {
        columns.push(
            Column::left("Listed by", |movie: &MovieView<'_>| movie.listed_by.join(", ").into())
                .shrinks(3, Shrink::Hide),
        );
    }
    columns.extend([
        Column::left("Proposed by", |movie: &MovieView<'_>| Cell::new(movie.proposed_by, Tone::Faint))
            .shrinks(3, Shrink::Hide),
        Column::left("IMDb", |movie: &MovieView<'_>| {
            Cell::new(movie.title.imdb_id.map(|id| id.to_string()).unwrap_or_default(), Tone::Faint)
        })
        .shrinks(2, Shrink::Hide),
    ]);
    columns
}

/// Returns the text after a title that stays when the title is shortened: its year, and a mark for a note.
fn tail(movie: &MovieView<'_>, screen: Screen<'_>) -> String {
    let note = if movie.notes.is_empty() { String::new() } else { format!(" {}", screen.marks.note) };
    movie.title.shown_year() + &note
}

fn votes(movie: &MovieView<'_>, Screen { marks, .. }: Screen<'_>) -> Cell {
    let Some(votes) = movie.votes else { return "".into() };
    let (mark, tone) = match movie.own_opinion {
        Some(Opinion::Favorite) => (marks.favorite, Tone::Good),
        Some(Opinion::Yes) => (marks.yes, Tone::Good),
        Some(Opinion::No) => (marks.no, Tone::Warn),
        None => return votes.to_string().into(),
    };
    Cell::new(format!("{mark} {votes}"), tone)
}

/// Formats the names of voters, those who favour the movie first. The viewer is last, because their vote is also marked
/// in the Votes column. People who said no follow; if not all names fit, the noes are only counted.
pub(super) fn voters(movie: &MovieView<'_>, me: Option<&str>, max: usize, Screen { marks, .. }: Screen<'_>) -> String {
    let favors = |name: &&str| movie.favorite_of.contains(name);
    let mut voters: Vec<&str> = movie.voters.clone();
    voters.sort_by_key(|name| (Some(*name) == me, !favors(name)));
    let mut named: Vec<Cow<'_, str>> = voters
        .iter()
        .map(|name| if favors(name) { marks.of_name(name, marks.favorite).into() } else { (*name).into() })
        .collect();
    named.extend(movie.no_of.iter().map(|name| Cow::Owned(marks.of_name(name, marks.no))));
    if movie.no_of.is_empty() || voters.is_empty() || width(&named.join(", ")) <= max {
        return names(&named, max);
    }
    let noes = format!(" {}", marks.of_name(marks.no, &movie.no_of.len().to_string()));
    names(&named[..voters.len()], max.saturating_sub(width(&noes))) + &noes
}

/// Formats the end of a movie: local time, `+1` if it is on the next day, and a mark if it is too late.
fn ends(movie: &MovieView<'_>, start: time::UtcDateTime, Screen { marks, zone, .. }: Screen<'_>) -> String {
    let end = match movie.ends_at {
        Some(at) if date(at.0, zone) != date(start, zone) => clock(at.0, zone) + " +1",
        Some(at) => clock(at.0, zone),
        None => "?".to_owned(),
    };
    if movie.misfit == Some(Misfit::EndsTooLate) { format!("{} {end}", marks.misfit) } else { end }
}

/// Renders the summary below the board: movies, votes, people, the viewer and the state of the data. Fits the screen
/// width.
pub fn summary(view: &BoardView<'_>, viewer: Option<&str>, screen: Screen<'_>) -> String {
    let is_hidden = view.hidden.is_some();
    let mut parts = vec![count(view.proposals.len(), "movie", "movies")];
    parts.push(match is_hidden {
        true => "votes are hidden".to_owned(),
        false if view.votes + view.noes == 0 => "no votes yet".to_owned(),
        false => {
            format!("{} by {}", votes_and_noes(view.votes, view.noes), count(view.voter_count, "person", "people"))
        }
    });
    let max = screen.width.unwrap_or(usize::MAX);
    // While votes are hidden, everybody waits for the missing voters, so they come before anything that may be cut off.
    if is_hidden {
        for (lead, people) in [(MISSING, &view.missing[..]), (VOTED, view.has_voted.as_deref().unwrap_or_default())] {
            parts.extend(named(lead, people, max.saturating_sub(width(&parts.join(" · ")))));
        }
    }
    for (freshness, word) in
        [(Freshness::Stale, "stale"), (Freshness::Missing, "without data yet"), (Freshness::Unknown, "unknown to IMDb")]
    {
        let number = view.count(freshness);
        if number > 0 {
            parts.push(screen.marks.legend(screen.marks.freshness(freshness), &format!("{number} {word}")));
        }
    }
    if view.is_fetching {
        parts.push("fetching new data".into());
    } else if view.is_cut_off {
        parts.push("movienight cache refresh retries".into());
    }
    let mut line = parts.join(" · ");
    // Advice about data comes first: the viewer and the missing voters are left out if they do not fit.
    let own = viewer.map(|name| screen.marks.of_votes(&format!("your votes ({name})")));
    let own = own.map(|own| format!("{line} · {own}")).filter(|longer| !is_hidden && width(longer) <= max);
    line = own.unwrap_or(line);
    if !is_hidden && let Some(missing) = named(MISSING, &view.missing, max.saturating_sub(width(&line))) {
        line = format!("{line} · {missing}");
    }
    truncate(&line, max)
}

/// Formats as many names as fit into `room` after a separator and `lead`. `None` if there are no names or no room.
fn named(lead: &str, people: &[&str], room: usize) -> Option<String> {
    let room = room.saturating_sub(width(" · ") + width(lead)).min(NAMED_CELLS);
    let has_room = !people.is_empty() && room >= width(&names(people, 0)).max(3);
    has_room.then(|| format!("{lead}{}", names(people, room)))
}

const MISSING: &str = "not voted tonight: ";
const VOTED: &str = "voted: ";
/// Maximum width of a list of names in the summary, in cells. Nobody reads more.
const NAMED_CELLS: usize = 40;
