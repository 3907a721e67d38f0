//! Tables that fit their terminal, drawn by comfy-table. The only place that knows it.
//!
//! A table is a list of columns, each with its header, its cells and how it shrinks when there is no room. Which columns
//! there is room for is decided first, from measured widths; comfy-table is handed explicit widths, with which it is several
//! times faster than when it arranges by itself.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, Width};

use super::cells::{truncate, truncate_before, width};
use super::{Palette, Screen, Tone};

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
    /// A column of text.
    pub fn left(header: &'static str, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        let layout = Layout { header, is_right: false, shrinks: Vec::new() };
        Self { layout, cell: Box::new(cell), shorten: None }
    }

    /// A column of numbers.
    pub fn right(header: &'static str, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        let mut column = Self::left(header, cell);
        column.layout.is_right = true;
        column
    }

    /// Shrinks at that step. Columns shrink in the order of their steps until the table fits, and those that shrank last
    /// get back what is left over.
    pub fn shrinks(mut self, step: u8, shrink: Shrink) -> Self {
        self.layout.shrinks.push((step, shrink));
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

    /// Sets how the text of a column is shortened to a width in cells, instead of truncating it.
    pub fn shortened(mut self, shorten: impl Fn(&R, usize) -> String + 'a) -> Self {
        self.shorten = Some(Box::new(shorten));
        self
    }
}

/// Draws rows under a header. The first cell of each column is its header; every line ends where its text ends. Plain cells take
/// the tone of their row.
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
    // From the last on: a list of names that was shortened may leave room, which the first that lacks some takes.
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

/// The widths of the columns on a screen of that width. `None` if a column is not shown.
fn fit(columns: &[&Layout], cells: &[Vec<Cell>], natural: &[usize], screen: Option<usize>) -> Vec<Option<usize>> {
    // Without any text, a column is left out; one with a header only on a terminal, because programs count columns.
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

/// The cells that columns of these widths take together.
fn taken(widths: &[Option<usize>]) -> usize {
    let shown = widths.iter().flatten();
    (shown.clone().sum::<usize>() + GAP * shown.count()).saturating_sub(GAP)
}

/// Characters of no width between which the text of a styled cell stands: comfy-table measures them as nothing, and they are
/// replaced by escape sequences afterwards. No text that is shown holds them, see [`crate::model::text::is_unsafe`].
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
        // A cell a column, with a line for each row: comfy-table allocates half as often for a line as for a cell.
        let column = |&at: &usize| comfy_table::Cell::new_owned(marked(&cells[at][start..end], palette));
        table.add_row(shown.iter().map(column));
        for (column, &at) in table.column_iter_mut().zip(&shown) {
            let gap = if Some(&at) == shown.last() { 0 } else { GAP as u16 };
            column.set_padding((0, gap));
            let cells = u16::try_from(widths[at].unwrap_or(0)).unwrap_or(u16::MAX - gap);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(cells + gap)));
            column.set_cell_alignment(if columns[at].is_right { CellAlignment::Right } else { CellAlignment::Left });
        }
        // In the order in which lines are painted.
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

/// The texts of cells, one a line, with marks around those that are styled.
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

/// A line with the next of the styled cells in place of its marks.
fn paint<'a>(out: &mut String, line: &str, styled: &mut impl Iterator<Item = &'a Cell>, palette: Palette) {
    for (at, part) in line.split(START).enumerate() {
        let Some((text, rest)) = part.split_once(END).filter(|_| at > 0) else {
            out.push_str(part);
            continue;
        };
        let cell = styled.next().expect("each pair of marks is a styled cell's");
        let painted = palette.paint(cell.tone, text);
        out.push_str(&cell.link.as_ref().map_or(painted.clone(), |address| palette.link(address, &painted)));
        out.push_str(rest);
    }
}
