//! Recognizes a thread that was pasted before, and remembers what was stored from it.

use std::collections::HashSet;

use time::Duration;

use super::chat_people::Person;
use crate::model::Board;
use crate::model::chat::{Message, NotUnderstood, sender_key};
use crate::state::{ChatMemory, Paste, Said, StoredThread};

/// The time within which a thread without dates that starts alike is the same thread.
const SAME_EVENING: Duration = Duration::hours(18);

/// What is known of a thread that is read now.
pub struct KnownThread {
    /// Its latest pastes, oldest first. Empty for a new thread.
    pub pastes: Vec<Paste>,
    /// True if this paste seems to begin in the middle of the thread: it has fewer messages before the first known one
    /// than the thread had.
    pub is_partial: bool,
    /// The time at which it is read, in seconds since the epoch.
    now: i64,
}

impl KnownThread {
    /// Removes the thread of these messages from the memory and returns it. One message in common is enough, because
    /// others may have been edited. Without dates, the first message must be the same, on the same evening. With
    /// `is_whole`, the paste is not partial.
    pub fn recognize(memory: &mut ChatMemory, messages: &[Message], board: &Board, is_whole: bool, now: i64) -> Self {
        let has_days = messages.first().is_some_and(|first| first.stamp.is_some_and(|stamp| stamp.day().is_some()));
        let keys: HashSet<u64> = messages.iter().map(|message| message.key).collect();
        let is_known = |thread: &mut StoredThread| match has_days {
            true => thread.pastes.iter().flat_map(|paste| &paste.messages).any(|key| keys.contains(key)),
            false => {
                let first = thread.pastes.last().and_then(|paste| paste.messages.first());
                now - thread.at <= SAME_EVENING.whole_seconds()
                    && first.is_some_and(|first| messages.first().is_some_and(|message| message.key == *first))
            }
        };
        let mut pastes: Vec<Paste> = Vec::new();
        for thread in memory.threads.extract_if(.., is_known).collect::<Vec<_>>() {
            // Two parts of the thread may have been pasted before. Each paste of the later part adds to the earlier part.
            let Paste { said, messages, .. } = pastes.last().cloned().unwrap_or_default();
            pastes.extend(thread.pastes.into_iter().map(|paste| Paste {
                change: paste.change,
                said: [said.clone(), paste.said].concat(),
                messages: [messages.clone(), paste.messages].concat(),
            }));
        }
        for said in pastes.iter_mut().flat_map(|paste| &mut paste.said) {
            said.voter = sender_key(memory.current_name(&said.voter, board));
        }
        let known: Vec<u64> = pastes.iter().rev().flat_map(|paste| paste.messages.clone()).collect();
        let before = |key: u64| known.iter().position(|known| *known == key);
        let first_known = messages.iter().enumerate().find_map(|(at, message)| Some((at, before(message.key)?)));
        let is_partial = !is_whole && first_known.is_some_and(|(at, before)| at < before);
        Self { pastes, is_partial, now }
    }

    /// Remembers the opinions in this paste. Those that were stored were given at the time `at`, in seconds since the
    /// epoch. A thread is remembered once somebody votes in it.
    pub fn remember(
        mut self,
        memory: &mut ChatMemory,
        messages: &[Message],
        people: &[Person],
        not_understood: &[NotUnderstood],
        change: Option<i64>,
        at: i64,
    ) {
        if !people.is_empty() {
            let is_other = |said: &Said| people.iter().all(|person| person.ballot.voter.key() != said.voter);
            let has_message =
                |said: &Said| not_understood.iter().any(|message| sender_key(&message.sender) == said.voter);
            let Paste { said: earlier, messages: known, .. } = self.pastes.last().cloned().unwrap_or_default();
            // Earlier opinions stay if their messages may still be in the thread, or are in it but no longer count.
            let others = earlier.into_iter().filter(|said| is_other(said) && (self.is_partial || has_message(said)));
            let said = others.chain(people.iter().flat_map(|person| person.stored_at(at))).collect();
            let keys: Vec<u64> = messages.iter().map(|message| message.key).collect();
            // Each key once, because a paste that begins later may be repeated.
            let known: Vec<u64> = known.into_iter().filter(|key| self.is_partial && !keys.contains(key)).collect();
            // A paste that changed nothing replaces the one before it, and is forgotten when that one is undone.
            let change = change.or_else(|| self.pastes.pop()?.change);
            self.pastes.push(Paste { change, said, messages: [known, keys].concat() });
        }
        if !self.pastes.is_empty() {
            memory.keep(StoredThread { at: self.now, pastes: self.pastes });
        }
    }
}
