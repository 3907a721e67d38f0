//! The memory of the group's chat: who is who, and what was stored from which thread.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::State;
use crate::model::change::GivenOpinion;
use crate::model::chat::sender_key;
use crate::model::{Board, VoterName};

/// The memory of a chat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChatMemory {
    /// The names of voters by the [`sender_key`] of their names in the chat, as the user gave them.
    pub names: BTreeMap<String, String>,
    /// The current names of voters who were renamed, and the people into whom others were merged, by the
    /// [`sender_key`] of the former name.
    pub former: BTreeMap<String, String>,
    /// The threads from which something was stored.
    pub threads: Vec<StoredThread>,
}

/// A thread, and what was stored from it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredThread {
    /// The time at which it was last read, in seconds since the epoch.
    pub at: i64,
    /// Its latest pastes, oldest first.
    pub pastes: Vec<Paste>,
}

/// One paste of a thread.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Paste {
    /// The change that it made or, if it changed nothing, that of the paste before it. `None` if there is none.
    pub change: Option<i64>,
    /// All opinions that people gave.
    pub said: Vec<Said>,
    /// The keys of its messages, by which a later paste is recognized.
    pub messages: Vec<u64>,
}

/// An opinion from the chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The [`sender_key`] of the person's name in the chat.
    pub sender: String,
    /// The opinion, and the time at which it was stored. 0 if it was not.
    pub given: GivenOpinion,
    /// The change that stored it.
    pub change: Option<i64>,
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

    /// Returns the names of voters by the [`sender_key`] of their names in the chat, where these differ. A former name
    /// that somebody else has now is not among them.
    pub fn voters_by_name(&self, board: &Board) -> BTreeMap<String, String> {
        let former = self.former.keys().filter(|name| board.voter(name).is_none());
        let named = former.map(|name| (name, name)).chain(&self.names);
        named.map(|(name, voter)| (name.clone(), self.current_name(voter, board).to_owned())).collect()
    }

    /// Returns the name of the person into whom a voter was merged, or the voter's own.
    fn current_name<'a>(&'a self, mut name: &'a str, board: &Board) -> &'a str {
        // At most one step for each name, because names may form a circle.
        for _ in 0..self.former.len() {
            let key = sender_key(name);
            match self.former.get(&key) {
                Some(new) if board.voter(&key).is_none() => name = new,
                _ => break,
            }
        }
        name
    }
}

impl State {
    /// Returns the memory of the chat. Empty if none was read.
    pub fn chat(&self) -> ChatMemory {
        Self::load(self.board_path("chat")).unwrap_or_default()
    }

    /// Remembers that a voter was renamed, or merged if `is_merge`, or forgets it if that was undone.
    pub fn rename_in_chat(&self, old: &VoterName, new: &VoterName, is_merge: bool, is_undone: bool) {
        let mut chat = self.chat();
        if !is_merge {
            let (from, to) = if is_undone { (new, old) } else { (old, new) };
            let names = chat.names.values_mut().chain(chat.former.values_mut());
            names.filter(|name| sender_key(name) == from.key()).for_each(|name| to.as_str().clone_into(name));
        }
        match is_undone {
            true => chat.former.remove(old.key()),
            false => chat.former.insert(old.key().to_owned(), new.as_str().to_owned()),
        };
        self.keep_chat(&chat);
    }

    /// Saves the memory of the chat.
    pub fn keep_chat(&self, chat: &ChatMemory) {
        Self::save(self.board_path("chat"), chat);
    }
}
