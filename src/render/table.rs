//! A table of text: columns aligned in terminal cells.

use super::cells::width;
use super::style::{Palette, Tone};

/// Blanks between columns.
pub const GAP: usize = 2;

/// On which side of its column text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A piece of text in a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How it stands out.
    pub tone: Tone,
}

impl Cell {
    /// Text in a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
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

/// Lays out rows under a header; every line ends where its text ends.
pub fn table(header: &[(&str, Align)], rows: &[Vec<Cell>], palette: Palette) -> String {
    let mut widths: Vec<usize> = header.iter().map(|(name, _)| width(name)).collect();
    for row in rows {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = (*column).max(width(&cell.text));
        }
    }
    let line = widths.iter().sum::<usize>() + GAP * widths.len();
    let mut out = String::with_capacity((rows.len() + 1) * (line + 8));
    let names: Vec<Cell> = header.iter().map(|(name, _)| Cell::new(*name, Tone::Faint)).collect();
    for row in std::iter::once(&names).chain(rows) {
        // Blanks are written only once something follows them.
        let mut blanks = 0;
        for ((cell, (_, align)), column) in row.iter().zip(header).zip(&widths) {
            let padding = column.saturating_sub(width(&cell.text));
            let (before, after) = match align {
                Align::Left => (0, padding),
                Align::Right => (padding, 0),
            };
            blanks += before;
            if !cell.text.is_empty() {
                out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blanks)));
                out.push_str(&palette.paint(cell.tone, &cell.text));
            }
            blanks += after + GAP;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_cells_and_lines_have_no_tail() {
        let header = [("Movie", Align::Left), ("★", Align::Right), ("Who", Align::Left)];
        let rows = [
            vec!["千と千尋".into(), "8.6".into(), "Ana".into()],
            vec!["Ame\u{301}lie".into(), "10.0".into(), "".into()],
        ];
        let drawn = table(&header, &rows, Palette { colors: false });
        assert_eq!(drawn, "Movie        ★  Who\n千と千尋   8.6  Ana\nAme\u{301}lie    10.0\n");
    }
}
