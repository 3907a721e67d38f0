//! Reads titles from the catalogue.

use rusqlite::Row;

use crate::model::search::Hit;
use crate::model::text::sanitize;
use crate::model::title::RawTitle;
use crate::model::{ImdbId, Rating, Title};

/// Maximum length of a kind or of a list of genres in characters.
pub const MAX_WORDS_CHARS: usize = 120;

/// Selects the columns that [`read`] expects.
pub(super) const SELECT: &str = "
    SELECT id, title, original, year, runtime, rating, votes,
        (SELECT word FROM words WHERE place = kind), (SELECT word FROM words WHERE place = genres)
    FROM titles";

/// Reads a row. Sanitizes it again, because the file may be damaged. `None` if the name is empty after that.
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

/// Reads a whole number. `None` if it is null or out of range.
fn whole<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|number| number.try_into().ok()))
}
