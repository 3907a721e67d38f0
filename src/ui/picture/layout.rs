//! Lays out a picture next to text: its size, and the moves of the cursor.

/// Number of cells between the picture and the text.
const GAP: usize = 2;
/// Minimum width of the text, in cells, for a picture to be shown. Narrower text is hard to read; a movie's URL has 38.
const MIN_TEXT: usize = 38;
/// Minimum size in cells. A smaller box shows too little of a poster.
const MIN_COLUMNS: usize = 20;
const MIN_ROWS: usize = 15;
/// Maximum size in cells. A larger box draws attention from the text.
const MAX_COLUMNS: usize = 30;
const MAX_ROWS: usize = 23;
/// Number of lines that stay free below the picture, for the prompt.
const BELOW: usize = 2;
/// Maximum width in pixels to send, at four characters a pixel. A poster of this width takes 250 KB, which a terminal
/// draws in some milliseconds; 300 pixels would take twice as long. A usual box of 24 cells is 216 pixels wide
/// if a cell is 9 pixels wide.
const MAX_PIXELS: usize = 200;

/// Assumed width and height of a cell in pixels. Most fonts are about twice as high as wide. The terminal is not asked.
const CELL: (usize, usize) = (10, 20);

/// The cells that a picture covers, left of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureBox {
    /// Width in cells.
    pub columns: usize,
    /// Height in cells.
    pub rows: usize,
}

impl PictureBox {
    /// Returns the box for a picture of `pixels` (width, height) on a screen of this width and height in cells. `None`
    /// if the screen is too small.
    pub fn find(screen: (usize, Option<usize>), pixels: (u16, u16)) -> Option<Self> {
        let (width, height) = screen;
        let most_rows = height.map_or(MAX_ROWS, |height| height.saturating_sub(BELOW).min(MAX_ROWS));
        if width < MIN_COLUMNS + GAP + MIN_TEXT || most_rows < MIN_ROWS {
            return None;
        }
        let most_columns = (width * 3 / 10).clamp(MIN_COLUMNS, MAX_COLUMNS);
        // Cells across per cell down, in thousandths, that keep the aspect ratio of the picture.
        let across = usize::from(pixels.0.max(1)) * CELL.1 * 1000;
        let down = usize::from(pixels.1.max(1)) * CELL.0;
        let ratio = (across / down).max(1);
        let rows = (most_columns * 1000 + ratio / 2) / ratio;
        Some(match rows <= most_rows {
            true => Self { columns: most_columns, rows: rows.max(1) },
            false => Self { columns: (most_rows * ratio / 1000).clamp(1, most_columns), rows: most_rows },
        })
    }

    /// Returns the width that is left for the text on a screen of this width.
    pub fn text_width(self, screen: usize) -> usize {
        screen.saturating_sub(self.columns + GAP)
    }

    /// Returns the size in pixels for half blocks.
    pub fn half_block_pixels(self) -> (usize, usize) {
        (self.columns, self.rows * 2)
    }

    /// Returns the size in pixels for other protocols: at most that of the picture, and of the box.
    pub fn pixels(self, pixels: (u16, u16)) -> (usize, usize) {
        let shown = (self.columns * CELL.0, self.rows * CELL.1);
        let width = shown.0.min(pixels.0.into()).clamp(1, MAX_PIXELS);
        // Keeps the aspect ratio of the box, which is the picture's, rounded to whole cells.
        (width, (width * shown.1 / shown.0.max(1)).clamp(1, MAX_PIXELS * 4))
    }
}

/// Returns text next to a picture. `sequence` draws the picture and leaves the cursor in place. The output starts with
/// as many line feeds as the picture has rows, so that the screen scrolls before anything is drawn. Otherwise, at the
/// bottom of the screen, the picture would be cut off or separated from its text.
pub fn by_cursor(sequence: &str, place: PictureBox, text: &[String]) -> String {
    let mut out = "\n".repeat(place.rows);
    out += &format!("\x1b[{}A{sequence}", place.rows);
    for at in 0..place.rows.max(text.len()) {
        if let Some(line) = text.get(at).filter(|line| !line.is_empty()) {
            out += &format!("\r\x1b[{}C{line}", place.columns + GAP);
        }
        out.push('\n');
    }
    out
}
