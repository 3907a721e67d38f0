//! The note about a new board when another one may have been meant.

use std::path::Path;
use std::time::Duration;

use crate::config::Origin;
use crate::model::resolve::{edit_similarity, most_similar};
use crate::store::{DEFAULT_BOARD, Location, list_boards};

/// The longest wait for the names of other boards. Short, because the note comes after everything is stored.
const LIMIT: Duration = Duration::from_secs(1);

/// Returns a note on a new board, and the board with a similar name if that is the reason. `None` unless the file is at
/// the default location, the address names no board and the server has others, or a name beside it is similar.
pub fn note(location: &Location, origin: Origin) -> Option<(String, Option<String>)> {
    match location {
        Location::Server(address) if address.board == DEFAULT_BOARD => {
            let others = others(location);
            let hint = "movienight board list shows them, ?board=NAME chooses one";
            let text = format!("Created the {address}; the database has other boards: {hint}");
            (!others.is_empty()).then_some((text, None))
        }
        Location::Server(address) => {
            let other = similar_board(location)?;
            Some((format!("The {address} is new; did you mean board={other}?"), Some(other)))
        }
        Location::File(path) if origin == Origin::Default => {
            let path = path.display();
            let what = format!("Created a private board in {path}");
            Some((format!("{what}; movienight join PLACE uses a shared one"), None))
        }
        Location::File(path) => {
            let other = similar_board(location)?;
            Some((format!("{} is new; did you mean {other}?", path.display()), Some(other)))
        }
    }
}

/// Returns the board beside this one that has the most similar name: its name on the server, or its path.
pub fn similar_board(location: &Location) -> Option<String> {
    match location {
        Location::Server(address) => similar(&address.board, others(location)),
        Location::File(path) => {
            let other = similar(path.file_name()?.to_str()?, others(location))?;
            Some(path.with_file_name(other).display().to_string())
        }
    }
}

/// Returns the names of other boards in the same database, or of files with the same extension in the same folder.
fn others(location: &Location) -> Vec<String> {
    match location.clone().with_time_limit(LIMIT) {
        Location::Server(address) => {
            let boards = list_boards(&address).unwrap_or_default().into_iter().map(|(name, _)| name);
            boards.filter(|name| *name != address.board).collect()
        }
        Location::File(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let files = folder.read_dir().into_iter().flatten().filter_map(Result::ok);
            let files = files.filter(|entry| entry.path().extension() == path.extension());
            let files = files.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
            files.filter_map(|entry| entry.file_name().into_string().ok()).collect()
        }
    }
}

/// Returns the most similar name. Skips names that differ only in digits: `2025` is hardly a typo for `2026`.
fn similar(name: &str, others: Vec<String>) -> Option<String> {
    let letters = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    // A shared extension would make short names similar.
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let likely = others.into_iter().filter(|other| letters(other) != letters(name));
    most_similar(likely.map(|other| (edit_similarity(&stem(&other), &stem(name)), other)))
}
