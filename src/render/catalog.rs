//! The catalogue of IMDb's datasets, for a person.

use time::UtcDateTime;

use super::Screen;
use super::facts::fact;
use super::style::Tone;
use crate::catalog::LICENCE;
use crate::view::catalog::{CatalogUpdate, CatalogView};
use crate::view::format::{ago, count, thousands};

/// Cells of the column of names.
const NAMES: usize = 9;

/// The state of the catalogue, a fact a line.
pub fn status(view: &CatalogView, now: UtcDateTime, screen: Screen<'_>) -> String {
    let mut out = String::new();
    let mut line = |name: &str, what: &str| out += &fact(name, NAMES, what, Tone::Plain, screen);
    line("Titles", &titles(view));
    line("Updated", &age(view, now));
    line("File", &format!("{}, {}", mebibytes(view.bytes.unwrap_or_default()), view.path));
    if view.bad_rows > 0 {
        line("Left out", &count(view.bad_rows as usize, "row that makes no sense", "rows that make no sense"));
    }
    line("Source", LICENCE);
    out
}

/// The age of its two parts: `titles 3 days ago, ratings 2 hours ago`.
pub fn age(view: &CatalogView, now: UtcDateTime) -> String {
    let ago = |at: Option<crate::view::Timestamp>| at.map_or("never".to_owned(), |at| ago(at.0, now));
    format!("titles {}, ratings {}", ago(view.basics_at), ago(view.ratings_at))
}

/// The outcome of an update, as a sentence.
pub fn updated(update: &CatalogUpdate) -> String {
    let (view, seconds) = (&update.catalog, update.seconds);
    match update.updated {
        Some("ratings") => {
            format!("the ratings of {} are up to date, in {seconds:.1} s", count(size(view), "title", "titles"))
        }
        Some(_) => {
            let size = mebibytes(view.bytes.unwrap_or_default());
            format!("the catalogue has {}, {size}, in {seconds:.1} s", titles(view))
        }
        None => "nothing to update: IMDb has no newer data".to_owned(),
    }
}

fn titles(view: &CatalogView) -> String {
    let votes = thousands(view.min_votes.unwrap_or_default().into());
    format!("{} with {votes} votes or more", count(size(view), "title", "titles"))
}

fn size(view: &CatalogView) -> usize {
    view.titles.unwrap_or_default().try_into().unwrap_or(usize::MAX)
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
