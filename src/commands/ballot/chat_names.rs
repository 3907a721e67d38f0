//! Who is who in the group's chat.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use super::Ballot;
use crate::context::Context;
use crate::context::people::similar;
use crate::failure::Failure;
use crate::model::chat::{Message, NotUnderstood, Titles, count, sender_key, thread};
use crate::model::text::{quoted, sanitize, shell_word};
use crate::model::{Board, VoterName};
use crate::state::ChatMemory;

/// Characters of a name that is asked about.
pub const MAX_NAME: usize = 60;

/// The names of the chat that were matched by hand. A name alone is the voter's as well.
pub fn name_pairs(args: &Ballot) -> Result<Vec<(&str, VoterName)>> {
    let pair = |pair| {
        let (chat, voter) = str::split_once(pair, '=').unwrap_or((pair, pair));
        let voter = VoterName::parse(voter).map_err(|why| Failure::new(format!("--name: {why}")))?;
        Ok((chat, voter))
    };
    args.chat_names.iter().map(|given| pair(given.as_str())).collect()
}

/// Puts the names of voters in place of the names of the chat. Messages of people who remain unclear are taken out.
pub fn name_voters(
    context: &mut Context<'_>,
    board: &Board,
    pairs: &[(&str, VoterName)],
    asks: bool,
    messages: &mut Vec<Message>,
    titles: &Titles,
    memory: &mut ChatMemory,
) -> Result<Vec<NotUnderstood>> {
    // A voter who was renamed or merged is asked about again.
    memory.names.retain(|_, voter| VoterName::parse(voter).is_ok_and(|voter| board.voter(voter.key()).is_some()));
    for (chat, voter) in pairs {
        if !messages.iter().any(|message| sender_key(&message.sender) == sender_key(chat)) {
            context.note(&format!("--name: nobody in the chat is called {}", quoted(chat)));
        }
        memory.names.insert(sender_key(chat), voter.as_str().to_owned());
        memory.names.insert(sender_key(voter.as_str()), voter.as_str().to_owned());
    }
    // Before they are read, because a message may begin with the voter's name: "Florence: 1".
    for message in messages.iter_mut() {
        if let Some(voter) = memory.names.get(&sender_key(&message.sender)) {
            message.sender.clone_from(voter);
        }
    }
    let uncertain = messages.iter().filter(|message| message.is_uncertain).map(|message| sender_key(&message.sender));
    let uncertain: HashSet<String> = uncertain.collect();
    let mut voters: HashMap<String, String> = HashMap::new();
    let mut unclear = Vec::new();
    for ballot in count(messages, titles).ballots {
        let refused = |reason: String| all_messages(&ballot.sender, reason);
        let key = sender_key(&ballot.sender);
        let name = match memory.names.get(&key).map(String::as_str).or(Some(&ballot.sender)).map(VoterName::parse) {
            Some(Ok(name)) => name,
            Some(Err(why)) => {
                unclear.push(refused(why.to_owned()));
                continue;
            }
            None => continue,
        };
        let known = board.voter(name.key()).map(|at| board.voters[at].name.clone());
        let alike = || {
            let same =
                board.voters.iter().filter(|v| v.is_listed).find(|v| thread::is_same_person(&v.name, &ballot.sender));
            same.map(|voter| voter.name.as_str()).or_else(|| similar(&name, board))
        };
        let voter = match (known, alike()) {
            (Some(known), _) => known,
            _ if thread::is_self(&ballot.sender) && !memory.names.contains_key(&key) => {
                let pair = format!("{}=NAME", sanitize(&ballot.sender, MAX_NAME));
                unclear.push(refused(format!("unknown sender: name the person with --name {pair}")));
                continue;
            }
            _ if memory.names.contains_key(&key) => name.as_str().to_owned(),
            // Who is asked sees the new names first.
            (None, None) if !asks && uncertain.contains(&key) => {
                let name = shell_word(&sanitize(&ballot.sender, MAX_NAME));
                unclear.push(refused(format!("may be a line of the message before: if not, say --name {name}")));
                continue;
            }
            (None, None) => name.as_str().to_owned(),
            (None, Some(other)) => match ask_same(context, &ballot.sender, other)? {
                Some(true) => other.to_owned(),
                Some(false) => name.as_str().to_owned(),
                None => {
                    let name = sanitize(&ballot.sender, MAX_NAME);
                    let (same, new) = (shell_word(&format!("{name}={other}")), shell_word(&name));
                    unclear.push(refused(format!("may be {other}: say --name {same}, or --name {new}")));
                    continue;
                }
            },
        };
        memory.names.insert(key.clone(), voter.clone());
        voters.insert(key, voter);
    }
    let left_out: HashSet<String> = unclear.iter().map(|unclear| sender_key(&unclear.sender)).collect();
    messages.retain_mut(|message| {
        let key = sender_key(&message.sender);
        if let Some(voter) = voters.get(&key) {
            message.sender.clone_from(voter);
        }
        !left_out.contains(&key)
    });
    Ok(unclear)
}

/// Asks whether a name of the chat is a voter's. `None` if nobody can be asked.
fn ask_same(context: &mut Context<'_>, name: &str, voter: &str) -> Result<Option<bool>> {
    if !context.can_ask() {
        return Ok(None);
    }
    let question = format!("Is {} in the chat the voter {voter}? [y/n] ", sanitize(name, MAX_NAME));
    loop {
        let Some(answer) = context.ask(&question)? else { return Ok(None) };
        match answer.to_lowercase().as_str() {
            "y" | "yes" => return Ok(Some(true)),
            "n" | "no" => return Ok(Some(false)),
            _ => {}
        }
    }
}

/// A refusal of all that a person said.
pub fn all_messages(sender: &str, reason: String) -> NotUnderstood {
    NotUnderstood { sender: sender.to_owned(), text: "(all messages)".to_owned(), reason }
}
