//! Asking which one is meant.

use anyhow::Result;

use crate::context::Context;
use crate::failure::Failure;
use crate::render;
use crate::view::search::HitView;

/// Answers that make no sense before the question is given up.
const TRIES: usize = 3;

/// Shows the hits of a search and asks for one of them. `None` if the person wants none.
///
/// # Errors
/// As [`ask`].
pub fn hit(context: &mut Context<'_>, hits: &[HitView<'_>]) -> Result<Option<usize>> {
    Ok(hit_or(context, hits, &[])?.one())
}

/// Shows the hits of one search of many and asks for one of them.
///
/// # Errors
/// As [`ask`].
pub fn hit_of_many(context: &mut Context<'_>, hits: &[HitView<'_>]) -> Result<Answer> {
    hit_or(context, hits, &[("s", "skip", Answer::None), ("S", "skip all", Answer::NoneOfAll)])
}

fn hit_or(context: &mut Context<'_>, hits: &[HitView<'_>], others: &[Other]) -> Result<Answer> {
    let list = render::search::hits(hits, true, context.error_screen());
    question(context, &list, &(1..=hits.len() as i64).collect::<Vec<_>>(), others)
}

/// What may be typed beside a number: the letter, what it does in words, and what it answers.
type Other = (&'static str, &'static str, Answer);

/// An answer to one question of many.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// This one.
    One(usize),
    /// None of them.
    None,
    /// None of them, and no more questions.
    NoneOfAll,
}

impl Answer {
    /// The place of the one that was chosen.
    pub fn one(self) -> Option<usize> {
        if let Self::One(at) = self { Some(at) } else { None }
    }
}

/// Shows `list` and asks for one of `keys`, the numbers in it. `None` if the person wants none of them.
///
/// # Errors
/// Nothing was chosen after a few tries, or nothing can be read.
pub fn ask(context: &mut Context<'_>, list: &str, keys: &[i64]) -> Result<Option<usize>> {
    Ok(question(context, list, keys, &[])?.one())
}

fn question(context: &mut Context<'_>, list: &str, keys: &[i64], others: &[Other]) -> Result<Answer> {
    // A list that cannot be shown leaves nothing to choose from.
    context.env.stderr.write(list)?;
    let range = match keys {
        [first, .., last] if keys.windows(2).all(|pair| pair[1] == pair[0] + 1) => format!("{first}-{last}"),
        _ => keys.iter().map(i64::to_string).collect::<Vec<_>>().join(", "),
    };
    let offered = match others {
        [] => "Enter: none".to_owned(),
        others => others.iter().map(|(letter, what, _)| format!("{letter}: {what}")).collect::<Vec<_>>().join(", "),
    };
    let mut tries = 0;
    while tries < TRIES {
        let Some(answer) = context.ask(&format!("Which one? [{range}, {offered}] "))? else {
            return Ok(Answer::NoneOfAll);
        };
        match answer.trim_start_matches('#').parse::<i64>() {
            Ok(number) => match keys.iter().position(|key| *key == number) {
                Some(at) => return Ok(Answer::One(at)),
                None => tries += 1,
            },
            Err(_) if answer.is_empty() => return Ok(Answer::None),
            Err(_) => match others.iter().find(|(letter, ..)| *letter == answer) {
                Some((_, _, meant)) => return Ok(*meant),
                None => tries += 1,
            },
        }
    }
    Err(Failure::new("nothing chosen, nothing changed").into())
}
