//! The words that a message may hold besides movies, in thirteen languages: English, German, French, Spanish, Italian,
//! Portuguese, Dutch, Swedish, Danish, Norwegian, Polish, Turkish and Russian.
//!
//! A word that is not listed is not understood. No word is a yes in one language and a no in another: such a word is
//! left out.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::from_word;
use crate::model::text::fold;

/// The meaning of a word or a phrase, with its letter in the [forms](super::forms) of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Class {
    /// `not`: applies to what follows or, at the end of a clause, to what precedes.
    Not = b'n',
    /// `no` as an answer; with a comma after it, it may answer something else.
    No = b'o',
    /// A no that only comes after its movie.
    NotAfter = b'z',
    /// A no that continues with "or": `neither 3 nor 4`.
    Neither = b'j',
    /// A no that is said before each movie: `ni 3 ni 4`.
    Nor = b'r',
    /// `or`: leaves open which movie is meant, except after a no.
    Or = b'/',
    And = b'&',
    /// Begins a new clause.
    But = b'b',
    Yes = b'y',
    Favorite = b'f',
    /// Replaces what the person said earlier.
    Only = b'i',
    /// Replaces what the person said earlier, but is also said out of politeness.
    Sorry = b's',
    /// A courtesy that asks for a movie.
    Please = b'p',
    /// Means nothing for the ballot, wherever it stands.
    Courtesy = b'c',
    /// Means nothing for the ballot, but is refused together with "sorry".
    Also = b'x',
    /// A courtesy before a time: `see you 8`.
    Farewell = b'w',
    /// Means nothing, except right after a number: `2 friends`, `8 works for me`.
    Vocative = b'v',
    /// Means nothing at the end of a clause, right after a title: `Heat it is`. `8 it is` settles a time.
    Settled = b'd',
    /// Before two movies with "and" between them.
    Both = b'u',
    /// Chooses the movie after it, also by number.
    Choose = b'h',
    /// An article in the singular. A number after it is a movie only in a vote: Italian `le 8` is a time.
    Article = b'a',
    /// Prepositions, verbs of being and the like, around a title. A number after them is a time or a count.
    Glue = b'g',
    /// `vote`, `choice`: before a movie, also by number, or after a movie, unless a number counts it: `2 votes`.
    Label = b'l',
    /// `movie`, `number`: only before a number.
    Noun = b'm',
    /// Only before a no: `rather not`.
    Soft = b'q',
    /// An everyday word: never part of a vote, and no title by itself.
    Common = b'k',
}

impl Class {
    /// Returns its letter in the [forms](super::forms) of sentences.
    pub fn letter(self) -> char {
        char::from(self as u8)
    }
}

/// The word lists, in the format that their first lines describe.
const LISTS: &str = include_str!("words.txt");
static CLASSES: LazyLock<HashMap<String, Class>> = LazyLock::new(|| {
    let (mut classes, mut class) = (HashMap::new(), Class::Common);
    for line in LISTS.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            class = from_word(name).expect("each heading of the lists names a class");
            continue;
        }
        for phrase in line.split('|').filter(|phrase| !phrase.is_empty()) {
            classes.entry(fold(phrase)).or_insert(class);
        }
    }
    classes
});

/// The number of words in the longest phrase.
const MAX_PHRASE: usize = 4;

/// Returns the class of a folded word or phrase. `None` if it is not listed.
pub fn class(phrase: &str) -> Option<Class> {
    CLASSES.get(phrase).copied()
}

/// Returns true for a folded word that people say every day, and that alone names no movie.
pub fn is_everyday(word: &str) -> bool {
    class(word).is_some() || word.chars().count() < 3 && word.is_ascii()
}

/// Returns the longest phrase that these folded words begin with: its number of words and its class. Common words by
/// themselves are no phrase.
pub fn phrase<'a>(words: impl Iterator<Item = &'a str>) -> Option<(usize, Class)> {
    let (mut text, mut found) = (String::new(), None);
    for (at, word) in words.take(MAX_PHRASE).enumerate() {
        if at > 0 {
            text.push(' ');
        }
        text += word;
        if let Some(class) = class(&text).filter(|class| *class != Class::Common) {
            found = Some((at + 1, class));
        }
    }
    found
}

/// Returns the letter of a picture or a sign in the [forms](super::forms) of sentences. `None` if it means nothing.
pub fn sign(c: char) -> Option<char> {
    match c {
        '♥' | '❤' | '❣' | '💗' | '♡' | '💙' | '💚' | '💛' | '🧡' | '💜' | '🖤' | '💖' | '💕' | '⭐' | '★' | '🌟' => {
            Some('F')
        }
        '👎' | '✗' | '✘' | '✖' | '❌' | '🚫' | '−' => Some('N'),
        '👍' | '✓' | '✔' | '✅' | '👌' | '😍' | '🥰' | '🤩' | '😻' => Some('Y'),
        '🍿' | '🎬' | '🎥' | '📽' | '🙂' | '😊' | '😀' | '😁' | '😂' | '🤣' | '😅' | '😉' | '😎' | '🤗' | '🙏'
        | '🎉' | '🥳' | '👋' | '✌' | '🤞' | '😋' | '😄' | '😃' | '😆' | '🙌' | '👏' | '🔥' | '💯' | '✨' | '💪'
        | '🤘' | '•' => Some('~'),
        _ => None,
    }
}

/// The words that mark a question for a time or a count, folded.
const NUMBER_QUESTIONS: &str = "when should|when do we|when can|when shall|what time|what day\
    |which day|how much|how many|how long|how old|what age|which bus|wann|wie viel|wieviel|wie viele|wieviele\
    |wie lange|wie alt|quelle heure|combien|que hora|cuantos|cuantas|che ora|quanti|quante|que horas|quantos\
    |hoe laat|hoeveel|hur dags|hur manga|hvad tid|hvor mange|o ktorej|ile|ne zaman|kac|kacta|во сколько|сколько";
/// The words that ask only with a question mark, folded: `who cares` and `when I'm home` do not.
const WITH_MARK: &str =
    "when|quand|cuando|quando|wanneer|nar|hvornar|kiedy|когда|who|wer|qui|quien|chi|quem|wie|vem|hvem|kto|kim|кто";

/// Returns true for a question that a number may answer: `what time?`, `who is coming?` Without a question mark, the
/// words must begin a clause: `hi, how many are we`.
pub fn asks_for_number(text: &str) -> bool {
    let mut questions = NUMBER_QUESTIONS.split('|');
    if text.contains('?') {
        let text = format!(" {} ", fold(text));
        return questions.chain(WITH_MARK.split('|')).any(|words| text.contains(&format!(" {words} ")));
    }
    let clauses = text.split([',', '.', ':', ';', '!', '\n']).map(|clause| format!("{} ", fold(clause)));
    let clauses: Vec<String> = clauses.collect();
    questions.any(|words| clauses.iter().any(|clause| clause.starts_with(&format!("{words} "))))
}
