//! The history as a table.

use super::Screen;
use super::cells::{names, truncate_before};
use super::style::Tone;
use super::table::{Cell, Column, table};
use crate::model::title::year_behind;
use crate::view::format::date;
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
            Cell::new(row.watched_at.map(|at| date(at.0, screen.zone)).unwrap_or_default(), Tone::Faint)
        }),
        Column::left("Movie", |row: &Row<'_>| row.movie.name.as_str().into())
            .shortens(1, 40)
            .shortens(3, 28)
            .shortens(7, 8)
            .shortened(move |row, max| truncate_before(&title(row).0, &title(row).1, max)),
        Column::right("Votes", |row: &Row<'_>| row.votes.to_string().into()).hides(6),
        Column::left("Proposed by", |row: &Row<'_>| row.proposed_by.into()).hides(2),
        Column::left("There", |row: &Row<'_>| row.present.join(", ").into())
            .shortens(5, 12)
            .hides(8)
            .shortened(|row, max| names(&row.present, max)),
        Column::left("Voted", |row: &Row<'_>| row.voters.join(", ").into())
            .shortens(4, 12)
            .hides(5)
            .shortened(|row, max| names(&row.voters, max)),
    ];
    let left_out = screen.left_out(view.watched.len() - shown, "movienight history --all");
    table(&columns, &rows, |_| Tone::Plain, screen) + &left_out
}
