//! Tables that fit the terminal, drawn by comfy-table. No other module uses comfy-table.
//!
//! A table is a list of columns, each with its header, its cells and the steps in which it shrinks. Column widths are
//! computed first. With fixed widths, comfy-table is several times faster than when it arranges the columns itself.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, Width};

use super::cells::{truncate, truncate_before, width};
use super::{Palette, Screen, Tone};

/// Maximum number of rows per call of comfy-table. It need not see all rows, because widths are fixed, and so the
/// memory of one batch is reused for the next.
const ROWS_AT_ONCE: usize = 200;

/// Number of blanks between columns.
const GAP: usize = 2;

/// A piece of text in a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Its emphasis.
    pub tone: Tone,
    /// The URL that it links to.
    pub link: Option<String>,
}

impl Cell {
    /// Makes a cell of text in a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, link: None }
    }

    /// Returns the cell as a link, if there is an address.
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

/// A way for a column to shrink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shrink {
    /// The column is hidden.
    Hide,
    /// The column is cut to this width in cells.
    To(usize),
}

type CellOf<'a, R> = Box<dyn Fn(&R) -> Cell + 'a>;
type Shortener<'a, R> = Box<dyn Fn(&R, usize) -> String + 'a>;

/// A column of a table with rows of type `R`.
pub struct Column<'a, R> {
    layout: Layout,
    cell: CellOf<'a, R>,
    shorten: Option<Shortener<'a, R>>,
}

/// The layout of a column, independent of the type of its rows.
struct Layout {
    header: &'static str,
    is_right: bool,
    shrinks: Vec<(u8, Shrink)>,
}

impl<'a, R> Column<'a, R> {
    /// Makes a left-aligned column, for text.
    pub fn left(header: &'static str, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        let layout = Layout { header, is_right: false, shrinks: Vec::new() };
        Self { layout, cell: Box::new(cell), shorten: None }
    }

    /// Makes a right-aligned column, for numbers.
    pub fn right(header: &'static str, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        let mut column = Self::left(header, cell);
        column.layout.is_right = true;
        column
    }

    /// Adds a step at which the column shrinks. Columns shrink in the order of steps until the table fits. Spare width
    /// goes back to those that were cut last.
    pub fn shrinks(mut self, step: u8, shrink: Shrink) -> Self {
        self.layout.shrinks.push((step, shrink));
        self
    }

    /// Makes a column of titles that link to their pages. The tail of a title, such as its year, is kept when the title
    /// is cut.
    pub fn titles(
        title: impl Fn(&R) -> String + Copy + 'a,
        tail: impl Fn(&R) -> String + Copy + 'a,
        link: impl Fn(&R) -> Option<String> + 'a,
    ) -> Self {
        Self::left("Movie", move |row| Cell::from(title(row) + &tail(row)).link(link(row)))
            .shortened(move |row, max| truncate_before(&title(row), &tail(row), max))
    }

    /// Sets a function that shortens the text of a row to a width in cells. By default, text is truncated.
    pub fn shortened(mut self, shorten: impl Fn(&R, usize) -> String + 'a) -> Self {
        self.shorten = Some(Box::new(shorten));
        self
    }
}

/// Draws rows under a header, without trailing blanks. Plain cells take the tone of their row.
pub fn table<R>(columns: &[Column<'_, R>], rows: &[R], row_tone: impl Fn(&R) -> Tone, screen: Screen<'_>) -> String {
    let toned = |cell: Cell, row: &R| match cell.tone {
        Tone::Plain => Cell { tone: row_tone(row), ..cell },
        _ => cell,
    };
    let column_cells = |column: &Column<'_, R>| {
        let header = Cell::new(column.layout.header, Tone::Faint);
        std::iter::once(header).chain(rows.iter().map(|row| toned((column.cell)(row), row))).collect()
    };
    let mut cells: Vec<Vec<Cell>> = columns.iter().map(column_cells).collect();
    let layouts: Vec<&Layout> = columns.iter().map(|column| &column.layout).collect();
    let widest = |cells: &[Cell]| cells.iter().map(|cell| width(&cell.text)).max().unwrap_or(0);
    let natural: Vec<usize> = cells.iter().map(|cells| widest(cells)).collect();
    let mut widths = fit(&layouts, &cells, &natural, screen.width);
    let too_narrow: Vec<usize> =
        (0..columns.len()).filter(|&at| widths[at].is_some_and(|width| width < natural[at])).collect();
    // From last to first: shortened lists of names may leave spare width, which the first column that is too narrow
    // gets.
    for &at in too_narrow.iter().rev() {
        let is_first = at == too_narrow[0];
        let spare = screen.width.filter(|_| is_first).map_or(0, |screen| screen.saturating_sub(taken(&widths)));
        let max = widths[at].unwrap_or(0) + spare;
        for (cell, row) in cells[at].iter_mut().skip(1).zip(rows).filter(|(cell, _)| width(&cell.text) > max) {
            cell.text = match &columns[at].shorten {
                Some(shorten) => shorten(row, max),
                None => truncate(&cell.text, max),
            };
        }
        widths[at] = Some(widest(&cells[at]));
    }
    draw(&layouts, &cells, &widths, screen.palette)
}

/// Returns the widths of the columns on a screen of this width. `None` for a column that is hidden.
fn fit(columns: &[&Layout], cells: &[Vec<Cell>], natural: &[usize], screen: Option<usize>) -> Vec<Option<usize>> {
    // Columns without any text are hidden. Off a terminal, those with a header stay, because scripts count columns.
    let has_text = |at: usize| cells[at].iter().skip(1).any(|cell| !cell.text.is_empty());
    let is_wanted = |at: usize| has_text(at) || screen.is_none() && !columns[at].header.is_empty();
    let mut widths: Vec<Option<usize>> = (0..columns.len()).map(|at| is_wanted(at).then_some(natural[at])).collect();
    let Some(screen) = screen else { return widths };
    let steps_of = |(at, column): (usize, &'_ &Layout)| {
        column.shrinks.iter().map(|(step, shrink)| (*step, at, *shrink)).collect::<Vec<_>>()
    };
    let mut steps: Vec<(u8, usize, Shrink)> = columns.iter().enumerate().flat_map(steps_of).collect();
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

/// Returns the total width of columns with these widths, including gaps.
fn taken(widths: &[Option<usize>]) -> usize {
    let shown = widths.iter().flatten();
    (shown.clone().sum::<usize>() + GAP * shown.count()).saturating_sub(GAP)
}

/// Zero-width characters around the text of a styled cell. comfy-table measures them as nothing, and escape sequences
/// replace them later. No displayed text contains them, see [`crate::model::text::is_unsafe`].
const START: char = '\u{E0001}';
const END: char = '\u{E007F}';

fn draw(columns: &[&Layout], cells: &[Vec<Cell>], widths: &[Option<usize>], palette: Palette) -> String {
    let shown: Vec<usize> = (0..columns.len()).filter(|&at| widths[at].is_some()).collect();
    let rows = cells.first().map_or(0, Vec::len);
    let mut out = String::new();
    for start in (0..rows).step_by(ROWS_AT_ONCE) {
        let end = rows.min(start + ROWS_AT_ONCE);
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING);
        // One cell per column, with a line for each row: comfy-table allocates half as much per line as per cell.
        let column = |&at: &usize| comfy_table::Cell::new_owned(marked(&cells[at][start..end], palette));
        table.add_row(shown.iter().map(column));
        for (column, &at) in table.column_iter_mut().zip(&shown) {
            let gap = if Some(&at) == shown.last() { 0 } else { GAP as u16 };
            column.set_padding((0, gap));
            let cells = u16::try_from(widths[at].unwrap_or(0)).unwrap_or(u16::MAX - gap);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(cells + gap)));
            column.set_cell_alignment(if columns[at].is_right { CellAlignment::Right } else { CellAlignment::Left });
        }
        // Row by row, as the lines are painted.
        let in_rows = (start..end).flat_map(|row| shown.iter().map(move |&at| &cells[at][row]));
        let mut styled = in_rows.filter(|cell| is_styled(cell, palette));
        for line in table.lines() {
            paint(&mut out, line.trim_end(), &mut styled, palette);
            out.push('\n');
        }
    }
    out
}

fn is_styled(cell: &Cell, palette: Palette) -> bool {
    let has_style = palette.colors && cell.tone != Tone::Plain || palette.links && cell.link.is_some();
    has_style && !cell.text.is_empty()
}

/// Joins the texts of cells, one per line, with marks around those that are styled.
fn marked(cells: &[Cell], palette: Palette) -> String {
    let mut text = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        match is_styled(cell, palette) {
            true => text.extend([START.encode_utf8(&mut [0; 4]), cell.text.as_str(), END.encode_utf8(&mut [0; 4])]),
            false => text.push_str(&cell.text),
        }
    }
    text
}

/// Appends a line, replacing each pair of marks by the style of the next styled cell.
fn paint<'a>(out: &mut String, line: &str, styled: &mut impl Iterator<Item = &'a Cell>, palette: Palette) {
    for (at, part) in line.split(START).enumerate() {
        let Some((text, rest)) = part.split_once(END).filter(|_| at > 0) else {
            out.push_str(part);
            continue;
        };
        let cell = styled.next().expect("marks come in pairs around styled cells");
        let painted = palette.paint(cell.tone, text);
        match &cell.link {
            Some(address) => out.push_str(&palette.link(address, &painted)),
            None => out.push_str(&painted),
        }
        out.push_str(rest);
    }
}
