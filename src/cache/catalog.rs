//! The local catalogue as a source: asked before any other, without a network. Its data is copied into the cache, so
//! that a board is read from one database.

use time::UtcDateTime;

use crate::catalog::{Catalog, CatalogError};
use crate::model::fetch::CATALOG_SOURCE;
use crate::model::{CacheEntry, FetchOutcome, Fetched, ImdbId, Title};

/// Returns data of the catalogue that is better than these cache entries: missing titles, newer data of titles that
/// only the catalogue knows, and newer ratings of the others.
pub fn newer(catalog: &Catalog, entries: &[(ImdbId, &CacheEntry)]) -> Result<Vec<Fetched>, CatalogError> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let confirmed_at = catalog.ratings_at()?;
    let is_older = |entry: &CacheEntry| entry.title.is_none() || entry.cached_at < Some(confirmed_at);
    let older = entries.iter().filter(|(_, entry)| is_older(entry));
    let (ids, older): (Vec<ImdbId>, Vec<&CacheEntry>) = older.copied().unzip();
    let mut found = Vec::new();
    for ((id, entry), known) in ids.iter().zip(older).zip(catalog.titles(&ids)?) {
        let Some(known) = known.map(|known| known.title) else { continue };
        match (&entry.title, entry.cached_at) {
            (Some(title), Some(cached_at)) if !entry.is_partial() => {
                let (rating, rating_count) = (known.rating, known.rating_count);
                if rating.is_some() && (rating, rating_count) != (title.rating, title.rating_count) {
                    let title = Title { rating, rating_count, ..title.clone() };
                    let source = combined_source(entry.source.as_deref().unwrap_or_default());
                    // Plot and people are as old as before.
                    found.push(local(*id, title, source, cached_at));
                }
            }
            _ => found.push(local(*id, known, CATALOG_SOURCE.to_owned(), confirmed_at)),
        }
    }
    Ok(found)
}

/// Adds the catalogue's data to what web sources just delivered. Keeps their ratings, which are newer.
pub fn supplement(catalog: &Catalog, fetched: &mut [Fetched]) -> Result<(), CatalogError> {
    let ids: Vec<ImdbId> = fetched.iter().map(|fetched| fetched.id).collect();
    for (fetched, known) in fetched.iter_mut().zip(catalog.titles(&ids)?) {
        let (FetchOutcome::Found { title, source, .. }, Some(known)) = (&mut fetched.outcome, known) else { continue };
        title.fill_from(known.title);
        *source = combined_source(source);
    }
    Ok(())
}

fn local(id: ImdbId, title: Title, source: String, confirmed_at: UtcDateTime) -> Fetched {
    Fetched { id, outcome: FetchOutcome::Local { title: Box::new(title), source, confirmed_at } }
}

/// Returns the name for data that is partly from the catalogue: `imdb-datasets+cinemeta`.
fn combined_source(source: &str) -> String {
    match source.starts_with(CATALOG_SOURCE) {
        true => source.to_owned(),
        false => format!("{CATALOG_SOURCE}+{source}"),
    }
}
