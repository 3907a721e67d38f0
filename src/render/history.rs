//! The history as a table.

use super::cells::names;
use super::{Cell, Column, Screen, Shrink, Tone, table};
use crate::view::movie::MovieView;

/// Renders the history as a table, the latest evening first, cut to the height of the screen.
pub fn history(watched: &[MovieView<'_>], screen: Screen<'_>) -> String {
    let shown = screen.rows_shown(watched.len(), 1);
    let columns = [
        Column::left("Watched", move |row: &MovieView<'_>| {
            Cell::new(row.watched_on.as_deref().unwrap_or_default(), Tone::Faint)
        }),
        Column::titles(|row: &MovieView<'_>| row.title.shown_title(), |row| row.title.shown_year(), |_| None)
            .shrinks(1, Shrink::To(40))
            .shrinks(3, Shrink::To(28))
            .shrinks(7, Shrink::To(8)),
        Column::right("Votes", |row: &MovieView<'_>| row.votes.into()).shrinks(6, Shrink::Hide),
        Column::left("Proposed by", |row: &MovieView<'_>| row.proposed_by.into()).shrinks(2, Shrink::Hide),
        Column::left("Present", |row: &MovieView<'_>| present(row).join(", ").into())
            .shrinks(5, Shrink::To(12))
            .shrinks(8, Shrink::Hide)
            .shortened(|row, max| names(present(row), max)),
        Column::left("Voted", move |row: &MovieView<'_>| voted(row, screen).join(", ").into())
            .shrinks(4, Shrink::To(12))
            .shrinks(5, Shrink::Hide)
            .shortened(move |row, max| names(&voted(row, screen), max)),
    ];
    let left_out = screen.left_out(watched.len() - shown, "movienight history --all");
    table(&columns, &watched[..shown], |_| Tone::Plain, screen) + &left_out
}

fn present<'a>(row: &'a MovieView<'_>) -> &'a [&'a str] {
    row.present.as_deref().unwrap_or_default()
}

/// Returns the people who voted, then those who said no.
fn voted(row: &MovieView<'_>, screen: Screen<'_>) -> Vec<String> {
    let noes = row.no_of.iter().map(|name| screen.marks.of_name(name, screen.marks.no));
    row.voters.iter().map(|name| (*name).to_owned()).chain(noes).collect()
}
