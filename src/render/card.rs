//! Everything known about one movie.

use time::UtcDateTime;

use super::Screen;
use super::cells::{width, wrap};
use super::facts::fact;
use super::style::Tone;
use crate::model::Freshness;
use crate::view::format::{ago, date, kind, runtime, thousands};
use crate::view::movie::{MovieView, TitleView};

/// Cells of the column of names.
const NAMES: usize = 13;
/// A plot is easier to read in shorter lines than most terminals have.
const MAX_TEXT_WIDTH: usize = 90;

/// A card as text.
#[derive(Clone, Debug, Default)]
pub struct CardText {
    /// The card, without what is in `below`.
    pub text: String,
    /// Addresses that are longer than the width of a screen beside a picture.
    pub below: String,
}

impl CardText {
    /// All of it.
    pub fn whole(self) -> String {
        self.text + &self.below
    }
}

/// The card of a movie that somebody proposed. With `is_beside` it stands beside a picture, so that no line of
/// [`CardText::text`] is wider than the screen.
pub fn card(movie: &MovieView<'_>, now: UtcDateTime, screen: Screen<'_>, is_beside: bool) -> CardText {
    let mut card = Card::new(screen, is_beside);
    card.title(&movie.title);
    let on = date(movie.proposed_at.0, screen.zone);
    let by = format!("{}, {} ({on})", movie.proposed_by, ago(movie.proposed_at.0, now));
    card.line("Number", &movie.number.to_string());
    card.line("Proposed by", &by);
    for note in &movie.notes {
        card.line("Note", &format!("{} ({})", note.text, note.voter));
    }
    if let Some(day) = &movie.watched_on {
        card.line("Watched", day);
    } else if let Some(at) = movie.withdrawn_at {
        let back = format!("movienight propose {} brings it back, with its votes", movie.number);
        card.line("Withdrawn", &format!("{}: {back}", date(at.0, screen.zone)));
    }
    card.line("Votes", &votes(movie, screen));
    if !movie.no_of.is_empty() {
        card.line("Noes", &format!("{}: {}", movie.no_of.len(), movie.no_of.join(", ")));
    }
    card.line("Seen by", &movie.seen_by.join(", "));
    card.line("Listed by", &movie.listed_by.join(", "));
    card.links(&movie.title);
    card.line("Data", &data(&movie.title, now));
    CardText { text: card.out, below: card.below }
}

/// The card of a movie that nobody proposed, as [`card`].
pub fn preview(title: &TitleView<'_>, now: UtcDateTime, screen: Screen<'_>, is_beside: bool) -> CardText {
    let mut card = Card::new(screen, is_beside);
    card.title(title);
    card.links(title);
    card.line("Data", &data(title, now));
    CardText { text: card.out, below: card.below }
}

fn votes(movie: &MovieView<'_>, Screen { marks, .. }: Screen<'_>) -> String {
    let name = |name: &&str| match movie.favorite_of.contains(name) {
        true => marks.of_name(name, marks.favorite),
        false => (*name).to_owned(),
    };
    match movie.voters.len() {
        _ if movie.votes.is_none() => "hidden".to_owned(),
        0 => "none".to_owned(),
        n => format!("{n}: {}", movie.voters.iter().map(name).collect::<Vec<_>>().join(", ")),
    }
}

struct Card<'a> {
    out: String,
    below: String,
    is_beside: bool,
    screen: Screen<'a>,
}

impl<'a> Card<'a> {
    fn new(screen: Screen<'a>, is_beside: bool) -> Self {
        let width = screen.width.unwrap_or(MAX_TEXT_WIDTH).min(MAX_TEXT_WIDTH);
        Self { out: String::new(), below: String::new(), is_beside, screen: Screen { width: Some(width), ..screen } }
    }

    fn title(&mut self, title: &TitleView<'_>) {
        let width = self.screen.width.unwrap_or(MAX_TEXT_WIDTH);
        for line in wrap(&title.name(), width) {
            self.out += &self.screen.palette.paint(Tone::Strong, &line);
            self.out.push('\n');
        }
        for text in [title.original_title.unwrap_or_default(), &facts(title, self.screen)] {
            for line in wrap(text, width).iter().filter(|line| !line.is_empty()) {
                self.out += &format!("{line}\n");
            }
        }
        if let Some(plot) = title.plot {
            self.out += &format!("\n{}\n\n", wrap(plot, width).join("\n"));
        }
        self.line("Genres", &title.genres.unwrap_or_default().join(", "));
        self.line("Directed by", &title.directors.join(", "));
        self.line("With", &title.stars.join(", "));
    }

    fn links(&mut self, title: &TitleView<'_>) {
        for (name, address) in [("Link", title.link()), ("Trailer", title.trailer_url.map(str::to_owned))] {
            let Some(address) = address else { continue };
            // An address is not broken: what is broken cannot be followed. Where there is no room for it beside a
            // picture it goes without its name, or below.
            let room = self.screen.width.filter(|_| self.is_beside).unwrap_or(usize::MAX);
            let named = self.screen.palette.paint(Tone::Faint, &format!("{name:<NAMES$}"));
            let linked = self.screen.palette.link(&address, &address);
            let (out, line) = match width(&address) {
                cells if cells <= room.saturating_sub(NAMES) => (&mut self.out, named + &linked),
                cells if cells <= room => (&mut self.out, linked),
                _ => (&mut self.below, named + &linked),
            };
            *out += &line;
            out.push('\n');
        }
    }

    /// A named fact; nothing when nothing is known.
    fn line(&mut self, name: &str, what: &str) {
        self.out += &fact(name, NAMES, what, Tone::Plain, self.screen);
    }
}

fn facts(title: &TitleView<'_>, screen: Screen<'_>) -> String {
    let count = title.rating_count.map(|count| format!(" ({} votes)", thousands(count))).unwrap_or_default();
    let rating = title.rating.map(|rating| format!("{} {rating}{count}", screen.marks.rating));
    let parts = [title.kind.map(|k| kind(k).to_owned()), title.runtime_minutes.map(runtime), rating];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn data(title: &TitleView<'_>, now: UtcDateTime) -> String {
    let age = title.cached_at.map(|then| ago(then.0, now)).unwrap_or_default();
    let source = title.source.unwrap_or("?");
    match title.cache {
        Freshness::Fresh => format!("fresh: from {source}, {age}"),
        Freshness::Stale => format!("stale: from {source}, {age}"),
        Freshness::Missing => "none yet".into(),
        Freshness::Unknown => "unknown to IMDb".into(),
        Freshness::None => "no IMDb data: it was proposed by title".into(),
    }
}
