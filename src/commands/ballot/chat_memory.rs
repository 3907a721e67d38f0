//! Recognizes a thread that was pasted before, and remembers what was stored from it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use time::Duration;

use crate::model::Board;
use crate::model::chat::{Message, sender_key};
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
    /// The keys of voters who have other names in the chat, by these.
    voters: BTreeMap<String, String>,
}

impl KnownThread {
    /// Removes the thread of these messages from the memory and returns it. One message in common is enough, because
    /// others may have been edited. Without dates, the first message must be the same, on the same evening. With
    /// `is_whole`, the paste is not partial.
    pub fn recognize(memory: &mut ChatMemory, messages: &[Message], is_whole: bool, now: i64) -> Self {
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
        let known: Vec<u64> = pastes.iter().rev().flat_map(|paste| paste.messages.clone()).collect();
        let before = |key: u64| known.iter().position(|known| *known == key);
        let first_known = messages.iter().enumerate().find_map(|(at, message)| Some((at, before(message.key)?)));
        let is_partial = !is_whole && first_known.is_some_and(|(at, before)| at < before);
        Self { pastes, is_partial, voters: BTreeMap::new() }
    }

    /// Returns the changes that it made.
    pub fn changes(&self) -> Vec<i64> {
        let of_said = self.pastes.iter().flat_map(|paste| &paste.said).filter_map(|said| said.change);
        let all: BTreeSet<i64> = self.pastes.iter().filter_map(|paste| paste.change).chain(of_said).collect();
        all.into_iter().collect()
    }

    /// Forgets what these changes stored, because they were undone.
    pub fn forget(&mut self, undone: &[i64]) {
        let is_there = |change: Option<i64>| change.is_none_or(|change| !undone.contains(&change));
        self.pastes.retain(|paste| is_there(paste.change));
        self.pastes.iter_mut().for_each(|paste| paste.said.retain(|said| is_there(said.change)));
    }

    /// Sets who is who in the chat.
    pub fn set_voters(&mut self, memory: &ChatMemory, board: &Board) {
        let voters = memory.voters_by_name(board).into_iter();
        self.voters = voters.map(|(name, voter)| (name, sender_key(&voter))).collect();
    }

    /// Returns the key of the voter who has this [`sender_key`] in the chat.
    pub fn voter_of<'a>(&'a self, sender: &'a str) -> &'a str {
        self.voters.get(sender).map_or(sender, String::as_str)
    }

    /// Adds this paste: its messages, the opinions that people have given so far, and the change that it made.
    pub fn add(&mut self, messages: &[Message], said: Vec<Said>, change: Option<i64>) {
        let known = self.pastes.last().map(|paste| paste.messages.clone()).unwrap_or_default();
        let keys: Vec<u64> = messages.iter().map(|message| message.key).collect();
        // Each key once, because a paste that begins later may be repeated.
        let known: Vec<u64> = known.into_iter().filter(|key| self.is_partial && !keys.contains(key)).collect();
        // A paste that changed nothing replaces the one before it, and is forgotten when that one is undone.
        let change = change.or_else(|| self.pastes.pop()?.change);
        self.pastes.push(Paste { change, said, messages: [known, keys].concat() });
    }
}
