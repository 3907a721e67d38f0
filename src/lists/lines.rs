//! Plain lists: an IMDb id, a link or a title on each line.

use super::{Format, List, ListRow, Purpose, in_line, title};
use crate::model::link::is_link;
use crate::model::search::Query;
use crate::model::{ImdbId, MovieRef};
use crate::user_error::{UserError, UserErrors};

/// Reads a list.
///
/// # Errors
/// One error for each line that names no movie.
pub fn list(file: &str, text: &str) -> Result<List, UserErrors> {
    let (mut rows, mut failures, mut skipped) = (Vec::new(), Vec::new(), 0);
    for (raw, line) in text.lines().zip(1..) {
        let Some(words) = movie_text(raw) else { continue };
        if ImdbId::is_person(words) {
            skipped += 1;
            continue;
        }
        match named(words) {
            Ok(named) => rows.extend(named.into_iter().map(|(id, title, year)| {
                let raw = if id.is_some() { String::new() } else { raw.to_owned() };
                ListRow { line, purpose: Some(Purpose::Wish), id, title, year, is_series: None, raw }
            })),
            Err(why) => failures.push(UserError { error: in_line(file, line, &why.error).error, ..why }),
        }
    }
    let list = List { file: file.to_owned(), format: Format::Lines, header: String::new(), rows, skipped };
    if failures.is_empty() { Ok(list) } else { Err(UserErrors(failures)) }
}

/// Returns the part of a line that names a movie, without the bullet of a list and without a check box: `Heat` of
/// `- [x] Heat`. `None` for an empty line or item, and for a comment: a lone `#`, or one followed by a blank.
pub fn movie_text(line: &str) -> Option<&str> {
    let text = without(["[ ]", "[x]", "[X]"], without(["-", "*", "•"], line.trim()));
    (!text.is_empty() && text != "#" && !text.starts_with("# ")).then_some(text)
}

/// Returns a text without the mark that it begins with, if a blank or nothing follows it.
fn without<'a>(marks: [&str; 3], text: &'a str) -> &'a str {
    let rest = marks.iter().find_map(|mark| text.strip_prefix(mark));
    rest.filter(|rest| rest.is_empty() || rest.starts_with(' ')).unwrap_or(text).trim_start()
}

type Named = (Option<ImdbId>, Option<String>, Option<u16>);

/// Returns the movies of a line: one for each id or link in it, or else the one that the whole line names. A link that
/// holds neither an id nor words is a movie without a name.
fn named(words: &str) -> Result<Vec<Named>, UserError> {
    let bounded = title(words).map_err(|why| UserError::new(why).hint("write one movie per line"))?;
    let movies = match MovieRef::parse_all(words) {
        Err(_) if is_link(words) => return Ok(vec![(None, None, None)]),
        movies => movies?,
    };
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = movies.into_iter().filter_map(|movie| match movie {
        MovieRef::Id(id) => Some((Some(id), None, None)),
        // Words that are only a part of the line come from a link.
        MovieRef::Words(words) if words != line => Some((None, title(&words).ok().flatten(), None)),
        _ => None,
    });
    let named: Vec<Named> = named.collect();
    Ok(match named.is_empty() {
        false => named,
        // Only brackets distinguish a year from the end of a title.
        true => vec![match Query::parse(words).with_year.filter(|_| words.ends_with(')')) {
            Some((stem, year)) => (None, title(&stem).ok().flatten(), Some(year)),
            None => (None, bounded, None),
        }],
    })
}
