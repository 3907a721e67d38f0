//! Tables that fit their terminal, drawn by comfy-table. The only place that knows it.
//!
//! A table is a list of columns, each with its header, its cells and how it shrinks when there is no room. Which columns
//! there is room for is decided first, from measured widths; comfy-table is handed explicit widths, with which it is several
//! times faster than when it arranges by itself.

use std::fmt::Write;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, Width};

use super::Screen;
use super::cells::{truncate_before, width};
use super::style::{LINK_END, Palette, Tone, link_start};

/// Rows that comfy-table is handed at once. Widths are known, so that it need not see all of them, and memory that was used
/// for some is used again for the next.
const ROWS_AT_ONCE: usize = 200;

/// Blanks between columns.
const GAP: usize = 2;

/// A piece of text in a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Its emphasis.
    pub tone: Tone,
    /// The address that it leads to.
    pub link: Option<String>,
}

impl Cell {
    /// Text in a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, link: None }
    }

    /// The same, as a link.
    pub fn link(self, address: Option<String>) -> Self {
        Self { link: address, ..self }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl<T: ToString> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        Self::new(value.map(|value| value.to_string()).unwrap_or_default(), Tone::Plain)
    }
}

/// How a column shrinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shrink {
    /// It is not shown.
    Hide,
    /// To this width, in cells of the terminal.
    To(usize),
}

type CellOf<'a, R> = Box<dyn Fn(&R) -> Cell + 'a>;
type Shortener<'a, R> = Box<dyn Fn(&R, usize) -> String + 'a>;

/// A column of a table with rows of type `R`.
pub struct Column<'a, R> {
    header: &'static str,
    is_right: bool,
    cell: CellOf<'a, R>,
    shorten: Shortener<'a, R>,
    shrinks: Vec<(u8, Shrink)>,
}

impl<'a, R> Column<'a, R> {
    /// A column of text.
    pub fn left(header: &'static str, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        let shorten = |_: &R, _| String::new();
        Self { header, is_right: false, cell: Box::new(cell), shorten: Box::new(shorten), shrinks: Vec::new() }
    }

    /// A column of numbers.
    pub fn right(header: &'static str, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        Self { is_right: true, ..Self::left(header, cell) }
    }

    /// Shrinks at that step. Columns shrink in the order of their steps until the table fits, and those that shrank last
    /// get back what is left over.
    pub fn shrinks(mut self, step: u8, shrink: Shrink) -> Self {
        self.shrinks.push((step, shrink));
        self
    }

    /// A column of titles that link to their pages. What follows a title, such as its year, stays when it is shortened.
    pub fn titles(
        title: impl Fn(&R) -> String + Copy + 'a,
        tail: impl Fn(&R) -> String + Copy + 'a,
        link: impl Fn(&R) -> Option<String> + 'a,
    ) -> Self {
        Self::left("Movie", move |row| Cell::from(title(row) + &tail(row)).link(link(row)))
            .shortened(move |row, max| truncate_before(&title(row), &tail(row), max))
    }

    /// Sets how the text of a column is shortened to a width in cells.
    pub fn shortened(mut self, shorten: impl Fn(&R, usize) -> String + 'a) -> Self {
        self.shorten = Box::new(shorten);
        self
    }
}

/// Draws rows under a header; every line ends where its text ends. Plain cells take the tone of their row.
pub fn table<R>(columns: &[Column<'_, R>], rows: &[R], row_tone: impl Fn(&R) -> Tone, screen: Screen<'_>) -> String {
    let mut cells: Vec<Vec<Cell>> = columns.iter().map(|column| rows.iter().map(&column.cell).collect()).collect();
    let widest = |(column, cells): (&Column<'_, R>, &Vec<Cell>)| {
        cells.iter().map(|cell| width(&cell.text)).max().unwrap_or(0).max(width(column.header))
    };
    let natural: Vec<usize> = columns.iter().zip(&cells).map(widest).collect();
    // Without any text, a column is left out; one with a header only on a terminal, because programs count columns.
    let has_text = |at: usize| cells[at].iter().any(|cell| !cell.text.is_empty());
    let is_wanted = |at: usize| has_text(at) || screen.width.is_none() && !columns[at].header.is_empty();
    let wanted: Vec<Option<usize>> = (0..columns.len()).map(|at| is_wanted(at).then_some(natural[at])).collect();
    let widths = fit(columns, wanted, &natural, screen.width);
    for ((column, cells), (natural, width)) in columns.iter().zip(&mut cells).zip(natural.iter().zip(&widths)) {
        let Some(max) = width.filter(|width| width < natural) else { continue };
        for (cell, row) in cells.iter_mut().zip(rows).filter(|(cell, _)| self::width(&cell.text) > max) {
            cell.text = (column.shorten)(row, max);
        }
    }
    let tones: Vec<Tone> = rows.iter().map(row_tone).collect();
    draw(columns, &cells, &tones, &widths, screen.palette)
}

/// The widths of the columns. `None` if a column is not shown.
fn fit<R>(
    columns: &[Column<'_, R>],
    mut widths: Vec<Option<usize>>,
    natural: &[usize],
    screen: Option<usize>,
) -> Vec<Option<usize>> {
    let Some(screen) = screen else { return widths };
    let taken = |widths: &[Option<usize>]| {
        let shown = widths.iter().flatten();
        (shown.clone().sum::<usize>() + GAP * shown.count()).saturating_sub(GAP)
    };
    let mut steps: Vec<(u8, usize, Shrink)> = columns
        .iter()
        .enumerate()
        .flat_map(|(at, c)| c.shrinks.iter().map(move |(step, shrink)| (*step, at, *shrink)))
        .collect();
    steps.sort_by_key(|(step, ..)| *step);
    let mut shortened = Vec::new();
    for (_, at, shrink) in steps {
        if taken(&widths) <= screen {
            break;
        }
        match shrink {
            Shrink::Hide => widths[at] = None,
            Shrink::To(min) => {
                widths[at] = widths[at].map(|width| width.min(min.max(self::width(columns[at].header))));
                shortened.push(at);
            }
        }
    }
    for at in shortened.into_iter().rev() {
        let spare = screen.saturating_sub(taken(&widths));
        widths[at] = widths[at].map(|width| (width + spare).min(natural[at]));
    }
    widths
}

/// Characters of no width that mark where a tone or a link begins and ends: comfy-table measures them as nothing, and
/// they are replaced by escape sequences afterwards. No text that is shown holds them, see
/// [`crate::model::text::is_unsafe`].
const TONE_MARKS: u32 = 0xE_0020;
const TONE_END: char = '\u{E007F}';
const LINK_MARK: char = '\u{E0001}';
const LINK_MARK_END: char = '\u{E0002}';

fn mark(tone: Tone) -> char {
    let at = Tone::ALL.iter().position(|known| *known == tone).unwrap_or(0);
    char::from_u32(TONE_MARKS + at as u32).unwrap_or(TONE_END)
}

fn draw<R>(
    columns: &[Column<'_, R>],
    cells: &[Vec<Cell>],
    tones: &[Tone],
    widths: &[Option<usize>],
    palette: Palette,
) -> String {
    let shown: Vec<usize> = (0..columns.len()).filter(|&at| widths[at].is_some()).collect();
    let mut out = String::new();
    for start in (0..tones.len().max(1)).step_by(ROWS_AT_ONCE) {
        let end = tones.len().min(start + ROWS_AT_ONCE);
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING);
        if start == 0 {
            let header = |&at: &usize| {
                let mut text = String::new();
                push_marked(&mut text, columns[at].header, Tone::Faint, palette);
                comfy_table::Cell::new_owned(text)
            };
            table.set_header(shown.iter().map(header));
        }
        let mut links = Vec::new();
        if start < end {
            // A cell a column, with a line for each row: comfy-table allocates half as often for a line as for a cell.
            let column = |&at: &usize| {
                let rows = (start..end).zip(&cells[at][start..end]).zip(&tones[start..end]);
                comfy_table::Cell::new_owned(lines(rows, palette, &mut links))
            };
            table.add_row(shown.iter().map(column));
        }
        for (column, &at) in table.column_iter_mut().zip(&shown) {
            let gap = if Some(&at) == shown.last() { 0 } else { GAP as u16 };
            column.set_padding((0, gap));
            let cells = u16::try_from(widths[at].unwrap_or(0)).unwrap_or(u16::MAX - gap);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(cells + gap)));
            column.set_cell_alignment(if columns[at].is_right { CellAlignment::Right } else { CellAlignment::Left });
        }
        // In the order in which lines are painted.
        links.sort_by_key(|(row, _)| *row);
        let mut links = links.into_iter().map(|(_, address)| address);
        for line in table.lines() {
            paint(&mut out, line.trim_end(), &mut links, palette);
            out.push('\n');
        }
    }
    out
}

/// The cells of a column with their marks, one a line; addresses go to `links`, with their rows.
fn lines<'a>(
    rows: impl Iterator<Item = ((usize, &'a Cell), &'a Tone)>,
    palette: Palette,
    links: &mut Vec<(usize, &'a str)>,
) -> String {
    let mut text = String::new();
    for (count, ((row, cell), tone)) in rows.enumerate() {
        if count > 0 {
            text.push('\n');
        }
        let tone = if cell.tone == Tone::Plain { *tone } else { cell.tone };
        let link = cell.link.as_deref().filter(|_| palette.links && !cell.text.is_empty());
        if let Some(address) = link {
            links.push((row, address));
            text.push(LINK_MARK);
        }
        push_marked(&mut text, &cell.text, tone, palette);
        if link.is_some() {
            text.push(LINK_MARK_END);
        }
    }
    text
}

fn push_marked(out: &mut String, text: &str, tone: Tone, palette: Palette) {
    if tone == Tone::Plain || !palette.colors || text.is_empty() {
        return out.push_str(text);
    }
    out.push(mark(tone));
    out.push_str(text);
    out.push(TONE_END);
}

/// A line with its marks replaced.
fn paint<'a>(out: &mut String, line: &str, links: &mut impl Iterator<Item = &'a str>, palette: Palette) {
    let mut rest = line;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| ('\u{E0001}'..=TONE_END).contains(c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at + c.len_utf8()..];
        match c {
            LINK_MARK => out.push_str(&links.next().map(link_start).unwrap_or_default()),
            LINK_MARK_END => out.push_str(LINK_END),
            TONE_END => out.push_str("\u{1b}[0m"),
            c => {
                let tone = Tone::ALL.get((c as u32 - TONE_MARKS) as usize).copied().unwrap_or_default();
                let _ = write!(out, "{}", palette.start(tone));
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Zone;
    use crate::render::cells::truncate;
    use crate::render::style::Marks;

    fn zone() -> Zone {
        Zone::from_fn(|_| time::UtcOffset::UTC)
    }

    fn screen(zone: &Zone, width: Option<usize>, palette: Palette) -> Screen<'_> {
        Screen { width, height: None, palette, marks: Marks::SIGNS, zone }
    }

    type Row = (&'static str, &'static str, &'static str);

    fn columns<'a>() -> Vec<Column<'a, Row>> {
        vec![
            Column::left("Movie", |row: &Row| {
                Cell::new(row.0, Tone::Strong).link(Some(format!("https://x/{}", row.1)))
            })
            .shrinks(2, Shrink::To(6))
            .shortened(|row, max| truncate(row.0, max)),
            Column::right("★", |row: &Row| row.1.into()),
            Column::left("", |_: &Row| "".into()),
            Column::left("Who", |row: &Row| row.2.into()).shrinks(1, Shrink::Hide),
        ]
    }

    const ROWS: [Row; 2] = [("千と千尋の神隠し", "8.6", "Ana"), ("Ame\u{301}lie", "10.0", "")];

    #[test]
    fn tones_and_links_take_no_room() {
        let zone = zone();
        let palette = Palette { colors: true, links: true };
        let drawn = table(&columns(), &ROWS, |_| Tone::Plain, screen(&zone, Some(16), palette));
        let first = drawn.lines().nth(1).unwrap();
        assert_eq!(first, "\u{1b}]8;;https://x/8.6\u{1b}\\\u{1b}[1m千と千尋…\u{1b}[0m\u{1b}]8;;\u{1b}\\    8.6");
    }
}
