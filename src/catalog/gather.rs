//! Joins both datasets: selects the titles to import and sorts them by votes, using little memory.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use super::CatalogError;
use super::lines::{self, Dataset, RowCounts};
use super::rows::{self, Basics, Rated};
use super::title::MAX_WORDS_CHARS;
use crate::model::text::sanitize;
use crate::model::title::MAX_TITLE_CHARS;

/// The kinds of titles that suit a movie night. Episodes, games and pilots do not.
const KINDS: [&str; 7] = ["movie", "tvMovie", "tvMiniSeries", "tvSeries", "tvSpecial", "video", "short"];
/// A dataset with this many titles to import is refused. In 2026, IMDb had 0.8 million rated titles of these kinds.
const MAX_TITLES: usize = 4_000_000;
/// A dataset whose titles have this many bytes is refused. In 2026, they had 25 million.
const MAX_TEXT: usize = 256 << 20;
/// Maximum number of ratings that are kept. In 2026, there were 1.7 million.
const MAX_RATINGS: usize = 10_000_000;
/// Maximum number of distinct kinds and lists of genres. In 2026, there were about 2,500.
const MAX_WORDS: usize = 20_000;

pub struct Gathered {
    /// The selected titles, most votes first.
    pub titles: Vec<Entry>,
    /// Kinds and lists of genres, to which titles refer by index.
    pub words: Vec<String>,
    text: String,
    /// Row counts of the file of titles.
    pub basics: RowCounts,
    /// Row counts of the file of ratings.
    pub ratings: RowCounts,
}

pub struct Entry {
    /// The number in its IMDb id.
    pub id: u32,
    /// Number of people who rated it.
    pub votes: u32,
    /// Byte offset of its title in the text. Its original title follows directly.
    at: u32,
    title: u16,
    original: u16,
    /// Year, 0 if unknown.
    pub year: u16,
    /// Running time, 0 if unknown.
    pub runtime_minutes: u16,
    /// Kind, an index into [`Gathered::words`].
    pub kind: u16,
    /// Genres, an index into [`Gathered::words`]. The empty word means none.
    pub genres: u16,
    /// Rating in tenths.
    pub tenths: u8,
}

impl Gathered {
    /// Returns the title of an entry, and its original title if that differs.
    pub fn texts(&self, entry: &Entry) -> (&str, Option<&str>) {
        let start = entry.at as usize;
        let end = start + usize::from(entry.title);
        let original = &self.text[end..end + usize::from(entry.original)];
        (&self.text[start..end], (!original.is_empty()).then_some(original))
    }
}

/// Reads both datasets, and selects titles with `min_votes` or more. `progress` receives how many more of their bytes
/// were read.
pub fn gather(
    basics: Dataset<'_>,
    ratings: Dataset<'_>,
    min_votes: u32,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> Result<Gathered, CatalogError> {
    let (rated, ratings) = read_ratings(ratings, min_votes, stop, progress)?;
    let mut gathering = Gathering { rated, text: String::new(), titles: Vec::new(), words: Words::default() };
    let counts = lines::read(basics, stop, progress, &mut |line| gathering.row(line))?;
    let Gathering { mut titles, text, words, .. } = gathering;
    if titles.is_empty() {
        return Err(CatalogError::InvalidDataset(basics.name, format!("none of its titles has {min_votes} votes")));
    }
    if titles.len() >= MAX_TITLES || text.len() >= MAX_TEXT {
        return Err(CatalogError::InvalidDataset(basics.name, "it has too many titles".to_owned()));
    }
    titles.sort_unstable_by_key(|entry| (std::cmp::Reverse(entry.votes), entry.id));
    Ok(Gathered { titles, text, words: words.list, basics: counts, ratings })
}

/// Reads the ratings that may be needed, sorted by id.
fn read_ratings(
    dataset: Dataset<'_>,
    min_votes: u32,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(u64),
) -> Result<(Vec<Rated>, RowCounts), CatalogError> {
    let mut rated: Vec<Rated> = Vec::new();
    let counts = lines::read(dataset, stop, progress, &mut |line| {
        let Some(row) = rows::rating(line) else { return false };
        if row.votes >= min_votes && rated.len() < MAX_RATINGS {
            rated.push(row);
        }
        true
    })?;
    rated.sort_unstable_by_key(|row| row.id);
    rated.dedup_by_key(|row| row.id);
    Ok((rated, counts))
}

struct Gathering {
    /// Sorted by number. The files are sorted by the text of the ids, but nothing here depends on that.
    rated: Vec<Rated>,
    titles: Vec<Entry>,
    text: String,
    words: Words,
}

impl Gathering {
    /// Adds a row if it is wanted. Returns false if the row is invalid.
    fn row(&mut self, line: &str) -> bool {
        let Some((id, kind, rest)) = rows::basics_head(line) else { return false };
        if !KINDS.contains(&kind) {
            return true;
        }
        let Ok(at) = self.rated.binary_search_by_key(&id, |row| row.id) else { return true };
        let Some(row) = rows::basics(kind, rest) else { return false };
        if row.is_adult {
            return true;
        }
        let rating = self.rated[at];
        // Marks the id as added, because a second row with the same id is invalid.
        self.rated[at].votes = 0;
        rating.votes > 0 && self.add_title(id, &row, rating)
    }

    fn add_title(&mut self, id: u32, row: &Basics<'_>, rating: Rated) -> bool {
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
            votes: rating.votes,
            tenths: rating.tenths,
            // These fit: the text is bounded by MAX_TEXT, and a title by MAX_TITLE_CHARS at four bytes a character.
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

/// Stores each distinct word once.
#[derive(Default)]
struct Words {
    list: Vec<String>,
    places: HashMap<String, u16>,
}

impl Words {
    /// Returns the index of a word in the list, or of the empty word if there are too many words.
    fn place(&mut self, word: &str) -> u16 {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        if self.list.len() >= MAX_WORDS && !word.is_empty() {
            return self.place("");
        }
        // This fits, because MAX_WORDS is below `u16::MAX`.
        let place = self.list.len() as u16;
        self.list.push(sanitize(word, MAX_WORDS_CHARS));
        self.places.insert(word.to_owned(), place);
        place
    }
}
