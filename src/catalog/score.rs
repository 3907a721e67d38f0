//! Scores how well a title fits a query, from 0 to 1.
//!
//! The weights maximize the mean reciprocal rank over some thousand queries with typing errors of every kind. They hold
//! for any language that separates words with blanks.

use super::normal::{Number, normal, number};
use crate::model::text::{after_article, without_article};

/// Maximum number of words that are compared. Titles with more are enumerations.
const MAX_WORDS: usize = 40;

/// A query, prepared for comparison with titles.
pub struct Phrase {
    pub text: String,
    joined: String,
    words: Vec<Word>,
}

struct Word {
    text: String,
    chars: usize,
    number: Option<Number>,
    weight: f32,
}

impl Phrase {
    /// Prepares a query in normal form, see [`super::normal::normal`].
    pub fn new(normal: &str) -> Self {
        let words = normal.split(' ').filter(|w| !w.is_empty()).take(MAX_WORDS).map(Word::new).collect();
        Self { text: normal.to_owned(), joined: normal.replace(' ', ""), words }
    }

    /// Returns true if the query is the main title or the subtitle of a title that has both, such as `ragnarok`.
    pub fn is_part(&self, title: &str) -> bool {
        let own = without_article(&self.text);
        let is_it = |part: &str| {
            let part = normal(part);
            without_article(&part) == own
        };
        title.split(": ").flat_map(|part| part.split(" - ")).any(is_it)
    }

    /// Returns the fit of a title in normal form, from 0 to 1. Only an equal title has 1.
    pub fn fit(&self, title: &str) -> f32 {
        if title == self.text {
            return 1.0;
        }
        let (own, other) = (without_article(&self.text), without_article(title));
        if own == other {
            return 0.99;
        }
        self.fit_joined(title).max(self.fit_words(title))
    }

    /// Compares without blanks, which finds a missing or extra blank whatever else is wrong.
    fn fit_joined(&self, title: &str) -> f32 {
        // A different digit is no typing error: "Rocky 2" is not "Rocky 3".
        if !digits(title).eq(digits(&self.text)) {
            return 0.0;
        }
        let length = self.joined.chars().count();
        let slips = allowed_slips(length);
        let of = |text: &str| {
            let joined: String = text.chars().filter(|c| *c != ' ').take(length + slips + 1).collect();
            let distance = distance(&self.joined, &joined, slips)?;
            Some(0.97 * (1.0 - slip_cost(distance, length)))
        };
        let whole = of(title).unwrap_or(0.0);
        let rest = after_article(title).and_then(of).unwrap_or(0.0);
        whole.max(rest)
    }

    /// Compares word by word, in any order.
    fn fit_words(&self, title: &str) -> f32 {
        let title: Vec<&str> = title.split(' ').take(MAX_WORDS).collect();
        let mut used = vec![false; title.len()];
        let (mut found, mut wanted, mut in_order, mut next) = (0.0, 0.0, 0.0, 0);
        let mut at = 0;
        while at < self.words.len() {
            let best = self.best(at, &title, &used, next);
            let weight: f32 = self.words[at..at + best.own].iter().map(|w| w.weight).sum();
            wanted += weight;
            if best.similarity > 0.0 {
                found += weight * best.similarity;
                in_order += if best.at == next { weight } else { 0.0 };
                used[best.at..best.at + best.words].fill(true);
                next = best.at + best.words;
            }
            at += best.own;
        }
        if wanted == 0.0 || found == 0.0 {
            return 0.0;
        }
        let all: f32 = title.iter().map(|w| weight(w)).sum();
        let hit: f32 = title.iter().zip(&used).filter(|(_, used)| **used).map(|(w, _)| weight(w)).sum();
        let (query, title, order) = (found / wanted, hit / all.max(0.1), in_order / wanted);
        query * query * (0.62 + 0.26 * title + 0.07 * order)
    }

    /// Returns the best match for the word at `at`, alone or joined with the next one, among the words of a title that
    /// are not `used`. Prefers the word at `next`, which continues the order of the query.
    fn best(&self, at: usize, title: &[&str], used: &[bool], next: usize) -> WordMatch {
        let (word, following) = (&self.words[at], self.words.get(at + 1));
        let mut best = WordMatch { own: 1, at: 0, words: 0, similarity: 0.0 };
        for (place, other) in title.iter().enumerate().filter(|(place, _)| !used[*place]) {
            let order = if place == next { 0.02 } else { 0.0 };
            let mut offer = |similarity: f32, own: usize, words: usize| {
                if similarity > 0.0 && similarity + order > best.similarity {
                    best = WordMatch { own, at: place, words, similarity: (similarity + order).min(1.0) };
                }
            };
            offer(word.similarity(other, following.is_none()), 1, 1);
            if let Some(words) = joins(&word.text, &title[place..]) {
                offer(0.96, 1, words);
            }
            if following.is_some_and(|following| word.is_joined(following, other)) {
                offer(0.96, 2, 1);
            }
        }
        best
    }
}

/// Words of the query that match words of a title.
struct WordMatch {
    /// The number of words of the query, one or two.
    own: usize,
    /// The position of the first word of the title, and their number.
    at: usize,
    words: usize,
    similarity: f32,
}

impl Word {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().count(), number: number(text), weight: weight(text), text: text.to_owned() }
    }

    /// Returns the similarity to a word of a title; 1 is equal. The last word of a query may be incomplete.
    fn similarity(&self, other: &str, last: bool) -> f32 {
        if self.text == other {
            return 1.0;
        }
        if self.number.is_some() {
            return if self.number == number(other) { 0.97 } else { 0.0 };
        }
        let length = other.chars().count();
        if other.starts_with(&self.text) {
            let share = self.chars as f32 / length as f32;
            return if last { 0.80 + 0.18 * share } else { 0.62 + 0.30 * share };
        }
        if is_abbreviation(&self.text, other) || is_abbreviation(other, &self.text) {
            return 0.7;
        }
        let slips = allowed_slips(self.chars);
        if slips == 0 || length.abs_diff(self.chars) > slips {
            return 0.0;
        }
        distance(&self.text, other, slips).map_or(0.0, |d| 1.0 - slip_cost(d, self.chars))
    }

    fn is_joined(&self, next: &Self, word: &str) -> bool {
        word.strip_prefix(self.text.as_str()).is_some_and(|rest| rest == next.text)
    }
}

/// Returns true if a word of two to four letters starts with the same letter as a longer word and its other letters
/// follow there in the same order: `dr` and `cpt` are doctor and captain.
fn is_abbreviation(short: &str, long: &str) -> bool {
    if !(2..=4).contains(&short.len()) || long.len() < short.len() + 2 || short.as_bytes()[0] != long.as_bytes()[0] {
        return false;
    }
    let mut letters = long.chars();
    short.chars().all(|c| letters.any(|l| l == c))
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// Returns how many consecutive words, at the start of `title`, make up this one word. `None` if they do not.
fn joins(word: &str, title: &[&str]) -> Option<usize> {
    let mut rest = word.strip_prefix(title.first()?)?;
    for (at, next) in title.iter().enumerate().skip(1) {
        rest = rest.strip_prefix(next)?;
        if rest.is_empty() {
            return Some(at + 1);
        }
    }
    None
}

/// Words that many titles have and that people often leave out.
const COMMON: [&str; 34] = [
    "the", "a", "an", "of", "and", "in", "on", "at", "to", "for", "from", "with", "is", "vs", "part", "episode",
    "chapter", "vol", "volume", "movie", "le", "la", "les", "de", "du", "des", "el", "los", "der", "die", "das", "und",
    "et", "i",
];

/// Returns the weight of a word. Rare words tell titles apart.
fn weight(word: &str) -> f32 {
    if COMMON.contains(&word) {
        return 0.25;
    }
    match word.chars().count() {
        0..=2 => 0.7,
        3 => 0.9,
        _ => 1.0,
    }
}

/// Returns the number of typing errors after which a text of this length is still recognizable.
pub fn allowed_slips(chars: usize) -> usize {
    match chars {
        0..=3 => 0,
        4..=5 => 1,
        6..=14 => 2,
        _ => 3,
    }
}

/// Returns the share of the similarity that typing errors cost in a text of this length.
fn slip_cost(slips: usize, chars: usize) -> f32 {
    (slips as f32 * 1.1 / chars as f32).min(1.0)
}

/// Returns the number of letters that are wrong, missing, extra or transposed (optimal string alignment distance).
/// `None` if it is more than `max`.
pub fn distance(a: &str, b: &str, max: usize) -> Option<usize> {
    // Most texts differ by more in length alone, which is quicker to compute.
    let may_be = a.chars().count().abs_diff(b.chars().count()) <= max;
    may_be.then(|| strsim::osa_distance(a, b)).filter(|distance| *distance <= max)
}
