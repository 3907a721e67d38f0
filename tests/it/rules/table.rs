//! Tables.

use movienight::env::Zone;
use movienight::render::Screen;
use movienight::render::cells::truncate;
use movienight::render::style::{Marks, Palette, Tone};
use movienight::render::table::{Cell, Column, Shrink, table};

fn zone() -> Zone {
    Zone::from_fn(|_| time::UtcOffset::UTC)
}

fn screen(zone: &Zone, width: Option<usize>, palette: Palette) -> Screen<'_> {
    Screen { width, height: None, palette, marks: Marks::SIGNS, zone }
}

type Row = (&'static str, &'static str, &'static str);

fn columns<'a>() -> Vec<Column<'a, Row>> {
    vec![
        Column::left("Movie", |row: &Row| Cell::new(row.0, Tone::Strong).link(Some(format!("https://x/{}", row.1))))
            .shrinks(2, Shrink::To(6))
            .shortened(|row, max| truncate(row.0, max)),
        Column::right("★", |row: &Row| row.1.into()),
        Column::left("", |_: &Row| "".into()),
        Column::left("Who", |row: &Row| row.2.into()).shrinks(1, Shrink::Hide),
    ]
}

const ROWS: [Row; 2] = [("千と千尋の神隠し", "8.6", "Ana"), ("Ame\u{301}lie", "10.0", "")];

#[test]
fn colours_and_links_take_no_width() {
    let zone = zone();
    let palette = Palette { colors: true, links: true };
    let drawn = table(&columns(), &ROWS, |_| Tone::Plain, screen(&zone, Some(16), palette));
    let first = drawn.lines().nth(1).unwrap();
    assert_eq!(first, "\u{1b}]8;;https://x/8.6\u{1b}\\\u{1b}[1m千と千尋…\u{1b}[0m\u{1b}]8;;\u{1b}\\   8.6");
}
