//! The messages of a pasted or exported thread: WhatsApp, Signal, Telegram and Discord, or `Name: text` lines.

use std::collections::HashSet;

use serde_json::Value;

use super::stamp::Stamp;
use super::titles::Titles;
use super::words;
use super::{LIST_HEADING, sender_key};
use crate::files::fnv1a;
use crate::model::text::{fold, strip_unsafe};

/// The longest name before a colon, in characters and in words.
const MAX_NAME: usize = 40;
const MAX_NAME_WORDS: usize = 4;
/// Everyday words that may be inside a name.
const PARTICLES: [&str; 14] =
    ["al", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "van", "von"];
/// The words by which exports and copies name the person who made them, folded.
const SELF: &str = "me you du ich moi vous tu yo io voce ik jij jag jeg sen я вы ты mina sina";

/// A message of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The person's name in the chat.
    pub sender: String,
    /// The time at which it was sent, if the thread tells it.
    pub stamp: Option<Stamp>,
    /// Its lines, without quotes of other messages.
    pub text: String,
    /// True for a line of `Name: text` with an unknown name: it may belong to the message before, such as `Beers: 6`.
    pub is_uncertain: bool,
    /// True for a message of the chat program, and for a forwarded message of Telegram.
    is_skipped: bool,
    /// A hash of sender, text and date, by which the message is recognized when the thread is pasted again. It is
    /// stored.
    pub key: u64,
    /// The [`sender_key`] of the name in the chat. Like `key`, it stays the same when `sender` becomes a voter's name.
    pub sender_key: String,
}

impl Message {
    fn with_key(self) -> Self {
        let stamp = self.stamp.map(|stamp| stamp.to_string());
        let text = format!("{}:{}:{}", self.sender, self.text, stamp.unwrap_or_default());
        Self { key: fnv1a(text.as_bytes()), sender_key: sender_key(&self.sender), ..self }
    }
}

/// A thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// The messages after the last list; all messages if there is no list.
    pub messages: Vec<Message>,
    /// True if a list of the board is in the thread.
    pub has_list: bool,
}

impl Thread {
    /// Parses a thread. Lines of `Name: text` are messages only if no line has a date or time. `names` are the folded
    /// names of people who are known, whatever they look like.
    pub fn read(text: &str, titles: &Titles, names: &HashSet<String>) -> Self {
        let messages = telegram(text).unwrap_or_else(|| {
            let is_dated = text.lines().any(|line| header(line, titles).is_some());
            lines(text, is_dated, titles, names)
        });
        let list = messages.iter().rposition(|message| is_list(&message.text));
        let after = list.map_or(0, |at| at + 1);
        let messages = messages.into_iter().skip(after).filter_map(without_quotes).map(Message::with_key).collect();
        Self { messages, has_list: list.is_some() }
    }
}

/// Returns true if a line of a message begins like the list of the board, with or without the marks of Markdown.
fn is_list(text: &str) -> bool {
    text.lines().any(|line| !line.trim_start().starts_with('>') && fold(line).starts_with(&fold(LIST_HEADING)))
}

/// Returns true for a message with several lines like those of the list: a number, a title and facts. A long list takes
/// several messages, of which only the first has the heading.
pub fn is_part_of_list(text: &str) -> bool {
    let is_entry = |line: &&str| {
        let parts: Vec<&str> = line.split(" · ").collect();
        parts.len() > 2 && parts[0].trim_matches('*').parse::<u32>().is_ok()
    };
    text.lines().filter(is_entry).count() > 1
}

/// The first line of a message.
struct Header<'a> {
    /// The sender, empty for the chat itself. `None` if it is that of the message before.
    sender: Option<&'a str>,
    stamp: Stamp,
    text: &'a str,
}

/// Returns the text before a colon as a name, or nothing if the colon is inside a quote: WhatsApp quotes the name of
/// the chat, which may have a colon.
fn before_colon(text: &str) -> &str {
    let quotes = text.matches(['"', '“', '”', '„', '«', '»']).count();
    if quotes.is_multiple_of(2) { text } else { "" }
}

fn header<'a>(line: &'a str, titles: &Titles) -> Option<Header<'a>> {
    let line = line.trim_start_matches(['\u{200e}', '\u{200f}', '\u{202a}', '\u{feff}']).trim_end();
    if let Some((stamp, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
        let stamp = Stamp::parse(stamp)?;
        return Some(match rest.split_once(':') {
            // Discord writes the time alone before a further message of the same person.
            Some((sender, _)) if stamp.day().is_none() && !is_name(sender.trim(), titles) => {
                Header { sender: None, stamp, text: rest }
            }
            None if stamp.day().is_none() => Header { sender: None, stamp, text: rest },
            // DiscordChatExporter writes the name alone on its line.
            None => Header { sender: Some(rest), stamp, text: "" },
            Some((sender, text)) => Header { sender: Some(before_colon(sender)), stamp, text },
        });
    }
    // WhatsApp on Android.
    if let Some((stamp, rest)) = line.split_once(" - ")
        && let Some(stamp) = Stamp::parse(stamp).filter(|stamp| stamp.day().is_some())
    {
        return Some(match rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, ""))) {
            None => Header { sender: Some(""), stamp, text: rest },
            Some((sender, text)) => Header { sender: Some(before_colon(sender)), stamp, text },
        });
    }
    // Telegram: `Ben, [22.11.2026 19:42]`. Discord: `Ben — 22.11.2026 19:42`.
    let in_brackets = line.trim_end_matches(':').strip_suffix(']').and_then(|line| line.rsplit_once(", ["));
    let (sender, stamp) = in_brackets.or_else(|| line.split_once(" — "))?;
    Some(Header { sender: Some(sender), stamp: Stamp::parse(stamp)?, text: "" })
}

fn lines(text: &str, is_dated: bool, titles: &Titles, names: &HashSet<String>) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for line in text.lines() {
        if let Some(header) = header(line, titles).filter(|_| is_dated) {
            // WhatsApp marks what it says itself (pictures, deleted messages, who joined) with U+200E.
            let is_chat = header.sender.is_some_and(|sender| sender.trim().is_empty())
                || header.text.trim_start().starts_with('\u{200e}');
            let same = || messages.last().map(|last| last.sender.clone()).unwrap_or_default();
            let sender = header.sender.map_or_else(same, name);
            messages.push(Message {
                sender,
                stamp: Some(header.stamp),
                text: header.text.trim().to_owned(),
                is_skipped: is_chat,
                ..Message::default()
            });
            continue;
        }
        let is_person = |name: &str| names.contains(&fold(name)) || is_name(name, titles) && !titles.begins(line);
        // A link is not a line of a person called https.
        let is_named = |(name, rest): &(&str, &str)| !is_dated && !rest.starts_with("//") && is_person(name);
        let named = line.split_once(':').filter(is_named);
        match (named, messages.last_mut()) {
            (Some((sender, text)), _) => {
                let is_uncertain = !messages.is_empty() && !names.contains(&fold(sender));
                let text = text.trim().to_owned();
                messages.push(Message { sender: name(sender), text, is_uncertain, ..Message::default() });
            }
            (None, Some(message)) => {
                message.text.push('\n');
                message.text += line;
            }
            (None, None) if line.trim().is_empty() => {}
            // Text before the first name has no sender.
            (None, None) => messages.push(Message { text: line.to_owned(), ..Message::default() }),
        }
    }
    messages
}

fn name(text: &str) -> String {
    // WhatsApp writes a tilde before names that are not among the contacts.
    strip_unsafe(text).trim().trim_start_matches('~').trim().to_owned()
}

/// Returns true if text before a colon looks like a name: not "Still no: 3", "Option 2: 3" or "Alien: Covenant".
pub fn is_name(text: &str, titles: &Titles) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_title = titles.whole(&words).is_some_and(|whole| whole.length == words.len());
    let is_of_name = |(at, word): (usize, &&str)| {
        let is_plain = words::class(word).is_none() && !word.starts_with(char::is_numeric);
        is_plain || at > 0 && PARTICLES.contains(word)
    };
    is_self(text)
        || folded.chars().any(char::is_alphabetic)
            && text.chars().count() <= MAX_NAME
            && words.len() <= MAX_NAME_WORDS
            && !text.contains(|c| "?!“”\"/—–[](){}<>,;*#".contains(c))
            && !text.contains(" - ")
            && words.iter().enumerate().all(is_of_name)
            && !is_title
}

/// Returns true for a word by which chats name the person who exported them.
pub fn is_self(name: &str) -> bool {
    let folded = fold(name);
    SELF.split(' ').any(|own| own == folded)
}

/// Returns true if one name is the other, or the first words of it.
pub fn is_same_person(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    a == b || begins(&a, &b) || begins(&b, &a)
}

/// Removes quotes, reactions and remarks of the chat from a message. `None` if nothing is left.
fn without_quotes(message: Message) -> Option<Message> {
    if message.is_skipped || is_list(&message.text) {
        return None;
    }
    let mut kept = Vec::new();
    for line in message.text.lines() {
        let line = line.trim();
        match line {
            // DiscordChatExporter: reactions and pictures follow.
            "{Reactions}" | "{Attachments}" | "{Embed}" | "{Stickers}" => break,
            _ if line.starts_with("[Forwarded from") => return None,
            _ if line.starts_with('>') || line.starts_with("[In reply to") || line.starts_with("(- ") => {}
            _ => kept.push(without_remark(line)),
        }
    }
    let text = kept.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(Message { text, ..message })
}

/// Returns a line without `<This message was edited>`, `<Media omitted>` or `(edited)` at its end.
fn without_remark(line: &str) -> &str {
    let line = line.strip_suffix("(edited)").unwrap_or(line);
    match line.rsplit_once('<') {
        Some((said, remark)) if remark.ends_with('>') && !remark.contains(|c: char| c.is_ascii_digit()) => {
            said.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{200e}')
        }
        _ => line.trim_end(),
    }
}

/// Parses the messages of Telegram's export as JSON. `None` if the text is no such export.
fn telegram(text: &str) -> Option<Vec<Message>> {
    let export: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let plain = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let piece = |piece: &Value| match piece["type"].as_str() {
        None => plain(piece),
        Some("blockquote") => String::new(),
        // Text that is struck out is neither said nor unsaid: the tildes are refused later.
        Some("strikethrough") => format!("~{}~", plain(&piece["text"])),
        Some(_) => plain(&piece["text"]),
    };
    let message = |message: &Value| Message {
        is_skipped: message["type"] != "message" || !message["forwarded_from"].is_null() || message["from"].is_null(),
        sender: name(&plain(&message["from"])),
        stamp: message["date"].as_str().and_then(|date| Stamp::parse(&date.replace('T', " "))),
        text: match &message["text"] {
            Value::Array(pieces) => pieces.iter().map(piece).collect(),
            whole => plain(whole),
        },
        ..Message::default()
    };
    Some(export["messages"].as_array()?.iter().map(message).collect())
}
