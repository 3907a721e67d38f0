//! Votes from a group's chat: what each person says about which movies in a pasted or exported thread.
//!
//! Nothing is guessed. A message counts only if everything in it is understood, see [`grammar::read`]. All others are
//! returned with the reason.

mod elements;
mod forms;
pub mod grammar;
pub mod stamp;
pub mod thread;
mod titles;
mod tokens;
mod words;

use serde::Serialize;

use super::text::{fold, sanitize, shell_word};
use super::{Opinion, ProposalNumber, VoterName};
pub use thread::{Message, Thread};
pub use titles::Titles;

/// The first line of the list that is posted in a chat. A thread is read from after the last message with this line.
pub const LIST_HEADING: &str = "Vote by answering with numbers, ♥ for a favourite, “not” for a no: 2 4♥ not 3";

/// The longest part of a message that is repeated when it was not understood, in characters.
const MAX_TEXT: usize = 200;

/// The result of reading a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountedThread {
    /// The ballots, in the order in which people first said something about a movie.
    pub ballots: Vec<ChatBallot>,
    /// The messages that do not count, in their order.
    pub not_understood: Vec<NotUnderstood>,
}

/// Everything that a person said. A later statement about a movie replaces an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatBallot {
    /// The person's name in the chat.
    pub sender: String,
    /// The opinions, each movie once.
    pub opinions: Vec<ChatOpinion>,
    /// The key of the last message that says "only": nothing else counts. `None` if no message does.
    pub only: Option<u64>,
}

/// A person's opinion of a movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatOpinion {
    /// The movie.
    pub movie: ProposalNumber,
    /// The opinion.
    pub opinion: Opinion,
    /// The [key](Message::key) of the last message that gave it.
    pub message: u64,
    /// The [key of the sender](Message::sender_key) of that message.
    pub sender: String,
}

/// A message that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotUnderstood {
    /// The person's name in the chat.
    #[serde(rename = "voter")]
    pub sender: String,
    /// The message, on one line.
    pub text: String,
    /// The reason, as a clause.
    pub reason: String,
    /// True if the text seems to name a movie on the board.
    #[serde(skip)]
    pub names_movie: bool,
}

/// Returns the form in which names of a chat are compared. Ben and Bén are two people, as on the board.
pub fn sender_key(name: &str) -> String {
    VoterName::parse(name).map_or_else(|_| fold(name), |name| name.key().to_owned())
}

/// Counts messages, each person's in their order.
pub fn count(messages: &[Message], titles: &Titles) -> CountedThread {
    let mut count = CountedThread::default();
    let mut asks_for_number = false;
    // The sender whose last messages may belong to a mark without movies: "No:", then "3".
    let mut open = None;
    for message in messages {
        let key = sender_key(&message.sender);
        let continues = open.as_ref() == Some(&key);
        let known = count.ballots.iter().position(|ballot| sender_key(&ballot.sender) == key);
        let statement = read(message, titles).and_then(|statement| {
            match objection(&statement, message, asks_for_number, continues, known.is_some()) {
                None => Ok(statement),
                Some(reason) => Err(reason.to_owned()),
            }
        });
        let is_label = statement.is_err() && message.text.trim_end().ends_with(':');
        open = (continues || is_label || grammar::is_half(&message.text, titles)).then_some(key);
        match statement {
            Ok(statement) if statement.opinions.is_empty() => {}
            Ok(statement) => {
                asks_for_number = false;
                let at = known.unwrap_or(count.ballots.len());
                if known.is_none() {
                    count.ballots.push(ChatBallot { sender: message.sender.clone(), ..ChatBallot::default() });
                }
                count.ballots[at].add(statement, message);
            }
            Err(reason) => {
                let is_of_list = thread::is_part_of_list(&message.text);
                let keeps_asking = asks_for_number && !message.text.contains('?');
                asks_for_number = keeps_asking || words::asks_for_number(&message.text);
                count.not_understood.push(NotUnderstood {
                    sender: message.sender.clone(),
                    text: sanitize(&message.text, MAX_TEXT),
                    reason: if is_of_list { "it looks like a part of the list".to_owned() } else { reason },
                    names_movie: !is_of_list
                        && (titles.appear_in(&message.text) || grammar::names_movie(&message.text, titles)),
                });
            }
        }
    }
    count
}

/// Returns the reason why a statement that is understood does not count, as a clause. `None` if it counts.
fn objection(
    statement: &grammar::Statement,
    message: &Message,
    follows_question: bool,
    continues: bool,
    has_ballot: bool,
) -> Option<&'static str> {
    let has_yes = statement.opinions.iter().any(|(_, opinion)| opinion.is_yes());
    let has_digit = message.text.contains(|c: char| c.is_ascii_digit());
    if message.sender.is_empty() && !statement.opinions.is_empty() {
        Some("it has no sender")
    } else if continues && !statement.opinions.is_empty() {
        Some("it may continue the previous message")
    } else if follows_question && statement.opinions.len() == 1 && has_digit {
        Some("it may answer the previous question")
    } else if statement.is_sorry && has_ballot && !has_yes {
        Some("unclear whether it replaces the earlier answer")
    } else {
        None
    }
}

/// Reads a message, also one that begins with its sender's own name: "Ben: 2 4♥", as the ballot page writes it.
fn read(message: &Message, titles: &Titles) -> Result<grammar::Statement, String> {
    let whole = grammar::read(&message.text, titles);
    let is_own = |name: &str| thread::is_same_person(name, &message.sender) || is_short_form(name, &message.sender);
    let is_name = |name: &str| is_own(name) || thread::is_name(name, titles);
    let named = message.text.split_once(": ").filter(|(name, _)| whole.is_err() && is_name(name));
    let Some((name, rest)) = named else { return whole };
    match (is_own(name), grammar::read(rest, titles)) {
        (true, statement) => statement,
        (false, Ok(_)) => {
            let name = sanitize(name, MAX_TEXT);
            let pair = shell_word(&format!("{}={name}", sanitize(&message.sender, MAX_TEXT)));
            Err(format!("it is signed {name}: if that is the same person, use --name {pair}"))
        }
        (false, Err(_)) => whole,
    }
}

/// Returns true if `name` is the beginning of the sender's name in the chat: Ben for Benjamin.
fn is_short_form(name: &str, sender: &str) -> bool {
    name.chars().count() >= 3 && fold(sender).starts_with(&fold(name))
}

impl ChatBallot {
    fn add(&mut self, statement: grammar::Statement, message: &Message) {
        if statement.replaces || statement.is_sorry {
            self.opinions.clear();
        }
        if statement.replaces {
            self.only = Some(message.key);
        }
        for (movie, opinion) in statement.opinions {
            if opinion == Opinion::Favorite {
                let old = self.opinions.iter_mut().filter(|said| said.opinion == Opinion::Favorite);
                old.for_each(|said| said.opinion = Opinion::Yes);
            }
            self.opinions.retain(|said| said.movie != movie);
            let sender = message.sender_key.clone();
            self.opinions.push(ChatOpinion { movie, opinion, message: message.key, sender });
        }
    }
}
