//! Turns views into text. Nothing here prints or asks questions.

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

/// Width of the column with the names of facts, in cells.
const NAME_WIDTH: usize = 13;
/// Minimum width of the text of a fact, in cells, however narrow the screen is.
const MIN_WIDTH: usize = 20;

/// The properties of the output that text is made for.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    /// The width in cells. `None` if text is not truncated.
    pub width: Option<usize>,
    /// The height in lines. `None` if it is unlimited.
    pub height: Option<usize>,
    /// Colours and links.
    pub palette: Palette,
    /// The marks: signs or words.
    pub marks: Marks,
    /// The local time zone.
    pub zone: &'a Zone,
}

impl Screen<'_> {
    /// Returns the same screen, of unlimited height if `all`.
    pub fn unless_all(self, all: bool) -> Self {
        Self { height: self.height.filter(|_| !all), ..self }
    }

    /// Formats why a movie does not fit the evening: `✗ runs 2h 50m`. Empty if it fits or may fit.
    fn misfit(&self, movie: &MovieView<'_>) -> String {
        movie.misfit_words(self.zone).map(|words| format!("{} {words}", self.marks.misfit)).unwrap_or_default()
    }

    /// Formats a fact, wrapped next to its name. Empty if `what` is empty.
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

    /// Returns how many of `rows` fit next to `lines` other lines and the prompt. If not all do, leaves a line for
    /// [`Screen::left_out`].
    pub fn rows_shown(&self, rows: usize, lines: usize) -> usize {
        match self.height.map(|height| height.saturating_sub(lines + 1).max(1)) {
            Some(room) if room < rows => room.saturating_sub(1).max(1),
            _ => rows,
        }
    }

    /// Formats the line about rows that were left out, with the command that shows them. Empty if `rows` is 0.
    pub fn left_out(&self, rows: usize, command: &str) -> String {
        if rows == 0 {
            return String::new();
        }
        let more = self.marks.legend("…", &format!("{} more: {command}", thousands(rows as u64)));
        self.palette.paint(Tone::Faint, &truncate(&more, self.width.unwrap_or(usize::MAX))) + "\n"
    }
}
