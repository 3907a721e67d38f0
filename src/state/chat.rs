//! The group's chat: whose name is whose, and what was stored from which thread.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::State;
use crate::model::change::GivenOpinion;

/// The memory of a chat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChatMemory {
    /// The names of voters by their names in the chat, folded.
    pub names: BTreeMap<String, String>,
    /// What was stored from threads.
    pub threads: Vec<StoredThread>,
}

/// The opinions that were stored from a thread.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredThread {
    /// When it was read last, in seconds since the epoch.
    pub at: i64,
    /// By the key of the voter.
    pub opinions: Vec<(String, GivenOpinion)>,
    /// Hashes of its messages when it was read last, by which a later paste is recognized.
    pub messages: Vec<u64>,
}

/// Threads that are remembered.
const MAX_THREADS: usize = 20;

impl ChatMemory {
    /// Remembers a thread, and forgets the one that was read first if there are too many.
    pub fn keep(&mut self, thread: StoredThread) {
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
