//! Works out what the chat changes for each person.

use std::collections::{HashMap, HashSet};

use super::chat_memory::KnownThread;
use super::{Ballot, ballot_of, opinion};
use crate::model::change::GivenOpinion;
use crate::model::chat::{ChatBallot, ChatOpinion};
use crate::model::{Board, Opinion, Proposal, ProposalNumber, VoterName};
use crate::state::Said;

/// The board, and what the thread said when it was pasted before.
pub struct ThreadHistory<'a> {
    pub board: &'a Board,
    pub known: &'a KnownThread,
    /// The times of the board's opinions in Unix seconds, by voter key and movie. Empty while votes are hidden.
    pub times: HashMap<(String, ProposalNumber), i64>,
    /// The keys of people with an uncounted message about a movie. It may have counted before: they lose no vote.
    pub not_counted: HashSet<String>,
}

/// A person of the chat, with their changes to the board.
pub struct Person {
    /// The opinions that the thread says now, by number.
    pub said: Vec<(ProposalNumber, Opinion)>,
    /// What to remember: the opinions that the thread says now, and those of messages that are no longer counted.
    all_said: Vec<Said>,
    pub ballot: Ballot,
    /// The movies about which the thread says nothing new, and on which the opinion was changed by hand since.
    pub kept: Vec<ProposalNumber>,
}

impl ThreadHistory<'_> {
    /// Returns the people who vote in the thread, and those who lose votes because they no longer do.
    pub fn people(&self, ballots: Vec<ChatBallot>) -> Vec<Person> {
        // Names were checked when they were matched to voters.
        let person = |ballot: ChatBallot| Some(self.person(VoterName::parse(&ballot.sender).ok()?, ballot));
        let mut people: Vec<Person> = ballots.into_iter().filter_map(person).collect();
        let speaking: HashSet<&str> = people.iter().map(|person| person.ballot.voter.key()).collect();
        let silent = self.board.voters.iter().filter(|voter| voter.is_listed && !speaking.contains(&*voter.key));
        let silent = silent.filter_map(|voter| VoterName::parse(&voter.name).ok());
        let silent = silent.map(|voter| self.person(voter, ChatBallot::default()));
        let silent: Vec<Person> = silent.filter(|person| !person.ballot.is_empty()).collect();
        people.extend(silent);
        people
    }

    /// Returns true if the last paste had this message.
    fn is_known(&self, message: u64) -> bool {
        self.known.pastes.last().is_some_and(|paste| paste.messages.contains(&message))
    }

    /// Returns a person's opinion on the board. `None` if the movie is not there.
    fn now(&self, voter: &VoterName, number: ProposalNumber) -> Option<Option<Opinion>> {
        let movie = self.board.proposals.iter().find(|movie| movie.number == number)?;
        Some(opinion(self.board, voter, movie))
    }

    /// Works out a person's changes. Only messages that are new in the thread count, because the person may have voted
    /// by hand since. A new "only" replaces everything older than what was first stored of them from the thread.
    fn person(&self, voter: VoterName, ballot: ChatBallot) -> Person {
        let is_own = |said: &&Said| self.known.voter_of(&said.sender) == voter.key();
        let own: Vec<&Said> = self.known.pastes.last().iter().flat_map(|paste| &paste.said).filter(is_own).collect();
        let all_stored = self.known.pastes.iter().flat_map(|paste| &paste.said).filter(is_own);
        let first_stored = all_stored.map(|said| said.given.at).filter(|at| *at > 0).min();
        let is_by_hand = |number, opinion| {
            !self.board.is_hidden() && self.now(&voter, number).is_some_and(|now| now != Some(opinion))
        };
        let mut opinions = ballot.opinions;
        opinions.sort_by_key(|said| said.movie);
        // The later part of a thread may have been pasted first, so the last paste counts.
        let before = |said: &ChatOpinion| own.iter().rfind(|own| own.given.number == said.movie).copied();
        // A message that is known may count only now, because a later one was deleted. What was given by hand stays.
        let is_old = |said: &&ChatOpinion| {
            let stays = |GivenOpinion { opinion, at, .. }| {
                opinion == said.opinion || at == 0 || is_by_hand(said.movie, opinion)
            };
            self.is_known(said.message) && before(said).is_some_and(|own| stays(own.given))
        };
        let given = |said: &ChatOpinion| (said.movie, said.opinion);
        let said: Vec<_> = opinions.iter().map(given).collect();
        let new: Vec<_> = opinions.iter().filter(|said| !is_old(said)).map(given).collect();
        // A new favourite turns the one that was given by hand into a yes.
        let has_favorite = new.iter().any(|(_, opinion)| *opinion == Opinion::Favorite);
        let is_replaced = |movie| has_favorite && self.now(&voter, movie).flatten() == Some(Opinion::Favorite);
        let kept = opinions.iter().filter(is_old).filter(|said| is_by_hand(said.movie, said.opinion));
        let kept = kept.map(|said| said.movie).filter(|movie| !is_replaced(*movie)).collect();
        let remembered = |said: &ChatOpinion| match before(said).filter(|own| own.given.opinion == said.opinion) {
            Some(own) => Said { sender: said.sender.clone(), ..own.clone() },
            None => {
                let given = GivenOpinion { number: said.movie, opinion: said.opinion, at: 0 };
                Said { sender: said.sender.clone(), given, change: None }
            }
        };
        let mut all_said: Vec<Said> = opinions.iter().map(remembered).collect();
        let is_new_only = ballot.only.is_some_and(|message| !self.is_known(message));
        let replaces = is_new_only && first_stored.is_none();
        let counted = if replaces { said.clone() } else { new };
        let time_of = |number| self.times.get(&(voter.key().to_owned(), number)).copied();
        let is_unsaid = |given: &GivenOpinion| opinions.iter().all(|said| said.movie != given.number);
        let replaced = self.board.proposals.iter().filter_map(|movie| {
            let at = time_of(movie.number).filter(|at| is_new_only && Some(*at) < first_stored)?;
            Some(GivenOpinion { number: movie.number, opinion: self.now(&voter, movie.number)??, at })
        });
        // What the thread no longer says is taken back, unless it was changed by hand since. While votes are hidden,
        // only the store can tell.
        let is_gone = |given: &GivenOpinion| {
            given.at > 0
                && time_of(given.number).is_none_or(|at| at <= given.at)
                && self.now(&voter, given.number).is_some()
                && !is_by_hand(given.number, given.opinion)
        };
        let unsaid: Vec<&Said> = own.iter().filter(|own| is_unsaid(&own.given)).copied().collect();
        let may_take_back = !self.not_counted.contains(voter.key()) && (!self.known.is_partial || is_new_only);
        let taken_back = unsaid.iter().map(|own| own.given).chain(replaced.filter(is_unsaid));
        let taken_back = taken_back.filter(|given| may_take_back && is_gone(given)).collect();
        let ballot = Ballot { taken_back, ..ballot_of(self.board, voter, &counted, replaces) };
        all_said.extend(unsaid.into_iter().filter(|_| !may_take_back).cloned());
        Person { said, all_said, ballot, kept }
    }
}

impl Person {
    /// Returns the number of movies that the person would say no to. The store counts the noes that the board hides.
    pub fn noes(&self, board: &Board) -> usize {
        let after = |movie: &Proposal| {
            let said = self.said.iter().find(|(number, _)| *number == movie.number && !self.kept.contains(number));
            said.map(|(_, opinion)| *opinion)
                .or_else(|| opinion(board, &self.ballot.voter, movie).filter(|_| !self.takes_back(movie)))
        };
        board.proposals.iter().filter(|movie| after(movie) == Some(Opinion::No)).count()
    }

    pub fn takes_back(&self, movie: &Proposal) -> bool {
        self.ballot.taken_back.iter().any(|given| given.number == movie.number)
            || self.ballot.opinions.contains(&(movie.number, None))
    }

    /// Returns what to remember, with the time and the id of the change that stored opinions.
    pub fn stored_by(&self, change: Option<i64>, at: i64) -> impl Iterator<Item = Said> {
        let is_stored = |given: &GivenOpinion| self.ballot.opinions.contains(&(given.number, Some(given.opinion)));
        self.all_said.iter().cloned().map(move |said| match is_stored(&said.given) {
            true => Said { given: GivenOpinion { at, ..said.given }, change, ..said },
            false => said,
        })
    }
}
