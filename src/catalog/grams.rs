//! The index: maps each sequence of three characters (a gram) to the titles that contain it, in few bytes.
//!
//! A title is known by its rank; 1 has the most votes. Grams are taken from normal text with a blank before and after
//! it, so that the beginnings of words count and one-letter words can be found. Marks stand for the beginning and the
//! end of a title, so that a title that equals the query shares more grams with it than any other.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::normal::spelled_out;
use crate::model::text::after_article;

/// Three characters of 21 bits each. Or a year, as a negative number.
pub type Gram = i64;

/// Marks for the beginning and the end of a title. Normal text contains no control characters.
const BEGIN: char = '\u{1}';
const END: char = '\u{2}';

fn gram(a: char, b: char, c: char) -> Gram {
    // Uses 63 bits, so the number is never negative.
    (Gram::from(u32::from(a)) << 42) | (Gram::from(u32::from(b)) << 21) | Gram::from(u32::from(c))
}

/// Returns the key of a year, whose list of titles is stored among those of the grams.
pub fn year_gram(year: u16) -> Gram {
    -Gram::from(year)
}

/// Calls `each` with the grams of a normal text. A gram may be repeated.
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

/// Calls `each` with the grams of the text between two blanks.
fn inner(text: &str, each: &mut impl FnMut(Gram)) {
    let mut rest = text.chars().chain(std::iter::once(' '));
    let (mut a, Some(mut b)) = (' ', rest.next()) else { return };
    for c in rest {
        each(gram(a, b, c));
        (a, b) = (b, c);
    }
}

/// Returns the gram of the begin mark and the first two characters, and that of the last two and the end mark.
fn ends(text: &str) -> Option<(Gram, Gram)> {
    let (mut forward, mut backward) = (text.chars(), text.chars().rev());
    let (first, last) = (forward.next()?, backward.next()?);
    let begin = gram(BEGIN, first, forward.next().unwrap_or(' '));
    Some((begin, gram(backward.next().unwrap_or(' '), last, END)))
}

/// Returns the grams to look up for texts that begin with `normal` if `whole_text`, else for texts with a word that
/// does. Empty if `normal` has less than two characters.
pub fn of_beginning(normal: &str, whole_text: bool) -> Vec<Gram> {
    let mark = if whole_text { BEGIN } else { ' ' };
    let chars: Vec<char> = std::iter::once(mark).chain(normal.chars()).collect();
    chars.windows(3).map(|c| gram(c[0], c[1], c[2])).collect()
}

/// Lists of ranks by gram, to which ranks are added in ascending order.
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
    /// Adds a title to a gram's list, unless it is the last one there. Ranks must not decrease.
    pub fn add(&mut self, gram: Gram, rank: u32) {
        let list = self.lists.entry(gram).or_default();
        if rank > list.last {
            // These lists take most of the memory of an import. Growing them by doubling would need a third more at the
            // end.
            if list.bytes.len() + MAX_VARINT > list.bytes.capacity() {
                list.bytes.reserve_exact(list.bytes.len() / 8 + MAX_VARINT);
            }
            push_varint(&mut list.bytes, rank - list.last);
            list.last = rank;
        }
    }

    /// Returns all encoded lists, sorted by gram.
    pub fn into_sorted(self) -> Vec<(Gram, Vec<u8>)> {
        let mut lists: Vec<_> = self.lists.into_iter().map(|(gram, list)| (gram, list.bytes)).collect();
        lists.sort_unstable_by_key(|(gram, _)| *gram);
        lists
    }
}

/// Maximum bytes of an encoded distance.
const MAX_VARINT: usize = 5;

/// Appends a distance between ranks: seven bits a byte, low bits first. The last byte is below 128.
fn push_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// An iterator over an encoded list of ranks. It ends early at invalid bytes and at a rank above `max`.
pub struct Ranks<'a> {
    bytes: std::slice::Iter<'a, u8>,
    last: u32,
    max: u32,
}

impl<'a> Ranks<'a> {
    /// Decodes the ranks in `bytes`, up to `max`.
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

/// Mixes the bits of a gram. The standard hasher resists attackers who choose the keys, but takes a third of the time
/// of the whole import.
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
        // The multiplier is the 64-bit golden ratio, as in Fibonacci hashing (Knuth, TAOCP 3, 6.4).
        let mixed = (self.0 ^ value as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}
