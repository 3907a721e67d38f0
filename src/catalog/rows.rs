//! The rows of IMDb's files: tab-separated, without quoting, `\N` for unknown values.
//!
//! The columns are documented at <https://developer.imdb.com/non-commercial-datasets/>.

use crate::model::ImdbId;
use crate::model::title::Rating;

/// The header line of the file of titles.
pub const BASICS_HEADER: &str =
    "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres";
/// The header line of the file of ratings.
pub const RATINGS_HEADER: &str = "tconst\taverageRating\tnumVotes";

/// Maximum number of votes that is plausible. In 2026, after 36 years, the most of any title was 3.2 million.
const MAX_VOTES: u32 = 1_000_000_000;

/// A row of the file of titles.
#[derive(Debug, PartialEq, Eq)]
pub struct Basics<'a> {
    /// IMDb's name for the kind of title.
    pub kind: &'a str,
    /// The title in common use, `primaryTitle`.
    pub title: &'a str,
    pub original: &'a str,
    pub is_adult: bool,
    /// Year of release, or of the first episode.
    pub year: Option<i64>,
    pub runtime_minutes: Option<i64>,
    /// Up to three genres, separated by commas.
    pub genres: Option<&'a str>,
}

/// A row of the file of ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rated {
    pub id: u32,
    /// Number of people who rated it.
    pub votes: u32,
    /// Rating in tenths, 10 to 100.
    pub tenths: u8,
}

/// Returns the number of an id. It fits in 32 bits: in 2026, the highest was 40 million.
pub fn id(tconst: &str) -> Option<u32> {
    ImdbId::parse(tconst)?.number().try_into().ok()
}

/// Splits a row of titles into its id, its kind and the rest. `None` unless it has nine columns. Most rows are skipped
/// after that, so the rest is not parsed yet.
pub fn basics_head(line: &str) -> Option<(u32, &str, &str)> {
    let (tconst, rest) = split(line)?;
    let (kind, rest) = split(rest)?;
    let tabs = memchr::memchr_iter(b'\t', rest.as_bytes()).count();
    (tabs == 6 && !kind.is_empty()).then_some((id(tconst)?, kind, rest))
}

/// Splits text at the first tab.
fn split(line: &str) -> Option<(&str, &str)> {
    let tab = memchr::memchr(b'\t', line.as_bytes())?;
    Some((line.get(..tab)?, line.get(tab + 1..)?))
}

/// Parses the rest of a row of titles. `None` if it is invalid. [`crate::model::title::RawTitle`] rejects implausible
/// numbers later.
pub fn basics<'a>(kind: &'a str, rest: &'a str) -> Option<Basics<'a>> {
    let mut columns = rest.split('\t');
    let mut next = || columns.next();
    let (title, original, adult) = (next()?, next()?, next()?);
    let (year, _last_year, runtime) = (next()?, next()?, next()?);
    let genres = next()?;
    Some(Basics {
        kind,
        title: known(title)?,
        original: known(original).unwrap_or(title),
        is_adult: match adult {
            "0" | r"\N" => false,
            "1" => true,
            _ => return None,
        },
        year: number(year)?,
        runtime_minutes: number(runtime)?,
        genres: known(genres),
    })
}

/// Parses a row of ratings. `None` if it is invalid.
pub fn rating(line: &str) -> Option<Rated> {
    let (tconst, rest) = split(line)?;
    let (average, votes) = split(rest)?;
    let rating = Rating::new(average.parse().ok()?)?;
    let votes = votes.parse().ok().filter(|votes| (1..=MAX_VOTES).contains(votes))?;
    Some(Rated { id: id(tconst)?, votes, tenths: rating.tenths() })
}

fn known(column: &str) -> Option<&str> {
    (column != r"\N" && !column.is_empty()).then_some(column)
}

/// Parses a number. The inner `None` stands for `\N`, the outer for an invalid number.
fn number(column: &str) -> Option<Option<i64>> {
    match known(column) {
        None => Some(None),
        Some(digits) => digits.parse().ok().map(Some),
    }
}
