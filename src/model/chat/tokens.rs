//! Splitting a message into words, numbers and signs.

use crate::model::text::{fold, strip_unsafe};

const EMOTICONS: [&str; 8] = [":-)", ";-)", ":)", ";)", ":-D", ":D", "^^", ":-))"];

#[derive(Debug)]
pub enum Kind {
    Word,
    Number(i64),
    Sign(char),
    Break,
}

#[derive(Debug)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    pub folded: String,
    /// True if a blank, a line break or nothing is before it.
    pub is_apart_before: bool,
    /// True if a blank, a line break or nothing is after it.
    pub is_apart_after: bool,
}

impl Token {
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number(_))
    }

    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(_))
    }
}

/// Splits a message. Leaves out blanks, emoticons and repeated pictures.
pub fn tokens(text: &str) -> Vec<Token> {
    let is_shape = |c: char| matches!(c, '\u{FE0F}' | '\u{FE0E}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}');
    let chars: Vec<char> = strip_unsafe(text).chars().filter(|&c| !is_shape(c)).collect();
    let is_in_word = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let c = chars[at];
        at += 1;
        if c.is_whitespace() && c != '\n' {
            continue;
        }
        // Two hearts mean the same as one.
        if start > 0 && chars[start - 1] == c && !c.is_ascii() && !is_in_word(c) {
            continue;
        }
        let rest: String = chars[start..].iter().take(4).collect();
        if let Some(emoticon) = EMOTICONS.iter().filter(|known| rest.starts_with(**known)).max_by_key(|e| e.len()) {
            let end = start + emoticon.chars().count();
            if chars.get(end).is_none_or(|next| !next.is_alphanumeric()) {
                at = end;
                continue;
            }
        }
        let starts_number = c == '#' && chars.get(at).is_some_and(char::is_ascii_digit);
        if starts_number || is_in_word(c) {
            let is_apostrophe =
                |at: usize| matches!(chars[at], '\'' | '’') && chars.get(at + 1).is_some_and(|c| c.is_alphabetic());
            while at < chars.len() && chars[at] != '\u{20E3}' && (is_in_word(chars[at]) || is_apostrophe(at)) {
                at += 1;
            }
        }
        let text: String = chars[start..at].iter().collect();
        // A digit on a keycap: 4️⃣.
        let is_key = chars.get(at) == Some(&'\u{20E3}');
        at += usize::from(is_key);
        let digits = text.strip_prefix('#').unwrap_or(&text);
        let is_number =
            (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        let is_apart = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
        let kind = match c {
            '\n' => Kind::Break,
            // Two keycaps side by side may be two digits of one number.
            _ if is_number && (!is_key || chars.get(at).is_none_or(|c| !c.is_alphanumeric())) => {
                Kind::Number(digits.parse().unwrap_or_default())
            }
            c if is_in_word(c) => Kind::Word,
            c => Kind::Sign(c),
        };
        tokens.push(Token {
            kind,
            folded: if c == '&' { "and".into() } else { fold(&text) },
            text,
            is_apart_before: start == 0 || is_apart(chars.get(start - 1)),
            is_apart_after: is_apart(chars.get(at)),
        });
    }
    tokens
}
