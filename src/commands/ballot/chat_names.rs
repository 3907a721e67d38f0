//! Matches the names in the group's chat to voters.

use std::collections::{BTreeMap, HashSet};

use anyhow::Result;

use super::BallotArgs;
use crate::context::Context;
use crate::context::people::similar;
use crate::model::chat::{ChatBallot, Message, NotUnderstood, Titles, count, sender_key, thread};
use crate::model::text::{quoted, sanitize, shell_word};
use crate::model::{Board, VoterName};
use crate::state::ChatMemory;
use crate::user_error::UserError;

/// The longest name to print, in characters.
pub const MAX_NAME: usize = 60;

/// Parses `--name CHAT=VOTER`. A name alone is both the chat's and the voter's.
pub fn name_pairs(args: &BallotArgs) -> Result<Vec<(&str, VoterName)>> {
    let pair = |pair| {
        // A name in the chat may have a `=` in it: "Ben =)".
        let (chat, voter) = str::rsplit_once(pair, '=').unwrap_or((pair, pair));
        // WhatsApp writes a tilde before names that are not among the contacts.
        let chat = chat.trim_start_matches('~').trim();
        let voter = VoterName::parse(voter).map_err(|why| UserError::new(format!("--name: {why}")))?;
        Ok((chat, voter))
    };
    args.chat_names.iter().map(|given| pair(given.as_str())).collect()
}

/// Replaces the names in the chat by those of voters, and remembers new pairs. Removes the messages of people who stay
/// unclear, and returns the reason for each of them.
pub fn name_voters(
    context: &mut Context<'_>,
    board: &Board,
    pairs: &[(&str, VoterName)],
    asks: bool,
    messages: &mut Vec<Message>,
    titles: &Titles,
    memory: &mut ChatMemory,
) -> Result<Vec<NotUnderstood>> {
    for (chat, _) in pairs {
        if !messages.iter().any(|message| sender_key(&message.sender) == sender_key(chat)) {
            context.note(&format!("--name: nobody in the chat is called {}", quoted(chat)));
        }
    }
    memory.names.extend(pairs.iter().map(|(chat, voter)| (sender_key(chat), voter.as_str().to_owned())));
    let mut names = memory.voters_by_name(board);
    for (_, voter) in pairs {
        // A sender with the voter's own name is that voter, unless the memory says otherwise.
        names.entry(voter.key().to_owned()).or_insert_with(|| voter.as_str().to_owned());
    }
    // Renamed before the messages are read, because one may begin with the voter's name: "Florence: 1".
    let known = rename(messages, &names);
    let uncertain = messages.iter().filter(|message| !asks && message.is_uncertain);
    let uncertain: HashSet<String> = uncertain.map(|message| sender_key(&message.sender)).collect();
    let (mut found, mut unclear) = (BTreeMap::new(), Vec::new());
    for ChatBallot { sender, .. } in count(messages, titles).ballots {
        let key = sender_key(&sender);
        match voter_of(context, board, &sender, known.contains(&key), uncertain.contains(&key), asks)? {
            Ok(voter) => drop(found.insert(key, voter)),
            Err(reason) => {
                messages.retain(|message| sender_key(&message.sender) != key);
                unclear.push(all_messages(&sender, reason));
            }
        }
    }
    rename(messages, &found);
    found.retain(|key, voter| !known.contains(key) && *key != sender_key(voter));
    memory.names.extend(found);
    Ok(unclear)
}

/// Renames the senders who are among `names`. Returns the keys of their new names.
fn rename(messages: &mut [Message], names: &BTreeMap<String, String>) -> HashSet<String> {
    let mut renamed = HashSet::new();
    for message in messages {
        if let Some(voter) = names.get(&sender_key(&message.sender)) {
            message.sender.clone_from(voter);
            renamed.insert(sender_key(voter));
        }
    }
    renamed
}

/// Returns the voter who has this name in the chat, or the reason why that is unclear. `is_known` if the name is that
/// of a voter already.
fn voter_of(
    context: &mut Context<'_>,
    board: &Board,
    sender: &str,
    is_known: bool,
    is_uncertain: bool,
    asks: bool,
) -> Result<Result<String, String>> {
    let name = match VoterName::parse(sender) {
        Ok(name) => name,
        Err(why) => return Ok(Err(why.to_owned())),
    };
    if let Some(known) = board.voter(name.key()) {
        return Ok(Ok(board.voters[known].name.clone()));
    }
    let shown = sanitize(sender, MAX_NAME);
    let mut listed = board.voters.iter().filter(|voter| voter.is_listed);
    let same = listed.find(|voter| thread::is_same_person(&voter.name, sender));
    let alike = same.map(|voter| voter.name.as_str()).or_else(|| similar(&name, board));
    Ok(match alike {
        _ if is_known => Ok(name.to_string()),
        _ if thread::is_self(sender) => Err(format!("unknown sender: name the person with --name {shown}=NAME")),
        Some(other) if asks => {
            let is_same = context.agrees(&format!("Is {shown} in the chat the same person as {other}?"))?;
            Ok(if is_same { other.to_owned() } else { name.to_string() })
        }
        Some(other) => {
            let new = if shown.contains('=') { format!("{shown}=NAME") } else { shown.clone() };
            let (same, new) = (shell_word(&format!("{shown}={other}")), shell_word(&new));
            Err(format!("may be {other}: use --name {same}, or --name {new}"))
        }
        None if is_uncertain => {
            Err(format!("may be part of the previous message: if not, use --name {}", shell_word(&shown)))
        }
        None => Ok(name.to_string()),
    })
}

/// The text of an entry that refuses all messages of a person.
pub const ALL_MESSAGES: &str = "(all messages)";

/// Returns the entry that refuses all messages of a person.
pub fn all_messages(sender: &str, reason: String) -> NotUnderstood {
    NotUnderstood { sender: sender.to_owned(), text: ALL_MESSAGES.to_owned(), reason, names_movie: false }
}
