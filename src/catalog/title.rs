//! A title as the catalogue knows it.

use rusqlite::Row;

use crate::model::text::sanitize;
use crate::model::title::{RawTitle, with_year};
use crate::model::{ImdbId, Title};

/// Characters of a title that are kept, as for titles of every source.
pub const MAX_TITLE_CHARS: usize = 300;
/// Characters of a kind or of all genres that are kept.
pub const MAX_WORDS_CHARS: usize = 120;

/// A title as the catalogue knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogTitle {
    /// Its id.
    pub id: ImdbId,
    /// Everything that a metadata source would say of it as well.
    pub title: Title,
    /// Year of the last episode of a series that has ended.
    pub end_year: Option<u16>,
}

impl CatalogTitle {
    /// The title with its years: `Heat (1995)`, `The Wire (2002–2008)`.
    pub fn with_years(&self) -> String {
        match (self.title.year, self.end_year) {
            (Some(first), Some(last)) if last > first => format!("{} ({first}–{last})", self.title.title),
            (year, _) => with_year(&self.title.title, year),
        }
    }
}

impl From<CatalogTitle> for Title {
    fn from(known: CatalogTitle) -> Self {
        known.title
    }
}

/// A title as [`read`] reads it.
pub(super) const SELECT: &str = "
    SELECT id, title, original, year, end_year, runtime, rating, votes,
        (SELECT word FROM words WHERE place = kind), (SELECT word FROM words WHERE place = genres)
    FROM titles";

/// Reads a row, and checks it again, because a file may be damaged. `None` if nothing is left of its name.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Option<CatalogTitle>> {
    let tenths: Option<i64> = row.get(6)?;
    let genres: Option<String> = row.get(9)?;
    let genres = genres.map(|genres| sanitize(&genres, MAX_WORDS_CHARS)).unwrap_or_default();
    let raw = RawTitle {
        title: row.get(1)?,
        original_title: row.get(2)?,
        year: row.get(3)?,
        runtime_minutes: row.get(5)?,
        rating: tenths.map(|tenths| tenths as f64 / 10.0),
        rating_count: row.get(7)?,
        kind: row.get(8)?,
        genres: genres.split(',').map(str::to_owned).collect(),
        ..RawTitle::default()
    };
    let end_year: Option<i64> = row.get(4)?;
    let end_year = end_year.and_then(|year| u16::try_from(year).ok()).filter(|year| (1870..=2200).contains(year));
    let id = u64::try_from(row.get::<_, i64>(0)?).ok().and_then(ImdbId::from_number);
    Ok(id.zip(raw.into_title()).map(|(id, title)| CatalogTitle { id, title, end_year }))
}
