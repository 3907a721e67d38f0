//! Links to movies: on IMDb they hold an id, elsewhere the words of a title and perhaps its year.

use url::{Host, Url};

use super::ImdbId;
use super::imdb_id::ids_in;
use super::text::quoted;
use crate::failure::Failure;

/// True for a link, with or without its scheme.
pub fn is_link(text: &str) -> bool {
    text.contains("://") || text.split_once('/').is_some_and(|(host, _)| host.contains('.'))
}

/// The IMDb id that a link of any site leads to: the first in its path, else in its query or fragment, also if another link
/// is encoded in it. `None` if it has none, or if `text` is no link.
pub fn id(text: &str) -> Option<ImdbId> {
    if !is_link(text) {
        return None;
    }
    let (path, rest) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
    [path, rest].into_iter().find_map(|part| {
        let decodings = std::iter::successors(Some(part.to_owned()), |text| text.contains('%').then(|| decoded(text)));
        decodings.take(MAX_ENCODINGS).find_map(|text| ids_in(&text).next())
    })
}

/// Redirects that are nested in one another.
const MAX_ENCODINGS: usize = 4;

/// The words of a title that a link without an IMDb id holds: `heat 1995`. `None` if `text` is no link.
///
/// # Errors
/// Says where the link leads instead of to a movie.
pub fn words(text: &str) -> Result<Option<String>, Failure> {
    let Some(url) = to_url(text) else { return Ok(None) };
    if !matches!(url.scheme(), "https" | "http") {
        return Err(Failure::new(format!("{} is not a web link", quoted(text))));
    }
    let Some(Host::Domain(host)) = url.host() else { return Err(elsewhere(text)) };
    let host = host.trim_end_matches('.').to_owned();
    if is_under(&host, "imdb.com") {
        return Err(imdb(&url, text));
    }
    match site(&host) {
        None => Err(elsewhere(text)),
        Some(title) => match title(&url).filter(|words| words.chars().any(char::is_alphanumeric)) {
            Some(words) => Ok(Some(words)),
            None => Err(Failure::new(format!("{} does not say which movie it leads to", quoted(text)))
                .hint("give the link of the movie's own page, its IMDb id or its title")),
        },
    }
}

fn elsewhere(text: &str) -> Failure {
    Failure::new(format!("{} is not a link to a movie that movienight understands", quoted(text)))
        .hint("give its link on imdb.com, its IMDb id or its title")
}

/// An address; one of IMDb's also without its scheme.
fn to_url(text: &str) -> Option<Url> {
    if let Some((scheme, _)) = text.split_once("://") {
        let is_scheme = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        return is_scheme.then(|| Url::parse(text).ok()).flatten();
    }
    let host = text.split(['/', '?', '#', ':']).next()?.trim_end_matches('.');
    let is_site = is_under(host, "imdb.com") || site(host).is_some();
    (is_site && text.contains('/')).then(|| Url::parse(&format!("https://{text}")).ok()).flatten()
}

/// `host` is `domain` or a host below it.
fn is_under(host: &str, domain: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The failure of a link to IMDb that holds no id of a title.
fn imdb(url: &Url, text: &str) -> Failure {
    if url.path().split('/').any(ImdbId::is_person) {
        return Failure::new(format!("{} is a person, not a movie", quoted(text)));
    }
    Failure::new(format!("{} is a link to imdb.com, but not to a movie", quoted(text)))
        .hint("links to movies contain /title/tt…")
}

type Title = fn(&Url) -> Option<String>;

/// The form in which a site's links name a movie. No site is asked.
fn site(host: &str) -> Option<Title> {
    const SITES: [(&str, Title); 6] = [
        ("letterboxd.com", |url| slug(url, &["film"])),
        // A number without words is the site's own, and no title.
        ("themoviedb.org", |url| slug(url, &["movie", "tv"]).filter(|_| url.path().contains('-'))),
        ("wikipedia.org", article),
        ("rottentomatoes.com", |url| slug(url, &["m", "tv"])),
        ("justwatch.com", |url| {
            slug(url, &["movie", "film", "tv-show", "tv-series", "filme", "pelicula", "serie", "série", "elokuva"])
        }),
        ("trakt.tv", |url| slug(url, &["movies", "shows"])),
    ];
    SITES.into_iter().find(|(domain, _)| is_under(host, domain)).map(|(_, title)| title)
}

/// The words of the path's part after one of these: `/movie/949-heat` is `heat`.
fn slug(url: &Url, after: &[&str]) -> Option<String> {
    let mut parts = url.path_segments()?;
    parts.by_ref().find(|part| after.contains(&decoded(part).to_lowercase().as_str()))?;
    let slug = decoded(parts.next()?);
    // A number that the site puts before the words is none of them.
    let words = match slug.split_once('-') {
        Some((number, words)) if is_number(number) && url.host_str().is_some_and(numbers_its_movies) => words,
        _ => &slug,
    };
    let words = words.replace(['-', '_'], " ");
    let words = words.trim();
    // A long number is the site's own, and no title.
    let is_number_of_site = is_number(words) && words.len() > 4;
    let is_title = !words.is_empty() && !is_number_of_site;
    is_title.then(|| words.to_owned())
}

fn numbers_its_movies(host: &str) -> bool {
    ["themoviedb.org", "rottentomatoes.com"].iter().any(|domain| is_under(host, domain))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The title of an encyclopedia's article: `/wiki/Heat_(1995_film)` is `Heat 1995`.
fn article(url: &Url) -> Option<String> {
    let mut parts = url.path_segments()?;
    parts.by_ref().find(|part| *part == "wiki")?;
    let name = decoded(&parts.collect::<Vec<_>>().join("/")).replace('_', " ");
    let Some((title, remark)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) else {
        return Some(name);
    };
    let year = remark.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
    Some(year.map_or_else(|| title.to_owned(), |year| format!("{title} {year}")))
}

/// Percent-encoding undone; what is no text then is left as it is.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn links_to_other_sites_are_their_words() {
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
            ("https://www.justwatch.com/us/movie/the-godfather", "the godfather"),
            ("https://www.justwatch.com/de/Film/Der-Pate", "Der Pate"),
            ("https://trakt.tv/movies/the-godfather-1972", "the godfather 1972"),
            ("letterboxd.com/film/perfect-blue/", "perfect blue"),
        ] {
            assert_eq!(super::words(link), Ok(Some(words.into())), "{link}");
        }
        for link in ["https://letterboxd.com/ana/", "https://www.themoviedb.org/movie/238", "https://trakt.tv/"] {
            assert!(words(link).unwrap_err().error.contains("does not say which movie"), "{link}");
        }
    }

    #[test]
    fn what_is_no_link_is_none() {
        for text in ["godf", "Mission: Impossible", "a://b c", "imdb.com", "24/7", "://", "AC/DC: Let There Be Rock"] {
            assert_eq!(words(text), Ok(None), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>(), path in "[%0-9a-fA-F_()/-]{0,40}") {
            let _ = words(&text);
            let _ = words(&format!("https://en.wikipedia.org/wiki/{path}"));
        }
    }
}
