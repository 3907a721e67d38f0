//! The id of a title at IMDb.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The id of a title at IMDb, such as `tt0111161`.
///
/// Ids are `tt` and a number, padded with zeros to seven digits. Eight digits have been in use since about 2019, and
/// some clients expect up to ten. One movie has one id: superfluous zeros are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImdbId(u64);

/// The number of digits that IMDb pads to.
const MIN_DIGITS: usize = 7;
/// The most digits that are accepted. No id has had so many so far.
const MAX_DIGITS: usize = 10;

impl ImdbId {
    /// Parses `tt` (in any case) and 7 to 10 digits. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = strip_prefix_ignore_case(text, "tt")?;
        let right_length = (MIN_DIGITS..=MAX_DIGITS).contains(&digits.len());
        if right_length && digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok().map(Self) } else { None }
    }

    /// Returns the number alone, the most compact form of an id.
    pub fn number(self) -> u64 {
        self.0
    }

    /// Returns the id with that number. `None` if it has more than 10 digits.
    pub fn from_number(number: u64) -> Option<Self> {
        (number < 10_u64.pow(MAX_DIGITS as u32)).then_some(Self(number))
    }

    /// Returns the address of the title's page at IMDb.
    pub fn url(self) -> String {
        format!("https://www.imdb.com/title/{self}/")
    }

    /// Returns true for IMDb's id of a person: `nm` and at least 7 digits.
    pub fn is_person(text: &str) -> bool {
        strip_prefix_ignore_case(text, "nm")
            .is_some_and(|digits| digits.len() >= MIN_DIGITS && digits.bytes().all(|b| b.is_ascii_digit()))
    }
}

/// Returns the ids in a text that are words of their own, as in `{imdb-tt0111161}`.
pub(super) fn ids_in(text: &str) -> impl Iterator<Item = ImdbId> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(ImdbId::parse)
}

/// Strips an ASCII prefix from `text`, in any case. `None` if `text` does not begin with it.
pub(super) fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

impl Serialize for ImdbId {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ImdbId {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(input)?).ok_or_else(|| D::Error::custom("not an IMDb id"))
    }
}

impl fmt::Display for ImdbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tt{:07}", self.0)
    }
}
