//! The rows of IMDb's files: tab-separated, without quoting, `\N` where nothing is known.
//!
//! The columns: <https://developer.imdb.com/non-commercial-datasets/>.

use crate::model::ImdbId;
use crate::model::title::Rating;

/// The first line of the file of titles.
pub const BASICS_HEADER: &str =
    "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres";
/// The first line of the file of ratings.
pub const RATINGS_HEADER: &str = "tconst\taverageRating\tnumVotes";

/// More votes than any title will have: the most had 3.2 million in 2026, after 36 years.
const MAX_VOTES: u32 = 1_000_000_000;

/// A row of the file of titles.
#[derive(Debug, PartialEq, Eq)]
pub struct Basics<'a> {
    /// IMDb's word for the kind of title.
    pub kind: &'a str,
    /// The title by which it is known.
    pub title: &'a str,
    pub original: &'a str,
    pub is_adult: bool,
    /// Year of release, or of the first episode.
    pub year: Option<i64>,
    pub runtime_minutes: Option<i64>,
    /// Up to three genres with commas between them.
    pub genres: Option<&'a str>,
}

/// A row of the file of ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rated {
    pub id: u32,
    /// People who rated it.
    pub votes: u32,
    /// Rating in tenths, 10 to 100.
    pub tenths: u8,
}

/// The number of an id as 32 bits: the highest was 40 million in 2026.
pub fn id(tconst: &str) -> Option<u32> {
    ImdbId::parse(tconst)?.number().try_into().ok()
}

/// Splits a row of titles into its id, its kind and the rest. `None` if it does not have nine columns.
/// Most rows are of no interest after that.
pub fn basics_head(line: &str) -> Option<(u32, &str, &str)> {
    let (tconst, rest) = split(line)?;
    let (kind, rest) = split(rest)?;
    let tabs = memchr::memchr_iter(b'\t', rest.as_bytes()).count();
    (tabs == 6 && !kind.is_empty()).then_some((id(tconst)?, kind, rest))
}

/// The text before the first tab, and the text after it.
fn split(line: &str) -> Option<(&str, &str)> {
    let tab = memchr::memchr(b'\t', line.as_bytes())?;
    Some((line.get(..tab)?, line.get(tab + 1..)?))
}

/// Parses the rest of a row of titles. `None` if it is not valid. Numbers that no title has are left to
/// be judged by [`crate::model::title::RawTitle`].
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

/// Parses a row of ratings. `None` if it is not valid.
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

/// Parses a number, or `\N` for an unknown one. `None` if it is neither.
fn number(column: &str) -> Option<Option<i64>> {
    match known(column) {
        None => Some(None),
        Some(digits) => digits.parse().ok().map(Some),
    }
}
