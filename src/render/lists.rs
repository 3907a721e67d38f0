//! Lists that were read, and what is on several of them.

use super::Screen;
use super::cells::truncate;
use super::style::Tone;
use super::table::{Cell, Column, Shrink, table};
use crate::model::ImdbId;
use crate::model::title::{with_year, year_behind};
use crate::view::format::{count, runtime};
use crate::view::lists::{ImportView, OverlapView, SharedMovie};

/// The movies as a table.
pub fn overlap(view: &OverlapView, screen: Screen<'_>) -> String {
    let shown = screen.rows_shown(view.movies.len(), 2);
    let rows: Vec<&SharedMovie> = view.movies[..shown].iter().collect();
    let title =
        |movie: &&SharedMovie| movie.title.clone().or(movie.imdb_id.map(|id| id.to_string())).unwrap_or_default();
    let tail = |movie: &&SharedMovie| year_behind(movie.year) + if movie.may_fit { " (may not fit)" } else { "" };
    let columns = [
        Column::titles(title, tail, |movie| movie.imdb_id.map(ImdbId::url))
            .shrinks(1, Shrink::To(40))
            .shrinks(5, Shrink::To(8)),
        Column::right(screen.marks.rating, |movie: &&SharedMovie| movie.known.rating.into()),
        Column::right("Runtime", |movie: &&SharedMovie| movie.known.runtime_minutes.map(runtime).into())
            .shrinks(4, Shrink::Hide),
        Column::left("Genres", |movie: &&SharedMovie| movie.known.genres.join(", ").into()).shrinks(2, Shrink::Hide),
        Column::left("Not on the list of", |movie: &&SharedMovie| movie.not_wanted_by.join(", ").into())
            .shrinks(6, Shrink::To(8))
            .shortened(|movie, max| truncate(&movie.not_wanted_by.join(", "), max)),
        Column::left("IMDb", |movie: &&SharedMovie| {
            Cell::new(movie.imdb_id.map(|id| id.to_string()).unwrap_or_default(), Tone::Faint)
        })
        .shrinks(3, Shrink::Hide),
    ];
    let tone = |movie: &&SharedMovie| if movie.may_fit { Tone::Faint } else { Tone::Plain };
    table(&columns, &rows, tone, screen) + &screen.left_out(view.movies.len() - shown, "movienight overlap --all")
}

/// Rows without a match that are named; more are counted.
const MAX_NAMED: usize = 10;

/// What an import did, and `unlisted` movies that it took off the list of `who`.
pub fn imported(view: &ImportView, who: &str, unlisted: usize) -> Vec<String> {
    let movies = |n: usize| count(n, "movie", "movies");
    let mut sentences = Vec::new();
    let mut say = |n: usize, sentence: String| sentences.extend((n > 0).then_some(sentence));
    say(view.listed, format!("Added {} to {who}'s list", movies(view.listed)));
    say(unlisted, format!("Took {} off {who}'s list", movies(unlisted)));
    say(view.proposed, format!("Proposed {}", movies(view.proposed)));
    say(view.voted, format!("Voted for {} on the board", movies(view.voted)));
    say(view.seen, format!("Marked {} as seen by {who}", movies(view.seen)));
    let has_changed = !sentences.is_empty();
    let mut say = |n: usize, sentence: String| sentences.extend((n > 0).then_some(sentence));
    let known = format!("{} known already", movies(view.already));
    match (has_changed, view.already) {
        (true, already) => say(already, known),
        (false, 0) => say(1, "Nothing changed".to_owned()),
        (false, _) => say(1, format!("Nothing changed: {known}")),
    }
    say(
        view.skipped,
        format!("Skipped {}: people, episodes, comments or collections", count(view.skipped, "row", "rows")),
    );
    let unmatched = view.unmatched.len();
    say(unmatched, format!("{} without a match:", count(unmatched, "row", "rows")));
    for row in view.unmatched.iter().take(MAX_NAMED) {
        let why = match row.reason {
            "unclear" => "more than one title has that name",
            "not_found" => "no title has that name and year",
            "link" => "the link holds no title: give its title or IMDb id",
            _ => "not searched for",
        };
        let name = with_year(&row.title, row.year);
        sentences.push(format!("  line {}: {name}: {why}", row.row));
    }
    if unmatched > MAX_NAMED {
        sentences.push(format!("  and {} more", unmatched - MAX_NAMED));
    }
    sentences
}
