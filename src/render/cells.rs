//! Measures, truncates and wraps text in terminal cells.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the width of text in cells. Wide characters take two, combining ones none.
pub fn width(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.width(),
    }
}

/// Truncates text to `max` cells, with `…` at the end if anything was cut.
pub fn truncate(text: &str, max: usize) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(1) else {
        return String::new();
    };
    format!("{}…", start(text, room).trim_end())
}

/// Truncates text but keeps its tail, such as a year: `Dr. Strangelove or: How… (1964)`.
pub fn truncate_before(text: &str, tail: &str, max: usize) -> String {
    let whole = width(text) + width(tail);
    if whole <= max || tail.is_empty() {
        return truncate(&format!("{text}{tail}"), max);
    }
    match max.checked_sub(width(tail)) {
        // A shorter name would say nothing, so drop the tail instead.
        Some(room) if room >= 6 => truncate(text, room) + tail,
        _ => truncate(text, max),
    }
}

fn start(text: &str, max: usize) -> &str {
    let mut taken = 0;
    // Never split a grapheme, such as a family emoji.
    for (at, sign) in text.grapheme_indices(true) {
        taken += width(sign);
        if taken > max {
            return &text[..at];
        }
    }
    text
}

/// Wraps text to lines of at most `max` cells, at blanks where possible.
pub fn wrap(text: &str, max: usize) -> Vec<String> {
    // Dates must not be broken at their hyphens.
    let options = textwrap::Options::new(max.max(1))
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Joins as many names as fit into `max` cells and counts the rest: `Ana, Ben +2`.
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
