//! A message as a row of movies, words and signs: whole titles first, then numbers, parts of titles and listed words.

use super::titles::{TitleMatch, Titles};
use super::tokens::{Kind, Token, tokens};
use super::words::{self, Class};
use crate::model::link;
use crate::model::text::{after_article, quoted};
use crate::model::{ImdbId, ProposalNumber};

/// A piece of a message that has a meaning.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its letter in the [forms](super::forms) of sentences.
    pub letter: char,
    /// The movies that it names.
    pub movies: Vec<ProposalNumber>,
    pub text: String,
    /// True if no blank is before it.
    pub is_tight: bool,
}

/// The reason why a message is not understood.
pub type Reason = String;

/// The most words that are read as one title. No title is longer.
const MAX_TITLE_WORDS: usize = 24;
/// The longest message that is read, in characters. A ballot with all of 300 movies is shorter.
const MAX_MESSAGE: usize = 2000;
/// The signs that a title may have between its words.
const INSIDE_TITLES: &str = "-–—:,.·'!/()&\"";

/// Parses the elements of a message.
pub fn elements(text: &str, titles: &Titles) -> Result<Vec<Element>, Reason> {
    if text.chars().nth(MAX_MESSAGE).is_some() {
        return Err("it is too long".into());
    }
    let tokens = tokens(&with_ids(text));
    let marks = tokens.iter().filter(|token| matches!(token.kind, Kind::Sign('*' | '_'))).count();
    let mut reader = Reader { tokens: &tokens, titles, at: 0, elements: Vec::new(), is_marked: marks % 2 == 0 };
    while reader.at < tokens.len() {
        reader.next()?;
    }
    Ok(reader.elements)
}

/// Replaces links to movies by their ids. The posted list has such links.
fn with_ids(text: &str) -> String {
    let with_id = |word: &str| match link::id(word.trim_end()) {
        Some(id) => format!("{id}{}", &word[word.trim_end().len()..]),
        None => word.to_owned(),
    };
    text.split_inclusive(char::is_whitespace).map(with_id).collect()
}

fn unknown(text: &str) -> Reason {
    format!("{} is not understood", quoted(text))
}

struct Reader<'a> {
    tokens: &'a [Token],
    titles: &'a Titles,
    at: usize,
    elements: Vec<Element>,
    /// True if stars and underscores come in pairs, as they do around bold words.
    is_marked: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        if token.is_word() && self.whole_title()? {
            return Ok(());
        }
        match token.kind {
            Kind::Break => self.push('|', &[], 1),
            Kind::Number(number) => return self.number(number),
            Kind::Word => return self.word(),
            Kind::Sign(c) => return self.sign(c),
        }
        Ok(())
    }

    fn push(&mut self, letter: char, movies: &[ProposalNumber], length: usize) {
        let is_tight = !self.tokens[self.at].is_apart_before;
        self.elements.push(Element { letter, movies: movies.to_vec(), text: self.text(length), is_tight });
        self.at += length;
    }

    /// Adds a title, or a part of one. `is_everyday` if it may be meant as everyday words.
    fn push_title(&mut self, movie: ProposalNumber, length: usize, is_everyday: bool) {
        let letter = match (is_everyday, length > 1) {
            (false, true) => 'T',
            (false, false) => 't',
            (true, true) => 'E',
            (true, false) => 'e',
        };
        self.push(letter, &[movie], length);
    }

    fn token(&self, offset: isize) -> Option<&Token> {
        self.tokens.get(self.at.checked_add_signed(offset)?)
    }

    /// Reads a title that is written in full. It comes before listed words: `No Country for Old Men` is not a no.
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
        let Some(TitleMatch { length, movies, is_everyday }) = self.titles.whole(&words) else { return Ok(false) };
        let count = self.with_final_signs(of_title[length - 1].0 + 1, movies[0]);
        let [movie] = movies[..] else { return Err(self.several(count, movies.len())) };
        let token = &self.tokens[self.at];
        if let (1, Kind::Number(number)) = (count, &token.kind)
            && self.titles.has(ProposalNumber(*number))
            && movie.0 != *number
        {
            return Err(format!("{} is a number and a title; use #{number} or #{}", quoted(&token.text), movie.0));
        }
        let proper = length - usize::from(after_article(&words[..length].join(" ")).is_some());
        // Longer titles are hardly said by chance.
        let is_everyday = is_everyday && !token.is_number() && proper <= 2;
        if is_everyday && self.may_be_talk(&words[..length], proper) {
            return Err(format!("{} is also a title; use its number", quoted(&self.text(count))));
        }
        self.push_title(movie, count, is_everyday);
        Ok(true)
    }

    /// Returns the number of tokens of a title of `count` tokens together with the bracket and the sign that end it.
    fn with_final_signs(&self, mut count: usize, movie: ProposalNumber) -> usize {
        let text = |offset: usize| self.tokens.get(self.at + offset).map(|token| token.text.as_str());
        let has_bracket = self.tokens[self.at..self.at + count].iter().any(|token| token.text == "(");
        if has_bracket && text(count) == Some(")") {
            count += 1;
        }
        let sign = text(count).and_then(|text| text.chars().next()).filter(|c| matches!(c, '?' | '!'));
        count + usize::from(sign.is_some_and(|sign| self.titles.ends_with(movie, sign)))
    }

    /// Returns true if a title of everyday words, `proper` of them without its article, may be meant as talk.
    fn may_be_talk(&self, words: &[&str], proper: usize) -> bool {
        let has_meaning = |class: Class| match class {
            Class::Common | Class::Choose | Class::Article | Class::Glue => false,
            Class::Please | Class::Courtesy | Class::Farewell | Class::Vocative => proper == 1,
            _ => true,
        };
        // "2 and Us" names the title, "2 and us" hardly does.
        let is_name = proper > 1
            || self.tokens[self.at].text.starts_with(char::is_uppercase)
            || !self.at.checked_sub(1).is_some_and(|before| matches!(self.tokens[before].kind, Kind::Word));
        !is_name || words.iter().any(|word| words::class(word).is_some_and(has_meaning))
    }

    fn text(&self, count: usize) -> String {
        self.tokens[self.at..self.at + count].iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn several(&self, count: usize, movies: usize) -> Reason {
        format!("{} matches {movies} movies", quoted(&self.text(count)))
    }

    /// Returns the folded words from here on that are separated by nothing but blanks.
    fn words(&self) -> Vec<&str> {
        let ahead = self.tokens[self.at..].iter().take_while(|token| token.is_word());
        ahead.take(MAX_TITLE_WORDS).map(|token| token.folded.as_str()).collect()
    }

    fn number(&mut self, number: i64) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        if let (Some(sign), Some(next)) = (self.token(1), self.token(2))
            && let (Kind::Sign(c), Kind::Number(to)) = (&sign.kind, &next.kind)
            && !sign.is_apart_before
            && !sign.is_apart_after
        {
            let text = self.text(3).replace(' ', "");
            // Not the beginning of a date, such as 22-11-2026 or 22-11.
            let ends_range = |token: &Token| match token.text.as_str() {
                "," => true,
                "." | "!" => token.is_apart_after,
                _ => token.is_apart_before,
            };
            match c {
                '-' | '–' if self.token(3).is_none_or(ends_range) => {
                    let movies = self.titles.between(number, *to).ok_or_else(|| unknown(&text))?;
                    self.push('#', &movies, 3);
                    return Ok(());
                }
                ',' if next.text.len() <= 3 => {}
                '+' | '&' | ';' => {}
                _ => return Err(unknown(&text)),
            }
        }
        if self.titles.has(ProposalNumber(number)) {
            self.push('#', &[ProposalNumber(number)], 1);
            return Ok(());
        }
        // A number that is not on the board may be part of a title, such as Blade Runner 2049.
        let in_title = self.titles.part(&[&token.folded], true).filter(|_| token.text.len() > 2);
        match in_title.as_ref().map(|found| &found.movies[..]) {
            Some([movie]) => self.push_title(*movie, 1, false),
            _ => return Err(format!("no movie on the board has the number {}", token.text)),
        }
        Ok(())
    }

    fn word(&mut self) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        if let Some(id) = ImdbId::parse(&token.text) {
            let movie = self.titles.with_id(id).ok_or_else(|| format!("{id} is not on the board"))?;
            self.push_title(movie, 1, false);
            return Ok(());
        }
        let words = self.words();
        let listed = words::phrase(words.iter().copied()).filter(|_| !token.text.contains(['º', 'ª']));
        let listed = match token.folded == "o" {
            // Spanish and Italian "or" after a movie, the Portuguese article elsewhere.
            true if self.elements.last().is_some_and(|last| !last.movies.is_empty()) => Some((1, Class::Or)),
            true => Some((1, Class::Article)),
            false => listed,
        };
        let part = self.titles.part(&words, false);
        // Everyday words name a title only if at least two of them carry a meaning: "old men".
        let is_content =
            |word: &&&str| word.len() > 2 && words::class(word).is_none_or(|c| matches!(c, Class::Common | Class::But));
        let is_telling =
            |part: &TitleMatch| !part.is_everyday || words[..part.length].iter().filter(is_content).count() > 1;
        if let Some(part) = part.filter(is_telling) {
            let of_part = &words[..part.length];
            let decides = |class| matches!(class, Class::Not | Class::No | Class::NotAfter | Class::Yes | Class::Only);
            if (0..part.length).any(|at| words::phrase(of_part[at..].iter().copied()).is_some_and(|(_, c)| decides(c)))
            {
                return Err(format!("{} may be part of a title", quoted(&self.text(part.length))));
            }
            let [movie] = part.movies[..] else { return Err(self.several(part.length, part.movies.len())) };
            self.push_title(movie, part.length, part.is_everyday);
            return Ok(());
        }
        let Some((length, class)) = listed else { return Err(unknown(&token.text)) };
        // "Great!" may mean The Great Escape.
        if matches!(class, Class::Please | Class::Courtesy | Class::Also | Class::Farewell)
            && words[..length].concat().chars().count() > 3
            && self.titles.part(&words[..length], true).is_some_and(|part| part.length == length)
        {
            return Err(format!("{} is also part of a title", quoted(&self.text(length))));
        }
        let class = match (token.folded.as_str(), token.text.as_str()) {
            // English "I" is not Polish "i" (and). Portuguese "é" (is) is not "e" (and).
            ("i", "I") if length == 1 => Class::Glue,
            ("e", text) if length == 1 && !text.is_ascii() => Class::Glue,
            _ => class,
        };
        let is_no = class == Class::No && self.text(length).eq_ignore_ascii_case("no");
        self.push(if is_no { 'O' } else { class.letter() }, &[], length);
        Ok(())
    }

    fn sign(&mut self, c: char) -> Result<(), Reason> {
        let token = &self.tokens[self.at];
        let (before, after) = (token.is_apart_before, token.is_apart_after);
        let is_before_number = !after && self.token(1).is_some_and(Token::is_number);
        let letter = match c {
            ',' | '،' | '、' | '，' => ',',
            '.' if is_before_number
                && self.token(-1).is_some_and(|last| last.text == ".")
                && self.is_after_number() =>
            {
                return Err(unknown(".."));
            }
            '.' if !before => '.',
            '.' | '…' | '。' | ';' => ';',
            '!' | '！' if !is_before_number => ';',
            '?' | '¿' | '？' => return Err("a question is not a vote".into()),
            ':' if !before || after => ':',
            '(' | '[' => '(',
            ')' | ']' => ')',
            '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '¡' => {
                self.at += 1;
                return Ok(());
            }
            // "*2*" and "**2**", but not "*2"
            '*' | '_'
                if self.is_marked
                    && (!is_before_number || self.token(2).is_some_and(|next| next.text == token.text)) =>
            {
                self.at += 1;
                return Ok(());
            }
            '+' | '&' if before == after => Class::And.letter(),
            '-' | '−' if before && is_before_number => return self.minus(),
            '-' | '–' | '—' | '·' if before && after => '-',
            _ => match words::sign(c) {
                Some(_) if c == '−' => return Err(unknown("−")),
                Some(letter) => letter,
                None => return Err(unknown(&token.text)),
            },
        };
        self.push(letter, &[], 1);
        Ok(())
    }

    /// Returns true if the last element that is not a full stop is a number.
    fn is_after_number(&self) -> bool {
        self.elements.iter().rev().find(|element| element.letter != '.').is_some_and(|last| last.letter == '#')
    }

    /// Reads a minus right before a number as a no, unless it may be the dash of a range: `2 -3`.
    fn minus(&mut self) -> Result<(), Reason> {
        let is_range = self.elements.last().is_some_and(|last| last.letter == '#');
        if is_range && self.tokens[self.at].text == "-" {
            return Err(format!("{} may be a range or a no", quoted(&self.text(2).replace(' ', ""))));
        }
        // It may be the bullet of a list.
        if self.elements.is_empty() && self.tokens[self.at].text == "-" {
            return Err(unknown(&self.text(2).replace(' ', "")));
        }
        // Alone, -1 may be about another message or a person, like +1: "I am against it", "one person fewer".
        let mut others = self.tokens.iter().enumerate().filter(|(at, token)| token.is_word() && *at != self.at + 1);
        if self.tokens[self.at + 1].text == "1" && others.next().is_none() {
            return Err(unknown(&self.text(2).replace(' ', "")));
        }
        self.push(Class::Not.letter(), &[], 1);
        Ok(())
    }
}
