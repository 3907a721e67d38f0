//! People: who acts, who is new, and whom a new name resembles.

use anyhow::Result;

use super::Context;
use crate::config::{Key, Origin};
use crate::model::resolve::{edit_similarity, most_similar};
use crate::model::text::{fold, quoted, shell_word};
use crate::model::{Board, VoterName};
use crate::user_error::UserError;
use crate::view::format::and;

/// A known name of at least this many letters is suggested for a longer one that begins with it.
const SHORT_FORM: usize = 3;

impl Context<'_> {
    /// The person who acts.
    pub fn voter(&self) -> Result<VoterName> {
        let config = self.config()?;
        let (name, origin) = match config.text(Key::Name)? {
            Some(name) => (Some(name.to_owned()), config.name_of(Key::Name)),
            None => (self.login_name(), "the login name".to_owned()),
        };
        let name = name.ok_or_else(|| {
            UserError::new("no voter name is set")
                .hint("movienight config set name NAME keeps it; --as NAME gives it once")
        })?;
        Ok(VoterName::parse(&name).map_err(|why| UserError::new(format!("{origin}: {why}")))?)
    }

    /// The command that takes back what this person has just done. It says who they are, unless their login or the
    /// configuration does: a variable may have been set for one command only.
    pub fn undo_command(&self) -> String {
        self.voter().map_or_else(|_| "movienight undo".to_owned(), |voter| self.command_as("undo", voter.as_str()))
    }

    /// A command that somebody types here to act as that person.
    pub fn command_as(&self, words: &str, name: &str) -> String {
        let is_needless =
            self.is_usual_name(name) && self.voter().is_ok_and(|voter| Ok(voter) == VoterName::parse(name));
        match is_needless {
            true => format!("movienight {words}"),
            false => format!("movienight {words} --as {}", shell_word(name)),
        }
    }

    /// Returns true for the name that the next run has without an option: that of the configuration or the login, unless a
    /// variable says another. A variable may have been set for one command only.
    pub fn is_usual_name(&self, name: &str) -> bool {
        let setting = Key::Name.setting();
        let kept = self.usable_config().file.values.get(setting.key).cloned().or_else(|| self.login_name());
        let variable = self.env.var(setting.variable).map(str::to_owned);
        let is_same = |other: &String| VoterName::parse(other).ok() == VoterName::parse(name).ok();
        kept.as_ref().is_some_and(is_same) && variable.iter().all(is_same)
    }

    /// Returns true if no setting says who this person is.
    pub fn goes_by_login(&self) -> bool {
        self.usable_config().value(Key::Name).is_none()
    }

    /// The person who acts, asked for when `--as` names somebody whom the group does not know, and somebody can be asked.
    pub fn confirm_voter(&mut self, voter: VoterName, board: &Board) -> Result<VoterName> {
        let is_given = matches!(self.config()?.origin(Key::Name), Origin::Option(_));
        if is_given && self.can_ask() { self.confirm_name(voter, board) } else { Ok(voter) }
    }

    /// The name, asked for if the group does not know it, but one like it.
    pub fn confirm_name(&mut self, voter: VoterName, board: &Board) -> Result<VoterName> {
        let Some(other) = similar(&voter, board).filter(|_| is_new(&voter, board)) else { return Ok(voter) };
        let question = format!("{voter} is new. Did you mean {other}? [y: {other}, new: {voter}, Enter: stop] ");
        match self.ask(&question)?.as_deref().map(str::to_lowercase).as_deref() {
            Some("y" | "yes") => Ok(VoterName::parse(other).unwrap_or(voter)),
            Some("new") => {
                self.confirmed_names.push(voter.key().to_owned());
                Ok(voter)
            }
            _ => {
                let known = board.voters.iter().filter(|voter| voter.is_listed).map(|voter| voter.name.as_str());
                let hint = format!("existing voters are {}", and(&known.collect::<Vec<_>>()));
                Err(UserError::new("nothing changed").hint(hint).into())
            }
        }
    }

    /// Says so when somebody in a change of `author` was not known on the board before.
    pub fn note_newcomer(&mut self, name: &VoterName, author: &VoterName, board: &Board) {
        let similar = similar(name, board);
        // A person who was asked knows already.
        if self.confirmed_names.iter().any(|key| key == name.key()) || !is_new(name, board) {
            return;
        }
        let is_login = self.goes_by_login() && self.voter().is_ok_and(|voter| voter.key() == name.key());
        let undo = self.command_as("undo", author.as_str());
        let question = match similar {
            Some(other) => format!(". Did you mean {other}? {undo} reverts this"),
            // A login name may be nobody's choice.
            None if is_login => format!(" (your login). Choose a name with --as NAME; {undo} reverts this"),
            None => String::new(),
        };
        self.note_as("new_voter", name.as_str(), &format!("New voter {}{question}", quoted(name.as_str())));
    }

    /// The name to put into an answer. `None` if it is the usual name here: that of the settings or the login.
    pub fn named<'n>(&self, voter: &'n VoterName) -> Option<&'n str> {
        (!self.is_usual_name(voter.as_str())).then_some(voter.as_str())
    }

    /// The name by which the system knows the person.
    pub fn login_name(&self) -> Option<String> {
        let named = ["LOGNAME", "USER", "USERNAME"].into_iter().find_map(|name| self.env.var(name));
        named.map(str::to_owned).or_else(self.env.system_login)
    }

    /// Offers to take over the votes that the person gave under their login.
    pub fn takeover_offer(&self, name: &VoterName, board: &Board) -> Option<String> {
        let listed = |key| board.voter(key).map(|at| &board.voters[at]).filter(|voter| voter.is_listed);
        let login = VoterName::parse(&self.login_name()?).ok().filter(|login| login.key() != name.key())?;
        let voter = listed(login.key())?;
        let action = if listed(name.key()).is_some() { "merge" } else { "rename" };
        let (from, to) = (shell_word(&voter.name), shell_word(name.as_str()));
        Some(format!(
            "Your login {} is on this board. If that is you: movienight voters {action} {from} {to}",
            quoted(&voter.name)
        ))
    }

    /// The viewer, if known: looking needs no name.
    pub fn viewer(&self, board: &Board) -> Result<Option<usize>> {
        // A name that was given is checked all the same.
        let name = if self.options.name.is_some() { Some(self.voter()?) } else { self.voter().ok() };
        Ok(name.and_then(|n| board.voter(n.key())))
    }
}

/// Parses names, and drops repeated ones.
///
/// # Errors
/// Names the first invalid one.
pub fn parse_names<'n>(names: impl Iterator<Item = &'n str>) -> Result<Vec<VoterName>> {
    let mut people: Vec<VoterName> = Vec::new();
    for name in names.flat_map(|name| name.split(',')) {
        let voter = VoterName::parse(name).map_err(|why| UserError::new(format!("{}: {why}", quoted(name))))?;
        if !people.contains(&voter) {
            people.push(voter);
        }
    }
    Ok(people)
}

/// The known person whose name resembles this one most.
pub fn similar<'b>(name: &VoterName, board: &'b Board) -> Option<&'b str> {
    let wanted = fold(name.as_str());
    let known = board.voters.iter().filter(|voter| voter.is_listed);
    let is_short_of = |short: &str, long: &str| short.chars().count() >= SHORT_FORM && long.starts_with(short);
    let likeness = |known: &str| match is_short_of(known, &wanted) || is_short_of(&wanted, known) {
        true if known != wanted => 0.99,
        _ => edit_similarity(known, &wanted),
    };
    most_similar(known.map(|voter| (likeness(&fold(&voter.name)), voter.name.as_str())))
}

/// The failure of a name that nobody has, with one that resembles it.
pub fn unknown(error: &str, name: &VoterName, board: &Board) -> UserError {
    let failure = UserError::new(error);
    match similar(name, board) {
        Some(other) => failure.hint(format!("did you mean {other}?")),
        None => failure.hint("movienight voters lists the people"),
    }
}

/// Returns true if the group has people, and this is none of them.
fn is_new(name: &VoterName, board: &Board) -> bool {
    board.voters.iter().any(|voter| voter.is_listed) && board.voter(name.key()).is_none()
}
