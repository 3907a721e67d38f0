//! Asks which of several movies is meant.

use anyhow::Result;

use crate::context::Context;
use crate::user_error::UserError;

/// The number of invalid answers after which the question is given up.
const MAX_TRIES: usize = 3;

/// The answer to a question with a numbered list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MenuAnswer {
    /// The entry at this index.
    One(usize),
    /// No entry.
    None,
    /// No entry, and no more questions.
    NoneOfAll,
}

impl MenuAnswer {
    /// Returns the index of the chosen entry.
    pub fn one(self) -> Option<usize> {
        if let Self::One(at) = self { Some(at) } else { None }
    }
}

/// Returns the key of these numbers, as [`ask`] compares it: `1 3`.
pub fn key(mut numbers: Vec<i64>) -> String {
    numbers.sort_unstable();
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(" ")
}

/// Returns the keys of a list that is numbered from 1.
pub fn keys(length: usize) -> Vec<String> {
    (1..=length).map(|number| number.to_string()).collect()
}

/// Shows `list` and asks for one of its `keys`. If `more` questions follow, all can be skipped at once.
///
/// # Errors
/// Fails after a few invalid answers, or if no answer can be read.
pub fn ask(context: &mut Context<'_>, list: &str, keys: &[String], more: bool) -> Result<MenuAnswer> {
    // Nobody can choose from a list that cannot be shown.
    context.env.stderr.write(list)?;
    let others = if more { "s: skip, S: skip all" } else { "Enter: none" };
    let what = if keys.iter().any(|key| key.contains(' ')) { "numbers" } else { "number" };
    for _ in 0..MAX_TRIES {
        let Some(answer) = context.ask(&format!("Which one? [{what}, {others}] "))? else {
            return Ok(MenuAnswer::NoneOfAll);
        };
        let lower = answer.to_lowercase();
        let words = lower.split([' ', ',', '#']).filter(|word| !["", "and"].contains(word));
        let typed = words.map(str::parse).collect::<Result<Vec<i64>, _>>().ok().map(key);
        let chosen = typed.and_then(|typed| keys.iter().position(|key| *key == typed));
        match (chosen, answer.as_str()) {
            (Some(at), _) => return Ok(MenuAnswer::One(at)),
            (None, "s") if more => return Ok(MenuAnswer::None),
            (None, "S") if more => return Ok(MenuAnswer::NoneOfAll),
            (None, "") => return Ok(MenuAnswer::None),
            (None, _) => {}
        }
    }
    Err(UserError::new("nothing chosen, nothing changed").into())
}

/// Shows a list of search hits, numbered from 1 to `hits`, and asks for one of them.
pub fn hit(context: &mut Context<'_>, list: &str, hits: usize, more: bool) -> Result<MenuAnswer> {
    ask(context, list, &keys(hits), more)
}
