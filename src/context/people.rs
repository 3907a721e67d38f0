//! The people of a board: who acts, who is new, and which existing name a new one resembles.

use anyhow::Result;

use super::Context;
use crate::config::{Key, Origin};
use crate::model::resolve::{edit_similarity, most_similar};
use crate::model::text::{fold, quoted, shell_word};
use crate::model::{Board, VoterName};
use crate::user_error::UserError;
use crate::view::format::and;

/// The shortest name, in letters, that counts as the short form of a longer name that begins with it.
const SHORT_FORM: usize = 3;

impl Context<'_> {
    /// Returns the person who runs this command: by `--as`, a variable, the configuration file, or else the login.
    pub fn voter(&self) -> Result<VoterName> {
        let config = self.config()?;
        let (name, origin) = match config.text(Key::Name)? {
            Some(name) => (Some(name.to_owned()), config.name_of(Key::Name)),
            None => (self.login_name(), "the login name".to_owned()),
        };
        let name = name.ok_or_else(|| {
            UserError::new("no voter name is set")
                .hint("set one with movienight config set name NAME, or for one command with --as NAME")
        })?;
        Ok(VoterName::parse(&name).map_err(|why| UserError::new(format!("{origin}: {why}")))?)
    }

    /// Returns the command that undoes what this person has just done, with `--as` if a later run needs it.
    pub fn undo_command(&self) -> String {
        self.voter().map_or_else(|_| "movienight undo".to_owned(), |voter| self.command_as("undo", voter.as_str()))
    }

    /// Returns the command to type here to act as `name`, with `--as` if it is needed.
    pub fn command_as(&self, words: &str, name: &str) -> String {
        let is_needless =
            self.is_usual_name(name) && self.voter().is_ok_and(|voter| Ok(voter) == VoterName::parse(name));
        match is_needless {
            true => format!("movienight {words}"),
            false => format!("movienight {words} --as {}", shell_word(name)),
        }
    }

    /// Returns true if the next run has this name without `--as`: it is the one in the configuration file or else the
    /// login, and no variable gives another. A variable alone may be set for one command only.
    pub fn is_usual_name(&self, name: &str) -> bool {
        let setting = Key::Name.setting();
        let kept = self.usable_config().file.values.get(setting.key).cloned().or_else(|| self.login_name());
        let variable = self.env.var(setting.variable).map(str::to_owned);
        let is_same = |other: &String| VoterName::parse(other).ok() == VoterName::parse(name).ok();
        kept.as_ref().is_some_and(is_same) && variable.iter().all(is_same)
    }

    /// Returns true if no setting names the person, so that the login does.
    pub fn goes_by_login(&self) -> bool {
        self.usable_config().value(Key::Name).is_none()
    }

    /// Asks what is meant if `--as` gives a new name that resembles an existing one and questions can be asked.
    pub fn confirm_voter(&mut self, voter: VoterName, board: &Board) -> Result<VoterName> {
        let is_given = matches!(self.config()?.origin(Key::Name), Origin::Option(_));
        if is_given && self.can_ask() { self.confirm_name(voter, board) } else { Ok(voter) }
    }

    /// Asks whether a new name is meant if it resembles an existing one. Returns the name that is meant.
    ///
    /// # Errors
    /// Fails if the person chooses neither name.
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

    /// Prints a note if `name`, which a change by `author` has just used, is new on the board.
    pub fn note_newcomer(&mut self, name: &VoterName, author: &VoterName, board: &Board) {
        let similar = similar(name, board);
        // No note about a name that the person has just confirmed.
        if self.confirmed_names.iter().any(|key| key == name.key()) || !is_new(name, board) {
            return;
        }
        let is_login = self.goes_by_login() && self.voter().is_ok_and(|voter| voter.key() == name.key());
        let undo = self.command_as("undo", author.as_str());
        let question = match similar {
            Some(other) => format!(". Did you mean {other}? {undo} reverts this"),
            // Nobody may have chosen the login as their name here.
            None if is_login => format!(" (your login). Choose a name with --as NAME; {undo} reverts this"),
            None => String::new(),
        };
        self.note_as("new_voter", name.as_str(), &format!("New voter {}{question}", quoted(name.as_str())));
    }

    /// Returns the name to put into an answer. `None` if it is the [usual name](Self::is_usual_name) here.
    pub fn named<'n>(&self, voter: &'n VoterName) -> Option<&'n str> {
        (!self.is_usual_name(voter.as_str())).then_some(voter.as_str())
    }

    /// Returns the login name, from the environment or else from the system.
    pub fn login_name(&self) -> Option<String> {
        let named = ["LOGNAME", "USER", "USERNAME"].into_iter().find_map(|name| self.env.var(name));
        named.map(str::to_owned).or_else(self.env.system_login)
    }

    /// Returns an offer to take over votes given under the login. `None` if there are none, or `name` is the login.
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

    /// Returns the viewer, as an index into the board's voters. `None` if unknown, because viewing needs no name.
    ///
    /// # Errors
    /// Fails if `--as` gives an invalid name.
    pub fn viewer(&self, board: &Board) -> Result<Option<usize>> {
        // A name given with `--as` must be valid.
        let name = if self.options.name.is_some() { Some(self.voter()?) } else { self.voter().ok() };
        Ok(name.and_then(|n| board.voter(n.key())))
    }
}

/// Parses names, each alone or several with commas between them or at the end, and drops repeated ones.
///
/// # Errors
/// Fails with the first invalid name.
pub fn parse_names<'n>(names: impl Iterator<Item = &'n str>) -> Result<Vec<VoterName>> {
    let mut people: Vec<VoterName> = Vec::new();
    for name in names.flat_map(|name| name.trim_end_matches([',', ' ']).split(',')) {
        let voter = VoterName::parse(name).map_err(|why| UserError::new(format!("{}: {why}", quoted(name))))?;
        if !people.contains(&voter) {
            people.push(voter);
        }
    }
    Ok(people)
}

/// Returns the existing name that is most similar to this one. `None` if none is similar enough.
pub fn similar<'b>(name: &VoterName, board: &'b Board) -> Option<&'b str> {
    let wanted = fold(name.as_str());
    let known = board.voters.iter().filter(|voter| voter.is_listed);
    let is_short_of = |short: &str, long: &str| short.chars().count() >= SHORT_FORM && long.starts_with(short);
    let likeness = |known: &str| {
        let is_short_form = is_short_of(known, &wanted) || is_short_of(&wanted, known);
        // Only an equal name is more similar than a short form.
        if is_short_form && known != wanted { 0.99 } else { edit_similarity(known, &wanted) }
    };
    most_similar(known.map(|voter| (likeness(&fold(&voter.name)), voter.name.as_str())))
}

/// Returns an error for an unknown name, with a similar one as the hint.
pub fn unknown(error: &str, name: &VoterName, board: &Board) -> UserError {
    let failure = UserError::new(error);
    match similar(name, board) {
        Some(other) => failure.hint(format!("did you mean {other}?")),
        None => failure.hint("movienight voters lists the people"),
    }
}

/// Returns true if the group has people, and none has this name.
fn is_new(name: &VoterName, board: &Board) -> bool {
    board.voters.iter().any(|voter| voter.is_listed) && board.voter(name.key()).is_none()
}
