//! Facts with their names: names in a column, and what they say beside it, wrapped.

use super::Screen;
use super::cells::wrap;
use super::style::Tone;

/// Cells that the text gets at least, however narrow the screen is.
const MIN_WIDTH: usize = 20;

/// A fact, whose name stands in a column of `names` cells; nothing when there is nothing to say.
pub fn fact(name: &str, names: usize, what: &str, tone: Tone, screen: Screen<'_>) -> String {
    if what.is_empty() {
        return String::new();
    }
    let room = screen.width.map_or(usize::MAX, |width| width.saturating_sub(names).max(MIN_WIDTH));
    let mut out = String::new();
    for (at, part) in wrap(what, room).iter().enumerate() {
        let name = if at == 0 { name } else { "" };
        out += &screen.palette.paint(Tone::Faint, &format!("{name:<names$}"));
        out += &screen.palette.paint(tone, part);
        out.push('\n');
    }
    out
}
