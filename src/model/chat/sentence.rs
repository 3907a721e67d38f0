//! The movies of a sentence, and what stands around them.

use super::elements::{Element, Reason, What};
use super::words::Class;
use crate::model::text::quoted;
use crate::model::{Opinion, ProposalNumber};

/// Movies of one sentence.
pub struct Sentence<'a> {
    pub elements: &'a [Element],
    pub movies: Vec<Named>,
}

/// A movie, or a range of them.
pub struct Named {
    /// The index of its element.
    pub at: usize,
    pub movies: Vec<ProposalNumber>,
    /// `None` for a movie that is only named, which is a yes.
    pub opinion: Option<Opinion>,
    /// The no stands before it.
    pub follows_no: bool,
}

impl<'a> Sentence<'a> {
    pub fn read(elements: &'a [Element]) -> Result<Self, Reason> {
        let mut sentence = Self { elements, movies: Vec::new() };
        sentence.collect()?;
        sentence.check_places()?;
        sentence.check_everyday()?;
        sentence.check_numbers()?;
        for at in 0..elements.len() {
            match sentence.class(at) {
                Some(Class::Favorite) => sentence.favorite(at)?,
                Some(Class::Yes) => sentence.yes(at)?,
                _ => {}
            }
        }
        for at in 0..elements.len() {
            if matches!(sentence.class(at), Some(Class::Not | Class::No | Class::NotAfter | Class::Nor)) {
                sentence.no(at)?;
            }
        }
        sentence.check_ends_of_no()?;
        Ok(sentence)
    }

    pub fn add_to(self, opinions: &mut Vec<(ProposalNumber, Opinion)>) -> Result<(), Reason> {
        for named in self.movies {
            let opinion = named.opinion.unwrap_or(Opinion::Yes);
            for movie in named.movies {
                match opinions.iter_mut().find(|(known, _)| *known == movie) {
                    None => opinions.push((movie, opinion)),
                    Some((_, known)) if *known == opinion => {}
                    Some((_, known)) if known.is_yes() && opinion.is_yes() => *known = Opinion::Favorite,
                    Some(_) => return Err(format!("it says yes and no to {movie}")),
                }
            }
        }
        Ok(())
    }

    pub fn class(&self, at: usize) -> Option<Class> {
        match self.elements.get(at)?.what {
            What::Word(class) | What::Sign(class) => Some(class),
            _ => None,
        }
    }

    pub fn is_movie(&self, at: usize) -> bool {
        matches!(self.elements.get(at).map(|e| &e.what), Some(What::Numbers(_) | What::Title(_)))
    }

    fn is_number(&self, at: usize) -> bool {
        matches!(self.elements.get(at).map(|element| &element.what), Some(What::Numbers(_)))
    }

    fn is_title(&self, at: usize) -> bool {
        matches!(self.elements.get(at).map(|element| &element.what), Some(What::Title(_)))
    }

    /// True where a clause ends, courtesies aside.
    fn is_end(&self, at: usize) -> bool {
        at >= self.elements.len()
            || self.is(at, &What::Comma)
            || self.class(at).is_some_and(|class| class.is_courtesy() || matches!(class, Class::Favorite | Class::Yes))
    }

    pub fn is_no(&self, at: usize) -> bool {
        matches!(self.class(at), Some(Class::Not | Class::No | Class::NotAfter))
    }

    pub fn is_glue(&self, at: usize) -> bool {
        self.class(at).is_some_and(Class::is_glue)
    }

    fn links(class: Class) -> bool {
        matches!(class, Class::And | Class::Or | Class::But | Class::Nor | Class::Vocative | Class::Soft)
    }

    pub fn is(&self, at: usize, what: &What) -> bool {
        self.elements.get(at).is_some_and(|element| element.what == *what)
    }

    pub fn unclear(&self, from: usize, to: usize) -> Reason {
        let texts = self.elements[from..=to.min(self.elements.len() - 1)].iter().map(|element| element.text.as_str());
        format!("{} can be read in several ways", quoted(&texts.collect::<Vec<_>>().join(" ")))
    }

    /// Collects the movies. Number and title side by side are one movie.
    fn collect(&mut self) -> Result<(), Reason> {
        for (at, element) in self.elements.iter().enumerate() {
            let movies = match &element.what {
                What::Numbers(movies) => movies.clone(),
                What::Title(movie) => vec![*movie],
                _ => continue,
            };
            if let Some(last) = self.movies.last() {
                let between = &self.elements[last.at + 1..at];
                let only = |wanted: fn(&What) -> bool| between.iter().all(|element| wanted(&element.what));
                let is_pair = only(|what| matches!(what, What::Open | What::Close));
                let is_dash = matches!(between, [dash] if dash.what == What::Dash);
                let (is_title, was_title) = (self.is_title(at), self.is_title(last.at));
                if is_dash || is_pair && (is_title || was_title) {
                    if movies == last.movies {
                        continue;
                    }
                    if is_dash || !(is_title && was_title) {
                        return Err(self.unclear(last.at, at));
                    }
                }
                // "2 to 4", "2 for 4"
                let is_glue = |what: &What| {
                    matches!(what, What::Word(Class::Label | Class::Noun | Class::Only) | What::Colon)
                        || matches!(what, What::Word(class) if class.is_glue())
                };
                if !between.is_empty() && only(is_glue) {
                    return Err(self.unclear(last.at, at));
                }
            }
            self.movies.push(Named { at, movies, opinion: None, follows_no: false });
        }
        Ok(())
    }

    /// Checks that words stand where they mean what they are listed for.
    fn check_places(&self) -> Result<(), Reason> {
        let mut depth = 0;
        for at in 0..self.elements.len() {
            let is_first = at == 0;
            let is_after_number = !is_first && self.is_number(at - 1);
            let is_mark =
                |at: usize| self.is_no(at) || matches!(self.class(at), Some(Class::Yes | Class::Favorite | Class::Nor));
            let element = &self.elements[at];
            let is_right = match &element.what {
                What::Open => {
                    depth += 1;
                    true
                }
                What::Close => {
                    depth -= 1;
                    depth >= 0
                }
                What::Colon if is_first => false,
                What::Colon if self.is_movie(at - 1) => is_mark(at + 1),
                // "Will: 2" is a line of a person's.
                What::Colon => match self.class(at - 1) {
                    Some(class) => !(class.is_glue() || class.is_courtesy() || Self::links(class)),
                    None => self.is(at - 1, &What::Close),
                },
                What::Dash => !is_first && self.is_movie(at - 1) && (self.is_movie(at + 1) || is_mark(at + 1)),
                What::Word(Class::Label | Class::Vocative) => !is_after_number,
                // "Let's see, 8"
                What::Comma => is_first || !self.is_glue(at - 1) || self.movies.iter().any(|named| named.at < at),
                What::Word(Class::Settled) => !is_first && self.is_title(at - 1) && self.is_end(at + 1),
                // "both 2 and 4", but not "not both 2 and 4".
                What::Word(Class::Both) => {
                    let follow =
                        self.is_movie(at + 1) && self.class(at + 2) == Some(Class::And) && self.is_movie(at + 3);
                    follow && (is_first || !self.is_no(at - 1))
                }
                // "4 is my choice", "3 is not for me"; but "8 is fine" is about a time.
                What::Word(class) if class.is_glue() && is_after_number => {
                    let after =
                        (at..self.elements.len()).find(|&at| !self.is_glue(at) && self.class(at) != Some(Class::And));
                    after.is_some_and(|at| {
                        is_mark(at) || matches!(self.class(at), Some(Class::Soft | Class::Please | Class::Label))
                    })
                }
                What::Word(Class::Noun) => self.is_number(at + 1 + usize::from(self.is(at + 1, &What::Colon))),
                What::Word(Class::Soft) => self.is_no(at + 1) || self.class(at + 1) == Some(Class::Soft),
                // Spanish "en 5" is "in 5", Portuguese "4, mais 2" is "4, 2 more".
                What::Word(Class::And) if self.is_number(at + 1) => self.movies[0].at < at,
                What::Word(Class::And) => at + 1 < self.elements.len(),
                What::Word(Class::But) => {
                    at + 1 < self.elements.len() && (!is_first && element.text != "mais" || self.is_no(at + 1))
                }
                What::Word(Class::Or) => self.movies.iter().any(|named| named.at < at),
                _ => true,
            };
            if !is_right {
                return Err(self.unclear(at.saturating_sub(1), at + 1));
            }
        }
        if depth == 0 { Ok(()) } else { Err("a bracket is not closed".into()) }
    }

    /// A title of everyday words counts only in a clause of a vote: "Drive" does, "I'll drive" does not. A title of one word
    /// after a greeting may be a name: "hi Amélie".
    fn check_everyday(&self) -> Result<(), Reason> {
        for at in (1..self.elements.len()).filter(|at| self.is_title(*at) && !self.elements[*at].text.contains(' ')) {
            if matches!(self.class(at - 1), Some(Class::Courtesy | Class::Farewell | Class::Vocative | Class::Sorry)) {
                return Err(format!("{} may be a name; use its number", quoted(&self.elements[at].text)));
            }
        }
        for at in (0..self.elements.len()).filter(|at| self.elements[*at].is_everyday) {
            let clause = self.clause_range(at);
            let votes = |at: usize| matches!(self.class(at), Some(Class::Choose | Class::Label | Class::Favorite));
            let has_vote = clause.clone().any(votes);
            let is_right = |at: usize| match self.elements[at].what {
                What::Word(class) if class.is_glue() || matches!(class, Class::Label | Class::Noun) => has_vote,
                What::Word(class) => {
                    !class.is_courtesy()
                        && !matches!(class, Class::Vocative | Class::Settled | Class::Soft | Class::Only)
                        || class == Class::Please
                }
                _ => true,
            };
            if !clause.clone().all(is_right) {
                return Err(format!("{} is also a title; use its number", quoted(&self.elements[at].text)));
            }
        }
        Ok(())
    }

    /// A number after a preposition, an article or a farewell is a time, a count or a day, except in a vote.
    fn check_numbers(&self) -> Result<(), Reason> {
        use Class::{Choose, Favorite, Label, Only, Please, Sorry};
        let all = || 0..self.elements.len();
        let is_vote = |at| matches!(self.class(at), Some(Choose | Favorite | Label | Only | Please | Sorry));
        let has_article = |at: usize| at > 0 && self.class(at - 1) == Some(Class::Article);
        // "la 2 y la 4", but not "la 1 y 30" and Italian "le 7 e le 8".
        let is_list = self.movies.len() > 1
            && all().filter(|at| self.is_number(*at)).all(has_article)
            && !all().any(|at| self.elements[at].text == "e" && all().any(|at| self.elements[at].text == "le"));
        let is_in_vote = is_list || all().any(is_vote);
        let follows_no = |at: usize| (0..at).any(|at| self.is_no(at) || self.class(at) == Some(Class::Nor));
        for at in (1..self.elements.len()).filter(|at| self.is_number(*at)) {
            let is_right = match self.class(at - 1) {
                Some(Class::Glue | Class::Farewell) => false,
                Some(Class::Article) => {
                    (is_in_vote || follows_no(at)) && (at < 2 || self.class(at - 2) != Some(Class::Glue))
                }
                _ => true,
            };
            if !is_right {
                let text = format!("{} {}", self.elements[at - 1].text, self.elements[at].text);
                return Err(format!("{} may be a time or a count", quoted(&text)));
            }
        }
        Ok(())
    }

    /// The movie after a word, with nothing but articles, verbs and a colon between.
    pub fn next_movie(&self, at: usize) -> Option<usize> {
        let skips = |at: &usize| self.is_glue(*at) || matches!(self.class(*at), Some(Class::Noun | Class::Label));
        let is_sign = |at: &usize| self.is(*at, &What::Open) || self.is(*at, &What::Colon);
        let next = (at + 1..self.elements.len()).find(|at| !skips(at) && !is_sign(at))?;
        self.movies.iter().position(|named| named.at == next)
    }

    /// The movie before a word, with nothing but courtesy and verbs between.
    pub fn movie_before(&self, at: usize) -> Option<usize> {
        let skips = |at: usize| {
            self.is_glue(at)
                || self.class(at).is_some_and(|class| {
                    class.is_courtesy() || matches!(class, Class::Label | Class::Soft | Class::Settled)
                })
                || matches!(self.elements[at].what, What::Sign(Class::Yes | Class::Favorite))
                || [What::Open, What::Close, What::Dash, What::Colon].iter().any(|what| self.is(at, what))
        };
        let before = (0..at).rev().find(|at| !skips(*at))?;
        // Number and title side by side were collected as one.
        let is_there = self.is_movie(before);
        self.movies.iter().rposition(|named| named.at <= before).filter(|_| is_there)
    }
}
