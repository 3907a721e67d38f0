//! A movie's data, as a metadata source has it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ImdbId;
use super::text::{is_printable_ascii, sanitize, sanitize_stored};

/// IMDb's rating in tenths: 93 is 9.3. Always 1.0 to 10.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating(u8);

impl Rating {
    /// Returns the rating for a number. `None` if it is not between 1 and 10, as IMDb's are.
    pub fn new(value: f64) -> Option<Self> {
        // Bounded first: then the cast is exact, and NaN is in no range.
        (1.0..=10.0).contains(&value).then(|| Self((value * 10.0).round() as u8))
    }

    /// Returns the rating in tenths, 10 to 100.
    pub fn tenths(self) -> u8 {
        self.0
    }

    /// Returns the rating as a number with one decimal.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// A movie's data. Everything but the title itself may be unknown.
///
/// The serialized form, without unknown fields, is stored in `imdb_cache.cached_imdb_data`. Fields are only ever added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Title {
    /// The title by which it is known, in English where there is one.
    pub title: String,
    /// The original title, when it differs.
    pub original_title: Option<String>,
    /// Year of release, or of the first episode.
    pub year: Option<u16>,
    /// IMDb's word for the kind of title: `movie`, `tvSeries`, `short` …
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The rating, with one decimal.
    #[serde(deserialize_with = "rating_number")]
    pub rating: Option<Rating>,
    /// Number of people who rated it.
    pub rating_count: Option<u64>,
    /// Running time in minutes.
    pub runtime_minutes: Option<u32>,
    /// Genres in IMDb's words, most fitting first.
    pub genres: Vec<String>,
    /// Directors.
    pub directors: Vec<String>,
    /// Leading actors.
    pub stars: Vec<String>,
    /// The plot in a paragraph.
    pub plot: Option<String>,
    /// Address of the poster picture.
    pub poster_url: Option<String>,
    /// Address of the trailer.
    pub trailer_url: Option<String>,
    /// The age rating in the words of its board, such as PG-13 or TV-MA.
    pub age_rating: Option<String>,
    /// Spoken languages, in English.
    pub languages: Vec<String>,
    /// Countries of origin, in English.
    pub countries: Vec<String>,
    /// Metacritic's score, 0 to 100.
    pub metacritic: Option<u8>,
    /// The critics' score at Rotten Tomatoes, 0 to 100.
    pub rotten_tomatoes: Option<u8>,
}

impl Title {
    /// Fills unknown fields from another source's data of the same movie. Known fields stay.
    pub fn fill_from(&mut self, other: Self) {
        let own = std::mem::take(self);
        let first = |own: Vec<String>, other| if own.is_empty() { other } else { own };
        // A rating and its count must be from one source.
        let takes_rating = own.rating.is_none() || own.rating_count.is_none() && other.rating_count.is_some();
        *self = Self {
            title: own.title,
            original_title: own.original_title.or(other.original_title),
            year: own.year.or(other.year),
            kind: own.kind.or(other.kind),
            rating: if takes_rating { other.rating } else { own.rating },
            rating_count: if takes_rating { other.rating_count } else { own.rating_count },
            runtime_minutes: own.runtime_minutes.or(other.runtime_minutes),
            genres: first(own.genres, other.genres),
            directors: first(own.directors, other.directors),
            stars: first(own.stars, other.stars),
            plot: own.plot.or(other.plot),
            poster_url: own.poster_url.or(other.poster_url),
            trailer_url: own.trailer_url.or(other.trailer_url),
            age_rating: own.age_rating.or(other.age_rating),
            languages: first(own.languages, other.languages),
            countries: first(own.countries, other.countries),
            metacritic: own.metacritic.or(other.metacritic),
            rotten_tomatoes: own.rotten_tomatoes.or(other.rotten_tomatoes),
        };
    }

    /// Fills unknown fields from a source that stood in for a better one. Takes its rating too, if that loses no count.
    pub fn update_from_lesser(&mut self, lesser: Self) {
        if lesser.rating.is_some() && (lesser.rating_count.is_some() || self.rating_count.is_none()) {
            (self.rating, self.rating_count) = (lesser.rating, lesser.rating_count);
        }
        self.fill_from(lesser);
    }

    /// Returns the data in the form that a database holds.
    pub fn to_json(&self) -> String {
        let mut fields = serde_json::to_value(self).expect("titles serialize to JSON");
        if let Some(fields) = fields.as_object_mut() {
            fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
        }
        fields.to_string()
    }

    /// Parses the data that a database holds. `None` if it is unreadable or has no title.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str::<Self>(json).ok().map(Self::sanitized).filter(|title| !title.title.is_empty())
    }

    /// Returns the same data, sanitized again, because another program may have written it.
    pub fn sanitized(self) -> Self {
        self.sanitized_with(|text, _| sanitize_stored(text))
    }

    /// Sanitizes every text with `sanitize`, which gets the maximum length in characters. Drops what is out of range.
    fn sanitized_with(self, sanitize: impl Fn(String, usize) -> String) -> Self {
        let word = |text: Option<String>, max| text.map(|text| sanitize(text, max)).filter(|text| !text.is_empty());
        let list = |items: Vec<String>, max| {
            let mut kept: Vec<String> = Vec::new();
            // Bounded before they are compared, because an answer may have a megabyte of them.
            for item in items.into_iter().take(4 * bound::LIST).filter_map(|item| word(Some(item), max)) {
                if kept.len() < bound::LIST && !kept.contains(&item) {
                    kept.push(item);
                }
            }
            kept
        };
        let title = sanitize(self.title, bound::TITLE);
        Self {
            original_title: word(self.original_title, bound::TITLE).filter(|original| *original != title),
            title,
            year: self.year.filter(|year| bound::YEARS.contains(year)),
            kind: word(self.kind, bound::WORD),
            rating: self.rating,
            rating_count: self.rating_count.filter(|count| bound::RATERS.contains(count)),
            runtime_minutes: self.runtime_minutes.filter(|minutes| bound::MINUTES.contains(minutes)),
            genres: list(self.genres, bound::WORD),
            directors: list(self.directors, bound::PERSON),
            stars: list(self.stars, bound::PERSON),
            plot: word(self.plot, bound::PLOT),
            poster_url: self.poster_url.filter(|url| is_plain_https(url) || is_plain_loopback(url)),
            trailer_url: self.trailer_url.filter(|url| is_plain_https(url)),
            age_rating: word(self.age_rating, bound::WORD),
            languages: list(self.languages, bound::WORD),
            countries: list(self.countries, bound::WORD),
            metacritic: self.metacritic.filter(|score| *score <= bound::SCORE),
            rotten_tomatoes: self.rotten_tomatoes.filter(|score| *score <= bound::SCORE),
        }
    }

    /// Returns the minimum age of its age rating. `None` if it has no known one.
    pub fn age(&self) -> Option<u8> {
        let rating = self.age_rating.as_deref()?.trim().to_uppercase();
        // https://www.motionpictures.org/film-ratings and http://www.tvguidelines.org. PG and TV-PG name no age:
        // Netflix takes them for seven.
        Some(match rating.as_str() {
            "G" | "TV-G" | "TV-Y" | "U" | "APPROVED" | "PASSED" => 0,
            "PG" | "TV-PG" | "TV-Y7" | "TV-Y7-FV" => 7,
            "R" | "TV-MA" => 17,
            "NC-17" | "X" => 18,
            // PG-13, TV-14, and ratings that name only an age: 12, 12A, FSK 16.
            other => {
                let digits = other.trim_start_matches(|c: char| !c.is_ascii_digit());
                digits.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok().filter(|age| *age <= 21)?
            }
        })
    }

    /// Returns the title with its year, as people write it: `Heat (1995)`.
    pub fn with_year(&self) -> String {
        with_year(&self.title, self.year)
    }
}

/// Returns a title with its year if that is known: `Heat (1995)`.
pub fn with_year(title: &str, year: Option<u16>) -> String {
    title.to_owned() + &year_suffix(year)
}

/// Returns the year as it follows a title, with the blank before it: ` (1995)`. Empty if the year is unknown.
pub fn year_suffix(year: Option<u16>) -> String {
    year.map(|year| format!(" ({year})")).unwrap_or_default()
}

/// A title as a source delivered it, before it is sanitized and bounded.
#[derive(Clone, Debug)]
pub struct RawTitle {
    /// The IMDb id. `None` if missing or invalid.
    pub id: Option<ImdbId>,
    /// Its data.
    pub title: Title,
}

/// The longest title, in characters.
pub const MAX_TITLE_CHARS: usize = bound::TITLE;

/// The release years that are accepted.
pub const YEARS: std::ops::RangeInclusive<u16> = bound::YEARS;

/// The running times that are accepted, in minutes.
pub const MINUTES: std::ops::RangeInclusive<u32> = bound::MINUTES;

/// Bounds on what is kept, in characters and in numbers. In 3,900 recorded answers, the longest title and plot have 135
/// and 2,429 characters, and the longest series 51,180 seconds.
mod bound {
    pub const TITLE: usize = 300;
    pub const PLOT: usize = 3_000;
    pub const WORD: usize = 40;
    pub const PERSON: usize = 100;
    pub const URL: usize = 500;
    /// At most nine genres are recorded.
    pub const LIST: usize = 12;
    pub const YEARS: std::ops::RangeInclusive<u16> = 1870..=2200;
    pub const MINUTES: std::ops::RangeInclusive<u32> = 1..=60_000;
    pub const SCORE: u8 = 100;
    pub const RATERS: std::ops::RangeInclusive<u64> = 1..=10_000_000_000;
}

impl RawTitle {
    /// Sanitizes and bounds everything. `None` if no title is left.
    pub fn into_title(self) -> Option<Title> {
        Some(self.title.sanitized_with(|text, max| sanitize(&text, max))).filter(|title| !title.title.is_empty())
    }
}

/// Refuses addresses with blanks or control characters, and too long ones, because a truncated one leads nowhere.
fn is_plain_https(url: &str) -> bool {
    let host = url.strip_prefix("https://");
    host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')) && is_plain(url)
}

/// Accepts addresses on this machine, where a source may have posters. The settings decide whether to fetch them.
fn is_plain_loopback(url: &str) -> bool {
    const HOSTS: [&str; 3] = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
    let is_host = |host: &str| url.strip_prefix(host).is_some_and(|rest| rest.starts_with([':', '/']));
    HOSTS.into_iter().any(is_host) && is_plain(url)
}

fn is_plain(url: &str) -> bool {
    url.len() <= bound::URL && is_printable_ascii(url) && !url.contains(' ')
}

impl Serialize for Rating {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_f64(self.value())
    }
}

/// Deserializes a rating. One out of range is unknown.
fn rating_number<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Rating>, D::Error> {
    Ok(Option::<f64>::deserialize(input)?.and_then(Rating::new))
}
