//! The board as Markdown, for a group's chat.
//!
//! What people and services wrote is escaped so that it is text wherever it is pasted: for programs
//! that know Markdown, and for those that make links of all that looks like an address.

use crate::model::chat::LIST_HEADING;
use crate::model::title::with_year;
use crate::view::format::{runtime, votes_and_noes};
use crate::view::page::{Movie, Page};

/// Stands, unseen, where an address, a mention or a tag would otherwise begin or go on. Escaping
/// does not help there: programs look for these in the finished text.
const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// The movies, first place first, each with its own number.
///
/// This is never an ordered list of Markdown: renderers count such a list from its first number on, and whoever answers
/// "3" would get another movie.
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
        out += "\nWatched last:\n\n";
        for watched in &page.watched {
            out += &format!("- {}, {}\n", name(&watched.title, watched.year), text(&watched.date));
        }
    }
    out
}

/// A paragraph: the number, the title and the facts, then a line each for who voted, notes and links.
fn entry(movie: &Movie) -> String {
    let mut facts = Vec::new();
    facts.extend(movie.votes.map(|votes| votes_and_noes(votes, movie.noes.unwrap_or(0))));
    facts.extend(movie.favorites.filter(|favorites| *favorites > 0).map(|favorites| format!("♥ {favorites}")));
    facts.extend(movie.rating_words());
    facts.extend(movie.runtime_minutes.map(runtime));
    facts.extend(movie.ends_at.as_ref().map(|at| format!("ends {}", text(at))));
    let title = [format!("**{}**", movie.number), name(&movie.title, movie.year)];
    let mut out = [&title[..], &facts].concat().join(" · ") + "\n";
    // Two blanks at the end of the line before would be a line break in Markdown, but chats drop them.
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
    // As they are: an address with escapes would not lead there. Only plain ones, so that no text can
    // hide in them.
    for link in movie.links.iter().filter(|link| is_plain(&link.url)) {
        line(&link.url);
    }
    out
}

fn name(title: &str, year: Option<u16>) -> String {
    with_year(&text(title), year)
}

/// An https address of letters, digits and what else has no meaning in Markdown.
fn is_plain(url: &str) -> bool {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || "/.-".contains(c))
}

/// Text that stays text, on one line.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        match c {
            c if c.is_control() => out.push(' '),
            // Not every program that knows HTML in Markdown knows backslashes before it.
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' if after.is_ascii_alphanumeric() || after == '#' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => out.extend(['\\', c]),
            // Mentions; tags and channels, or a heading; schemes; names of hosts.
            '@' => out.extend([c, ZERO_WIDTH_SPACE]),
            '#' if !before.is_alphanumeric() => out.extend(['\\', c, ZERO_WIDTH_SPACE]),
            ':' if before.is_alphabetic() && !after.is_whitespace() => out.extend([c, ZERO_WIDTH_SPACE]),
            '.' if !before.is_whitespace() && after.is_alphanumeric() => out.extend([c, ZERO_WIDTH_SPACE]),
            // A list, at the start of a line.
            '-' | '+' | '=' | '!' if before == ' ' => out.extend(['\\', c]),
            '.' | ')' if before.is_ascii_digit() => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}
