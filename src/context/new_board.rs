//! A board that was just made, where another may have been meant.

use std::path::Path;
use std::time::Duration;

use crate::config::Origin;
use crate::model::resolve::{edit_similarity, most_similar};
use crate::store::{DEFAULT_BOARD, Location, list_boards};

/// The longest that is waited for the names of other boards: all is stored already.
const LIMIT: Duration = Duration::from_secs(1);

/// A note on a new board, if it is at the default place, its address names none, or its name resembles that of another
/// board beside it; and the place of that.
pub fn note(location: &Location, origin: Origin) -> Option<(String, Option<String>)> {
    match location {
        Location::Server(address) if address.board == DEFAULT_BOARD => {
            let others = others(location);
            let hint = "movienight board list shows them, ?board=NAME chooses one";
            (!others.is_empty()).then(|| (format!("Created the {address}, beside others: {hint}"), None))
        }
        Location::Server(address) => {
            let other = similar(&address.board, others(location))?;
            Some((format!("the {address} is new; did you mean board={other}?"), Some(other)))
        }
        Location::File(path) if origin == Origin::Default => {
            let path = path.display();
            let what = format!("Created a private board in {path}");
            Some((format!("{what}; movienight join PLACE uses a shared one"), None))
        }
        Location::File(path) => {
            let name = path.file_name()?.to_str()?;
            let other = path.with_file_name(similar(name, others(location))?);
            let other = other.display().to_string();
            Some((format!("{} is new; did you mean {other}?", path.display()), Some(other)))
        }
    }
}

/// The names of other boards in the same database, or of other files of the same kind in the same folder.
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

/// The name that resembles this one most. Those that differ in their numbers only are hardly meant by one another.
fn similar(name: &str, others: Vec<String>) -> Option<String> {
    let letters = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    // All have the same extension, which would make short names alike.
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let likely = others.into_iter().filter(|other| letters(other) != letters(name));
    most_similar(likely.map(|other| (edit_similarity(&stem(&other), &stem(name)), other)))
}
