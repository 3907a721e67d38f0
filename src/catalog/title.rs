//! Reading titles from the catalogue.

use rusqlite::Row;

use crate::model::search::Hit;
use crate::model::text::sanitize;
use crate::model::title::RawTitle;
use crate::model::{ImdbId, Rating, Title};

/// Characters of a title that are kept, as for titles of every source.
pub const MAX_TITLE_CHARS: usize = 300;
/// Characters of a kind or of all genres that are kept.
pub const MAX_WORDS_CHARS: usize = 120;

/// A title as [`read`] reads it.
pub(super) const SELECT: &str = "
    SELECT id, title, original, year, runtime, rating, votes,
        (SELECT word FROM words WHERE place = kind), (SELECT word FROM words WHERE place = genres)
    FROM titles";

/// Reads a row, and checks it again, because a file may be damaged. `None` if nothing is left of its name.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Option<Hit>> {
    let genres: Option<String> = row.get(8)?;
    let genres = genres.map(|genres| sanitize(&genres, MAX_WORDS_CHARS)).unwrap_or_default();
    let title = Title {
        title: row.get(1)?,
        original_title: row.get(2)?,
        year: whole(row, 3)?,
        runtime_minutes: whole(row, 4)?,
        rating: whole(row, 5)?.and_then(|tenths: u32| Rating::new(f64::from(tenths) / 10.0)),
        rating_count: whole(row, 6)?,
        kind: row.get(7)?,
        genres: genres.split(',').map(str::to_owned).collect(),
        ..Title::default()
    };
    let id = whole(row, 0)?.and_then(ImdbId::from_number);
    Ok(id.and_then(|id| Some(Hit { id, title: RawTitle { id: Some(id), title }.into_title()? })))
}

/// A number. `None` if it is not known, or out of all bounds.
fn whole<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|number| number.try_into().ok()))
}
