//! Text in the cells of a terminal.

use movienight::render::cells::{names, truncate, truncate_before, width, wrap};

#[test]
fn text_is_measured_and_truncated_in_cells() {
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
fn truncation_keeps_the_year_while_there_is_room() {
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
