//! Text from people and services: sanitized, folded, quoted.

use movienight::model::text::{fold, is_unsafe, sanitize, shell_word, title_key, without_article};
use proptest::prelude::*;

#[test]
fn shell_words_are_quoted_where_necessary() {
    assert_eq!(shell_word("Zoë"), "Zoë");
    assert_eq!(shell_word("Ana Maria"), "'Ana Maria'");
    assert_eq!(shell_word("O'Neill"), r"'O'\''Neill'");
    assert_eq!(shell_word(""), "''");
}

#[test]
fn sanitizing_removes_control_and_invisible_characters() {
    assert_eq!(sanitize("\u{1b}[31mRed\u{1b}[0m\tand\n\nblue\u{7}", 100), "[31mRed[0m and blue");
    assert_eq!(sanitize("evil\u{202e}gpj.exe", 100), "evilgpj.exe");
    assert_eq!(sanitize("in\u{200b}vis\u{feff}ible\u{2060}", 100), "invisible");
    assert_eq!(sanitize("\u{85}\u{9b}31m", 100), "31m");
}

#[test]
fn sanitizing_keeps_ordinary_text() {
    for text in [
        "Amélie",
        "千と千尋の神隠し",
        "WALL·E",
        "🍿 night",
        "Ô Rûshî!",
        "👨\u{200d}👩\u{200d}👧 night",
        "❤\u{fe0f}\u{200d}🔥",
    ] {
        assert_eq!(sanitize(text, 100), text);
    }
    assert_eq!(sanitize("Ame\u{301}lie", 100), "Amélie");
}

#[test]
fn sanitizing_bounds_length_and_combining_marks() {
    assert_eq!(sanitize("abcdef", 4), "abc…");
    assert_eq!(sanitize("abcd", 4), "abcd");
    let zalgo = format!("z{}", "\u{0335}".repeat(500));
    assert!(sanitize(&zalgo, 200).chars().count() <= 1 + 4);
}

#[test]
fn folds_case_accents_and_punctuation() {
    for (text, folded) in [
        ("Amélie", "amelie"),
        ("WALL·E", "wall e"),
        ("Ocean's Eleven", "oceans eleven"),
        ("Straße", "strasse"),
        ("Spider-Man: No Way Home", "spider man no way home"),
        ("Fast & Furious", "fast and furious"),
        ("Smørrebrød", "smorrebrod"),
        ("C++", "c++"),
        ("パパ", "パパ"),
        ("दाल", "दाल"),
        ("🍿 night", "🍿 night"),
    ] {
        assert_eq!(fold(text), folded);
    }
    assert_eq!(without_article("the godfather"), "godfather");
    assert_eq!(without_article("them"), "them");
    assert_eq!(without_article("a"), "a");
    assert_eq!(without_article("die hard"), "die hard");
}

#[test]
fn different_titles_have_different_keys() {
    for (a, b) in [("パパ", "ハハ"), ("🍿", "🎂"), ("C++", "C#"), ("दिल", "दाल"), ("Amélie", "Amelie")]
    {
        assert_ne!(title_key(a), title_key(b), "{a}, {b}");
    }
    for (a, b) in [("Ame\u{301}lie", "AMÉLIE"), ("Straße", "STRASSE"), ("a  b", "A\u{a0}B")] {
        assert_eq!(title_key(a), title_key(b), "{a}, {b}");
    }
    assert_ne!(fold("パパ"), fold("ハハ"));
    assert_ne!(fold("C++"), fold("C#"));
}

proptest! {
    #[test]
    fn sanitized_text_is_safe_bounded_and_stable(text in any::<String>(), max in 1usize..80) {
        let once = sanitize(&text, max);
        let is_safe = |c: char| !is_unsafe(c) || c == '\u{200D}';
        prop_assert!(once.chars().all(is_safe));
        prop_assert!(once.chars().count() <= max);
        prop_assert_eq!(sanitize(&once, max), once);
    }

    #[test]
    fn folding_is_idempotent(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }
}
