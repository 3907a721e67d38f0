//! The board as Markdown for a group chat.
//!
//! Text from people and services is escaped so that it stays text wherever it is pasted: in programs that render
//! Markdown, and in those that turn anything like a URL into a link.

use crate::model::chat::LIST_HEADING;
use crate::model::title::with_year;
use crate::view::format::{runtime, votes_and_noes};
use crate::view::page::{Page, PageMovie};

/// Breaks up URLs, mentions and tags invisibly. Escaping does not help there, because programs look for these in the
/// rendered text.
const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Renders the movies in the order of the page, each with its own number.
///
/// Never uses a Markdown ordered list: renderers count on from its first number, so an answer of "3" would mean another
/// movie.
pub fn markdown(page: &Page) -> String {
    let mut out = String::new();
    if !page.movies.is_empty() {
        out += &format!("**{LIST_HEADING}**\n\n");
    }
    out += &format!("**{}**, {}\n", text(&page.title), text(&page.date));
    if let Some(evening) = &page.evening {
        out += &format!("{}\n", text(evening));
    }
    if page.hidden.is_some() {
        out += "Votes are hidden.\n";
    }
    out.push('\n');
    if page.movies.is_empty() {
        out += "Nothing is on the board yet.\n";
    }
    let entries: Vec<String> = page.movies.iter().map(entry).collect();
    out += &entries.join("\n");
    if !page.watched.is_empty() {
        out += "\nRecently watched:\n\n";
        for watched in &page.watched {
            out += &format!("- {}, {}\n", name(&watched.title, watched.year), text(&watched.date));
        }
    }
    out
}

/// Renders a movie: a line with number, title and facts, then one each for voters, fit, notes and links.
fn entry(movie: &PageMovie) -> String {
    let mut facts = Vec::new();
    facts.extend(movie.votes.map(|votes| votes_and_noes(votes, movie.noes.unwrap_or(0))));
    facts.extend(movie.favorites.filter(|favorites| *favorites > 0).map(|favorites| format!("♥ {favorites}")));
    facts.extend(movie.rating_words());
    facts.extend(movie.runtime_minutes.map(runtime));
    facts.extend(movie.ends_at.as_ref().map(|at| format!("ends {}", text(at))));
    let title = [format!("**{}**", movie.number), name(&movie.title, movie.year)];
    let mut out = [&title[..], &facts].concat().join(" · ") + "\n";
    // Two blanks before the line feed would be a line break in Markdown, but chats drop them.
    let mut line = |what: &str| {
        out += what;
        out.push('\n');
    };
    let voters = movie.voters.iter().flatten();
    let yeses = voters.map(|voter| text(&voter.name) + if voter.favorite { " ♥" } else { "" });
    let noes = movie.no_of.iter().flatten().map(|name| text(name) + " ✗");
    let names: Vec<String> = yeses.chain(noes).collect();
    if !names.is_empty() {
        line(&names.join(", "));
    }
    if let Some(note) = movie.fit_note() {
        line(&text(&note));
    }
    for note in &movie.notes {
        let by = note.voter.as_ref().map(|voter| format!(" ({})", text(voter))).unwrap_or_default();
        line(&format!("“{}”{by}", text(&note.text)));
    }
    // Unescaped, because an escaped URL would not work. Only plain URLs, in which no text can hide.
    for link in movie.links.iter().filter(|link| is_plain(&link.url)) {
        line(&link.url);
    }
    out
}

fn name(title: &str, year: Option<u16>) -> String {
    with_year(&text(title), year)
}

/// Returns true for an `https` URL of letters, digits and characters that are not special in Markdown.
fn is_plain(url: &str) -> bool {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || "/.-".contains(c))
}

/// Escapes text so that it stays text, on one line.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        match c {
            c if c.is_control() => out.push(' '),
            // Not every program that renders HTML in Markdown supports backslash escapes before it.
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' if after.is_ascii_alphanumeric() || after == '#' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => out.extend(['\\', c]),
            // Mentions, then tags, channels or headings, then URL schemes, then host names.
            '@' => out.extend([c, ZERO_WIDTH_SPACE]),
            '#' if !before.is_alphanumeric() => out.extend(['\\', c, ZERO_WIDTH_SPACE]),
            ':' if before.is_alphabetic() && !after.is_whitespace() => out.extend([c, ZERO_WIDTH_SPACE]),
            '.' if !before.is_whitespace() && after.is_alphanumeric() => out.extend([c, ZERO_WIDTH_SPACE]),
            // Lists at the start of a line.
            '-' | '+' | '=' | '!' if before == ' ' => out.extend(['\\', c]),
            '.' | ')' if before.is_ascii_digit() => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}
