//! The normal form in which titles and queries are compared, and numbers in any spelling.
//!
//! The index holds grams of this form. When the form changes, so must [`super::file::VERSION`].

use crate::model::text::fold;

/// Returns text without case, accents, apostrophes and punctuation; `&` becomes `and`. A title that is all punctuation,
/// such as `???`, keeps it.
pub fn normal(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.trim().to_lowercase() } else { folded }
}

/// Returns each run of one-letter words in normal text, joined into a word: `m a s h` is also `mash`. A single letter
/// is joined to the word before it: `wall e` is also `walle`.
pub fn spelled_out(normal: &str) -> Vec<String> {
    let words: Vec<&str> = normal.split(' ').collect();
    let is_letter = |word: &&str| word.chars().nth(1).is_none();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let run = words[at..].iter().take_while(|w| is_letter(w)).count();
        match run {
            0 => {}
            1 if at > 0 => found.push(format!("{}{}", words[at - 1], words[at])),
            1 => {}
            _ => found.push(words[at..at + run].concat()),
        }
        at += run.max(1);
    }
    found
}

/// A number in any spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// `4`, `iv` and `four`.
    Cardinal(u32),
    /// `4th` and `fourth`.
    Ordinal(u32),
}

/// Returns the number that a word of normal text stands for: in digits, in Roman numerals up to 39, which covers all
/// sequels, or in English up to twenty (ordinals: up to twelfth).
pub fn number(word: &str) -> Option<Number> {
    const CARDINALS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
                             fifteen sixteen seventeen eighteen nineteen twenty";
    const ORDINALS: &str = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth";
    let place = |names: &str| names.split(' ').position(|name| name == word)?.try_into().ok();
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    match &word[digits.len()..] {
        "" => digits.parse().ok().map(Number::Cardinal),
        "st" | "nd" | "rd" | "th" => digits.parse().ok().map(Number::Ordinal),
        _ => {
            let cardinal = place(CARDINALS).or_else(|| roman(word)).map(Number::Cardinal);
            cardinal.or_else(|| place(ORDINALS).map(Number::Ordinal))
        }
    }
}

fn roman(word: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let ones = word.trim_start_matches('x');
    let tens = word.len() - ones.len();
    // `ix` keeps its `x`, because it does not start with one.
    let unit = ONES.iter().position(|name| *name == ones)?;
    let value = u32::try_from(tens * 10 + unit).ok()?;
    (1..40).contains(&value).then_some(value)
}
