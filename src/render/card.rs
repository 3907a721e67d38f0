//! Everything known about one movie, and lists of what a search found.

use time::{UtcDateTime, UtcOffset};

use super::Screen;
use super::cells::{truncate, wrap};
use super::facts::fact;
use super::format::{ago, date, kind, runtime, thousands};
use super::style::Tone;
use super::table::{Align, Cell, table};
use crate::cache::freshness;
use crate::model::search::Hit;
use crate::model::{Board, Freshness, Proposal, Title};

/// Cells of the column of names.
const NAMES: usize = 13;
/// A plot is easier to read in shorter lines than most terminals have.
const MAX_TEXT_WIDTH: usize = 90;

/// The card of a movie.
pub fn card(movie: &Proposal, board: &Board, now: UtcDateTime, offset: UtcOffset, screen: Screen) -> String {
    let mut card = Card::new(screen);
    card.title(movie);
    let name = |voter: usize| board.voters[voter].name.as_str();
    let on = date(movie.proposed_at, offset);
    let note = movie.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    card.line("Proposed by", &format!("{}, {} ({on}){note}", name(movie.proposed_by), ago(movie.proposed_at, now)));
    if let Some(watched_at) = movie.watched_at {
        card.line("Watched", &date(watched_at, offset));
    }
    let voters: Vec<&str> = movie.ballots.iter().map(|b| name(b.voter)).collect();
    let votes = match voters.len() {
        0 => "none".to_owned(),
        n => format!("{n}: {}", voters.join(", ")),
    };
    card.line("Votes", &votes);
    card.link(movie);
    card.line("Data", &data(movie, now));
    card.out
}

/// The card of a movie that is not on the board.
pub fn preview(movie: &Proposal, now: UtcDateTime, screen: Screen) -> String {
    let mut card = Card::new(screen);
    card.title(movie);
    card.link(movie);
    card.line("Data", &data(movie, now));
    card.out
}

struct Card {
    out: String,
    screen: Screen,
}

impl Card {
    fn new(screen: Screen) -> Self {
        let width = screen.width.unwrap_or(MAX_TEXT_WIDTH).min(MAX_TEXT_WIDTH);
        Self { out: String::new(), screen: Screen { width: Some(width), ..screen } }
    }

    fn title(&mut self, movie: &Proposal) {
        self.out += &self.screen.palette.paint(Tone::Strong, &movie.name());
        self.out.push('\n');
        let Some(title) = &movie.cache.title else { return };
        if let Some(original) = &title.original_title {
            self.out += original;
            self.out.push('\n');
        }
        let facts = facts(title);
        if !facts.is_empty() {
            self.out += &format!("{facts}\n");
        }
        let width = self.screen.width.unwrap_or(MAX_TEXT_WIDTH);
        if let Some(plot) = &title.plot {
            self.out += &format!("\n{}\n\n", wrap(plot, width).join("\n"));
        }
        self.line("Genres", &title.genres.join(", "));
        self.line("Directed by", &title.directors.join(", "));
        self.line("With", &title.stars.join(", "));
    }

    fn link(&mut self, movie: &Proposal) {
        if let Some(id) = movie.imdb_id {
            self.line("Link", &format!("https://www.imdb.com/title/{id}/"));
        }
    }

    /// A named fact; none when nothing is known.
    fn line(&mut self, name: &str, what: &str) {
        self.out += &fact(name, NAMES, what, Tone::Plain, self.screen);
    }
}

fn facts(title: &Title) -> String {
    let rating = title.rating.map(|rating| match title.rating_count {
        Some(count) => format!("★ {rating} ({} votes)", thousands(count)),
        None => format!("★ {rating}"),
    });
    let parts = [title.kind.as_deref().map(|k| kind(k).to_owned()), title.runtime_minutes.map(runtime), rating];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn data(movie: &Proposal, now: UtcDateTime) -> String {
    let age = movie.cache.cached_at.map(|then| ago(then, now)).unwrap_or_default();
    let source = movie.cache.source.as_deref().unwrap_or("?");
    match freshness(movie, now) {
        Freshness::Fresh => format!("fresh: from {source}, {age}"),
        Freshness::Stale => format!("stale: from {source}, {age}"),
        Freshness::Missing => "none yet".into(),
        Freshness::Unknown => "unknown to IMDb".into(),
        Freshness::None => "none: it was proposed by its title".into(),
    }
}

/// What a search found, as a table; numbered for a choice. `remark` says what is special about one.
pub fn hits(hits: &[Hit], numbered: bool, remark: impl Fn(&Hit) -> String, screen: Screen) -> String {
    let mut header = vec![
        ("IMDb", Align::Left),
        ("Title", Align::Left),
        ("Year", Align::Right),
        ("Type", Align::Left),
        ("★", Align::Right),
        ("", Align::Left),
    ];
    if numbered {
        header.insert(0, ("#", Align::Right));
    }
    // Everything but titles takes about this much.
    let room = screen.width.map_or(usize::MAX, |w| w.saturating_sub(45).max(20));
    let row = |(at, hit): (usize, &Hit)| {
        let title = &hit.title;
        let mut cells: Vec<Cell> = vec![
            Cell::new(hit.id.to_string(), Tone::Faint),
            Cell::new(truncate(&title.title, room), Tone::Strong),
            title.year.map(|y| y.to_string()).unwrap_or_default().into(),
            title.kind.as_deref().map(kind).unwrap_or_default().into(),
            title.rating.map(|r| r.to_string()).unwrap_or_default().into(),
            Cell::new(remark(hit), Tone::Good),
        ];
        if numbered {
            cells.insert(0, (at + 1).to_string().into());
        }
        cells
    };
    table(&header, &hits.iter().enumerate().map(row).collect::<Vec<_>>(), screen.palette)
}
