//! Completion of a partly typed title.

use rusqlite::Connection;

use super::grams::{Gram, Ranks, of_beginning};
use super::normal::normal;
use super::{Catalog, CatalogError};
use crate::model::search::Hit;
use crate::model::text::after_article;

/// Maximum number of titles to check for a completion. Most titles that share the grams also match.
const MAX_COMPARED: usize = 300;

impl Catalog {
    /// Returns titles that begin with `prefix`, with or without a leading article, most votes first. Titles in which a
    /// later word begins with it follow. Ignores case, accents and punctuation. `prefix` needs two characters.
    pub fn complete(&self, prefix: &str, limit: usize) -> Result<Vec<Hit>, CatalogError> {
        let mut typed = normal(prefix);
        if prefix.ends_with(char::is_whitespace) && !typed.is_empty() {
            typed.push(' ');
        }
        let mut hits: Vec<Hit> = Vec::new();
        for whole_title in [true, false] {
            for rank in ranks(&self.conn, &of_beginning(&typed, whole_title)).map_err(self.failed())? {
                let is_new = |title: &Hit| hits.iter().all(|hit| hit.id != title.id);
                let title = self.at_rank(rank)?.filter(|title| begins(title, &typed, whole_title) && is_new(title));
                hits.extend(title);
                if hits.len() == limit {
                    return Ok(hits);
                }
            }
        }
        Ok(hits)
    }
}

/// Returns true if a name of the title, or a word of one if not `whole_title`, begins with the typed text.
fn begins(title: &Hit, typed: &str, whole_title: bool) -> bool {
    let names = [Some(&title.title.title), title.title.original_title.as_ref()];
    names.into_iter().flatten().any(|name| {
        // A typed trailing blank ends the last word. So does the end of the name.
        let name = normal(name) + " ";
        match whole_title {
            true => name.starts_with(typed) || after_article(&name).is_some_and(|rest| rest.starts_with(typed)),
            false => format!(" {name}").contains(&format!(" {typed}")),
        }
    })
}

/// Returns the lowest ranks whose titles have all of these grams. Empty without a gram.
fn ranks(conn: &Connection, grams: &[Gram]) -> rusqlite::Result<Vec<u32>> {
    let mut select = conn.prepare("SELECT ranks FROM grams WHERE gram = ?1")?;
    let mut lists: Vec<Vec<u8>> = Vec::with_capacity(grams.len());
    for gram in grams {
        let mut rows = select.query([gram])?;
        let Some(row) = rows.next()? else { return Ok(Vec::new()) };
        lists.push(row.get_ref(0)?.as_blob()?.to_vec());
    }
    lists.sort_unstable_by_key(Vec::len);
    let Some((shortest, others)) = lists.split_first() else { return Ok(Vec::new()) };
    let mut others: Vec<_> = others.iter().map(|list| Ranks::new(list, u32::MAX).peekable()).collect();
    let in_all = |rank: &u32| {
        others.iter_mut().all(|list| {
            while list.next_if(|other| other < rank).is_some() {}
            list.peek() == Some(rank)
        })
    };
    Ok(Ranks::new(shortest, u32::MAX).filter(in_all).take(MAX_COMPARED).collect())
}
