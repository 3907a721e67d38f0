//! Plain lists: an IMDb id, a link or a title a line.

use super::{Format, List, ListRow, Purpose, Skipped, in_line, title};
use crate::failure::{Failure, Failures};
use crate::model::search::Query;
use crate::model::{ImdbId, MovieRef};

/// Reads a list. Blank lines and lines that are `#` or begin with `# ` are skipped.
///
/// # Errors
/// Each line that names no movie.
pub fn list(file: &str, text: &str) -> Result<List, Failures> {
    let (mut rows, mut failures, mut skipped) = (Vec::new(), Vec::new(), Skipped::default());
    for (raw, line) in text.lines().zip(1..) {
        let words = raw.trim();
        if words.is_empty() || words == "#" || words.starts_with("# ") {
            continue;
        }
        if ImdbId::is_person(words) {
            skipped.people += 1;
            continue;
        }
        match row(words) {
            Ok((id, title, year)) => {
                let raw = if id.is_some() { String::new() } else { raw.to_owned() };
                rows.push(ListRow { line, purpose: Some(Purpose::Wish), id, title, year, may_be_series: true, raw });
            }
            Err(why) => failures.push(Failure { error: in_line(file, line, &why.error).error, ..why }),
        }
    }
    let list = List { file: file.to_owned(), format: Format::Lines, header: String::new(), rows, skipped };
    if failures.is_empty() { Ok(list) } else { Err(Failures(failures)) }
}

type Named = (Option<ImdbId>, Option<String>, Option<u16>);

fn row(words: &str) -> Result<Named, Failure> {
    let bounded = title(words).map_err(|why| Failure::new(why).hint("give a movie a line"))?;
    Ok(match MovieRef::parse(words)? {
        MovieRef::Id(id) => (Some(id), None, None),
        // Only brackets tell a year from the end of a title.
        _ => match Query::parse(words).with_year.filter(|_| words.ends_with(')')) {
            Some((stem, year)) => (None, title(&stem).ok().flatten(), Some(year)),
            None => (None, bounded, None),
        },
    })
}
