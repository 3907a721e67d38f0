//! The group's chat: whose name is whose, and what was stored from which thread.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::State;
use crate::model::VoterId;
use crate::model::change::GivenOpinion;

/// The memory of a chat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChatMemory {
    /// Voters by their names in the chat, folded.
    pub names: BTreeMap<String, VoterId>,
    /// What was stored from threads.
    pub threads: Vec<StoredThread>,
}

/// A thread, and what it said.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredThread {
    /// When it was read last, in seconds since the epoch.
    pub at: i64,
    /// Hashes of its messages when it was read last, by which a later paste is recognized.
    pub messages: Vec<u64>,
    /// Its latest pastes, in their order.
    pub pastes: Vec<Paste>,
}

/// What a thread said when it was pasted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paste {
    /// The change that it made. `None` if it changed nothing.
    pub change: Option<i64>,
    /// The opinions of each person.
    pub said: Vec<(VoterId, GivenOpinion)>,
}

/// Threads that are remembered, and pastes of each: as many can be undone, and the thread pasted again.
const MAX_THREADS: usize = 20;
const MAX_PASTES: usize = 5;

impl ChatMemory {
    /// Remembers a thread, and forgets the one that was read first if there are too many.
    pub fn keep(&mut self, mut thread: StoredThread) {
        thread.pastes.drain(..thread.pastes.len().saturating_sub(MAX_PASTES));
        self.threads.push(thread);
        self.threads.sort_by_key(|thread| thread.at);
        self.threads.drain(..self.threads.len().saturating_sub(MAX_THREADS));
    }
}

impl State {
    /// The memory of the chat. Empty if none was read.
    pub fn chat(&self) -> ChatMemory {
        Self::load(self.board_path("chat")).unwrap_or_default()
    }

    /// Remembers a chat.
    pub fn keep_chat(&self, chat: &ChatMemory) {
        Self::save(self.board_path("chat"), chat);
    }
}
