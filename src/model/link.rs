//! Links to movies: on IMDb they hold an id, elsewhere the words of a title and perhaps its year.

use percent_encoding::percent_decode_str;
use url::Url;

use super::ImdbId;
use super::imdb_id::ids_in;
use super::text::quoted;
use crate::user_error::UserError;

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

/// The words of a title that a link without an IMDb id holds: `heat 1995`. `None` if `text` is no link. No site is asked.
///
/// # Errors
/// The link leads elsewhere; says where.
pub fn words(text: &str) -> Result<Option<String>, UserError> {
    let has_scheme = text.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let host = text.split('/').next().unwrap_or_default();
    let url = match has_scheme {
        true => Url::parse(text).ok(),
        // `AC/DC` is no link.
        false if host.contains('.') && text.contains('/') => Url::parse(&format!("https://{text}")).ok(),
        false => None,
    };
    let Some(url) = url else { return Ok(None) };
    if !matches!(url.scheme(), "https" | "http") {
        return Err(UserError::new(format!("{} is not a web link", quoted(text))));
    }
    let is_imdb = url.host_str().is_some_and(|host| is_under(host, "imdb.com"));
    let title =
        article(&url).or_else(|| slug(&url)).filter(|words| !is_imdb && words.chars().any(char::is_alphanumeric));
    match title {
        None if is_imdb => Err(imdb(&url, text)),
        None if has_scheme => {
            Err(UserError::new(format!("{} is not a link to a movie that movienight understands", quoted(text)))
                .hint("give its link on imdb.com, its IMDb id or its title"))
        }
        title => Ok(title),
    }
}

/// `host` is `domain` or a host below it.
fn is_under(host: &str, domain: &str) -> bool {
    host.trim_end_matches('.').strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The failure of a link to IMDb that holds no id of a title.
fn imdb(url: &Url, text: &str) -> UserError {
    if url.path().split('/').any(ImdbId::is_person) {
        return UserError::new(format!("{} is a person, not a movie", quoted(text)));
    }
    UserError::new(format!("{} is a link to imdb.com, but not to a movie", quoted(text)))
        .hint("links to movies contain /title/tt…")
}

/// The parts of paths after which sites such as Letterboxd, TMDB, Rotten Tomatoes, JustWatch and Trakt name a movie.
const BEFORE_TITLES: [&str; 13] = [
    "film",
    "movie",
    "movies",
    "m",
    "tv",
    "shows",
    "tv-show",
    "tv-series",
    "filme",
    "pelicula",
    "serie",
    "série",
    "elokuva",
];
/// Sites that put a number of their own before the words, or in place of them.
const NUMBERING_SITES: [&str; 2] = ["themoviedb.org", "rottentomatoes.com"];

/// The words of the path's part after one of [`BEFORE_TITLES`]: `/movie/949-heat` is `heat`.
fn slug(url: &Url) -> Option<String> {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = url.path_segments()?;
    parts.by_ref().find(|part| BEFORE_TITLES.contains(&decoded(part).to_lowercase().as_str()))?;
    let slug = decoded(parts.next()?);
    let numbers = url.host_str().is_some_and(|host| NUMBERING_SITES.iter().any(|site| is_under(host, site)));
    let words = match slug.split_once('-') {
        Some((number, words)) if numbers && is_number(number) => words,
        None if numbers && is_number(&slug) => return None,
        _ => &slug,
    };
    // A long number is the site's own, and no title.
    let words = words.replace(['-', '_'], " ");
    Some(words.trim().to_owned()).filter(|words| !(is_number(words) && words.len() > 4))
}

/// The title of an encyclopedia's article: `/wiki/Heat_(1995_film)` is `Heat 1995`.
fn article(url: &Url) -> Option<String> {
    let name = decoded(url.path().split_once("/wiki/")?.1).replace('_', " ");
    let Some((title, remark)) = name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) else {
        return Some(name);
    };
    let year = remark.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
    Some(year.map_or_else(|| title.to_owned(), |year| format!("{title} {year}")))
}

/// Decodes percent-encoding. Text that is not valid UTF-8 afterwards stays as it was.
fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8().map_or_else(|_| part.to_owned(), Into::into)
}
