//! Gives each movie of a sentence the opinion that the words around it express.

use std::ops::Range;

use super::elements::{Reason, What};
use super::sentence::{Named, Sentence};
use super::words::Class;
use crate::model::Opinion;
use crate::model::text::quoted;

const LEAVES_OPEN: &str = "\"or\" does not choose a movie";

impl Sentence<'_> {
    fn unclear_which(&self, at: usize) -> Reason {
        format!("unclear which movie {} refers to", quoted(&self.elements[at].text))
    }

    fn mark(&mut self, named: usize, opinion: Opinion, at: usize) -> Result<(), Reason> {
        let known = self.movies[named].opinion;
        if known.is_some_and(|known| known.is_yes() != opinion.is_yes()) {
            return Err(self.unclear(self.movies[named].at.min(at), self.movies[named].at.max(at)));
        }
        if known != Some(Opinion::Favorite) {
            self.movies[named].opinion = Some(opinion);
        }
        Ok(())
    }

    /// The mark of a sign that touches a movie on one side only: `4♥`, `♥4`.
    fn touched(&self, at: usize) -> Option<usize> {
        let What::Sign(_) = self.elements[at].what else { return None };
        let is_tight = |at: usize| self.elements.get(at).is_some_and(|element| element.is_tight);
        let before = is_tight(at) && at > 0 && self.is_movie(at - 1);
        let after = is_tight(at + 1) && self.is_movie(at + 1);
        match (before, after) {
            (true, false) => self.movie_before(at),
            (false, true) => self.next_movie(at),
            _ => None,
        }
    }

    pub fn favorite(&mut self, at: usize) -> Result<(), Reason> {
        let (before, after) = (self.movie_before(at), self.next_movie(at));
        // "2, thanks ♥" thanks with a heart.
        let is_thanks = |class: Class| class.is_courtesy() && class != Class::Please;
        let is_courtesy = at > 0 && self.class(at - 1).is_some_and(is_thanks);
        let before = before.filter(|_| !is_courtesy);
        let named = match (self.touched(at), before, after) {
            (Some(named), ..) => named,
            (None, Some(named), None) => {
                let is_near = self.is_movie(at - 1) || self.is(at - 1, &What::Open) || self.is(at - 1, &What::Dash);
                if !is_near && self.clause(self.movies[named].at).count() > 1 {
                    return Err(self.unclear_which(at));
                }
                named
            }
            (None, None, Some(named)) => {
                let next = self.movies[named].at + 1;
                if self.class(next) == Some(Class::And) || self.is_movie(next) {
                    return Err(self.unclear_which(at));
                }
                named
            }
            _ => return Err(self.unclear_which(at)),
        };
        if self.movies[named].movies.len() > 1 {
            return Err("a person has one favourite".into());
        }
        self.mark(named, Opinion::Favorite, at)
    }

    pub fn yes(&mut self, at: usize) -> Result<(), Reason> {
        if self.is_no(at + 1) && !self.has_yes_before(at + 1) {
            return Err(self.unclear(at, at + 1));
        }
        let named = self.touched(at).or_else(|| self.movie_before(at)).or_else(|| self.next_movie(at));
        named.map_or(Ok(()), |named| self.mark(named, Opinion::Yes, at))
    }

    /// The movies between the commas around an element.
    fn clause(&self, at: usize) -> impl Iterator<Item = &Named> {
        let range = self.clause_range(at);
        self.movies.iter().filter(move |named| range.contains(&named.at))
    }

    /// The elements between the commas around an element.
    pub fn clause_range(&self, at: usize) -> Range<usize> {
        let ends = |at: &usize| self.is(*at, &What::Comma) || self.class(*at) == Some(Class::But);
        let from = (0..at).rev().find(ends).map_or(0, |end| end + 1);
        from..(at..self.elements.len()).find(ends).unwrap_or(self.elements.len())
    }

    pub fn no(&mut self, at: usize) -> Result<(), Reason> {
        let class = self.class(at);
        let text = self.elements[at].text.to_lowercase();
        let before = at.checked_sub(1);
        let class_before = before.and_then(|before| self.class(before));
        let rules_before =
            matches!(class_before, Some(Class::Yes | Class::Only)) || before.is_some_and(|b| self.is_no(b));
        // Portuguese "voto no 3", "eu no 3" and "no filme 3" mean movie 3.
        let is_after_word = before.is_some_and(|at| match self.elements[at].what {
            What::Word(Class::And) => self.elements[at].text == "e",
            What::Word(class) => !matches!(class, Class::But | Class::Please | Class::Sorry),
            _ => false,
        });
        let is_preposition =
            text == "no" && (is_after_word && self.is_movie(at + 1) || self.class(at + 1) == Some(Class::Noun));
        // "No vote for 3" does not refuse a movie.
        let is_abstention = self.class(at + 1) == Some(Class::Label) && self.next_movie(at).is_some();
        if rules_before
            && self.class(at) != Some(Class::NotAfter)
            && !(class_before == Some(Class::Yes) && self.has_yes_before(at))
            || is_preposition
            || is_abstention
            // "No: I want 3" answers something else.
            || self.is(at + 1, &What::Colon) && !self.is_movie(at + 2)
        {
            return Err(self.unclear(at.saturating_sub(1), at + 1));
        }
        if let Some(named) = self.touched(at) {
            return self.mark(named, Opinion::No, at);
        }
        let preceding = self.movie_before(at).filter(|named| self.movies[*named].opinion.is_none());
        if class == Some(Class::Nor) {
            let follows =
                self.movies.iter().rev().find(|named| named.at < at).is_some_and(|n| n.opinion == Some(Opinion::No));
            let is_first = !["noch", "nor"].contains(&&*text);
            // Swedish "ni" is "you".
            let links = |class: Class| class == Class::Nor || class == Class::Or && text != "ni";
            let goes_on = (at + 1..self.elements.len()).any(|later| self.class(later).is_some_and(links));
            if !(follows || is_first && goes_on) {
                return Err(self.unclear(at, at + 1));
            }
        }
        match self.next_movie(at) {
            Some(_) if class == Some(Class::NotAfter) => Err(self.unclear(at.saturating_sub(1), at + 1)),
            Some(_) if matches!(self.elements[at].what, What::Sign(_)) && preceding.is_some() => {
                Err(self.unclear(at - 1, at + 1))
            }
            Some(named) => self.no_before(named, at),
            None => self.no_after(preceding, at),
        }
    }

    /// A yes that belongs to the movie before it: `2 yes not 3`. "2 👍👎" is of two minds.
    fn has_yes_before(&self, at: usize) -> bool {
        let is_word = matches!(self.elements[at].what, What::Word(_));
        is_word && self.next_movie(at).is_some() && at >= 2 && self.is_movie(at - 2)
    }

    /// A no before its movie, and what goes on with "or".
    fn no_before(&mut self, named: usize, at: usize) -> Result<(), Reason> {
        self.mark(named, Opinion::No, at)?;
        self.movies[named].follows_no = true;
        let mut last = named;
        while self.class(self.movies[last].at + 1) == Some(Class::Or)
            && let Some(next) = self.next_movie(self.movies[last].at + 1)
        {
            self.mark(next, Opinion::No, at)?;
            self.movies[next].follows_no = true;
            last = next;
        }
        Ok(())
    }

    /// A no at the end of a clause, after its one movie.
    fn no_after(&mut self, preceding: Option<usize>, at: usize) -> Result<(), Reason> {
        let skips = |at: &usize| {
            let passes = |class: Class| class.is_glue() || class.is_courtesy() || class == Class::Label;
            self.class(*at).is_some_and(passes) || self.is(*at, &What::Close)
        };
        let end = (at + 1..self.elements.len()).find(|at| !skips(at)).unwrap_or(self.elements.len());
        let is_comma = self.is(end, &What::Comma);
        let is_end = end == self.elements.len() || is_comma || matches!(self.class(end), Some(Class::But | Class::And));
        let answers = is_comma && end == at + 1 && self.class(at) == Some(Class::No);
        let Some(named) = preceding.filter(|_| is_end && !answers) else {
            return Err(self.unclear_which(at));
        };
        let place = self.movies[named].at;
        let others = self.clause(at).filter(|other| other.at != place && other.opinion.is_none()).count();
        // "2, 3 not" may be a no to both.
        let start = place - (0..place).rev().take_while(|at| self.is_movie(*at)).count();
        let is_in_list = start > 0 && self.is(start - 1, &What::Comma) && {
            let mut clause = self.clause(start - 1).filter(|other| other.at < start);
            let only = clause.next().filter(|other| other.opinion.is_none() && clause.next().is_none());
            only.is_some_and(|other| self.is_movie(start - 2) && other.at <= start - 2)
        };
        if others > 0 || is_in_list {
            return Err(format!("{} may apply to one movie or to several", quoted(&self.elements[at].text)));
        }
        self.mark(named, Opinion::No, at)
    }

    /// Refuses a list whose later movies a no may apply to as well, and "or" between movies.
    pub fn check_ends_of_no(&self) -> Result<(), Reason> {
        for pair in self.movies.windows(2) {
            let between = || pair[0].at + 1..pair[1].at;
            let has = |wanted: Class| between().any(|at| self.class(at) == Some(wanted));
            let is_no = pair[0].opinion == Some(Opinion::No);
            let is_bare = pair[1].opinion.is_none() && !has(Class::But);
            let is_comma_after_no =
                !pair[0].follows_no && between().any(|at| self.is(at, &What::Comma)) && !has(Class::And);
            let goes_on = has(Class::Or) && !(is_no && pair[1].follows_no);
            if is_no && is_bare && !is_comma_after_no {
                let text = quoted(&self.elements[pair[1].at].text);
                return Err(format!("unclear whether the no applies to {text}: say no before each"));
            }
            if goes_on {
                return Err(LEAVES_OPEN.into());
            }
        }
        let last = self.movies.last().map_or(0, |named| named.at);
        let is_open = (last..self.elements.len()).any(|at| self.class(at) == Some(Class::Or));
        if is_open { Err(LEAVES_OPEN.into()) } else { Ok(()) }
    }
}
