//! The group's chat as it was read last: whose name is whose, and what was stored from it.

use std::collections::BTreeMap;
use std::fs;

use serde::{Deserialize, Serialize};

use super::State;
use crate::files;
use crate::model::Opinion;

/// What is remembered of a chat.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ChatMemory {
    /// The names of voters by their names in the chat, folded.
    pub names: BTreeMap<String, String>,
    /// A hash of the first message that counted: the same in a later paste of the same thread.
    pub thread: u64,
    /// When it was read, in seconds since the epoch.
    #[serde(default)]
    pub at: i64,
    /// Opinions that were stored from that thread: the key of the voter, the number of the movie.
    pub stored: Vec<(String, i64, Opinion)>,
}

impl State {
    /// The chat as it was read last, empty if none was.
    pub fn chat(&self) -> ChatMemory {
        let read = || serde_json::from_slice(&fs::read(self.board_path("chat")?).ok()?).ok();
        read().unwrap_or_default()
    }

    /// Remembers a chat.
    pub fn keep_chat(&self, chat: &ChatMemory) {
        if let (Some(path), Ok(json)) = (self.board_path("chat"), serde_json::to_string(chat)) {
            // Without it, names are asked for again.
            let _ = files::make_folder_of(&path).and_then(|()| files::replace_text(&path, &json));
        }
    }
}
