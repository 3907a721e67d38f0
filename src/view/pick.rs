//! The decision: the winner with the reason, and why each place is ahead of the next.

use serde::Serialize;

use super::Timestamp;
use super::format::{and, count, votes_and_noes, with_noes};
use super::movie::{MovieView, unknown_words};
use crate::model::evening::EveningFit;
use crate::model::order::{RankedPlace, Tally, TieBreak};
use crate::model::{Proposal, ProposalNumber};

/// The JSON document of `pick`.
#[derive(Clone, Debug, Serialize)]
pub struct PickView<'a> {
    pub winner: MovieView<'a>,
    pub reason: String,
    pub random: Option<Drawn>,
    /// The people whose votes count. Empty if everybody's do.
    pub here: Vec<&'a str>,
    pub waits_for: Vec<Waiting<'a>>,
    pub ranking: Vec<RankedView<'a>>,
    pub watched: bool,
    /// The time of this copy of the board if the server cannot be reached. Absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    #[serde(skip)]
    pub absent: Vec<&'a str>,
}

/// The draw that decided.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Drawn {
    /// Number of movies that could win.
    pub among: usize,
}

/// A voter who is not here, and their favourite.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting<'a> {
    pub voter: &'a str,
    pub title: String,
    /// The number of the favourite, because two movies may have the same title.
    #[serde(skip)]
    pub number: ProposalNumber,
}

/// A movie's place in the ranking.
#[derive(Clone, Debug, Serialize)]
pub struct RankedView<'a> {
    #[serde(flatten)]
    pub movie: MovieView<'a>,
    pub counted_votes: usize,
    pub counted_favorites: usize,
    pub counted_noes: usize,
    pub ahead_of_next_by: Option<TieBreak>,
    #[serde(skip)]
    pub place: RankedPlace,
}

/// The facts from which the reason is worded.
pub struct Reasoning<'a> {
    /// The proposals that the ranking refers to.
    pub proposals: &'a [Proposal],
    /// The ranking by the votes that count.
    pub ranking: &'a [RankedPlace],
    /// The winner's index in the ranking.
    pub winner: usize,
    /// The draw, if there was one.
    pub drawn: Option<Drawn>,
    /// The text after a count of votes: " from those here" if only theirs count, else empty.
    pub from_here: &'a str,
    /// A clause about the best movie that does not fit, if it would have won or tied.
    pub misfit: Option<String>,
}

impl Reasoning<'_> {
    fn name(&self, place: usize) -> String {
        self.proposals[self.ranking[place].index].name()
    }

    /// Returns why the winner won: the rule that put it ahead of the next movie, then movies that might be ahead of it.
    pub fn to_sentences(&self) -> String {
        let mut sentences = vec![self.reason()];
        sentences.extend(self.ahead_but_unknown());
        sentences.extend(self.misfit.as_ref().map(|misfit| format!("{misfit}.")));
        sentences.join(" ")
    }

    fn reason(&self) -> String {
        let winner = self.ranking[self.winner];
        let tally = winner.tally;
        let here = self.from_here;
        let own = standing(tally) + here;
        if let Some(drawn) = self.drawn.filter(|drawn| drawn.among > 1) {
            return format!("Drawn among {} movies, weighted by votes minus noes. It has {own}.", drawn.among);
        }
        let next = winner.tie_break.zip(self.ranking.get(self.winner + 1));
        let Some((tie_break, next)) = next.filter(|(tie_break, _)| *tie_break != TieBreak::Fits) else {
            return match winner.fit {
                _ if self.ranking.len() == 1 => format!("The only movie on the board, with {own}."),
                EveningFit::Fits => format!("It is the only one known to fit, with {own}."),
                _ => format!("It is the only movie that may fit and has more votes than noes: {own}."),
            };
        };
        let (other, next) = (self.name(self.winner + 1), next.tally);
        match tie_break {
            TieBreak::Score if tally.noes != next.noes => {
                let ahead = tally.score() - next.score();
                let score = |tally: Tally| with_noes(tally.votes, "minus", tally.noes);
                format!("{}{here}, {ahead} more than {other}, which has {}.", score(tally), score(next))
            }
            TieBreak::Votes | TieBreak::Score => {
                format!("{own}, {} more than {other}.", tally.score() - next.score())
            }
            TieBreak::Noes => {
                let why = tie_break_words(tie_break, tally, next);
                format!("{own}, the same score as {other} with {}; it has {why}.", standing(next))
            }
            TieBreak::Favorites => {
                format!("{own}, as many as {other}; it has more {}.", tie_break_words(tie_break, tally, next))
            }
            TieBreak::HeadToHead => {
                let votes = Some(count(tally.votes, "vote", "votes"));
                let noes = (tally.noes > 0).then(|| count(tally.noes, "no", "noes"));
                let favorites = (tally.favorites > 0).then(|| count(tally.favorites, "favourite", "favourites"));
                let tied: Vec<String> = [votes, noes, favorites].into_iter().flatten().collect();
                let (tied, wins, others) = (and(&tied), tally.wins, next.wins);
                format!("Tied with {other} on {tied}{here}; it wins more often head-to-head: {wins} to {others}.")
            }
            TieBreak::ProposedFirst | TieBreak::Fits => self.oldest(),
        }
    }

    fn oldest(&self) -> String {
        let tied = (self.winner..).take_while(|place| self.ranking[*place].tie_break == Some(TieBreak::ProposedFirst));
        let names: Vec<String> = tied.map(|place| self.name(place + 1)).collect();
        let others = match names.len() {
            0..=3 => and(&names),
            n => format!("{n} others"),
        };
        let noes = if self.ranking[self.winner].tally.noes > 0 { "noes, " } else { "" };
        format!(
            "Tied with {others} on votes, {noes}favourites and head-to-head; it wins because it was proposed first."
        )
    }

    /// Returns a sentence about the movie that would have won or tied if it were known to fit, and the data that it
    /// lacks.
    fn ahead_but_unknown(&self) -> Option<String> {
        let winner = self.ranking[self.winner];
        let unknown = self.ranking.iter().position(|ranked| matches!(ranked.fit, EveningFit::Unknown(_)))?;
        let place = self.ranking[unknown];
        let EveningFit::Unknown(what) = place.fit else { return None };
        let may_be_ahead = winner.fit == EveningFit::Fits && place.tally.standing() <= winner.tally.standing();
        let (name, votes, here) = (self.name(unknown), standing(place.tally), self.from_here);
        may_be_ahead.then(|| format!("{name} has {votes}{here}, but {}.", unknown_words(what)))
    }
}

fn standing(tally: Tally) -> String {
    votes_and_noes(tally.votes, tally.noes)
}

/// Formats a tie-break: `votes: 3 to 2`.
pub fn tie_break_words(tie_break: TieBreak, own: Tally, other: Tally) -> String {
    match tie_break {
        TieBreak::Fits => "fits".into(),
        TieBreak::Votes => format!("votes: {} to {}", own.votes, other.votes),
        TieBreak::Score => format!("votes minus noes: {} to {}", own.score(), other.score()),
        TieBreak::Noes => format!("fewer noes: {} to {}", own.noes, other.noes),
        TieBreak::Favorites => format!("favourites: {} to {}", own.favorites, other.favorites),
        TieBreak::HeadToHead => format!("head-to-head wins: {} to {}", own.wins, other.wins),
        TieBreak::ProposedFirst => "proposed first".into(),
    }
}
