//! The name of a person who votes.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::text::is_unsafe;

/// The longest name, in characters.
pub const MAX_NAME_CHARS: usize = 64;

/// A voter's name: trimmed, NFC, at most 64 characters, none of them control characters.
/// Compared by [`VoterName::key`]: "Ana" and "ana" are one person.
#[derive(Clone, Debug)]
pub struct VoterName {
    shown: String,
    key: String,
}

impl VoterName {
    /// Parses a name. The error says which rule it breaks.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        // Joiners shape emoji and Persian names; they count only between other characters.
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_joiner(c));
        let composed: String = text.nfc().collect();
        // A no-break space or a second blank does not make another person.
        let shown = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        if shown.is_empty() {
            Err("names cannot be empty")
        } else if shown.chars().count() > MAX_NAME_CHARS {
            Err("names have at most 64 characters")
        } else if shown.starts_with('-') {
            // A command line would take it for an option.
            Err("names cannot begin with a hyphen")
        } else if shown.contains(',') {
            Err("names cannot contain commas")
        } else if composed.chars().any(|c| is_unsafe(c) && !is_joiner(c)) {
            Err("names cannot contain control or invisible characters")
        } else {
            let key = name_key(&shown);
            Ok(Self { shown, key })
        }
    }

    /// Returns the form that the database compares: case-folded, NFC, without joiners.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the name as it is shown.
    pub fn as_str(&self) -> &str {
        &self.shown
    }
}

fn name_key(shown: &str) -> String {
    let visible: String = shown.chars().filter(|&c| !is_joiner(c)).collect();
    caseless::default_case_fold_str(&visible).nfc().collect()
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

impl fmt::Display for VoterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl PartialEq for VoterName {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for VoterName {}
