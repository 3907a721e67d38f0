//! Which title is meant by words: from a search, by a choice if need be.

use std::io::BufRead;

use anyhow::{Result, bail};

use crate::model::ImdbId;
use crate::model::search::{Hit, Query, exact};
use crate::model::text::quoted;
use crate::render::Screen;
use crate::render::card::hits as table;
use crate::render::format::count;
use crate::session::Session;
use crate::session::search::{self, GroupHistory};
use crate::store::Store;

/// Hits that are offered for choice.
const OFFERED: usize = 9;
/// Answers that make no sense before we give up.
const TRIES: usize = 3;

/// The title that is meant by `words`: the only one that is called exactly so, or the one that the
/// person chooses; none when they choose none.
///
/// # Errors
/// Nothing is found; or it is not clear what is meant and nobody is there to be asked.
pub fn choose(session: &mut Session<'_>, store: &mut Store, words: &str) -> Result<Option<ImdbId>> {
    let standing = search::standing(session, store)?;
    let mut hits = search::find(session, store, words)?;
    let query = Query::parse(words);
    let stem = query.with_year.as_ref().map_or(words, |(stem, _)| stem);
    let mut clear = exact(&hits, words);
    if clear.is_empty() {
        clear = exact(&hits, stem);
    }
    match (clear[..].len(), hits.len()) {
        (_, 0) => bail!("no title is called {}: try other words, or give an IMDb id", quoted(words)),
        (1, _) => return Ok(Some(clear[0].id)),
        _ => {}
    }
    hits.truncate(OFFERED);
    let remark = |hit: &Hit| standing.get(&hit.id).map(GroupHistory::to_string).unwrap_or_default();
    let is_asked = session.env.stdin.is_terminal && session.env.stderr.is_terminal && !session.options.json;
    let screen = Screen { width: session.env.stderr.width, palette: session.palette(session.env.stderr.is_terminal) };
    let list = table(&hits, is_asked, remark, screen);
    // A list that cannot be shown leaves nothing to choose from.
    session.env.stderr.write(&list)?;
    if !is_asked {
        let found = count(hits.len(), "title", "titles");
        bail!("{} may be {found}: propose one of them by its id", quoted(words));
    }
    ask(session, &hits)
}

fn ask(session: &mut Session<'_>, hits: &[Hit]) -> Result<Option<ImdbId>> {
    for _ in 0..TRIES {
        let range = if hits.len() == 1 { "1".to_owned() } else { format!("1-{}", hits.len()) };
        session.env.stderr.write(&format!("Which one? [{range}, Enter: none] "))?;
        let mut answer = String::new();
        session.env.stdin.reader.read_line(&mut answer)?;
        let answer = answer.trim();
        if answer.is_empty() {
            return Ok(None);
        }
        let number = answer.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        if let Some(hit) = number.and_then(|n| hits.get(n)) {
            return Ok(Some(hit.id));
        }
    }
    bail!("no title was chosen, so nothing was proposed")
}
