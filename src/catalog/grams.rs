//! The index: three letters in a row and the titles that contain them, in few bytes.
//!
//! A title is known by its rank: 1 is the one with most votes. Grams are taken from normal text with
//! a blank before and after it, so that beginnings of words count and words of one letter can be
//! found. Marks stand for where a title begins and ends, so that a title that is all of the query
//! shares more grams with it than any other.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::normal::spelled_out;
use crate::model::text::after_article;

/// A gram: three characters of 21 bits each, in an order that keeps those with the same beginning
/// together. Or a year, as a negative number.
pub type Gram = i64;

/// Marks for the beginning and the end of a title. Control characters are in no normal text.
const BEGIN: char = '\u{1}';
const END: char = '\u{2}';

fn gram(a: char, b: char, c: char) -> Gram {
    // 63 bits: never negative.
    (Gram::from(u32::from(a)) << 42) | (Gram::from(u32::from(b)) << 21) | Gram::from(u32::from(c))
}

/// The list of titles of a year stands among those of grams.
pub fn year_gram(year: u16) -> Gram {
    -Gram::from(year)
}

/// Calls `each` with the grams of a normal text, some perhaps more than once.
pub fn of_title(normal: &str, each: &mut impl FnMut(Gram)) {
    inner(normal, each);
    if let Some((begin, end)) = ends(normal) {
        each(begin);
        each(end);
    }
    if let Some((begin, _)) = after_article(normal).and_then(ends) {
        each(begin);
    }
    for word in spelled_out(normal) {
        inner(&word, each);
    }
}

/// The grams of blank, text, blank.
fn inner(text: &str, each: &mut impl FnMut(Gram)) {
    let mut rest = text.chars().chain(std::iter::once(' '));
    let (mut a, Some(mut b)) = (' ', rest.next()) else { return };
    for c in rest {
        each(gram(a, b, c));
        (a, b) = (b, c);
    }
}

/// The grams of the begin mark with two characters, and of two characters with the end mark.
fn ends(text: &str) -> Option<(Gram, Gram)> {
    let (mut forward, mut backward) = (text.chars(), text.chars().rev());
    let (first, last) = (forward.next()?, backward.next()?);
    let begin = gram(BEGIN, first, forward.next().unwrap_or(' '));
    Some((begin, gram(backward.next().unwrap_or(' '), last, END)))
}

/// Grams that find all texts in which a word, or the whole text, begins like this.
#[derive(Debug, PartialEq, Eq)]
pub enum Beginning {
    /// All of these grams.
    All(Vec<Gram>),
    /// Any gram of this range: one letter is less than a gram.
    Any(std::ops::RangeInclusive<Gram>),
}

/// The grams of every normal text that begins like this; or else has a word that does.
pub fn of_beginning(normal: &str, whole_text: bool) -> Option<Beginning> {
    let mark = if whole_text { BEGIN } else { ' ' };
    let mut chars = normal.chars();
    let first = chars.next()?;
    let Some(second) = chars.next() else {
        return Some(Beginning::Any(gram(mark, first, '\0')..=gram(mark, first, char::MAX)));
    };
    let mut grams = vec![gram(mark, first, second)];
    let (mut a, mut b) = (first, second);
    for c in chars {
        grams.push(gram(a, b, c));
        (a, b) = (b, c);
    }
    Some(Beginning::All(grams))
}

/// Lists of ranks by gram, growing in the order of ranks.
#[derive(Default)]
pub struct Lists {
    lists: HashMap<Gram, List, BuildHasherDefault<GramHasher>>,
}

#[derive(Default)]
struct List {
    last: u32,
    bytes: Vec<u8>,
}

impl Lists {
    /// Puts a title on a gram's list, unless it is its last already. Ranks must not fall.
    pub fn add(&mut self, gram: Gram, rank: u32) {
        let list = self.lists.entry(gram).or_default();
        if rank > list.last {
            // Doubling would take a third more memory at the end, of which this is the largest part.
            if list.bytes.len() + MAX_VARINT > list.bytes.capacity() {
                list.bytes.reserve_exact(list.bytes.len() / 8 + MAX_VARINT);
            }
            push_varint(&mut list.bytes, rank - list.last);
            list.last = rank;
        }
    }

    /// All lists in the order of their grams, encoded.
    pub fn into_sorted(self) -> Vec<(Gram, Vec<u8>)> {
        let mut lists: Vec<_> = self.lists.into_iter().map(|(gram, list)| (gram, list.bytes)).collect();
        lists.sort_unstable_by_key(|(gram, _)| *gram);
        lists
    }
}

/// Bytes of the longest distance.
const MAX_VARINT: usize = 5;

/// Distances between ranks, seven bits a byte, low ones first; the last byte of each is below 128.
fn push_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Reads a list of ranks; ends early where the bytes make no sense, at the latest at `max`.
pub struct Ranks<'a> {
    bytes: std::slice::Iter<'a, u8>,
    last: u32,
    max: u32,
}

impl<'a> Ranks<'a> {
    /// The ranks in encoded `bytes`, none above `max`.
    pub fn new(bytes: &'a [u8], max: u32) -> Self {
        Self { bytes: bytes.iter(), last: 0, max }
    }
}

impl Iterator for Ranks<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let mut distance = 0u32;
        let mut shift = 0;
        loop {
            let byte = *self.bytes.next()?;
            distance |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        self.last = self.last.checked_add(distance).filter(|rank| distance > 0 && *rank <= self.max)?;
        Some(self.last)
    }
}

/// Mixes the bits of a gram: the standard hasher withstands an attacker who chooses keys, and takes
/// a third of the whole import.
#[derive(Default)]
struct GramHasher(u64);

impl Hasher for GramHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_i64(i64::from(*byte));
        }
    }

    fn write_i64(&mut self, value: i64) {
        // The 64-bit golden ratio, as in Fibonacci hashing (Knuth, TAOCP 3, 6.4).
        let mixed = (self.0 ^ value as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}
