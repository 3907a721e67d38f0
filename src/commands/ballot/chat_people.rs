//! Works out what the chat changes for each person.

use std::collections::{HashMap, HashSet};

use time::Duration;

use super::{Ballot, ballot_of, opinion};
use crate::model::change::GivenOpinion;
use crate::model::chat::{ChatBallot, ChatOpinion, Message};
use crate::model::{Board, Opinion, Proposal, ProposalNumber, VoterName};
use crate::state::{ChatMemory, Paste, Said, StoredThread};

/// The most messages of a thread that are remembered.
const MAX_MESSAGES: usize = 200;
/// The time within which a thread without dates that starts alike is the same thread.
const SAME_EVENING: Duration = Duration::hours(18);

/// Takes this thread out of the memory, with its messages added. It is the latest thread with one of these messages,
/// because others may have been edited since. Without dates, one that starts alike on another evening is a new thread.
///
/// Also returns true if this paste seems to begin in the middle of the thread: it has fewer messages before the first
/// known one than the thread had. With `is_whole`, it has the beginning.
pub fn recognize(memory: &mut ChatMemory, messages: &[Message], is_whole: bool, now: i64) -> (StoredThread, bool) {
    let has_days = messages.first().is_some_and(|first| first.stamp.is_some_and(|stamp| stamp.day().is_some()));
    let keys: Vec<u64> = messages.iter().map(|message| message.key).take(MAX_MESSAGES).collect();
    let is_known = |(_, thread): &(usize, &StoredThread)| match has_days {
        true => keys.iter().any(|key| thread.messages.contains(key)),
        false => keys.first() == thread.messages.first(),
    };
    let known = memory.threads.iter().enumerate().filter(is_known).max_by_key(|(_, thread)| thread.at);
    let stored = known.map(|(at, _)| at).map(|at| memory.threads.remove(at));
    let is_same = |thread: &StoredThread| has_days || now - thread.at <= SAME_EVENING.whole_seconds();
    let StoredThread { messages: earlier, pastes, .. } = stored.filter(is_same).unwrap_or_default();
    let before = |key: &u64| earlier.iter().position(|known| known == key);
    let first_known = keys.iter().enumerate().find_map(|(at, key)| Some((at, before(key)?)));
    let skipped = first_known.filter(|(now, before)| !is_whole && now < before).map(|(_, before)| before);
    let mut messages = earlier[..skipped.unwrap_or(0)].to_vec();
    messages.extend(keys);
    let others: Vec<u64> = earlier.iter().copied().filter(|key| !messages.contains(key)).collect();
    messages.extend(others);
    messages.truncate(2 * MAX_MESSAGES);
    (StoredThread { at: now, messages, pastes }, skipped.is_some())
}

/// The board, and what the thread said when it was pasted before.
pub struct ThreadHistory<'a> {
    pub board: &'a Board,
    /// The latest pastes of the thread, oldest first.
    pub pastes: &'a [Paste],
    /// True if the paste begins in the middle of the thread, so that the messages before are not known.
    pub is_partial: bool,
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
    pub all_said: Vec<Said>,
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

    /// Works out a person's changes. Only messages that are new in the thread count, because the person may have voted
    /// by hand since. A new "only" replaces everything older than what was first stored of them from the thread.
    fn person(&self, voter: VoterName, ballot: ChatBallot) -> Person {
        let is_own = |said: &&Said| said.voter == voter.key();
        let own: Vec<&Said> = self.pastes.last().iter().flat_map(|paste| &paste.said).filter(is_own).collect();
        let all_stored = self.pastes.iter().flat_map(|paste| &paste.said).filter(is_own);
        let first_stored = all_stored.map(|said| said.given.at).filter(|at| *at > 0).min();
        let now = |number| {
            let movie = self.board.proposals.iter().find(|movie| movie.number == number)?;
            Some(opinion(self.board, &voter, movie))
        };
        let mut all_said: Vec<Said> = Vec::new();
        for ChatOpinion { movie: number, opinion, message } in ballot.opinions {
            let alike =
                own.iter().map(|said| said.given).find(|given| (given.number, given.opinion) == (number, opinion));
            let given = alike.unwrap_or(GivenOpinion { number, opinion, at: 0 });
            all_said.push(Said { voter: voter.key().to_owned(), given, message });
        }
        all_said.sort_by_key(|said| said.given.number);
        let said: Vec<_> = all_said.iter().map(|said| (said.given.number, said.given.opinion)).collect();
        let is_hidden = self.board.is_hidden();
        let is_by_hand =
            |given: &GivenOpinion| !is_hidden && now(given.number).is_some_and(|now| now != Some(given.opinion));
        // Also by a message that counts only now, because a later one about the same movie was removed.
        let is_known = |message: &u64| self.pastes.last().is_some_and(|paste| paste.messages.contains(message));
        let is_old = |said: &Said| {
            let is_same = |own: &&Said| own.given == said.given;
            own.contains(&said) || is_known(&said.message) && own.iter().any(is_same)
        };
        let (repeated, new): (Vec<&Said>, Vec<&Said>) = all_said.iter().partition(|said| is_old(said));
        let repeated = repeated.into_iter().map(|said| said.given);
        let kept = repeated.filter(is_by_hand).map(|given| given.number).collect();
        let new: Vec<_> = new.into_iter().map(|said| (said.given.number, said.given.opinion)).collect();
        let is_new = |message: &u64| !is_known(message) && own.iter().all(|said| said.message != *message);
        let is_new_only = ballot.only.as_ref().is_some_and(is_new);
        let replaces = is_new_only && first_stored.is_none();
        let counted = if replaces { said.clone() } else { new };
        let time_of = |number| self.times.get(&(voter.key().to_owned(), number)).copied();
        let is_unsaid = |given: &GivenOpinion| all_said.iter().all(|said| said.given.number != given.number);
        let replaced = self.board.proposals.iter().filter_map(|movie| {
            let at = time_of(movie.number).filter(|at| is_new_only && Some(*at) < first_stored)?;
            Some(GivenOpinion { number: movie.number, opinion: now(movie.number)??, at })
        });
        // What the thread no longer says is taken back, unless it was changed by hand since. While votes are hidden,
        // only the store can tell.
        let is_gone = |given: &GivenOpinion| {
            given.at > 0
                && time_of(given.number).is_none_or(|at| at <= given.at)
                && now(given.number).is_some_and(|now| is_hidden || now == Some(given.opinion))
        };
        let unsaid: Vec<Said> = own.iter().filter(|said| is_unsaid(&said.given)).map(|said| (*said).clone()).collect();
        let may_take_back = !self.not_counted.contains(voter.key()) && (!self.is_partial || is_new_only);
        let taken_back = unsaid.iter().map(|said| said.given).chain(replaced.filter(is_unsaid));
        let taken_back = taken_back.filter(|given| may_take_back && is_gone(given)).collect();
        let ballot = Ballot { taken_back, ..ballot_of(self.board, voter, &counted, replaces) };
        all_said.extend(unsaid.into_iter().filter(|_| !may_take_back));
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

    /// Returns [`all_said`](Self::all_said), with the time `at` on the opinions that were stored.
    pub fn stored_at(&self, at: i64) -> impl Iterator<Item = Said> {
        let is_stored = |given: &GivenOpinion| self.ballot.opinions.contains(&(given.number, Some(given.opinion)));
        self.all_said.iter().cloned().map(move |mut said| {
            if is_stored(&said.given) {
                said.given.at = at;
            }
            said
        })
    }
}
