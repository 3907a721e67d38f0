//! A card with everything known about one movie.

use time::UtcDateTime;

use super::cells::wrap;
use super::{NAME_WIDTH, Screen, Tone};
use crate::model::movie_ref::unique_argument;
use crate::model::{Freshness, ProposalNumber, Title};
use crate::view::format::{ago, date, kind, runtime, thousands};
use crate::view::movie::{MovieView, TitleView};

/// Maximum width of text in cells. A plot is easier to read in shorter lines than most terminals have.
const MAX_TEXT_WIDTH: usize = 90;

/// A card as text.
#[derive(Clone, Debug, Default)]
pub struct CardText {
    /// Text that may stand next to a picture. No line is wider than the screen.
    pub text: String,
    /// Links, which are not wrapped because a broken link cannot be followed, and the age of the data.
    pub below: String,
}

/// Renders the card of a proposed movie.
pub fn card(movie: &MovieView<'_>, now: UtcDateTime, screen: Screen<'_>) -> CardText {
    let mut card = Card::new(&movie.title, screen);
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
        let argument = unique_argument(movie.title.imdb_id, ProposalNumber(movie.number));
        let back = format!("movienight propose {argument} brings it back, with its votes");
        card.line("Withdrawn", &format!("{}: {back}", date(at.0, screen.zone)));
    }
    card.line("Votes", &votes(movie, screen));
    if !movie.no_of.is_empty() {
        card.line("Noes", &format!("{}: {}", movie.no_of.len(), movie.no_of.join(", ")));
    }
    card.line("Seen by", &movie.seen_by.join(", "));
    card.line("Listed by", &movie.listed_by.join(", "));
    CardText { text: card.out, below: below(&movie.title, now, screen) }
}

/// Renders the card of a movie that was not proposed.
pub fn preview(title: &TitleView<'_>, now: UtcDateTime, screen: Screen<'_>) -> CardText {
    CardText { text: Card::new(title, screen).out, below: below(title, now, screen) }
}

fn below(title: &TitleView<'_>, now: UtcDateTime, screen: Screen<'_>) -> String {
    let mut out = String::new();
    for (name, address) in [("Link", title.link()), ("Trailer", title.data.trailer_url.clone())] {
        if let Some(address) = address {
            out += &screen.palette.paint(Tone::Faint, &format!("{name:<NAME_WIDTH$}"));
            out += &(screen.palette.link(&address, &address) + "\n");
        }
    }
    out + &screen.fact("Data", &data(title, now), Tone::Plain)
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
    screen: Screen<'a>,
}

impl<'a> Card<'a> {
    /// Starts a card with the data of the movie.
    fn new(title: &TitleView<'_>, screen: Screen<'a>) -> Self {
        let data = &title.data;
        let width = screen.width.unwrap_or(MAX_TEXT_WIDTH).min(MAX_TEXT_WIDTH);
        let mut card = Self { out: String::new(), screen: Screen { width: Some(width), ..screen } };
        for line in wrap(&title.name(), width) {
            card.out += &(screen.palette.paint(Tone::Strong, &line) + "\n");
        }
        for text in [data.original_title.as_deref().unwrap_or_default(), &facts(data, screen)] {
            for line in wrap(text, width).iter().filter(|line| !line.is_empty()) {
                card.out += &format!("{line}\n");
            }
        }
        card.out.push('\n');
        if let Some(plot) = &data.plot {
            card.out += &format!("{}\n\n", wrap(plot, width).join("\n"));
        }
        card.line("Genres", &data.genres.join(", "));
        card.line("Directed by", &data.directors.join(", "));
        card.line("With", &data.stars.join(", "));
        card.line("Age rating", data.age_rating.as_deref().unwrap_or_default());
        card.line("Languages", &data.languages.join(", "));
        card.line("Countries", &data.countries.join(", "));
        card.line("Critics", &critics(data));
        card
    }

    /// Adds a named fact, or nothing if the fact is empty.
    fn line(&mut self, name: &str, what: &str) {
        self.out += &self.screen.fact(name, what, Tone::Plain);
    }
}

/// Formats the critics' scores that are known.
fn critics(title: &Title) -> String {
    let scores = [
        title.metacritic.map(|score| format!("{score}/100 at Metacritic")),
        title.rotten_tomatoes.map(|score| format!("{score} % at Rotten Tomatoes")),
    ];
    scores.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn facts(title: &Title, screen: Screen<'_>) -> String {
    let count = title.rating_count.map(|count| format!(" ({} votes)", thousands(count))).unwrap_or_default();
    let rating = title.rating.map(|rating| format!("{} {rating}{count}", screen.marks.rating));
    let parts = [title.kind.as_deref().map(|k| kind(k).to_owned()), title.runtime_minutes.map(runtime), rating];
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
