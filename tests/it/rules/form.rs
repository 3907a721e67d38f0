//! The ballot on a screen.

use movienight::env::Zone;
use movienight::model::{CacheEntry, Opinion, Proposal, ProposalNumber, Rating, Title};
use movienight::render::Screen;
use movienight::render::form::{DrawnForm, draw};
use movienight::render::style::{Marks, Palette};
use movienight::view::form::{Form, FormMovie};
use time::UtcDateTime;

fn drawn(form: &Form<'_>, (columns, lines): (usize, usize)) -> DrawnForm {
    let zone = Zone::from_fn(|_| time::UtcOffset::UTC);
    let (width, height) = (Some(columns), Some(lines));
    let screen = Screen { width, height, palette: Palette::PLAIN, marks: Marks::SIGNS, zone: &zone };
    draw(form, UtcDateTime::UNIX_EPOCH, screen)
}

fn movies(count: i64) -> Vec<Proposal> {
    let title = Title {
        title: "A rather long title".into(),
        year: Some(1999),
        rating: Rating::new(8.3),
        runtime_minutes: Some(95),
        genres: vec!["Comedy".into(), "Drama".into()],
        plot: Some("Somebody comes to town and somebody else leaves it. ".repeat(6)),
        ..Title::default()
    };
    let movie = |number| Proposal {
        cache: CacheEntry { title: Some(title.clone()), ..CacheEntry::default() },
        ..Proposal::new(ProposalNumber(number), UtcDateTime::UNIX_EPOCH)
    };
    (1..=count).map(movie).collect()
}

fn form(movies: &[Proposal]) -> Form<'_> {
    let answers = movies.iter().enumerate().map(|(at, movie)| FormMovie { movie, opinion: None, seen: at % 2 == 1 });
    Form { voter: "Ana".into(), movies: answers.collect(), ..Form::default() }
}

#[test]
fn the_help_fits_forty_columns() {
    let form = Form { shows_help: true, ..Form::default() };
    let lines = drawn(&form, (40, 12)).lines;
    assert!(lines.len() == 9 && lines.iter().all(|line| !line.contains('…')));
}

#[test]
fn a_note_is_shown_for_the_current_movie() {
    let mut movies = movies(2);
    movies[1].notes.push((0, "Mind the ending".into()));
    let mut form = form(&movies);
    let has_note = |form: &Form<'_>| drawn(form, (80, 24)).lines.join("\n").contains("“Mind the ending”");
    assert!(!has_note(&form));
    form.step(1);
    assert!(has_note(&form));
}

#[test]
fn a_favourite_goes_back_to_a_plain_yes_first() {
    use Opinion::{Favorite, No, Yes};
    let movies = movies(1);
    let mut form = form(&movies);
    for (key, expected) in [
        (Favorite, Some(Favorite)),
        (Yes, Some(Yes)),
        (Yes, None),
        (Favorite, Some(Favorite)),
        (Favorite, Some(Yes)),
        (No, Some(No)),
        (No, None),
    ] {
        form.toggle(key);
        assert_eq!(form.movies[0].opinion, expected, "{key:?}");
    }
}

#[test]
fn known_facts_are_shown_in_columns_if_there_is_room() {
    let movies = movies(2);
    for (columns, known) in [
        (140, "A rather long title (1999)         ★ 8.3  1h 35m  Comedy, Drama"),
        (80, "A rather long title (1999)         ★ 8.3  1h 35m  Comedy, Drama"),
        (60, "A rather long title (1999)         ★ 8.3  1h 35m"),
        (40, "A rather long title (1999)"),
    ] {
        let line = drawn(&form(&movies), (columns, 24)).lines.swap_remove(1);
        assert_eq!(line, format!("▸ · 1  {known}"), "{columns}");
    }
    let about = |lines| drawn(&form(&movies), (80, lines)).lines.iter().filter(|l| l.contains("somebody")).count();
    assert_eq!([about(24), about(16), about(10)], [3, 2, 1]);
}

#[test]
fn a_ballot_fits_any_terminal() {
    for count in [1, 3, 40] {
        let movies = movies(count);
        let mut form = form(&movies);
        for size in [(1, 1), (10, 3), (20, 5), (40, 12), (60, 24), (80, 24), (140, 40)] {
            for at in 0..form.movies.len() {
                (form.at, form.is_hidden) = (at, at % 2 == 0);
                let drawn = drawn(&form, size);
                assert!(drawn.lines.len() < size.1.max(3), "{size:?}: {:#?}", drawn.lines);
                assert!(drawn.lines[drawn.current].starts_with('▸'), "{size:?} {at}");
                assert!(drawn.widths.iter().all(|width| *width < size.0.max(9)));
                let keys = drawn.lines.last().filter(|_| size.0 >= 40 && size.1 > 4);
                let is_whole = |keys: &String| keys.starts_with("space yes") && keys.ends_with("? help");
                assert!(keys.is_none_or(is_whole), "{keys:?}");
            }
        }
    }
}
