//! Links to other sites.

use movienight::model::link;

#[test]
fn links_to_other_sites_become_search_words() {
    for (link, words) in [
        ("https://letterboxd.com/film/the-godfather/", "the godfather"),
        ("https://letterboxd.com/ana/film/heat-1995/1/", "heat 1995"),
        ("https://www.themoviedb.org/movie/238-the-godfather", "the godfather"),
        ("https://www.themoviedb.org/movie/530915-1917?language=de", "1917"),
        ("https://en.wikipedia.org/wiki/Heat_(1995_film)", "Heat 1995"),
        (
            "https://fr.m.wikipedia.org/wiki/Le_Fabuleux_Destin_d%27Am%C3%A9lie_Poulain",
            "Le Fabuleux Destin d'Amélie Poulain",
        ),
        ("https://de.wikipedia.org/wiki/Der_Pate_(Film)", "Der Pate"),
        ("https://www.rottentomatoes.com/m/blade_runner_2049", "blade runner 2049"),
        ("https://www.rottentomatoes.com/m/1009113-heat", "heat"),
        ("https://www.rottentomatoes.com/m/1000013_12_angry_men", "12 angry men"),
        ("https://www.rottentomatoes.com/m/10_cloverfield_lane", "10 cloverfield lane"),
        ("https://www.rottentomatoes.com/m/10000_bc", "10000 bc"),
        ("https://www.justwatch.com/us/movie/the-godfather", "the godfather"),
        ("https://www.justwatch.com/de/Film/Der-Pate", "Der Pate"),
        ("https://trakt.tv/movies/the-godfather-1972", "the godfather 1972"),
        ("letterboxd.com/film/perfect-blue/", "perfect blue"),
    ] {
        assert_eq!(link::words(link), Ok(Some(words.into())), "{link}");
    }
    for link in ["https://letterboxd.com/ana/", "https://www.themoviedb.org/movie/238", "https://trakt.tv/"] {
        assert!(link::words(link).unwrap_err().error.contains("is not a link to a movie"), "{link}");
    }
}

#[test]
fn text_that_is_not_a_link_yields_none() {
    for text in ["godf", "Mission: Impossible", "a://b c", "imdb.com", "24/7", "://", "AC/DC: Let There Be Rock"] {
        assert_eq!(link::words(text), Ok(None), "{text}");
    }
}
