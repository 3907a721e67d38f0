//! The results of importing and comparing lists, as text.

use super::{Cell, Column, Screen, Shrink, Tone, table};
use crate::model::ImdbId;
use crate::model::title::{with_year, year_suffix};
use crate::view::format::{count, runtime};
use crate::view::lists::{ImportView, OverlapView, SharedMovie, Unmatched};

/// Renders the movies of several lists as a table.
pub fn overlap(view: &OverlapView, screen: Screen<'_>) -> String {
    let shown = screen.rows_shown(view.movies.len(), 2);
    let title =
        |movie: &SharedMovie| movie.title.clone().or(movie.imdb_id.map(|id| id.to_string())).unwrap_or_default();
    let tail = |movie: &SharedMovie| year_suffix(movie.year) + if movie.may_fit { " (may not fit)" } else { "" };
    let columns = [
        Column::titles(title, tail, |movie| movie.imdb_id.map(ImdbId::url))
            .shrinks(1, Shrink::To(40))
            .shrinks(5, Shrink::To(8)),
        Column::right(screen.marks.rating, |movie: &SharedMovie| movie.known.rating.into()),
        Column::right("Runtime", |movie: &SharedMovie| movie.known.runtime_minutes.map(runtime).into())
            .shrinks(4, Shrink::Hide),
        Column::left("Genres", |movie: &SharedMovie| movie.known.genres.join(", ").into()).shrinks(2, Shrink::Hide),
        Column::left("Not on the list of", |movie: &SharedMovie| movie.not_wanted_by.join(", ").into())
            .shrinks(6, Shrink::To(8)),
        Column::left("IMDb", |movie: &SharedMovie| {
            Cell::new(movie.imdb_id.map(|id| id.to_string()).unwrap_or_default(), Tone::Faint)
        })
        .shrinks(3, Shrink::Hide),
    ];
    let tone = |movie: &SharedMovie| if movie.may_fit { Tone::Faint } else { Tone::Plain };
    table(&columns, &view.movies[..shown], tone, screen)
        + &screen.left_out(view.movies.len() - shown, "movienight overlap --all")
}

/// Maximum number of unmatched rows to name. More are only counted.
const MAX_NAMED: usize = 10;

/// Describes the changes that an import made or would make, with `unlisted` movies that it removed from `who`'s list.
pub fn imported(view: &ImportView, who: &str, unlisted: usize) -> Vec<String> {
    let movies = |n: usize| count(n, "movie", "movies");
    let done = [
        (view.listed, format!("Added {} to {who}'s list", movies(view.listed))),
        (unlisted, format!("Removed {} from {who}'s list", movies(unlisted))),
        (view.identified, format!("Found {} that {who}'s list had only by title", movies(view.identified))),
        (view.proposed, format!("Proposed {}", movies(view.proposed))),
        (view.voted, format!("Voted for {} on the board", movies(view.voted))),
        (view.seen, format!("Marked {} as seen by {who}", movies(view.seen))),
    ];
    let done = done.into_iter().filter(|(number, _)| *number > 0).map(|(_, sentence)| sentence);
    let mut sentences: Vec<String> = done.collect();
    let known = format!("{} already there", count(view.already, "movie was", "movies were"));
    match (sentences.is_empty(), view.already) {
        (false, 0) => {}
        (false, _) => sentences.push(known),
        (true, 0) => sentences.push("Nothing changed".to_owned()),
        (true, _) => sentences.push(format!("Nothing changed: {known}")),
    }
    if view.skipped > 0 {
        let rows = count(view.skipped, "row", "rows");
        sentences.push(format!("Skipped {rows}: people, episodes, comments or collections"));
    }
    let unmatched = view.unmatched.len();
    if unmatched > 0 {
        let rows = count(unmatched, "row", "rows");
        let kept = "kept on the list by title";
        let fate = match (view.kept, unmatched - view.kept) {
            (0, _) => "left out".to_owned(),
            (_, 0) => kept.to_owned(),
            (some, others) => format!("{some} {kept}, {others} left out"),
        };
        sentences.push(format!("No match for {rows}, {fate}:"));
    }
    for row in view.unmatched.iter().take(MAX_NAMED) {
        let why = match row.reason {
            Unmatched::Unclear => "more than one title has that name",
            Unmatched::NotFound if row.year.is_none() => "no title has that name",
            Unmatched::NotFound => "no title has that name and year",
            Unmatched::OnlySeries => "only a series has that name",
            Unmatched::Link => "the link contains no title: give the movie's title or IMDb id",
            Unmatched::NotSearched => "not looked up online",
        };
        let name = with_year(&row.title, row.year);
        sentences.push(format!("  line {}: \"{name}\": {why}", row.row));
    }
    if unmatched > MAX_NAMED {
        sentences.push(format!("  and {} more", unmatched - MAX_NAMED));
    }
    sentences
}
