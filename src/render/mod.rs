//! From data to text. Nothing here prints, and nothing here asks.

pub mod board;
pub mod card;
pub mod cells;
mod facts;
pub mod format;
pub mod health;
pub mod history;
pub mod json;
mod layout;
pub mod pick;
pub mod style;
pub mod table;

/// What the reader's screen is like.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Cells to a line; none: as many as it takes, nothing is cut.
    pub width: Option<usize>,
    /// Colours.
    pub palette: style::Palette,
}
