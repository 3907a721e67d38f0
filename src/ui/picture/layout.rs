//! A picture beside text: how large, and where the cursor goes.

/// Cells between the picture and the text.
const GAP: usize = 2;
/// Text narrower than this is hard to read, and the address of a movie has 38 characters: then rather no picture.
const MIN_TEXT: usize = 38;
/// A smaller box shows too little of a poster.
const MIN_COLUMNS: usize = 20;
const MIN_ROWS: usize = 15;
/// A larger one draws attention from the text.
const MAX_COLUMNS: usize = 30;
const MAX_ROWS: usize = 23;
/// Lines that stay free below, for the prompt.
const BELOW: usize = 2;
/// Pixels across that are sent at most, each as four characters: of a poster that is 250 KB, which take a terminal some
/// milliseconds. Three hundred pixels would take twice as long, and the pixels of 24 usual cells are 216.
const MAX_PIXELS: usize = 200;

/// Width and height of a cell in pixels. Most fonts are about twice as high as wide, and no terminal is asked.
const CELL: (usize, usize) = (10, 20);

/// The cells that a picture takes, at the left of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureBox {
    /// Cells across.
    pub columns: usize,
    /// Cells down.
    pub rows: usize,
}

impl PictureBox {
    /// The place of a picture of `pixels` (width, height) on a screen of that width and height in
    /// cells. `None` if the screen is too small.
    pub fn find(screen: (usize, Option<usize>), pixels: (u16, u16)) -> Option<Self> {
        let (width, height) = screen;
        let most_rows = height.map_or(MAX_ROWS, |height| height.saturating_sub(BELOW).min(MAX_ROWS));
        if width < MIN_COLUMNS + GAP + MIN_TEXT || most_rows < MIN_ROWS {
            return None;
        }
        let most_columns = (width * 3 / 10).clamp(MIN_COLUMNS, MAX_COLUMNS);
        // Cells of the picture in its own proportions, across for each one down, in thousandths.
        let across = usize::from(pixels.0.max(1)) * CELL.1 * 1000;
        let down = usize::from(pixels.1.max(1)) * CELL.0;
        let ratio = (across / down).max(1);
        let rows = (most_columns * 1000 + ratio / 2) / ratio;
        Some(match rows <= most_rows {
            true => Self { columns: most_columns, rows: rows.max(1) },
            false => Self { columns: (most_rows * ratio / 1000).clamp(1, most_columns), rows: most_rows },
        })
    }

    /// Cells that are left for the text on a screen of that width.
    pub fn text_width(self, screen: usize) -> usize {
        screen.saturating_sub(self.columns + GAP)
    }

    /// Pixels for half blocks.
    pub fn half_block_pixels(self) -> (usize, usize) {
        (self.columns, self.rows * 2)
    }

    /// Pixels for a protocol that draws pixels: no more than the picture has or the place shows.
    pub fn pixels(self, pixels: (u16, u16)) -> (usize, usize) {
        let shown = (self.columns * CELL.0, self.rows * CELL.1);
        let width = shown.0.min(pixels.0.into()).clamp(1, MAX_PIXELS);
        // In the proportions of the place, which are the picture's but for whole cells.
        (width, (width * shown.1 / shown.0.max(1)).clamp(1, MAX_PIXELS * 4))
    }
}

/// Text beside a picture that is drawn over cells by `sequence`, which leaves the cursor where it
/// was. First come as many line feeds as the picture has rows, so that the screen scrolls before
/// anything is drawn: at the bottom of the screen the picture would otherwise be cut, or text and
/// picture would part.
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
