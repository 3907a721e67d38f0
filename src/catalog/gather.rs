//! Both datasets joined: the titles that the catalogue takes in, most votes first, in little memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::AtomicBool;

use super::CatalogError;
use super::lines::{self, Dataset, Tally};
use super::rows::{self, Basics, Rated};
use super::title::{MAX_TITLE_CHARS, MAX_WORDS_CHARS};
use crate::model::ImdbId;
use crate::model::text::sanitize;

/// Kinds of titles for a movie night; episodes, games and pilots are not.
const KINDS: [&str; 7] = ["movie", "tvMovie", "tvMiniSeries", "tvSeries", "tvSpecial", "video", "short"];
/// The most titles that are imported: IMDb had 0.8 million of these kinds with a rating in 2026.
const MAX_TITLES: usize = 4_000_000;
/// The most bytes of titles: those had 25 million.
const MAX_TEXT: usize = 256 << 20;
/// The most ratings: there were 1.7 million.
const MAX_RATINGS: usize = 10_000_000;
/// The most kinds and lists of genres: there are some 2,500.
const MAX_WORDS: usize = 20_000;

/// The selection of titles to import.
pub struct Selection<'a> {
    /// The least number of votes.
    pub min_votes: u32,
    /// Titles that are imported whatever their votes and their kind.
    pub keep: &'a [ImdbId],
}

pub struct Gathered {
    /// Most votes first.
    pub titles: Vec<Entry>,
    /// Kinds and lists of genres; titles hold places in it.
    pub words: Vec<String>,
    text: String,
    /// Rows of the file of titles.
    pub basics: Tally,
    /// Rows of the file of ratings.
    pub ratings: Tally,
}

pub struct Entry {
    /// Number of its id.
    pub id: u32,
    /// People who rated it; 0: nobody.
    pub votes: u32,
    /// Offset of its title in the text; its original title follows.
    at: u32,
    title: u16,
    original: u16,
    /// Year, 0: not known.
    pub year: u16,
    /// Running time, 0: not known.
    pub runtime_minutes: u16,
    /// Kind, a place in [`Gathered::words`].
    pub kind: u16,
    /// Genres, a place in [`Gathered::words`]; that of the empty word: none.
    pub genres: u16,
    /// Rating in tenths; 0: none.
    pub tenths: u8,
}

impl Gathered {
    /// The title of an entry, and its original title when that is another.
    pub fn texts(&self, entry: &Entry) -> (&str, Option<&str>) {
        let start = entry.at as usize;
        let end = start + usize::from(entry.title);
        let original = &self.text[end..end + usize::from(entry.original)];
        (&self.text[start..end], (!original.is_empty()).then_some(original))
    }
}

/// Reads both datasets. `progress` is told how many more bytes of them were read.
pub fn gather(
    basics: Dataset<'_>,
    ratings: Dataset<'_>,
    selection: &Selection<'_>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> Result<Gathered, CatalogError> {
    let keep: BTreeSet<u32> = selection.keep.iter().filter_map(|id| id.number().try_into().ok()).collect();
    let (rated, ratings) = read_ratings(ratings, selection.min_votes, &keep, stop, progress)?;
    let mut gathering = Gathering { rated, keep, text: String::new(), titles: Vec::new(), words: Words::default() };
    let tally = lines::read(basics, stop, progress, &mut |line| gathering.row(line))?;
    let Gathering { mut titles, text, words, .. } = gathering;
    if titles.is_empty() {
        return Err(CatalogError::Unfit(basics.name, format!("none of its titles has {} votes", selection.min_votes)));
    }
    if titles.len() >= MAX_TITLES || text.len() >= MAX_TEXT {
        return Err(CatalogError::Unfit(basics.name, "it has too many titles".to_owned()));
    }
    titles.sort_unstable_by_key(|entry| (std::cmp::Reverse(entry.votes), entry.id));
    Ok(Gathered { titles, text, words: words.list, basics: tally, ratings })
}

/// The ratings that may be needed, by id.
fn read_ratings(
    dataset: Dataset<'_>,
    min_votes: u32,
    keep: &BTreeSet<u32>,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> Result<(Vec<Rated>, Tally), CatalogError> {
    let mut rated: Vec<Rated> = Vec::new();
    let tally = lines::read(dataset, stop, progress, &mut |line| {
        let Some(row) = rows::rating(line) else { return false };
        if (row.votes >= min_votes || keep.contains(&row.id)) && rated.len() < MAX_RATINGS {
            rated.push(row);
        }
        true
    })?;
    rated.sort_unstable_by_key(|row| row.id);
    rated.dedup_by_key(|row| row.id);
    Ok((rated, tally))
}

struct Gathering {
    /// Sorted by id. The files are sorted by the text of the ids, but nothing depends on that here.
    rated: Vec<Rated>,
    /// Ids that are taken in without a rating; each only once.
    keep: BTreeSet<u32>,
    titles: Vec<Entry>,
    text: String,
    words: Words,
}

impl Gathering {
    /// Adds a row if it is wanted. Returns false if the row is invalid.
    fn row(&mut self, line: &str) -> bool {
        let Some((id, kind, rest)) = rows::basics_head(line) else { return false };
        let is_kept = !self.keep.is_empty() && self.keep.contains(&id);
        if !is_kept && !KINDS.contains(&kind) {
            return true;
        }
        let at = self.rated.binary_search_by_key(&id, |row| row.id).ok();
        if at.is_none() && !is_kept {
            return true;
        }
        let Some(row) = rows::basics(kind, rest) else { return false };
        if row.is_adult && !is_kept {
            return true;
        }
        let rating = at.map(|at| self.rated[at]);
        // Added once: the second row of an id is invalid.
        match at {
            Some(at) if self.rated[at].votes == 0 => return false,
            Some(at) => self.rated[at].votes = 0,
            None => drop(self.keep.remove(&id)),
        }
        self.add_title(id, &row, rating)
    }

    fn add_title(&mut self, id: u32, row: &Basics<'_>, rating: Option<Rated>) -> bool {
        let title = sanitize(row.title, MAX_TITLE_CHARS);
        if title.is_empty() {
            return false;
        }
        if self.titles.len() >= MAX_TITLES || self.text.len() >= MAX_TEXT {
            return true;
        }
        let original = if row.original == row.title { String::new() } else { sanitize(row.original, MAX_TITLE_CHARS) };
        let original = if original == title { "" } else { original.as_str() };
        let small = |number: Option<i64>, max: u16| {
            number.and_then(|n| u16::try_from(n).ok()).filter(|n| *n <= max).unwrap_or_default()
        };
        self.titles.push(Entry {
            id,
            votes: rating.map_or(0, |r| r.votes),
            tenths: rating.map_or(0, |r| r.tenths),
            // Both are bounded far below what fits: MAX_TEXT, and four bytes a character.
            at: self.text.len() as u32,
            title: title.len() as u16,
            original: original.len() as u16,
            year: small(row.year, 2200),
            runtime_minutes: small(row.runtime_minutes, 60_000),
            kind: self.words.place(row.kind),
            genres: self.words.place(row.genres.unwrap_or_default()),
        });
        self.text.push_str(&title);
        self.text.push_str(original);
        true
    }
}

/// Stores each of a few words once.
#[derive(Default)]
struct Words {
    list: Vec<String>,
    places: HashMap<String, u16>,
}

impl Words {
    /// The place of a word in the list; that of the empty word when there are too many.
    fn place(&mut self, word: &str) -> u16 {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        if self.list.len() >= MAX_WORDS && !word.is_empty() {
            return self.place("");
        }
        // MAX_WORDS is below what fits.
        let place = self.list.len() as u16;
        self.list.push(sanitize(word, MAX_WORDS_CHARS));
        self.places.insert(word.to_owned(), place);
        place
    }
}
