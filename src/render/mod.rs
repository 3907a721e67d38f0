//! From views to text. Nothing here prints, and nothing here asks.

pub mod ballot_page;
pub mod board;
pub mod card;
pub mod catalog;
pub mod cells;
pub mod changes;
pub mod doctor;
pub mod form;
pub mod health;
pub mod history;
pub mod html;
pub mod lists;
pub mod markdown;
pub mod page;
pub mod pick;
pub mod search;
pub mod style;
pub mod table;
pub mod voters;

pub use self::style::{Marks, Palette, Tone};
pub use self::table::{Cell, Column, Shrink, table};

use crate::env::Zone;
use crate::view::format::thousands;
use crate::view::movie::MovieView;
use cells::{truncate, wrap};

/// Cells of the names of facts.
const NAME_WIDTH: usize = 13;
/// Cells that the text of a fact gets at least, however narrow the screen is.
const MIN_WIDTH: usize = 20;

/// The properties of the stream that text is made for.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// The width in cells. `None` if nothing is to be truncated.
    pub width: Option<usize>,
    /// The height in lines. `None` if it is unlimited.
    pub height: Option<usize>,
    /// Colours and links.
    pub palette: Palette,
    /// Signs, or words.
    pub marks: Marks,
    /// Local time.
    pub zone: &'a Zone,
}

impl Screen<'_> {
    /// The same without an end if `all` is wanted.
    pub fn unless_all(self, all: bool) -> Self {
        Self { height: self.height.filter(|_| !all), ..self }
    }

    /// Why a movie does not fit into the evening, marked: `✗ runs 2h 50m`; empty for what fits.
    fn misfit(&self, movie: &MovieView<'_>) -> String {
        movie.misfit_words(self.zone).map(|words| format!("{} {words}", self.marks.misfit)).unwrap_or_default()
    }

    /// A fact, wrapped beside its name; empty when there is nothing to say.
    fn fact(&self, name: &str, what: &str, tone: Tone) -> String {
        if what.is_empty() {
            return String::new();
        }
        let room = self.width.map_or(usize::MAX, |width| width.saturating_sub(NAME_WIDTH).max(MIN_WIDTH));
        let line = |(at, part): (usize, &String)| {
            let name = format!("{:<NAME_WIDTH$}", if at == 0 { name } else { "" });
            self.palette.paint(Tone::Faint, &name) + &self.palette.paint(tone, part) + "\n"
        };
        wrap(what, room).iter().enumerate().map(line).collect()
    }

    /// How many of `rows` fit on the screen beside `lines` others and the prompt; [`Screen::left_out`] may be one line more.
    pub fn rows_shown(&self, rows: usize, lines: usize) -> usize {
        match self.height.map(|height| height.saturating_sub(lines + 1).max(1)) {
            Some(room) if room < rows => room.saturating_sub(1).max(1),
            _ => rows,
        }
    }

    /// The line that says how many rows are left out, and the command that shows them; empty when none are.
    pub fn left_out(&self, rows: usize, command: &str) -> String {
        if rows == 0 {
            return String::new();
        }
        let more = self.marks.legend("…", &format!("{} more: {command}", thousands(rows as u64)));
        self.palette.paint(Tone::Faint, &truncate(&more, self.width.unwrap_or(usize::MAX))) + "\n"
    }
}
