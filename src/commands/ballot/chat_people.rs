//! The changes that each person in the chat makes.

use std::collections::{HashMap, HashSet};

use super::{Change, change_of, opinion};
use crate::model::change::GivenOpinion;
use crate::model::chat::ChatBallot;
use crate::model::{Board, Opinion, Proposal, ProposalNumber, VoterId, VoterName};

/// The board, and what the thread said when it was pasted before.
pub struct ThreadHistory<'a> {
    pub board: &'a Board,
    pub earlier: &'a [(VoterId, GivenOpinion)],
    /// When the board's opinions were given, by the keys of people. Empty while votes are hidden.
    pub times: HashMap<(String, ProposalNumber), i64>,
    /// The keys of people with a message about a movie that was not counted. It may have counted before, so nothing of theirs
    /// is taken back.
    pub not_counted: HashSet<String>,
}

/// A person of the chat, with what changes on the board.
pub struct Person {
    /// In the order of the numbers.
    pub said: Vec<(ProposalNumber, Opinion)>,
    /// What the person said when the thread was pasted before, as far as it still counts.
    pub earlier: Vec<GivenOpinion>,
    pub change: Change,
    /// Movies of which the thread says nothing new, and whose opinion was changed by hand since.
    pub left_by_hand: Vec<ProposalNumber>,
}

impl ThreadHistory<'_> {
    /// The people who say something in the thread, and those who did when it was read before.
    pub fn people(&self, ballots: Vec<ChatBallot>) -> Vec<Person> {
        // Names were checked when they were matched.
        let person = |ballot: ChatBallot| {
            Some(self.person(VoterName::parse(&ballot.sender).ok()?, ballot.opinions, ballot.replaces))
        };
        let mut people: Vec<Person> = ballots.into_iter().filter_map(person).collect();
        let speaking: HashSet<&str> = people.iter().map(|person| person.change.voter.key()).collect();
        let silent = self.board.voters.iter().filter(|voter| voter.is_listed && !speaking.contains(&*voter.key));
        let silent = silent.filter_map(|voter| VoterName::parse(&voter.name).ok());
        let silent = silent.map(|voter| self.person(voter, Vec::new(), false));
        let silent: Vec<Person> = silent.filter(|person| !person.change.is_empty()).collect();
        people.extend(silent);
        people
    }

    /// The changes that follow from a person's messages: only what is new in the thread counts, because somebody may have
    /// voted by hand since. So "only" replaces all else if the thread said nothing of this person before.
    fn person(&self, voter: VoterName, mut said: Vec<(ProposalNumber, Opinion)>, replaces: bool) -> Person {
        let known = self.board.voters.iter().find(|known| known.key == voter.key()).map(|known| known.id);
        let own = self.earlier.iter().filter(|(id, _)| Some(*id) == known);
        let own: Vec<GivenOpinion> = own.map(|(_, given)| *given).collect();
        let now = |number| {
            let movie = self.board.proposals.iter().find(|movie| movie.number == number)?;
            Some(opinion(self.board, &voter, movie))
        };
        said.sort_by_key(|(number, _)| *number);
        let is_known =
            |said: &(ProposalNumber, Opinion)| own.iter().any(|given| (given.number, given.opinion) == *said);
        let (repeated, new): (Vec<_>, Vec<_>) = said.iter().copied().partition(is_known);
        let is_hidden = self.board.is_hidden();
        let is_by_hand = |(number, opinion): &(ProposalNumber, Opinion)| {
            !is_hidden && now(*number).is_some_and(|now| now != Some(*opinion))
        };
        let left_by_hand = repeated.into_iter().filter(is_by_hand).map(|(number, _)| number).collect();
        let replaces = replaces && own.is_empty();
        // What the thread no longer says goes, unless it was changed by hand since. While votes are hidden, only the store knows.
        let is_gone = |given: &GivenOpinion| {
            let time = self.times.get(&(voter.key().to_owned(), given.number));
            given.at > 0
                && time.is_none_or(|at| *at <= given.at)
                && now(given.number).is_some_and(|now| is_hidden || now == Some(given.opinion))
        };
        let is_said = |given: &GivenOpinion| said.iter().any(|(number, _)| *number == given.number);
        let may_take_back = !self.not_counted.contains(voter.key());
        let taken_back = own.iter().copied().filter(|given| may_take_back && !is_said(given) && is_gone(given));
        let taken_back = taken_back.collect();
        let earlier = own.iter().copied().filter(|given| !may_take_back || is_said(given)).collect();
        let change = Change { taken_back, ..change_of(self.board, voter, &new, replaces) };
        Person { said, earlier, change, left_by_hand }
    }
}

impl Person {
    /// The number of movies that the person would say no to. Noes that the board hides are counted by the store.
    pub fn noes(&self, board: &Board) -> usize {
        let after = |movie: &Proposal| {
            let said =
                self.said.iter().find(|(number, _)| *number == movie.number && !self.left_by_hand.contains(number));
            said.map(|(_, opinion)| *opinion)
                .or_else(|| opinion(board, &self.change.voter, movie).filter(|_| !self.takes_back(movie)))
        };
        board.proposals.iter().filter(|movie| after(movie) == Some(Opinion::No)).count()
    }

    pub fn takes_back(&self, movie: &Proposal) -> bool {
        self.change.taken_back.iter().any(|given| given.number == movie.number)
    }

    /// All that the thread says of this person now, or said in a message that is not counted any more. What was stored from it
    /// was given at `at`.
    pub fn all_said(&self, at: i64) -> impl Iterator<Item = GivenOpinion> {
        let said = self.said.iter().map(move |&(number, opinion)| {
            let known = self.earlier.iter().find(|given| (given.number, given.opinion) == (number, opinion));
            let is_stored = self.change.opinions.contains(&(number, Some(opinion)));
            let at = if is_stored { at } else { known.map_or(0, |given| given.at) };
            GivenOpinion { number, opinion, at }
        });
        let is_unsaid = |given: &&GivenOpinion| self.said.iter().all(|(number, _)| *number != given.number);
        said.chain(self.earlier.iter().filter(is_unsaid).copied())
    }
}
