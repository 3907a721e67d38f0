//! The memory of the group's chat: who is who, and what was stored from which thread.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::State;
use crate::model::VoterName;
use crate::model::change::GivenOpinion;
use crate::model::chat::sender_key;

/// The memory of a chat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChatMemory {
    /// The names of voters who have another name in the chat, by the [`sender_key`] of that name.
    pub names: BTreeMap<String, String>,
    /// The keys of those that `--name` gave. They count even if a voter has that name.
    pub given: BTreeSet<String>,
    /// The threads from which something was stored.
    pub threads: Vec<StoredThread>,
}

/// A thread, and what was stored from it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredThread {
    /// The time at which it was last read, in seconds since the epoch.
    pub at: i64,
    /// The keys of all its messages so far, by which a later paste is recognized.
    pub messages: Vec<u64>,
    /// Its latest pastes, oldest first.
    pub pastes: Vec<Paste>,
}

/// One paste of a thread.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paste {
    /// The change that it made or, if it changed nothing, that of the paste before it. `None` if there is none.
    pub change: Option<i64>,
    /// All opinions that people gave.
    pub said: Vec<Said>,
    /// The keys of its messages.
    #[serde(default)]
    pub messages: Vec<u64>,
}

/// An opinion from the chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The key of the voter.
    pub voter: String,
    /// The opinion.
    pub given: GivenOpinion,
    /// The key of the message.
    pub message: u64,
}

/// The number of threads that are remembered.
const MAX_THREADS: usize = 20;
/// The number of pastes that are remembered of each. If all of them were undone, the thread counts as new.
const MAX_PASTES: usize = 5;

impl ChatMemory {
    /// Remembers a thread. If there are too many, forgets the least recently read one.
    pub fn keep(&mut self, mut thread: StoredThread) {
        thread.pastes.drain(..thread.pastes.len().saturating_sub(MAX_PASTES));
        self.threads.push(thread);
        self.threads.sort_by_key(|thread| thread.at);
        self.threads.drain(..self.threads.len().saturating_sub(MAX_THREADS));
    }
}

impl State {
    /// Returns the memory of the chat. Empty if none was read.
    pub fn chat(&self) -> ChatMemory {
        Self::load(self.board_path("chat")).unwrap_or_default()
    }

    /// Renames a voter in the memory of the chat, if there is one.
    pub fn rename_in_chat(&self, old: &VoterName, new: &VoterName) {
        let Some(mut chat) = Self::load::<ChatMemory>(self.board_path("chat")) else { return };
        let is_old = |name: &str| VoterName::parse(name).is_ok_and(|name| name.key() == old.key());
        chat.names.values_mut().filter(|name| is_old(name)).for_each(|name| new.as_str().clone_into(name));
        let key = sender_key(old.as_str());
        // A name that was given for itself, `--name Zoe`, follows the voter.
        if !(chat.given.contains(&key) && chat.names.contains_key(&key)) {
            chat.names.insert(key, new.as_str().to_owned());
        }
        let pastes = chat.threads.iter_mut().flat_map(|thread| &mut thread.pastes);
        let said = pastes.flat_map(|paste| &mut paste.said).filter(|said| said.voter == old.key());
        said.for_each(|said| new.key().clone_into(&mut said.voter));
        self.keep_chat(&chat);
    }

    /// Saves the memory of the chat.
    pub fn keep_chat(&self, chat: &ChatMemory) {
        Self::save(self.board_path("chat"), chat);
    }
}
