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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_cuts_in_cells() {
        assert_eq!(width("千と千尋"), 8);
        assert_eq!(width("Ame\u{301}lie"), 6);
        assert_eq!(truncate("千と千尋の神隠し", 7), "千と千…");
        assert_eq!(truncate("Heat", 4), "Heat");
        assert_eq!(truncate("Heat", 3), "He…");
        assert_eq!(truncate("Heat", 0), "");
        assert_eq!(truncate("A 👨‍👩‍👧‍👦 B", 4), "A…");
        assert_eq!(truncate("Ame\u{301}lie", 4), "Ame\u{301}…");
    }

    #[test]
    fn keeps_the_year_while_there_is_room_for_both() {
        assert_eq!(truncate_before("Heat", " (1995)", 20), "Heat (1995)");
        assert_eq!(truncate_before("The Godfather Part II", " (1974)", 20), "The Godfathe… (1974)");
        assert_eq!(truncate_before("The Godfather Part II", " (1974)", 14), "The Go… (1974)");
        assert_eq!(truncate_before("The Godfather Part II", " (1974)", 10), "The Godfa…");
    }

    #[test]
    fn wraps_words() {
        assert_eq!(wrap("to be  or not", 5), ["to be", "or", "not"]);
        assert_eq!(wrap("on 2026-11-22", 10), ["on", "2026-11-22"]);
        assert_eq!(wrap("incomprehensible", 8), ["incompre", "hensible"]);
        assert_eq!(wrap("千と千尋の神隠し", 6), ["千と千", "尋の神", "隠し"]);
    }

    #[test]
    fn names_are_shortened_to_what_fits() {
        let people = ["Ana", "Ben", "Cleo", "Dan"];
        assert_eq!(names(&people, 20), "Ana, Ben, Cleo, Dan");
        assert_eq!(names(&people, 18), "Ana, Ben, Cleo +1");
        assert_eq!(names(&people, 8), "Ana +3");
        assert_eq!(names(&people, 3), "+4");
        assert_eq!(names(&["Maximiliane"], 8), "Maximil…");
        assert_eq!(names(&[] as &[&str], 8), "");
    }
}
