//! The decision: the winner with the reason, and what separates each place from the next.

use serde::Serialize;

use super::Timestamp;
use super::format::{and, count};
use super::movie::MovieView;
use crate::model::Proposal;
use crate::model::pick::{Ranked, TieBreak, tied_for_first};

/// The document of `pick`.
#[derive(Clone, Debug, Serialize)]
pub struct PickView<'a> {
    /// The winner.
    pub winner: MovieView<'a>,
    /// Why it won, in a sentence.
    pub reason: String,
    /// The draw, if there was one.
    pub random: Option<Drawn>,
    /// Those whose votes count; nobody: everybody's do.
    pub here: Vec<&'a str>,
    /// The favourites of people who are not here.
    pub waits_for: Vec<Waiting<'a>>,
    /// All movies in order.
    pub ranking: Vec<RankedView<'a>>,
    /// The winner was moved to the history.
    pub watched: bool,
    /// The server is away, and this is what it held then; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// People who voted and are not here.
    #[serde(skip)]
    pub absent: Vec<&'a str>,
}

/// A draw that was made.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Drawn {
    /// The seed that repeats it.
    pub seed: u64,
    /// The number of movies it was made among.
    pub among: usize,
    /// The candidate that was drawn.
    #[serde(skip)]
    pub at: usize,
    /// Votes were weights.
    #[serde(skip)]
    pub by_votes: bool,
}

/// Somebody who is not here, and their favourite.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting<'a> {
    /// The person.
    pub voter: &'a str,
    /// The favourite's title and year.
    pub title: String,
}

/// A movie's place in the ranking.
#[derive(Clone, Debug, Serialize)]
pub struct RankedView<'a> {
    /// The movie.
    #[serde(flatten)]
    pub movie: MovieView<'a>,
    /// Votes of those who count.
    pub counted_votes: usize,
    /// Number of these that are favourites.
    pub counted_favorites: usize,
    /// The criterion that put it before the next one.
    pub ahead_of_next_by: Option<&'static str>,
    /// The same, with its numbers.
    #[serde(skip)]
    pub tie_break: Option<TieBreak>,
}

/// The facts that a reason is made from.
pub struct Reasoning<'a> {
    /// The proposals that the ranking refers to.
    pub proposals: &'a [Proposal],
    /// The ranking among those who count.
    pub ranking: &'a [Ranked],
    /// The winner's place in it.
    pub winner: usize,
    /// The draw, if there was one.
    pub drawn: Option<Drawn>,
}

impl Reasoning<'_> {
    fn name(&self, place: usize) -> String {
        self.proposals[self.ranking[place].place.index].name()
    }

    /// Why the winner won, in a sentence or two.
    pub fn to_sentence(&self) -> String {
        let winner = self.ranking[self.winner];
        let own_votes = count(winner.place.tally.votes, "vote", "votes");
        if let Some(drawn) = self.drawn {
            let how = if drawn.by_votes { "by votes among all" } else { "among those tied for the first place" };
            let among = count(drawn.among, "movie", "movies");
            return format!("Drawn {how}, {among}: --seed {} repeats the draw.", drawn.seed);
        }
        let Some((tie_break, next)) = winner.tie_break.zip(self.ranking.get(self.winner + 1)) else {
            return format!("It is the only movie on the board, with {own_votes}.");
        };
        let other = self.name(self.winner + 1);
        let tied = || {
            let favorites = count(next.place.tally.favorites, "favourite", "favourites");
            format!("It is tied with {other} on {own_votes} and {favorites}")
        };
        match tie_break {
            // Of the winner itself, that may not be known.
            TieBreak::Fits => format!("No other movie fits into the evening. It has {own_votes}."),
            TieBreak::Votes(_, 0) if self.ranking.iter().any(|ranked| !ranked.place.fits) => {
                format!("It has {own_votes}, and no other movie that fits has any.")
            }
            TieBreak::Votes(_, 0) => format!("It has {own_votes}, and no other movie has any."),
            TieBreak::Votes(own, others) => format!("It has {own_votes}, {} more than {other}.", own - others),
            TieBreak::Favorites(own, others) => {
                let own = count(own, "favourite", "favourites");
                let against = if others == 0 { "none".to_owned() } else { others.to_string() };
                format!("It has {own_votes}, as many as {other}, and is ahead by favourites: {own} to {against}.")
            }
            TieBreak::HeadToHead(own, others) => {
                format!("{}, and is preferred head to head: {own} to {others}.", tied())
            }
            TieBreak::Wins(own, others) => format!("{}, and wins more often head to head: {own} to {others}.", tied()),
            TieBreak::Age => self.older(&own_votes),
        }
    }

    fn older(&self, own_votes: &str) -> String {
        let tied = tied_for_first(&self.ranking[self.winner..]);
        let names: Vec<String> = (self.winner + 1..self.winner + tied).map(|place| self.name(place)).collect();
        let others = match names.len() {
            0..=3 => and(&names.iter().map(String::as_str).collect::<Vec<_>>()),
            n => format!("{n} others"),
        };
        format!("It is tied with {others} on {own_votes}, by favourites and head to head, and is longer on the board.")
    }
}

/// A tie break in words: `votes: 3 to 2`.
pub fn tie_break_words(tie_break: TieBreak) -> String {
    match tie_break {
        TieBreak::Fits => "the next does not fit".into(),
        TieBreak::Votes(own, other) => format!("votes: {own} to {other}"),
        TieBreak::Favorites(own, other) => format!("favourites: {own} to {other}"),
        TieBreak::HeadToHead(own, other) => format!("head to head: {own} to {other}"),
        TieBreak::Wins(own, other) => format!("wins head to head: {own} to {other}"),
        TieBreak::Age => "longer on the board".into(),
    }
}
