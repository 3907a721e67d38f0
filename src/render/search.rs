//! Lists of titles: search results, and candidates to choose from.

use super::{Cell, Column, Screen, Shrink, Tone, table};
use crate::model::Title;
use crate::view::format::kind;
use crate::view::search::HitView;

type HitRow<'a> = (usize, &'a HitView<'a>);

/// Renders titles as a table, numbered if they are candidates to choose from.
pub fn hits(hits: &[HitView<'_>], numbered: bool, screen: Screen<'_>) -> String {
    let rows: Vec<HitRow<'_>> = (1..).zip(hits).collect();
    let mut columns: Vec<Column<'_, HitRow<'_>>> = Vec::new();
    if numbered {
        // The header "#" would suggest the numbers of the board.
        columns.push(Column::right("", |(number, _): &HitRow<'_>| number.to_string().into()));
    }
    columns.extend([
        Column::left("IMDb", |(_, view): &HitRow<'_>| {
            Cell::new(view.hit.id.to_string(), Tone::Faint).link(Some(view.hit.id.url()))
        })
        .shrinks(if numbered { 2 } else { 9 }, Shrink::Hide),
        Column::left("Title", |(_, view): &HitRow<'_>| {
            Cell::from(view.hit.title.title.as_str()).link(Some(view.hit.id.url()))
        })
        .shrinks(1, Shrink::To(28))
        .shrinks(5, Shrink::To(8)),
        Column::right("Year", |row: &HitRow<'_>| title(row).year.into()),
        Column::left("Type", |row: &HitRow<'_>| title(row).kind.as_deref().map(kind).into()).shrinks(3, Shrink::Hide),
        Column::right(screen.marks.rating, |row: &HitRow<'_>| title(row).rating.into()).shrinks(4, Shrink::Hide),
        Column::left("", |(_, view): &HitRow<'_>| Cell::new(remark(view), Tone::Good)),
    ]);
    table(&columns, &rows, |_| Tone::Plain, screen)
}

fn title<'a>((_, view): &HitRow<'a>) -> &'a Title {
    &view.hit.title
}

/// Says whether the title is on the board or was watched.
fn remark(hit: &HitView<'_>) -> String {
    match (hit.on_board, hit.watched_on) {
        (true, _) => "on the board".into(),
        (false, Some(day)) => format!("watched {day}"),
        (false, None) => String::new(),
    }
}
