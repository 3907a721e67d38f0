//! Links to movies: on IMDb they hold an id, elsewhere the words of a title and perhaps its year.

use percent_encoding::percent_decode_str;
use url::Url;

use super::ImdbId;
use super::imdb_id::ids_in;
use super::text::quoted;
use crate::user_error::UserError;

/// Returns true for a link, with or without its scheme.
pub fn is_link(text: &str) -> bool {
    text.contains("://") || text.split_once('/').is_some_and(|(host, _)| host.contains('.'))
}

/// Returns the IMDb id in a link to any site: the first in its path, else in its query or fragment, also if another
/// link is encoded in it. `None` if it has none, or if `text` is no link.
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

/// The number of forms of a link that are searched: as it is, and decoded up to three times for nested redirects.
const MAX_ENCODINGS: usize = 4;

/// Returns the title words in a link without an IMDb id: `heat 1995`. `None` if `text` is no link. Makes no request.
///
/// # Errors
/// The link does not lead to a movie, or its form is not understood. The error says which.
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

/// Returns true if `host` is `domain` or a subdomain of it.
fn is_under(host: &str, domain: &str) -> bool {
    host.trim_end_matches('.').strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Returns the error for a link to IMDb that holds no id of a title.
fn imdb(url: &Url, text: &str) -> UserError {
    if url.path().split('/').any(ImdbId::is_person) {
        return UserError::new(format!("{} is a person, not a movie", quoted(text)));
    }
    UserError::new(format!("{} is a link to imdb.com, but not to a movie", quoted(text)))
        .hint("links to movies contain /title/tt…")
}

/// The path segments after which sites such as Letterboxd, TMDB, Rotten Tomatoes, JustWatch and Trakt name a movie.
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
/// Sites that put a number of their own before the words or in place of them.
const NUMBERING_SITES: [&str; 2] = ["themoviedb.org", "rottentomatoes.com"];

/// Returns the words of the path segment after one of [`BEFORE_TITLES`]: `heat` for `/movie/949-heat`.
fn slug(url: &Url) -> Option<String> {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = url.path_segments()?;
    parts.by_ref().find(|part| BEFORE_TITLES.contains(&decoded(part).to_lowercase().as_str()))?;
    let slug = decoded(parts.next()?);
    let numbers = url.host_str().is_some_and(|host| NUMBERING_SITES.iter().any(|site| is_under(host, site)));
    let words = match slug.split_once(['-', '_']) {
        // Before an underscore, a short number is part of the title: `10_cloverfield_lane`.
        Some((number, words)) if numbers && is_number(number) && (number.len() > 5 || !slug.contains('_')) => words,
        None if numbers && is_number(&slug) => return None,
        _ => &slug,
    };
    // A long number is the site's own id, not a title.
    let words = words.replace(['-', '_'], " ");
    Some(words.trim().to_owned()).filter(|words| !(is_number(words) && words.len() > 4))
}

/// Returns the title of an encyclopedia's article: `Heat 1995` for `/wiki/Heat_(1995_film)`.
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
