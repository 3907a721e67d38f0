//! Titles on lists, and the movies that they mean.

use movienight::model::matching::{self, Match, bracketed_names, name_key};
use movienight::model::search::Hit;
use movienight::model::{ImdbId, Title};

fn titled(id: u64, title: &str, year: u16, kind: &str, ratings: u64) -> Hit {
    let (title, kind) = (title.to_owned(), Some(kind.to_owned()));
    let title = Title { title, year: Some(year), kind, rating_count: Some(ratings), ..Title::default() };
    Hit { id: ImdbId::from_number(id).unwrap(), title }
}

fn choose(name: &str, year: Option<u16>, of: &[Hit]) -> Match {
    matching::choose(&[name.to_owned()], year, of)
}

fn clear(name: &str, year: impl Into<Option<u16>>, of: &[Hit]) -> Option<u64> {
    match choose(name, year.into(), of) {
        Match::Clear(id) => Some(id.number()),
        Match::Unclear(_) | Match::None => None,
    }
}

#[test]
fn names_are_compared_regardless_of_spelling_variants() {
    for (one, other) in [
        ("Matrix, The", "The Matrix"),
        ("Spider-Man", "spiderman"),
        ("Amélie", "AMELIE"),
        ("WALL·E", "Wall-E"),
        ("Fast & Furious", "Fast and Furious"),
        ("Avventura, L'", "L'Avventura"),
        ("Boot, Das", "Das Boot"),
        ("Death Wish 2", "Death Wish II"),
        ("Friday the 13th Part III", "Friday the 13th: Part 3"),
        ("Crow, The: Wicked Prayer", "The Crow: Wicked Prayer"),
        ("Red Cliff Part II", "Red Cliff II"),
        ("Atlas Shrugged: Part 1", "Atlas Shrugged: Part I"),
        ("John Wick 4", "John Wick: Chapter 4"),
        ("Nymphomaniac: Volume I", "Nymphomaniac: Vol. I"),
        ("Dr. Dolittle", "Doctor Dolittle"),
        ("Flesh & Blood", "Flesh+Blood"),
        ("8 1/2", "8½"),
        ("It's Pat", "It's Pat: The Movie"),
    ] {
        assert_eq!(name_key(one), name_key(other), "{one}");
    }
    assert_ne!(name_key("???"), name_key("!!!"));
    assert_ne!(name_key("X"), name_key("10"));
    assert_ne!(name_key("Part 2"), name_key("2"));
    assert_ne!(name_key("And I"), name_key("And 1"));
    assert_ne!(name_key("Me, Myself & Irene"), name_key("Me"));
}

#[test]
fn the_year_decides_then_the_kind_and_then_only_many_more_ratings() {
    let heat = [
        titled(1, "Heat", 1995, "movie", 700_000),
        titled(2, "Heat", 1996, "movie", 900),
        titled(3, "Heat", 1995, "short", 9_000),
    ];
    assert_eq!(clear("Heat", 1995, &heat), Some(1));
    assert_eq!(clear("Heat", 1994, &heat), Some(1), "a year off");
    assert_eq!(clear("Heat", 1996, &heat), None, "everybody knows the one of the year before");
    assert_eq!(clear("Heat", 1999, &heat), None);
    assert_eq!(clear("Heat", None, &heat), Some(1));
    let twins = [titled(1, "Twins", 2019, "movie", 900), titled(2, "Twins", 2019, "movie", 800)];
    assert_eq!(clear("Twins", 2019, &twins), None);
    assert!(matches!(choose("Twins", Some(2019), &twins), Match::Unclear(all) if all.len() == 2));
    assert_eq!(choose("Twins", Some(2021), &twins), Match::None);
    assert_eq!(clear("Heat", 1996, &[titled(1, "Heat", 1995, "movie", 999)]), None);
    let series = [titled(1, "Lost", 2019, "movie", 300), titled(2, "Lost", 2019, "tvMiniSeries", 900_000)];
    assert_eq!(clear("Lost", 2019, &series), None);
    let namesakes = [titled(1, "Home", 2008, "movie", 5_224), titled(2, "Home", 2008, "movie", 205)];
    assert_eq!(clear("Home", 2008, &namesakes), None, "some do mean the other one");
}

#[test]
fn an_article_or_a_space_makes_another_title_unless_well_known() {
    let inheritance =
        [titled(1, "The Inheritance", 2020, "movie", 133), titled(2, "Inheritance", 2020, "movie", 23_473)];
    assert_eq!(clear("The Inheritance", 2020, &inheritance), None);
    assert_eq!(clear("Inheritance", 2020, &inheritance), Some(2));
    let one = |title, year, ratings| [titled(1, title, year, "movie", ratings)];
    assert_eq!(clear("The Graduation", 2016, &one("Graduation", 2016, 15_479)), None);
    assert_eq!(clear("Go On", 2012, &one("Goon", 2011, 94_214)), None);
    assert_eq!(clear("An Impudent Girl", 1985, &one("Impudent Girl", 1985, 2_237)), Some(1));
    assert_eq!(clear("Spiderman", 2002, &one("Spider-Man", 2002, 900_000)), Some(1));
    assert_eq!(clear("Godfather", 1973, &one("The Godfather", 1972, 2_000_000)), Some(1));
}

#[test]
fn a_space_alone_makes_no_other_title_in_the_same_year() {
    let timecode = [titled(1, "Timecode", 2000, "movie", 7_361)];
    assert_eq!(clear("Time Code", 2000, &timecode), Some(1));
    assert_eq!(clear("Time Code", 2001, &timecode), None);
}

#[test]
fn a_film_beats_a_series_of_its_year_and_rivals_a_closer_year() {
    let heat = [titled(1, "Heat", 1995, "movie", 38_000), titled(2, "Heat", 1995, "tvSeries", 24_000)];
    assert_eq!(clear("Heat", 1995, &heat), Some(1));
    let fargo = [titled(1, "Fargo", 2013, "movie", 900), titled(2, "Fargo", 2014, "tvSeries", 90_000)];
    assert_eq!(clear("Fargo", 2014, &fargo), None);
}

#[test]
fn an_obscure_film_does_not_rival_a_well_known_series() {
    for year in [2003, 2004] {
        let lost = [titled(1, "Lost", year, "movie", 1_836), titled(2, "Lost", 2004, "tvSeries", 670_980)];
        assert_eq!(clear("Lost", 2004, &lost), Some(2), "a film of {year}");
        assert_eq!(clear("Lost", None, &lost), None, "a film of {year}");
    }
}

#[test]
fn an_exact_title_beats_one_that_is_only_spelled_alike() {
    let sex = [titled(1, "Sex Ed", 2014, "movie", 4_500), titled(2, "Sex(Ed) the Movie", 2014, "movie", 104)];
    assert_eq!(clear("Sex Ed", 2014, &sex), Some(1));
    let batman = [titled(1, "Batman: The Movie", 1966, "movie", 38_000), titled(2, "Batman", 1966, "tvSeries", 24_000)];
    assert_eq!(clear("Batman", 1966, &batman), None);
    assert_eq!(clear("Batman", 1966, &batman[..1]), Some(1));
}

#[test]
fn an_obscure_title_of_one_word_is_not_clear() {
    assert_eq!(clear("Hidden", 2005, &[titled(1, "Hidden", 2005, "movie", 118)]), None);
    assert_eq!(clear("Hidden Away", 2005, &[titled(1, "Hidden Away", 2005, "movie", 118)]), Some(1));
}

#[test]
fn names_in_brackets_are_other_names_of_the_title() {
    assert_eq!(bracketed_names("Seven (a.k.a. Se7en)"), ["Seven", "Se7en"]);
    let lost = "City of Lost Children, The (Cité des enfants perdus, La)";
    assert_eq!(bracketed_names(lost), ["City of Lost Children, The", "Cité des enfants perdus, La"]);
    assert_eq!(bracketed_names("M (Em) (aka Murderers)"), ["M", "Em", "Murderers"]);
    for whole in ["(500) Days of Summer", "You Are (Not) Alone", "(T)Raumschiff", "Heat"] {
        assert!(bracketed_names(whole).is_empty(), "{whole}");
    }
    let names = bracketed_names("Hidden (a.k.a. Cache) (Caché)");
    let both = [titled(1, "Hidden", 2005, "movie", 118), titled(2, "Caché", 2005, "movie", 90_000)];
    assert_eq!(matching::choose(&names, Some(2005), &both), Match::Clear(ImdbId::from_number(2).unwrap()));
}
