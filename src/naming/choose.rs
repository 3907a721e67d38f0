//! Asking which one is meant.

use anyhow::Result;

use crate::context::Context;
use crate::user_error::UserError;

/// Answers that make no sense before the question is given up.
const MAX_TRIES: usize = 3;

/// An answer to a question.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MenuAnswer {
    /// The one at this place.
    One(usize),
    /// None of them.
    None,
    /// None of them, and no more questions.
    NoneOfAll,
}

impl MenuAnswer {
    /// The place of the one that was chosen.
    pub fn one(self) -> Option<usize> {
        if let Self::One(at) = self { Some(at) } else { None }
    }
}

/// Shows `list` and asks for one of `keys`, the numbers in it. Where `more` questions follow, this one or all may be skipped.
///
/// # Errors
/// Nothing was chosen after a few tries, or nothing can be read.
pub fn ask(context: &mut Context<'_>, list: &str, keys: &[i64], more: bool) -> Result<MenuAnswer> {
    // A list that cannot be shown leaves nothing to choose from.
    context.env.stderr.write(list)?;
    let others = if more { "s: skip, S: skip all" } else { "Enter: none" };
    for _ in 0..MAX_TRIES {
        let Some(answer) = context.ask(&format!("Which one? [number, {others}] "))? else {
            return Ok(MenuAnswer::NoneOfAll);
        };
        let number = answer.trim_start_matches('#').parse::<i64>().ok();
        let chosen = number.and_then(|number| keys.iter().position(|key| *key == number));
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

/// Shows a list of so many hits of a search, which are numbered from 1, and asks for one of them.
pub fn hit(context: &mut Context<'_>, list: &str, hits: usize, more: bool) -> Result<MenuAnswer> {
    ask(context, list, &(1..=hits as i64).collect::<Vec<_>>(), more)
}
