//! A ballot on the screen, inline: as many lines as the terminal is high, at most.

use super::cells::{truncate, width};
use super::style::{Palette, Tone};
use crate::model::Opinion;
use crate::model::opinion::MAX_NOES;
use crate::view::form::{Form, FormMovie};

/// Lines around the movies: the heading, what is known of the current movie, the keys.
const MARGIN: usize = 3;
const HELP: [&str; 8] = [
    "space  yes",
    "f      favourite, one a person",
    "n      no, three at most",
    "s      seen, or not after all",
    "↑ ↓    or k j, and / finds a movie",
    "Enter  done",
    "q      leave everything as it was",
    "?      back to the ballot",
];

/// A ballot as lines that fit a terminal, and the line that the cursor is to stand on.
pub struct DrawnForm {
    /// The lines with their styles.
    pub lines: Vec<String>,
    /// The index of the current line.
    pub current: usize,
    /// The widths of the lines in cells.
    pub widths: Vec<usize>,
}

/// Draws a ballot in at most `size` columns and lines.
pub fn draw(form: &Form, (columns, lines): (usize, usize), palette: Palette) -> DrawnForm {
    // A full last column or line would make some terminals scroll.
    let (max, room) = (columns.saturating_sub(1).max(8), lines.saturating_sub(1).max(2));
    let mut drawn = DrawnForm { lines: Vec::new(), current: 0, widths: Vec::new() };
    let mut add = |text: &str, tone: Tone| {
        let text = truncate(text, max);
        drawn.widths.push(width(&text));
        drawn.lines.push(palette.paint(tone, &text));
    };
    if form.shows_help {
        HELP.iter().take(room).for_each(|line| add(line, Tone::Plain));
        return drawn;
    }
    let rows = room.saturating_sub(MARGIN).clamp(1, form.movies.len());
    let first = form.at.saturating_sub(rows / 2).min(form.movies.len() - rows);
    let has_margin = room > MARGIN;
    let hidden = form.movies.len() - rows;
    let place = if hidden > 0 { format!(" · {} of {}", form.at + 1, form.movies.len()) } else { String::new() };
    if has_margin {
        add(&format!("{}'s ballot{place} · use a no on what might win", form.voter), Tone::Strong);
    }
    let digits = form.movies.iter().map(|movie| movie.number.to_string().len()).max().unwrap_or(1);
    for (at, movie) in form.movies.iter().enumerate().skip(first).take(rows) {
        let is_current = at == form.at;
        let (sign, tone) = mark(movie);
        let pointer = if is_current { "▸" } else { " " };
        let tone = if is_current && tone == Tone::Plain { Tone::Strong } else { tone };
        let seen = if movie.seen { " · seen" } else { "" };
        add(&format!("{pointer} {sign} {:>digits$}  {}{seen}", movie.number, movie.name), tone);
    }
    if has_margin {
        let movie = &form.movies[form.at];
        let about = if movie.about.is_empty() { "No data" } else { &movie.about };
        add(form.message.as_deref().unwrap_or(about), if form.message.is_some() { Tone::Warn } else { Tone::Faint });
        let keys = match &form.search {
            Some(text) => format!("find: {text}▏ · Enter"),
            None => keys(form, max),
        };
        add(&keys, Tone::Faint);
    }
    drawn.current = form.at - first + usize::from(has_margin);
    drawn
}

/// The keys in one line. Where not all find room, those that help further stay.
fn keys(form: &Form, max: usize) -> String {
    let (favorites, noes) = (form.count(Opinion::Favorite), form.count(Opinion::No));
    let lines = [
        format!("space yes · f ♥ {favorites} · n no {noes}/{MAX_NOES} · s seen · Enter done · q quit · ? help"),
        format!("space yes · f ♥ {favorites} · n no {noes}/{MAX_NOES} · Enter done · q quit · ? help"),
    ];
    let few = || format!("f ♥ {favorites} · n {noes}/{MAX_NOES} · Enter · q quit · ? help");
    lines.into_iter().find(|line| width(line) <= max).unwrap_or_else(few)
}

fn mark(movie: &FormMovie) -> (&'static str, Tone) {
    match movie.opinion {
        Some(Opinion::Favorite) => ("♥", Tone::Good),
        Some(Opinion::Yes) => ("●", Tone::Good),
        Some(Opinion::No) => ("✗", Tone::Bad),
        None => ("·", Tone::Plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MovieKey, ProposalNumber};

    #[test]
    fn the_help_is_whole_in_forty_columns() {
        let form = Form { shows_help: true, ..Form::default() };
        assert!(draw(&form, (40, 12), Palette::PLAIN).lines.iter().all(|line| !line.contains('…')));
    }

    #[test]
    fn a_ballot_fits_any_terminal() {
        let movie = |number| FormMovie {
            number: ProposalNumber(number),
            name: "A rather long title (1999)".into(),
            about: "2h".into(),
            key: MovieKey::Own(ProposalNumber(number)),
            opinion: None,
            seen: number % 2 == 0,
            before: (None, false),
        };
        for count in [1, 3, 40] {
            let mut form = Form { voter: "Ana".into(), movies: (1..=count).map(movie).collect(), ..Form::default() };
            for size in [(1, 1), (10, 3), (20, 5), (40, 12), (60, 24), (140, 40)] {
                for at in 0..form.movies.len() {
                    form.at = at;
                    let drawn = draw(&form, size, Palette::PLAIN);
                    assert!(drawn.lines.len() < size.1.max(3), "{size:?}: {:#?}", drawn.lines);
                    assert!(drawn.lines[drawn.current].starts_with('▸'), "{size:?} {at}");
                    assert!(drawn.widths.iter().all(|width| *width < size.0.max(9)));
                    let keys = drawn.lines.last().filter(|_| size.0 >= 40 && size.1 > 4);
                    assert!(keys.is_none_or(|keys| keys.contains("q quit · ? help")), "{keys:?}");
                }
            }
        }
    }
}
