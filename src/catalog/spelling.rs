//! Corrects a misspelled word to a word of a popular title. Grams cannot do that for short words: `haet` and `heat`
//! share none.

use std::collections::HashSet;

use super::score::{allowed_slips, distance};

/// Number of titles, by votes, that the words come from. With more, rare words would displace popular ones, and reading
/// would take longer.
const MAX_TITLES: u32 = 100_000;
/// Length, in characters, of words that are worth correcting.
const CHARS: std::ops::RangeInclusive<usize> = 3..=20;
/// Maximum number of corrections of a word to try.
const MAX_CORRECTIONS: usize = 6;
/// A known word is corrected only to words at least this many times nearer to the start of the list.
const MORE_POPULAR: usize = 8;

/// Collects words in order of first appearance.
#[derive(Default)]
pub struct Vocabulary {
    seen: HashSet<Box<str>>,
    /// The words, each followed by a blank, those of the most popular titles first.
    pub words: String,
}

impl Vocabulary {
    /// Adds the words of a title in normal form.
    pub fn add(&mut self, normal: &str, rank: u32) {
        if rank > MAX_TITLES {
            return;
        }
        for word in normal.split(' ').filter(|word| CHARS.contains(&word.chars().count())) {
            if self.seen.insert(word.into()) {
                self.words.push_str(word);
                self.words.push(' ');
            }
        }
    }
}

/// A word that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correction<'a> {
    pub word: &'a str,
    /// Number of letters that differ.
    pub slips: usize,
}

/// Returns the corrections of a word with the fewest errors, the most popular first. Even a known word may be a
/// misspelling of a far more popular one.
pub fn corrections<'a>(words: &'a str, word: &str) -> Vec<Correction<'a>> {
    let letters = word.chars().count();
    let slips = allowed_slips(letters);
    if !CHARS.contains(&letters) || slips == 0 {
        return Vec::new();
    }
    let mask = letter_mask(word);
    let mut near: Vec<(Correction<'a>, usize)> = Vec::new();
    let mut at = 0;
    for other in words.split_terminator(' ') {
        if other == word {
            near.retain(|(_, place)| place * MORE_POPULAR < at);
            break;
        }
        // An error in an ASCII word changes at most two bits of the mask, so most words need no closer look.
        if (letter_mask(other) ^ mask).count_ones() as usize <= 2 * slips {
            let distance = distance(word, other, slips);
            near.extend(distance.map(|slips| (Correction { word: other, slips }, at)));
        }
        at += other.len() + 1;
    }
    let least = near.iter().map(|(correction, _)| correction.slips).min();
    near.retain(|(correction, _)| Some(correction.slips) == least);
    near.into_iter().take(MAX_CORRECTIONS).map(|(correction, _)| correction).collect()
}

/// Returns the set of a word's bytes as 32 bits.
fn letter_mask(word: &str) -> u32 {
    word.bytes().fold(0, |mask, byte| mask | 1 << (byte % 32))
}
