//! Looks up many names at once.

use std::collections::{HashMap, HashSet};

use super::normal::normal;
use super::{Catalog, CatalogError};
use crate::model::matching::key_of_folded;
use crate::model::search::Hit;

/// Titles, keyed by the name that they match.
pub type ByName = HashMap<String, Vec<Hit>>;

impl Catalog {
    /// Returns the titles that have one of these names, given as keys of [`crate::model::matching::name_key`]. Reads
    /// all titles once, however many names there are.
    pub fn named(&self, keys: &HashSet<String>) -> Result<ByName, CatalogError> {
        let mut by_name = ByName::new();
        if keys.is_empty() {
            return Ok(by_name);
        }
        let ranks = self.ranks_of(keys).map_err(self.failed())?;
        for (rank, key) in ranks {
            if let Some(known) = self.at_rank(rank)? {
                by_name.entry(key).or_default().push(known);
            }
        }
        Ok(by_name)
    }

    fn ranks_of(&self, keys: &HashSet<String>) -> rusqlite::Result<Vec<(u32, String)>> {
        let mut found = Vec::new();
        let mut titles = self.conn.prepare("SELECT rank, title, original FROM titles ORDER BY rank")?;
        let mut rows = titles.query([])?;
        while let Some(row) = rows.next()? {
            let names = [Some(row.get_ref(1)?.as_str()?), row.get_ref(2)?.as_str_or_null()?];
            for name in names.into_iter().flatten() {
                let key = key_of_folded(&normal(name));
                if keys.contains(&key) {
                    found.push((row.get(0)?, key));
                }
            }
        }
        found.dedup();
        Ok(found)
    }
}
