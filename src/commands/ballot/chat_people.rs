//! The changes that each person in the chat makes.

use std::collections::{HashMap, HashSet};

use super::{Change, change_of, opinion};
use crate::model::change::GivenOpinion;
use crate::model::chat::ChatBallot;
use crate::model::{Board, Opinion, Proposal, ProposalNumber, VoterName};
use crate::state::StoredThread;

/// The board, and what earlier pastes of the thread stored.
pub struct ThreadHistory<'a> {
    pub board: &'a Board,
    /// What they stored.
    pub stored: &'a StoredThread,
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
    pub change: Change,
    /// Movies whose stored opinion was changed by hand since; the thread says nothing new of them.
    pub kept_by_hand: Vec<ProposalNumber>,
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

    /// The changes that follow from a person's messages. "Only" replaces all else, unless it is known from an earlier paste:
    /// somebody may have voted by hand since.
    fn person(&self, voter: VoterName, mut said: Vec<(ProposalNumber, Opinion)>, replaces: bool) -> Person {
        let own = self.stored.opinions.iter().filter(|(key, _)| key == voter.key());
        let own: Vec<GivenOpinion> = own.map(|(_, given)| *given).collect();
        let now = |number| {
            let movie = self.board.proposals.iter().find(|movie| movie.number == number)?;
            Some(opinion(self.board, &voter, movie))
        };
        let is_later = |given: &GivenOpinion| {
            self.times.get(&(voter.key().to_owned(), given.number)).is_some_and(|at| *at > given.at)
        };
        said.sort_by_key(|(number, _)| *number);
        let is_by_hand = |(number, opinion): &(ProposalNumber, Opinion)| {
            let given = own.iter().find(|given| (given.number, given.opinion) == (*number, *opinion));
            given.is_some_and(is_later) && now(*number) != Some(Some(*opinion))
        };
        let (by_hand, counted): (Vec<_>, Vec<_>) = said.iter().copied().partition(is_by_hand);
        let replaces = replaces && own.is_empty();
        // An opinion from an earlier paste that nobody changed since goes when the chat no longer says it. While votes are
        // hidden, only the store knows whether somebody did.
        let is_gone = |given: &GivenOpinion| {
            let is_kept = |now| self.board.is_hidden() || now == Some(given.opinion);
            !is_later(given)
                && now(given.number).is_some_and(is_kept)
                && said.iter().all(|(number, _)| *number != given.number)
        };
        let may_take_back = !replaces && !self.not_counted.contains(voter.key());
        let taken_back = own.iter().copied().filter(|given| may_take_back && is_gone(given)).collect();
        let change = Change { taken_back, ..change_of(self.board, voter, &counted, replaces) };
        Person { said, change, kept_by_hand: by_hand.into_iter().map(|(number, _)| number).collect() }
    }
}

impl Person {
    /// The number of movies that the person would say no to. Noes that the board hides are counted by the store.
    pub fn noes(&self, board: &Board) -> usize {
        let after = |movie: &Proposal| {
            let said =
                self.said.iter().find(|(number, _)| *number == movie.number && !self.kept_by_hand.contains(number));
            said.map(|(_, opinion)| *opinion)
                .or_else(|| opinion(board, &self.change.voter, movie).filter(|_| !self.takes_back(movie)))
        };
        board.proposals.iter().filter(|movie| after(movie) == Some(Opinion::No)).count()
    }

    pub fn takes_back(&self, movie: &Proposal) -> bool {
        self.change.taken_back.iter().any(|given| given.number == movie.number)
    }

    /// Remembers what was stored, and forgets what was taken back.
    pub fn remember(&self, stored: &mut StoredThread, at: i64) {
        let key = self.change.voter.key();
        let changed: Vec<ProposalNumber> = self.change.opinions.iter().map(|(number, _)| *number).collect();
        stored.opinions.retain(|(other, given)| {
            other != key || !changed.contains(&given.number) && !self.change.taken_back.contains(given)
        });
        let given = self.change.opinions.iter().filter_map(|(number, opinion)| Some((*number, (*opinion)?)));
        let given = given.map(|(number, opinion)| (key.to_owned(), GivenOpinion { number, opinion, at }));
        stored.opinions.extend(given);
    }
}
