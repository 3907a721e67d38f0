//! A movie that somebody wants to see.

use time::UtcDateTime;

use super::ImdbId;
use super::matching::name_key;

/// A movie on a person's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// `None` if it is not known yet which title is meant.
    pub id: Option<ImdbId>,
    /// The title as the list has it.
    pub title: Option<String>,
    /// The year as the list has it.
    pub year: Option<u16>,
    /// The time at which it came onto the list.
    pub listed_at: UtcDateTime,
}

impl Wish {
    /// Equal for two wishes for the same movie.
    pub fn key(&self) -> String {
        self.id.map_or_else(|| self.named_key(), |id| id.to_string())
    }

    /// The key that it has without an id.
    pub fn named_key(&self) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        format!("{} ({year})", name_key(self.title.as_deref().unwrap_or_default()))
    }
}
