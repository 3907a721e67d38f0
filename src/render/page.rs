//! The board as a single HTML file without scripts, requests or other files.

use super::html::Html;
use crate::posters::jpeg::Jpeg;
use crate::view::format::{count, runtime, votes_and_noes};
use crate::view::page::{Page, PageLink, PageMovie, PageWatched};

/// The page's only style sheet. Changing it changes [`STYLE_SHA256`].
const STYLE: &str = include_str!("page.css");
/// The SHA-256 of [`STYLE`] in base64, by which the page's CSP allows it. A test fails with the expected value.
const STYLE_SHA256: &str = "Nj1jatdcdJWED6VCH7fc6MBFqe/qiipamcnmcoQt2Bo=";
/// Maximum bytes of all posters in base64. With the text of 20 movies, the page stays below 1 MiB. Movies whose posters
/// do not fit get a tile.
pub(super) const MAX_POSTER_BYTES: usize = 960 << 10;
/// Maximum length of the plot of the first movie, in characters.
const MAX_FIRST_PLOT: usize = 600;
/// Maximum length of the plot of any other movie, in characters.
pub(super) const MAX_PLOT: usize = 260;
/// Number of tile designs in [`STYLE`].
const TILE_KINDS: i64 = 6;

/// Renders the page.
pub fn html(board: &Page) -> String {
    page(board, None, |html| body(html, board))
}

/// Renders a page with this body. `script` is the SHA-256 of the only script that its CSP allows.
pub(super) fn page(page: &Page, script: Option<&str>, body: impl FnOnce(&mut Html)) -> String {
    let mut html = Html::default();
    html.raw("<!DOCTYPE html>\n");
    html.element("html", &[("lang", "en")], |html| {
        head(html, page, script);
        html.element("body", &[], body);
    });
    html.raw("\n");
    html.into_string()
}

fn head(html: &mut Html, page: &Page, script: Option<&str>) {
    let script = script.map(|hash| format!("script-src 'sha256-{hash}'; ")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{STYLE_SHA256}'; {script}base-uri 'none'; form-action 'none'"
    );
    html.element("head", &[], |html| {
        html.void("meta", &[("charset", "utf-8")]);
        html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
        html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        html.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
        html.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
        html.leaf("title", &[], &format!("{}, {}", page.title, page.date));
        // Without an icon, browsers request one from the server that hosts the page.
        html.raw("<link rel=\"icon\" href=\"data:,\">");
        html.element("style", &[], |html| html.raw(STYLE));
    });
}

fn body(html: &mut Html, page: &Page) {
    heading(html, page, &summary(page));
    html.element("main", &[], |html| {
        let mut room = MAX_POSTER_BYTES;
        match page.movies.split_first() {
            None => html.leaf("p", &[("class", "empty")], "Nothing is on the board yet."),
            Some(_) if page.hidden.is_some() => ranking(html, &page.movies, "On the board", &mut room),
            Some((first, others)) => {
                let attributes = [("class", "first"), ("aria-label", "First place")];
                html.element("section", &attributes, |html| movie(html, first, "h2", MAX_FIRST_PLOT, &mut room));
                if !others.is_empty() {
                    ranking(html, others, "Also on the board", &mut room);
                }
            }
        }
        if !page.watched.is_empty() {
            watched(html, &page.watched);
        }
    });
    footer(html, page);
}

pub(super) fn heading(html: &mut Html, page: &Page, sum: &str) {
    html.element("header", &[], |html| {
        html.leaf("p", &[("class", "date")], &page.date);
        html.leaf("h1", &[("dir", "auto")], &page.title);
        html.leaf("p", &[("class", "sum")], sum);
    });
}

pub(super) fn footer(html: &mut Html, page: &Page) {
    html.element("footer", &[], |html| {
        html.leaf("p", &[], &format!("Made with movienight, {}.", page.generated_at));
        if let Some(credit) = &page.credit {
            html.leaf("p", &[], credit);
        }
    });
}

fn summary(page: &Page) -> String {
    let votes = page.movies.iter().filter_map(|m| m.votes).sum();
    let noes = page.movies.iter().filter_map(|m| m.noes).sum();
    let votes = if page.hidden.is_some() { "votes are hidden".to_owned() } else { votes_and_noes(votes, noes) };
    let mut parts = vec![count(page.movies.len(), "movie", "movies"), votes];
    parts.extend(page.people.map(|people| count(people, "person", "people")));
    parts.extend(page.evening.clone());
    parts.join(" · ")
}

/// Adds the movies after the first, or all of them while votes are hidden.
fn ranking(html: &mut Html, movies: &[PageMovie], heading: &str, room: &mut usize) {
    html.element("section", &[("aria-labelledby", "others")], |html| {
        html.leaf("h2", &[("id", "others"), ("class", "title")], heading);
        html.element("ol", &[("class", "ranking")], |html| {
            for other in movies {
                html.element("li", &[], |html| movie(html, other, "h3", MAX_PLOT, room));
            }
        });
    });
}

fn movie(html: &mut Html, movie: &PageMovie, heading: &'static str, max_plot: usize, room: &mut usize) {
    let class = if movie.misfit.is_some() { "movie misfit" } else { "movie" };
    html.element("article", &[("class", class)], |html| {
        poster(html, movie, room);
        html.element("div", &[("class", "about")], |html| {
            html.element("p", &[("class", "place")], |html| {
                if let Some(rank) = movie.rank {
                    html.leaf("span", &[("class", "rank")], &place(rank));
                }
                html.leaf("span", &[("class", "number")], &format!("#{}", movie.number));
            });
            name(html, movie, heading);
            facts(html, movie);
            votes(html, movie);
            words(html, movie, max_plot);
        });
    });
}

/// Adds the title as a heading, and the original title.
pub(super) fn name(html: &mut Html, movie: &PageMovie, heading: &'static str) {
    html.element(heading, &[("dir", "auto"), ("class", "name")], |html| {
        html.text(&movie.title);
        if let Some(year) = movie.year {
            html.raw(" ");
            html.leaf("span", &[("class", "year")], &year.to_string());
        }
    });
    if let Some(original) = &movie.original_title {
        html.leaf("p", &[("class", "original"), ("dir", "auto")], original);
    }
}

/// Formats a rank: `1st place`, `2nd place`, `23rd place`.
fn place(rank: usize) -> String {
    let ending = match (rank % 100, rank % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{rank}{ending} place")
}

pub(super) fn poster(html: &mut Html, movie: &PageMovie, room: &mut usize) {
    let bytes = |poster: &Jpeg| poster.bytes().len().div_ceil(3) * 4;
    let fitting = movie.poster.as_ref().filter(|poster| bytes(poster) <= *room);
    match fitting {
        Some(poster) => {
            *room -= bytes(poster);
            let alternative = format!("Poster of {}", movie.title);
            html.element("div", &[("class", "poster")], |html| html.image(poster, &alternative));
        }
        // Hidden from screen readers, because the heading has the title, too.
        None => {
            let class = format!("poster tile tile-{}", movie.number.rem_euclid(TILE_KINDS));
            let attributes = [("class", &*class), ("aria-hidden", "true")];
            html.element("div", &attributes, |html| html.leaf("span", &[("dir", "auto")], &movie.title));
        }
    }
}

pub(super) fn facts(html: &mut Html, movie: &PageMovie) {
    let ends = movie.ends_at.as_ref().map(|at| format!("ends {at}"));
    let facts = [movie.rating_words(), movie.runtime_minutes.map(runtime), ends];
    if facts.iter().any(Option::is_some) {
        html.element("ul", &[("class", "facts")], |html| {
            for fact in facts.iter().flatten() {
                html.leaf("li", &[], fact);
            }
        });
    }
    if !movie.genres.is_empty() {
        html.leaf("p", &[("class", "genres")], &movie.genres.join(", "));
    }
    if let Some(note) = movie.fit_note() {
        html.leaf("p", &[("class", "fit")], &note);
    }
}

fn votes(html: &mut Html, movie: &PageMovie) {
    let Some(votes) = movie.votes else { return };
    let favorites = movie.favorites.unwrap_or(0);
    html.element("p", &[("class", "votes")], |html| {
        html.leaf("strong", &[], &votes_and_noes(votes, movie.noes.unwrap_or(0)));
        if favorites > 0 && movie.voters.is_none() {
            html.text(&format!(", favourite of {}", count(favorites, "person", "people")));
        }
    });
    let (voters, no_of) = (movie.voters.as_deref().unwrap_or_default(), movie.no_of.as_deref().unwrap_or_default());
    if !voters.is_empty() || !no_of.is_empty() {
        html.element("ul", &[("class", "voters"), ("aria-label", "Voters")], |html| {
            for voter in voters {
                html.element("li", &[("dir", "auto")], |html| {
                    html.text(&voter.name);
                    if voter.favorite {
                        html.raw(" <span class=\"heart\" role=\"img\" aria-label=\"favourite\">♥</span>");
                    }
                });
            }
            for name in no_of {
                html.element("li", &[("dir", "auto")], |html| {
                    html.text(name);
                    html.raw(" <span role=\"img\" aria-label=\"no\">✗</span>");
                });
            }
        });
    }
}

/// Adds notes, at most `max_plot` characters of the plot, the proposer and links.
pub(super) fn words(html: &mut Html, movie: &PageMovie, max_plot: usize) {
    for note in &movie.notes {
        html.element("blockquote", &[("class", "note")], |html| {
            html.leaf("p", &[("dir", "auto")], &note.text);
            if let Some(name) = &note.voter {
                html.leaf("p", &[("class", "by"), ("dir", "auto")], name);
            }
        });
    }
    if let Some(plot) = &movie.plot {
        html.leaf("p", &[("class", "plot"), ("dir", "auto")], &cut_at_word(plot, max_plot));
    }
    let is_named = movie.notes.first().is_some_and(|note| note.voter == movie.proposed_by);
    let proposer = movie.proposed_by.as_ref().filter(|_| !is_named);
    if proposer.is_some() || !movie.links.is_empty() {
        html.element("p", &[("class", "more")], |html| {
            if let Some(name) = proposer {
                html.leaf("span", &[("dir", "auto")], &format!("Proposed by {name}"));
            }
            for PageLink { name, url } in &movie.links {
                // The label tells screen reader users who list only the links where each one leads.
                let label = format!("{} at {name}", movie.title);
                html.raw(" ");
                html.link(url, &[("aria-label", &label)], name);
            }
        });
    }
}

fn watched(html: &mut Html, movies: &[PageWatched]) {
    html.element("section", &[("class", "watched"), ("aria-labelledby", "watched")], |html| {
        html.leaf("h2", &[("id", "watched"), ("class", "title")], "Recently watched");
        html.element("ul", &[], |html| {
            for PageWatched { title, year, date } in movies {
                html.element("li", &[], |html| {
                    html.leaf("span", &[("dir", "auto")], title);
                    if let Some(year) = year {
                        html.raw(" ");
                        html.leaf("span", &[("class", "year")], &year.to_string());
                    }
                    html.raw(" ");
                    html.leaf("span", &[("class", "when")], date);
                });
            }
        });
    });
}

/// Shortens text to `max` characters and `…`, between words if possible.
fn cut_at_word(text: &str, max: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(max) else { return text.to_owned() };
    let start = &text[..end];
    let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    format!("{}…", words.trim_end_matches([' ', ',', '.', ';', ':']))
}
