//! Reading titles from the catalogue.

use rusqlite::Row;

use crate::model::ImdbId;
use crate::model::search::Hit;
use crate::model::text::sanitize;
use crate::model::title::RawTitle;

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
    let tenths: Option<i64> = row.get(5)?;
    let genres: Option<String> = row.get(8)?;
    let genres = genres.map(|genres| sanitize(&genres, MAX_WORDS_CHARS)).unwrap_or_default();
    let raw = RawTitle {
        title: row.get(1)?,
        original_title: row.get(2)?,
        year: row.get(3)?,
        runtime_minutes: row.get(4)?,
        rating: tenths.map(|tenths| tenths as f64 / 10.0),
        rating_count: row.get(6)?,
        kind: row.get(7)?,
        genres: genres.split(',').map(str::to_owned).collect(),
        ..RawTitle::default()
    };
    let id = u64::try_from(row.get::<_, i64>(0)?).ok().and_then(ImdbId::from_number);
    Ok(id.zip(raw.into_title()).map(|(id, title)| Hit { id, title }))
}
