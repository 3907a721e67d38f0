//! Writes gathered titles into a new file.

use std::path::Path;

use rusqlite::{Connection, params};

use super::CatalogError;
use super::file;
use super::gather::{Entry, Gathered};
use super::grams::{self, Gram, Lists, year_gram};
use super::normal::normal;
use super::spelling::Vocabulary;

/// The number of rows between two reports of progress.
const REPORTED_ROWS: usize = 4096;

/// Writes a new catalogue at `path`, except for its meta table. `progress` receives how many more titles were written.
pub fn build(path: &Path, gathered: Gathered, progress: &mut dyn FnMut(u64)) -> Result<Connection, CatalogError> {
    let failed = |error: rusqlite::Error| CatalogError::writing(path, &error);
    let conn = create(path).map_err(failed)?;
    std::thread::scope(|scope| {
        let indexing = scope.spawn(|| index(&gathered));
        write_titles(&conn, &gathered, progress).map_err(failed)?;
        // The thread panics only if memory runs out, which would end this thread, too.
        let Ok(index) = indexing.join() else { return Err(CatalogError::Stopped) };
        write_index(&conn, index).map_err(failed)
    })?;
    // SQLite sorts the index on ids in memory, so free the gathered titles first.
    drop(gathered);
    conn.execute_batch(file::INDEX).map_err(failed)?;
    Ok(conn)
}

fn create(path: &Path) -> rusqlite::Result<Connection> {
    let conn = file::open_to_write(path)?;
    conn.pragma_update(None, "application_id", file::APPLICATION_ID)?;
    conn.pragma_update(None, "user_version", file::VERSION)?;
    conn.execute_batch("BEGIN")?;
    conn.execute_batch(file::TABLES)?;
    Ok(conn)
}

struct Index {
    /// Encoded lists of titles, by gram and by year.
    lists: Vec<(Gram, Vec<u8>)>,
    /// See [`Vocabulary::words`].
    words: String,
}

fn index(gathered: &Gathered) -> Index {
    let (mut lists, mut vocabulary) = (Lists::default(), Vocabulary::default());
    for (entry, rank) in gathered.titles.iter().zip(1u32..) {
        let (title, original) = gathered.texts(entry);
        for text in [Some(title), original].into_iter().flatten() {
            let text = normal(text);
            grams::of_title(&text, &mut |gram| lists.add(gram, rank));
            vocabulary.add(&text, rank);
        }
        if entry.year > 0 {
            lists.add(year_gram(entry.year), rank);
        }
    }
    Index { lists: lists.into_sorted(), words: vocabulary.words }
}

fn write_titles(conn: &Connection, gathered: &Gathered, progress: &mut dyn FnMut(u64)) -> rusqlite::Result<()> {
    let mut insert = conn.prepare("INSERT INTO words VALUES (?1, ?2)")?;
    for (place, word) in gathered.words.iter().enumerate() {
        insert.execute(params![place, word])?;
    }
    let mut insert = conn.prepare("INSERT INTO titles VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for (chunk, titles) in gathered.titles.chunks(REPORTED_ROWS).enumerate() {
        for (at, entry) in titles.iter().enumerate() {
            write_title(&mut insert, chunk * REPORTED_ROWS + at + 1, entry, gathered)?;
        }
        progress(titles.len() as u64);
    }
    Ok(())
}

fn write_title(
    insert: &mut rusqlite::Statement<'_>,
    rank: usize,
    entry: &Entry,
    gathered: &Gathered,
) -> rusqlite::Result<()> {
    let (title, original) = gathered.texts(entry);
    let known = |number: u16| (number > 0).then_some(number);
    let has_genres = !gathered.words[usize::from(entry.genres)].is_empty();
    insert.execute(params![
        rank,
        entry.id,
        title,
        original,
        known(entry.year),
        entry.kind,
        known(entry.runtime_minutes),
        has_genres.then_some(entry.genres),
        entry.tenths,
        entry.votes,
    ])?;
    Ok(())
}

fn write_index(conn: &Connection, index: Index) -> rusqlite::Result<()> {
    conn.execute("INSERT INTO vocabulary VALUES (?1)", [index.words])?;
    let mut insert = conn.prepare("INSERT INTO grams VALUES (?1, ?2)")?;
    for (gram, ranks) in index.lists {
        insert.execute(params![gram, ranks])?;
    }
    Ok(())
}
