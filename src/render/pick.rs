//! The decision: the winner with its reason, and what separates each place from the next.

use super::Screen;
use super::board::View;
use super::cells::{self, truncate, wrap};
use super::format::{and, clock, count, runtime};
use super::style::Tone;
use super::table::{Align, Cell, table};
use crate::model::pick::{Ranked, TieBreak, tied_for_first};
use crate::model::{Board, Proposal};

/// A draw that was made.
#[derive(Clone, Copy, Debug)]
pub struct Drawn {
    /// Which of the candidates was drawn.
    pub at: usize,
    /// Among how many.
    pub among: usize,
    /// What repeats it.
    pub seed: u64,
    /// Whether votes were weights.
    pub by_votes: bool,
}

/// What was decided, and from what.
pub struct Decision<'a> {
    /// The board.
    pub board: &'a Board,
    /// All movies in order.
    pub ranking: &'a [Ranked],
    /// The winner.
    pub winner: Ranked,
    /// The draw, if there was one.
    pub drawn: Option<Drawn>,
    /// Those whose votes count; nobody: everybody's do.
    pub here: &'a [usize],
}

impl<'a> Decision<'a> {
    fn movie(&self, ranked: &Ranked) -> &'a Proposal {
        &self.board.proposals[ranked.place.index]
    }
}

/// The winner, the reason, who is waited for, and the ranking.
pub fn text(decision: &Decision<'_>, view: &View<'_>, screen: Screen) -> String {
    let winner = decision.movie(&decision.winner);
    let width = screen.width.unwrap_or(usize::MAX);
    let mut out = screen.palette.paint(Tone::Strong, &winner.name());
    if let (Some(minutes), Some(ends)) = (winner.runtime_minutes(), view.evening.ends_at(winner.runtime_minutes())) {
        let times = format!("{}, ends at {}", runtime(minutes), clock(ends, view.offset));
        let fits_the_line = cells::width(&winner.name()) + ", ".len() + cells::width(&times) <= width;
        out += if fits_the_line { ", " } else { "\n" };
        out += &times;
    }
    out.push('\n');
    let mut paragraph = |text: &str| {
        for line in wrap(text, width) {
            out += &line;
            out.push('\n');
        }
    };
    paragraph(&reason(decision));
    for (who, movie) in waiting(decision) {
        paragraph(&format!("Waits for {who}: {movie}."));
    }
    if decision.ranking.len() > 1 {
        out.push('\n');
        out += &ranking(decision, view, screen);
    }
    out
}

/// Why the winner won, in one line.
pub fn reason(decision: &Decision<'_>) -> String {
    let tally = decision.winner.place.tally;
    let own_votes = count(tally.votes, "vote", "votes");
    if let Some(drawn) = decision.drawn {
        let how = if drawn.by_votes { "by votes among all" } else { "among those tied for the first place" };
        let among = count(drawn.among, "movie", "movies");
        return format!("Drawn {how}, {among}: --seed {} repeats the draw.", drawn.seed);
    }
    let place = decision.ranking.iter().position(|r| r.place.index == decision.winner.place.index).unwrap_or(0);
    let next = decision.ranking.get(place + 1).map(|r| (decision.movie(r).name(), r.place.tally));
    let Some((edge, (other, theirs))) = decision.winner.edge.zip(next) else {
        return format!("It is the only movie on the board, with {own_votes}.");
    };
    match edge {
        TieBreak::Fits => format!("It is the only one that fits into the evening, with {own_votes}."),
        TieBreak::Votes(_, 0) => format!("It has {own_votes}, and no other movie has any."),
        TieBreak::Votes(own, other_votes) => {
            let more = own - other_votes;
            format!("It has {own_votes}, {more} more than {other}.")
        }
        TieBreak::Favorites(own, others) => {
            let own = count(own, "favourite", "favourites");
            let against = if others == 0 { "none".to_owned() } else { others.to_string() };
            format!("It has {own_votes}, as many as {other}, and is ahead by favourites: {own} to {against}.")
        }
        TieBreak::HeadToHead(own, others) => format!(
            "It is tied with {other} on {own_votes} and {}, and is preferred head to head: {own} to {others}.",
            count(theirs.favorites, "favourite", "favourites"),
        ),
        TieBreak::Wins(own, others) => format!(
            "It is tied with {other} on {own_votes} and {}, and wins more often head to head: {own} to {others}.",
            count(theirs.favorites, "favourite", "favourites"),
        ),
        TieBreak::Age => {
            let from_here = &decision.ranking[place..];
            let tied: Vec<String> =
                from_here[1..tied_for_first(from_here)].iter().map(|r| decision.movie(r).name()).collect();
            let tied: Vec<&str> = tied.iter().map(String::as_str).collect();
            let others = match tied.len() {
                0..=3 => and(&tied),
                n => format!("{n} others"),
            };
            format!(
                "It is tied with {others} on {own_votes}, by favourites and head to head, and is longer on the board."
            )
        }
    }
}

/// What people who are not here love most.
pub fn waiting(decision: &Decision<'_>) -> Vec<(String, String)> {
    if decision.here.is_empty() {
        return Vec::new();
    }
    let mut waiting = Vec::new();
    for ranked in decision.ranking {
        let movie = decision.movie(ranked);
        let absent = movie.ballots.iter().filter(|b| b.favorite && !decision.here.contains(&b.voter));
        waiting.extend(absent.map(|b| (decision.board.voters[b.voter].name.clone(), movie.name())));
    }
    waiting
}

/// Below so many cells, the ranking is only a list.
const NARROW: usize = 60;

fn ranking(decision: &Decision<'_>, view: &View<'_>, screen: Screen) -> String {
    let header = [
        ("#", Align::Right),
        ("Movie", Align::Left),
        ("Votes", Align::Right),
        ("♥", Align::Right),
        ("Ahead of the next", Align::Left),
    ];
    // Where there is no room for both, what separates places gives way to the movies.
    let (shown, others) = if screen.width.is_some_and(|w| w < NARROW) { (4, 15) } else { (5, 42) };
    let room = screen.width.map_or(usize::MAX, |w| w.saturating_sub(others).max(8));
    let row = |(at, ranked): (usize, &Ranked)| {
        let movie = decision.movie(ranked);
        let tone = |tone| if ranked.place.fits { tone } else { Tone::Faint };
        let edge = match (ranked.place.fits, ranked.edge) {
            (false, _) => {
                let ends = view.evening.ends_at(movie.runtime_minutes()).map(|t| clock(t, view.offset));
                format!("✗ ends at {}", ends.unwrap_or_default())
            }
            (true, edge) => edge.map(|e| e.to_string()).unwrap_or_default(),
        };
        let favorites = match ranked.place.tally.favorites {
            0 => String::new(),
            n => n.to_string(),
        };
        let mut cells = vec![
            Cell::new((at + 1).to_string(), Tone::Faint),
            Cell::new(truncate(&movie.name(), room), tone(Tone::Plain)),
            Cell::new(ranked.place.tally.votes.to_string(), tone(Tone::Plain)),
            Cell::new(favorites, tone(Tone::Plain)),
            Cell::new(edge, Tone::Faint),
        ];
        cells.truncate(shown);
        cells
    };
    table(&header[..shown], &decision.ranking.iter().enumerate().map(row).collect::<Vec<_>>(), screen.palette)
}
