//! A message as a row of movies, words and signs: whole titles first, then numbers, parts of titles and listed words.

use super::titles::{TitleMatch, Titles};
use super::words::{self, Class};
use crate::model::text::{fold, quoted, strip_unsafe};
use crate::model::{ImdbId, ProposalNumber};

/// A piece of a message that means something.
#[derive(Clone, Debug)]
pub struct Element {
    pub what: What,
    pub text: String,
    /// No blank stands before it.
    pub is_tight: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Movies by number, or by range of numbers.
    Numbers(Vec<ProposalNumber>),
    /// A movie by its title, part of its title or its id.
    Title(ProposalNumber),
    Word(Class),
    Sign(Class),
    Comma,
    Colon,
    Dash,
    Open,
    Close,
    /// The end of a sentence or of a line.
    Stop,
}

/// The reason why a message is not understood.
pub type Reason = String;

/// Words that a title has at most here: no title is longer.
const MAX_TITLE_WORDS: usize = 24;
/// Signs that a title may have between its words.
const INSIDE_TITLES: &str = "-–—:,.·'!/()&\"";
const EMOTICONS: [&str; 8] = [":-)", ";-)", ":)", ";)", ":-D", ":D", "^^", ":-))"];

#[derive(Debug)]
enum Kind {
    Word,
    Number(i64),
    Sign(char),
    Break,
}

#[derive(Debug)]
struct Token {
    kind: Kind,
    text: String,
    folded: String,
    /// A blank, a line break or nothing stands before it, and after it.
    is_apart_before: bool,
    is_apart_after: bool,
}

impl Token {
    fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number(_))
    }

    fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(_))
    }
}

fn tokens(text: &str) -> Vec<Token> {
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
        // A digit on a key: 4️⃣.
        let is_key = chars.get(at) == Some(&'\u{20E3}');
        at += usize::from(is_key);
        let digits = text.strip_prefix('#').unwrap_or(&text);
        let is_number =
            (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        let is_apart = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
        let kind = match c {
            '\n' => Kind::Break,
            // Two keys side by side may be two digits of one number.
            _ if is_number && (!is_key || is_apart(chars.get(at))) => Kind::Number(digits.parse().unwrap_or_default()),
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

/// Reads the elements of a message.
///
/// # Errors
/// Says what in it is not understood.
pub fn elements(text: &str, titles: &Titles) -> Result<Vec<Element>, Reason> {
    let tokens = tokens(text);
    let marks = tokens.iter().filter(|token| matches!(token.kind, Kind::Sign('*' | '_'))).count();
    let mut reader = Reader { tokens: &tokens, titles, at: 0, elements: Vec::new(), is_marked: marks % 2 == 0 };
    while reader.at < tokens.len() {
        reader.next()?;
    }
    Ok(reader.elements)
}

fn unknown(text: &str) -> Reason {
    format!("{} is not understood", quoted(text))
}

struct Reader<'a> {
    tokens: &'a [Token],
    titles: &'a Titles,
    at: usize,
    elements: Vec<Element>,
    /// Stars and underscores come in pairs, as they do around bold words.
    is_marked: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        if token.is_word() && self.whole_title()? {
            return Ok(());
        }
        match token.kind {
            Kind::Break => self.push(What::Stop, 1),
            Kind::Number(number) => return self.number(number),
            Kind::Word => return self.word(),
            Kind::Sign(c) => return self.sign(c),
        }
        Ok(())
    }

    fn push(&mut self, what: What, length: usize) {
        let is_tight = !self.tokens[self.at].is_apart_before;
        self.elements.push(Element { what, text: self.text(length), is_tight });
        self.at += length;
    }

    fn token(&self, offset: isize) -> Option<&Token> {
        self.tokens.get(self.at.checked_add_signed(offset)?)
    }

    /// Takes a title that is written in full. "The whole phrase first": `No Country for Old Men` is a title, and no no.
    fn whole_title(&mut self) -> Result<bool, Reason> {
        let is_inside = |token: &&Token| match token.kind {
            Kind::Sign(c) => INSIDE_TITLES.contains(c),
            _ => token.is_word(),
        };
        let ahead = self.tokens[self.at..].iter().take_while(is_inside).enumerate();
        let of_title: Vec<(usize, &str)> = ahead
            .filter(|(_, token)| token.is_word() || token.text == "&")
            .take(MAX_TITLE_WORDS)
            .map(|(at, token)| (at, token.folded.as_str()))
            .collect();
        let words: Vec<&str> = of_title.iter().map(|(_, word)| *word).collect();
        let Some(TitleMatch { length, movies }) = self.titles.whole(&words) else { return Ok(false) };
        let mut count = of_title[length - 1].0 + 1;
        let end = |count: usize| self.tokens.get(self.at + count);
        let closes = |token: Option<&Token>| token.is_some_and(|token| token.text == ")");
        if self.tokens[self.at..self.at + count].iter().any(|token| token.text == "(") && closes(end(count)) {
            count += 1;
        }
        let sign = end(count).and_then(|token| token.text.chars().next()).filter(|c| matches!(c, '?' | '!'));
        if sign.is_some_and(|sign| self.titles.ends_with(movies[0], sign)) {
            count += 1;
        }
        let [movie] = movies[..] else { return Err(self.several(count, movies.len())) };
        if let (1, Kind::Number(number)) = (count, &self.tokens[self.at].kind)
            && self.titles.has(ProposalNumber(*number))
            && movie.0 != *number
        {
            return Err(format!("{} is a number and a title", quoted(&self.tokens[self.at].text)));
        }
        let is_usual = |word: &&str| words::class(word).is_some() || word.chars().count() < 3 && word.is_ascii();
        if words[..length].iter().all(is_usual) && !self.tokens[self.at].is_number() {
            // "It" and "Us" are titles only where nothing else stands beside them.
            let is_said =
                |word: &&str| words::class(word).is_some_and(|class| class != Class::Common && class != Class::Glue);
            if words[..length].iter().any(is_said) || !self.stands_alone(count) {
                return Err(format!("{} is also a title; use its number", quoted(&self.text(count))));
            }
        }
        self.push(What::Title(movie), count);
        Ok(true)
    }

    fn stands_alone(&self, count: usize) -> bool {
        let is_edge = |token: Option<&Token>| match token.map(|token| (&token.kind, token.folded.as_str())) {
            None | Some((Kind::Break | Kind::Sign(_), _)) => true,
            Some((_, word)) => words::class(word) == Some(Class::And),
        };
        is_edge(self.at.checked_sub(1).and_then(|at| self.tokens.get(at))) && is_edge(self.tokens.get(self.at + count))
    }

    fn text(&self, count: usize) -> String {
        self.tokens[self.at..self.at + count].iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn several(&self, count: usize, movies: usize) -> Reason {
        format!("{} matches {movies} movies", quoted(&self.text(count)))
    }

    /// The folded words from here on that nothing but blanks keeps apart.
    fn words(&self) -> Vec<&str> {
        self.tokens[self.at..].iter().take_while(|token| token.is_word()).map(|token| token.folded.as_str()).collect()
    }

    fn number(&mut self, number: i64) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        if let (Some(sign), Some(next)) = (self.token(1), self.token(2))
            && let (Kind::Sign(c), Kind::Number(to)) = (&sign.kind, &next.kind)
            && !sign.is_apart_before
            && !sign.is_apart_after
        {
            let text = self.text(3).replace(' ', "");
            match c {
                '-' | '–' if self.token(3).is_none_or(|token| token.is_apart_before || token.text == ",") => {
                    let movies = self.titles.between(number, *to).ok_or_else(|| unknown(&text))?;
                    self.push(What::Numbers(movies), 3);
                    return Ok(());
                }
                ',' if next.text.len() <= 3 => {}
                '+' | '&' | ';' => {}
                _ => return Err(unknown(&text)),
            }
        }
        let part = self.titles.part(&self.words(), false).filter(|part| part.length > 1);
        if let Some(part) = part.filter(|part| part.movies != [ProposalNumber(number)]) {
            return match (self.titles.has(ProposalNumber(number)), &part.movies[..]) {
                (false, [movie]) => {
                    self.push(What::Title(*movie), part.length);
                    Ok(())
                }
                (true, _) => Err(format!("{} is a number and part of a title", quoted(&self.text(part.length)))),
                (false, movies) => Err(self.several(part.length, movies.len())),
            };
        }
        if self.titles.has(ProposalNumber(number)) {
            if self.is_ordinal() {
                return Err(format!("{} may be a place in an order", quoted(&format!("{}.", token.text))));
            }
            self.push(What::Numbers(vec![ProposalNumber(number)]), 1);
            return Ok(());
        }
        // Beyond the board's numbers, a title with that number in it, such as Blade Runner 2049.
        let in_title = self.titles.part(&[&token.folded], true).filter(|_| token.text.len() > 2);
        match in_title.as_ref().map(|found| &found.movies[..]) {
            Some([movie]) => self.push(What::Title(*movie), 1),
            _ => return Err(format!("no movie {} is on the board", token.text)),
        }
        Ok(())
    }

    /// True for a number with a full stop that need not end a sentence: `die 2. und 4.`, `1. Heat`.
    fn is_ordinal(&self) -> bool {
        if self.token(1).is_none_or(|token| token.text != "." || token.is_apart_before) {
            return false;
        }
        let follows = match self.token(2) {
            None => None,
            Some(token) if matches!(token.kind, Kind::Break) => None,
            Some(token) => Some(words::class(&token.folded)),
        };
        let ends =
            matches!(follows, None | Some(Some(Class::Not | Class::No | Class::But | Class::Courtesy | Class::Sorry)));
        let after_article =
            self.token(-1).is_some_and(|token| ["die", "der", "das", "den", "dem"].contains(&&*token.folded));
        !ends || after_article
    }

    fn word(&mut self) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        if let Some(id) = ImdbId::parse(&token.text) {
            let movie = self.titles.with_id(id).ok_or_else(|| format!("{id} is not on the board"))?;
            self.push(What::Title(movie), 1);
            return Ok(());
        }
        let words = self.words();
        let listed = words::phrase(words.iter().copied()).filter(|_| !token.text.contains(['º', 'ª']));
        let listed = if token.folded == "o" { Some((1, self.class_of_o())) } else { listed };
        let part = self.titles.part(&words, false);
        let is_telling = |word: &&str| words::class(word).is_none() && (word.chars().count() > 3 || !word.is_ascii());
        if let Some(part) = part.filter(|part| words[..part.length].iter().any(is_telling)) {
            let of_part = &words[..part.length];
            let rules = |class| matches!(class, Class::Not | Class::No | Class::NotAfter | Class::Yes | Class::Only);
            if (0..part.length).any(|at| words::phrase(of_part[at..].iter().copied()).is_some_and(|(_, c)| rules(c))) {
                return Err(format!("{} may be a title or not", quoted(&self.text(part.length))));
            }
            let [movie] = part.movies[..] else { return Err(self.several(part.length, part.movies.len())) };
            self.push(What::Title(movie), part.length);
            return Ok(());
        }
        let Some((length, class)) = listed else { return Err(unknown(&token.text)) };
        // "Great!" may be meant as The Great Escape.
        if class == Class::Courtesy
            && words[..length].concat().chars().count() > 3
            && self.titles.part(&words[..length], true).is_some_and(|part| part.length == length)
        {
            return Err(format!("{} is also part of a title", quoted(&self.text(length))));
        }
        let class = match (token.folded.as_str(), token.text.as_str()) {
            // English "I" and Polish "i", Portuguese "é" and "e".
            ("i", "I") => Class::Glue,
            ("e", text) if !text.is_ascii() => Class::Glue,
            _ => class,
        };
        self.push(What::Word(class), length);
        Ok(())
    }

    /// Spanish and Italian "or" after a movie, the Portuguese article elsewhere.
    fn class_of_o(&self) -> Class {
        match self.elements.last().map(|last| &last.what) {
            Some(What::Numbers(_) | What::Title(_)) => Class::Or,
            _ => Class::Glue,
        }
    }

    fn sign(&mut self, c: char) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        let (before, after) = (token.is_apart_before, token.is_apart_after);
        let is_before_number = !after && self.token(1).is_some_and(Token::is_number);
        let what = match c {
            ',' | '،' | '、' | '，' => What::Comma,
            '.' | '…' | '。' | ';' => What::Stop,
            '!' | '！' if !is_before_number => What::Stop,
            '?' | '¿' | '？' => return Err("a question is no vote".into()),
            ':' if !before || after => What::Colon,
            '(' | '[' => What::Open,
            ')' | ']' => What::Close,
            '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '¡' => {
                self.at += 1;
                return Ok(());
            }
            '*' | '_' if self.is_marked && !is_before_number => {
                self.at += 1;
                return Ok(());
            }
            '+' | '&' if before == after => What::Word(Class::And),
            '-' | '−' if before && is_before_number => return self.minus(),
            '-' | '–' | '—' if before && after => What::Dash,
            _ => match words::sign(c) {
                Some(_) if c == '−' => return Err(unknown("−")),
                Some(class) => What::Sign(class),
                None => return Err(unknown(&token.text)),
            },
        };
        self.push(what, 1);
        Ok(())
    }

    /// A minus right before a number is a no, unless it may be the dash of a range: `2 -3`.
    fn minus(&mut self) -> Result<(), Reason> {
        let is_range = matches!(self.elements.last().map(|last| &last.what), Some(What::Numbers(_)));
        if is_range && self.tokens[self.at].text == "-" {
            return Err(format!("{} may be a range or a no", quoted(&self.text(2).replace(' ', ""))));
        }
        self.push(What::Word(Class::Not), 1);
        Ok(())
    }
}
