//! The history as a table.

use super::Screen;
use super::cells::{names, truncate_before};
use super::style::Tone;
use super::table::{Cell, Column, Shrink, table};
use crate::model::title::year_behind;
use crate::view::history::{HistoryView, WatchedView};

/// The history as a table, the last evening first, as far as the screen's height allows.
pub fn history(view: &HistoryView<'_>, screen: Screen<'_>) -> String {
    type Row<'a> = &'a WatchedView<'a>;
    let shown = screen.rows_shown(view.watched.len(), 1);
    let rows: Vec<Row<'_>> = view.watched[..shown].iter().collect();
    let title = |row: &Row<'_>| {
        (row.movie.title.clone().unwrap_or_else(|| row.movie.name.clone()), year_behind(row.movie.year))
    };
    let columns = [
        Column::left("Watched", move |row: &Row<'_>| {
            Cell::new(row.watched_on.as_deref().unwrap_or_default(), Tone::Faint)
        }),
        Column::left("Movie", |row: &Row<'_>| row.movie.name.as_str().into())
            .shrinks(1, Shrink::To(40))
            .shrinks(3, Shrink::To(28))
            .shrinks(7, Shrink::To(8))
            .shortened(move |row, max| truncate_before(&title(row).0, &title(row).1, max)),
        Column::right("Votes", |row: &Row<'_>| row.votes.map(|votes| votes.to_string()).unwrap_or_default().into())
            .shrinks(6, Shrink::Hide),
        Column::left("Proposed by", |row: &Row<'_>| row.proposed_by.into()).shrinks(2, Shrink::Hide),
        Column::left("There", |row: &Row<'_>| row.present.join(", ").into())
            .shrinks(5, Shrink::To(12))
            .shrinks(8, Shrink::Hide)
            .shortened(|row, max| names(&row.present, max)),
        Column::left("Voted", move |row: &Row<'_>| voted(row, screen).join(", ").into())
            .shrinks(4, Shrink::To(12))
            .shrinks(5, Shrink::Hide)
            .shortened(move |row, max| names(&voted(row, screen), max)),
    ];
    let left_out = screen.left_out(view.watched.len() - shown, "movienight history --all");
    table(&columns, &rows, |_| Tone::Plain, screen) + &left_out
}

/// Who voted, then who said no.
fn voted(row: &WatchedView<'_>, screen: Screen<'_>) -> Vec<String> {
    let noes = row.no_of.iter().map(|name| screen.marks.of_name(name, screen.marks.no));
    row.voters.iter().map(|name| (*name).to_owned()).chain(noes).collect()
}
