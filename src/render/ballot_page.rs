//! The page as a ballot paper for phones: the voter taps, then shares or copies one line to the chat.
//!
//! It shows no votes and no ranks, and sorts the movies by number.

use super::html::Html;
use super::page::{MAX_PLOT, MAX_POSTER_BYTES, facts, footer, heading, name, page, poster, words};
use crate::view::page::{Page, PageMovie};

/// The page's only script. Changing it changes [`SCRIPT_SHA256`].
const SCRIPT: &str = include_str!("ballot.js");
/// The SHA-256 of [`SCRIPT`] in base64, by which the page's CSP allows it. A test fails with the expected value.
const SCRIPT_SHA256: &str = "Lm0B4dJFqr9jxEET7I2+olbVi477SINYT4VYFeSnXcU=";
/// The opinions that can be tapped: value, label, phrase for screen readers.
const CHOICES: [(&str, &str, &str); 3] =
    [("yes", "✓ yes", "Yes to"), ("favorite", "♥", "Favourite:"), ("no", "✗ no", "No to")];
const HOW_TO: &str = "Answer in the chat with numbers, ♥ for a favourite, “not” for a no: 2 4♥ not 3";

/// Renders the ballot paper.
pub fn html(board: &Page) -> String {
    let mut movies: Vec<&PageMovie> = board.movies.iter().collect();
    movies.sort_by_key(|movie| movie.number);
    page(board, Some(SCRIPT_SHA256), |html| {
        heading(html, board, "Tap yes, ♥ for your one favourite, or no for at most three movies.");
        html.element("main", &[], |html| {
            html.leaf("p", &[("class", "dead how")], HOW_TO);
            html.element("ol", &[("class", "ranking")], |html| {
                let mut room = MAX_POSTER_BYTES;
                for movie in movies {
                    html.element("li", &[], |html| paper(html, movie, board, &mut room));
                }
            });
            answer(html);
        });
        footer(html, board);
        html.element("script", &[], |html| html.raw(SCRIPT));
    })
}

fn paper(html: &mut Html, movie: &PageMovie, board: &Page, room: &mut usize) {
    html.element("article", &[("class", "movie")], |html| {
        poster(html, movie, room);
        html.element("div", &[("class", "about")], |html| {
            let number = format!("#{}", movie.number);
            html.element("p", &[("class", "place")], |html| html.leaf("span", &[("class", "number")], &number));
            name(html, movie, "h2");
            facts(html, movie);
            choices(html, movie, board);
            words(html, movie, MAX_PLOT);
        });
    });
}

fn choices(html: &mut Html, movie: &PageMovie, board: &Page) {
    let digits = movie.number.to_string();
    // In the chat, "21" could be the title of another movie.
    let is_title = board.movies.iter().any(|other| other.number != movie.number && other.title == digits);
    let number = if is_title { format!("#{digits}") } else { digits };
    let attributes = [("class", "choice live"), ("data-number", &number), ("hidden", "")];
    html.element("fieldset", &attributes, |html| {
        html.leaf("legend", &[], &format!("Your opinion of {}", movie.title));
        for (value, sign, word) in CHOICES {
            html.element("label", &[], |html| {
                let label = format!("{word} {}", movie.title);
                html.void("input", &[("type", "checkbox"), ("value", value), ("aria-label", &label)]);
                html.leaf("span", &[("aria-hidden", "true")], sign);
            });
        }
    });
}

fn answer(html: &mut Html) {
    html.element("section", &[("class", "answer live"), ("hidden", ""), ("aria-labelledby", "answer")], |html| {
        html.leaf("h2", &[("id", "answer"), ("class", "title")], "Your answer");
        html.raw("<p><label for=\"name\">Your name</label> <input id=\"name\" type=\"text\" autocomplete=\"off\" maxlength=\"40\"></p>");
        html.raw("<p><label for=\"line\">For the chat</label> <textarea id=\"line\" rows=\"2\" readonly></textarea></p>");
        html.raw("<p><button id=\"share\" type=\"button\" hidden>Share</button> <button id=\"copy\" type=\"button\">Copy</button></p>");
        html.raw("<p id=\"status\" role=\"status\"></p>");
    });
}
