//! The board as a page to share.

mod build;

use serde::Serialize;

use crate::posters::jpeg::Jpeg;
use crate::view::format::compact;

pub use build::Source;

/// The board of one evening. Texts are ready to be read: times are local, and names are as people wrote them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Page {
    /// The heading: `Movie night`.
    pub title: String,
    /// The day: `Sunday, 22 November 2026`.
    pub date: String,
    /// The limits of the evening, if any: `starts at 20:30, over by 23:30`.
    pub evening: Option<String>,
    /// The number of people with an opinion on any movie. `None` while votes are hidden.
    pub people: Option<usize>,
    /// True while votes are hidden; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    pub movies: Vec<PageMovie>,
    pub watched: Vec<PageWatched>,
    /// The time at which the page was made: `22 November 2026, 20:00`.
    pub generated_at: String,
    /// The attribution of the data, if its licence requires one.
    pub credit: Option<String>,
}

/// A movie on the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PageMovie {
    pub number: i64,
    /// The rank, from 1. `None` while votes are hidden, as are the numbers of votes.
    pub rank: Option<usize>,
    pub title: String,
    pub original_title: Option<String>,
    pub year: Option<u16>,
    pub rating: Option<f64>,
    pub rating_count: Option<u64>,
    pub runtime_minutes: Option<u32>,
    /// The time at which it would end: `23:25`.
    pub ends_at: Option<String>,
    pub genres: Vec<String>,
    pub votes: Option<usize>,
    pub favorites: Option<usize>,
    pub noes: Option<usize>,
    /// The people who voted. `None` if names are hidden.
    pub voters: Option<Vec<PageVoter>>,
    /// The people who said no. `None` if names are hidden.
    pub no_of: Option<Vec<String>>,
    /// The person who proposed it. `None` if names are hidden.
    pub proposed_by: Option<String>,
    pub notes: Vec<PageNote>,
    pub plot: Option<String>,
    pub links: Vec<PageLink>,
    /// Whether it fits the evening. `None` if the data for that is missing.
    pub fits: Option<bool>,
    /// Why it does not fit: `runs 2h 50m`.
    pub misfit: Option<String>,
    #[serde(skip)]
    pub poster: Option<Jpeg>,
}

/// A person who voted for a movie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageVoter {
    pub name: String,
    pub favorite: bool,
}

/// A person's note on a movie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageNote {
    /// The person. `None` if names are hidden.
    pub voter: Option<String>,
    pub text: String,
}

impl PageMovie {
    /// Formats the rating and the number of ratings: `★ 9.2 (1M)`.
    pub fn rating_words(&self) -> Option<String> {
        let count = self.rating_count.map(|count| format!(" ({})", compact(count))).unwrap_or_default();
        self.rating.map(|rating| format!("★ {rating:.1}{count}"))
    }

    /// Says that it does not fit the evening, or may not fit. `None` if it fits.
    pub fn fit_note(&self) -> Option<String> {
        match (&self.misfit, self.fits) {
            (Some(why), _) => Some(format!("Does not fit: {why}")),
            (None, None) => Some("Not known whether it fits".into()),
            (None, Some(_)) => None,
        }
    }
}

/// A link to a page about a movie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// The name of the site: `IMDb`.
    pub name: String,
    /// Its URL. Only an `https` URL becomes a link.
    pub url: String,
}

/// A movie that was watched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageWatched {
    pub title: String,
    pub year: Option<u16>,
    /// The date: `15 November`.
    pub date: String,
}
