//! Text measured in terminal cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells that text takes on a terminal: wide characters take two, combining ones none.
pub fn width(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.width(),
    }
}

/// `text` in at most `max` cells, ending in `…` where it was truncated.
pub fn truncate(text: &str, max: usize) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(1) else {
        return String::new();
    };
    format!("{}…", start(text, room).trim_end())
}

/// A name that ends in something to keep, such as a year: `Dr. Strangelove or: How… (1964)`.
pub fn truncate_before(text: &str, tail: &str, max: usize) -> String {
    let whole = width(text) + width(tail);
    if whole <= max || tail.is_empty() {
        return truncate(&format!("{text}{tail}"), max);
    }
    match max.checked_sub(width(tail)) {
        // Less than this of the name says nothing, so rather lose the year.
        Some(room) if room >= 6 => truncate(text, room) + tail,
        _ => truncate(text, max),
    }
}

fn start(text: &str, max: usize) -> &str {
    let mut taken = 0;
    // A grapheme, such as a family of emoji, is kept whole or left out.
    for (at, sign) in text.grapheme_indices(true) {
        taken += width(sign);
        if taken > max {
            return &text[..at];
        }
    }
    text
}

/// Text wrapped to lines of at most `max` cells, at blanks where there are any.
pub fn wrap(text: &str, max: usize) -> Vec<String> {
    // A date is not broken at its hyphens.
    let options = textwrap::Options::new(max.max(1))
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Names in at most `max` cells: as many as fit, and how many there are besides.
pub fn names(names: &[impl AsRef<str>], max: usize) -> String {
    let join = |names: &[_]| names.iter().map(AsRef::<str>::as_ref).collect::<Vec<_>>().join(", ");
    let whole = join(names);
    if width(&whole) <= max {
        return whole;
    }
    let with_rest = |shown: usize| format!("{} +{}", join(&names[..shown]), names.len() - shown);
    let fitting = (1..names.len()).rev().map(with_rest).find(|text| width(text) <= max);
    fitting.unwrap_or_else(|| match names {
        [only] => truncate(only.as_ref(), max),
        _ => format!("+{}", names.len()),
    })
}
