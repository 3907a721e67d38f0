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
    let list = render::search::hits(hits, true, context.error_screen());
    ask(context, &list, &(1..=hits.len() as i64).collect::<Vec<_>>())
}

/// Shows `list` and asks for one of `keys`, the numbers in it. None: the person wants none of them.
///
/// # Errors
/// Nothing was chosen after a few tries, or nothing can be read.
pub fn ask(context: &mut Context<'_>, list: &str, keys: &[i64]) -> Result<Option<usize>> {
    // A list that cannot be shown leaves nothing to choose from.
    context.env.stderr.write(list)?;
    let range = match keys {
        [first, .., last] if keys.windows(2).all(|pair| pair[1] == pair[0] + 1) => format!("{first}-{last}"),
        _ => keys.iter().map(i64::to_string).collect::<Vec<_>>().join(", "),
    };
    let mut tries = 0;
    while tries < TRIES {
        let Some(answer) = context.ask(&format!("Which one? [{range}, Enter: none] "))? else { return Ok(None) };
        match answer.trim_start_matches('#').parse::<i64>() {
            Ok(number) => match keys.iter().position(|key| *key == number) {
                Some(at) => return Ok(Some(at)),
                None => tries += 1,
            },
            Err(_) if answer.is_empty() => return Ok(None),
            Err(_) => tries += 1,
        }
    }
    Err(Failure::new("nothing chosen, nothing changed").into())
}
