//! People: who acts, who is new, and whom a new name resembles.

use anyhow::Result;

use super::Context;
use crate::failure::Failure;
use crate::model::resolve::edit_similarity;
use crate::model::text::{fold, shell_word};
use crate::model::{Board, VoterName};

/// A name must be this similar (0 to 1) to be suggested: Bne for Ben, not Dan for Anna.
const SUGGEST_FROM: f64 = 0.6;
/// A name of so many letters is suggested for a longer one that begins with it.
const SHORT_FORM: usize = 3;

impl Context<'_> {
    /// Who acts.
    pub fn voter(&self) -> Result<VoterName> {
        let (name, origin) = match &self.options.name {
            Some(name) => (Some(name.clone()), "--as"),
            None => match self.env.var("MOVIENIGHT_USER")? {
                Some(name) => (Some(name.to_owned()), "MOVIENIGHT_USER"),
                None => (self.login_name(), "the login name"),
            },
        };
        let name = name.ok_or_else(|| Failure::new("who are you?").hint("say --as NAME, or set MOVIENIGHT_USER"))?;
        Ok(VoterName::parse(&name).map_err(|why| Failure::new(format!("{origin}: {why}")))?)
    }

    /// The command that takes back what this person has just done. It says who they are, unless their login does: a
    /// variable may have been set for one command only.
    pub fn undo_command(&self) -> String {
        match self.given_name() {
            Some(name) => format!("movienight undo --as {}", shell_word(name)),
            None => "movienight undo".to_owned(),
        }
    }

    /// A command that somebody types here to act as that person.
    pub fn command_as(&self, words: &str, name: &str) -> String {
        let is_default = self.given_name().is_none() && self.voter().is_ok_and(|voter| voter.as_str() == name);
        match is_default {
            true => format!("movienight {words}"),
            false => format!("movienight {words} --as {}", shell_word(name)),
        }
    }

    /// The name that was given for who acts; none: they go by their login.
    fn given_name(&self) -> Option<&str> {
        self.options.name.as_deref().or_else(|| self.env.var("MOVIENIGHT_USER").ok().flatten())
    }

    /// Says so when somebody who acted was not known on the board before.
    pub fn note_newcomer(&mut self, name: &VoterName, board: &Board) {
        let is_login = self.given_name().is_none() && self.voter().is_ok_and(|voter| voter.key() == name.key());
        if let Some(note) = newcomer(name, is_login, board, &self.undo_command()) {
            self.note(&note);
        }
    }

    fn login_name(&self) -> Option<String> {
        let mut names = ["LOGNAME", "USER", "USERNAME"].into_iter();
        let named = names.find_map(|n| self.env.var(n).ok().flatten());
        named.map(str::to_owned).or_else(self.env.system_login)
    }

    /// Who looks, as far as that is known: looking needs no name.
    pub fn viewer(&self, board: &Board) -> Result<Option<usize>> {
        // A name that was given is checked all the same.
        let name = match self.options.name {
            Some(_) => Some(self.voter()?),
            None => self.voter().ok(),
        };
        Ok(name.and_then(|n| board.voter(n.key())))
    }
}

/// The known person whose name resembles this one most.
pub fn similar<'b>(name: &VoterName, board: &'b Board) -> Option<&'b str> {
    let wanted = fold(name.as_str());
    let known = board.voters.iter().filter(|voter| voter.is_listed);
    let is_short_of = |short: &str, long: &str| short.chars().count() >= SHORT_FORM && long.starts_with(short);
    let likeness = |known: &str| match is_short_of(known, &wanted) || is_short_of(&wanted, known) {
        true => 1.0,
        false => edit_similarity(known, &wanted),
    };
    most_similar(known.map(|voter| (likeness(&fold(&voter.name)), voter.name.as_str())))
}

/// The candidate of the highest similarity, if that is high enough to suggest it.
pub fn most_similar<T>(candidates: impl Iterator<Item = (f64, T)>) -> Option<T> {
    let similar = candidates.filter(|(similarity, _)| *similarity >= SUGGEST_FROM);
    similar.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// A note on a name that the group does not know yet, with the command that takes back what was just done; none: they
/// know it, or nobody else is there. A login name may be nobody's choice.
fn newcomer(name: &VoterName, is_login: bool, board: &Board, undo: &str) -> Option<String> {
    let others = board.voters.iter().any(|voter| voter.is_listed);
    if !others || board.voter(name.key()).is_some() {
        return None;
    }
    let question = match similar(name, board) {
        Some(other) => format!("; did you mean {other}? {undo} takes it back"),
        None if is_login => {
            format!(", by their login: --as NAME or MOVIENIGHT_USER gives another name, {undo} takes it back")
        }
        None => String::new(),
    };
    Some(format!("{name} is new here{question}"))
}
