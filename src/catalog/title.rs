//! A title as the catalogue knows it.

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

/// A row of the catalogue's file as it was read: checked again, because a file may be damaged.
pub(super) struct Row {
    pub id: i64,
    pub title: String,
    pub original: Option<String>,
    pub year: Option<i64>,
    pub end_year: Option<i64>,
    pub runtime_minutes: Option<i64>,
    pub rating_tenths: Option<i64>,
    pub votes: Option<i64>,
    pub kind: Option<String>,
    pub genres: Option<String>,
}

impl Row {
    /// Returns the title. `None` if nothing is left of its name.
    pub fn into_title(self) -> Option<CatalogTitle> {
        let id = ImdbId::from_number(u64::try_from(self.id).ok()?)?;
        let end_year = self.end_year.and_then(|y| u16::try_from(y).ok()).filter(|y| (1870..=2200).contains(y));
        let genres = self.genres.map(|g| sanitize(&g, MAX_WORDS_CHARS)).unwrap_or_default();
        let raw = RawTitle {
            title: Some(self.title),
            original_title: self.original,
            year: self.year,
            kind: self.kind,
            rating: self.rating_tenths.map(|r| r as f64 / 10.0),
            rating_count: self.votes,
            runtime_minutes: self.runtime_minutes,
            genres: genres.split(',').map(str::to_owned).collect(),
            ..RawTitle::default()
        };
        Some(CatalogTitle { id, title: raw.into_title()?, end_year })
    }
}
