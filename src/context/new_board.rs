//! A board that a command has just made, or that is not there, where another may have been meant.

use std::path::Path;
use std::time::Duration;

use super::Place;
use super::people::SUGGEST_FROM;
use crate::model::resolve::edit_similarity;
use crate::store::{Address, Location, list_boards};

/// More boards than this are not named.
const MAX_NAMED: usize = 5;
/// The longest that is waited for the names of other boards: all is stored already.
const LIMIT: Duration = Duration::from_secs(1);

/// A note on a new board: its address has no name, or one that resembles another's beside it. None: it was meant, as far
/// as can be seen.
pub fn note(place: &Place) -> Option<String> {
    match place.location.clone().with_time_limit(LIMIT) {
        Location::Server(address) => on_server(&address),
        Location::File(path) if place.is_named => in_folder(&path),
        Location::File(_) => None,
    }
}

/// The other boards beside one on a server that is not there, for a hint; none: there are none, or they cannot be had.
pub fn others_beside(location: &Location) -> Option<String> {
    let Location::Server(address) = location.clone().with_time_limit(LIMIT) else { return None };
    named(&others(&address))
}

fn on_server(address: &Address) -> Option<String> {
    let others = others(address);
    if let Some(there) = named(&others).filter(|_| address.is_default_board()) {
        return Some(format!("the {address} is new, though {there}: did you mean another, with ?board=NAME?"));
    }
    let other = similar(address.board(), others)?;
    Some(format!("the {address} is new; did you mean board={other}?"))
}

fn others(address: &Address) -> Vec<String> {
    let boards = list_boards(address).unwrap_or_default().into_iter().map(|(name, _)| name);
    boards.filter(|name| name != address.board()).collect()
}

fn named(others: &[String]) -> Option<String> {
    match others.len() {
        0 => None,
        1..=MAX_NAMED => Some(format!("there is {}", others.join(", "))),
        n => Some(format!("there are {n}, which movienight board list names")),
    }
}

fn in_folder(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = folder.read_dir().ok()?.filter_map(Result::ok);
    let files = files.filter(|entry| entry.path().extension() == path.extension());
    let files = files.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let other = similar(name, files.filter_map(|entry| entry.file_name().into_string().ok()).collect())?;
    Some(format!("{} is new; did you mean {}?", path.display(), folder.join(other).display()))
}

/// The name that resembles this one most. Those that differ in their numbers only are hardly meant by one another.
fn similar(name: &str, others: Vec<String>) -> Option<String> {
    let letters = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    let likely = others.into_iter().filter(|other| letters(other) != letters(name));
    let compared = likely.map(|other| (edit_similarity(&other, name), other));
    let (similarity, other) = compared.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (similarity >= SUGGEST_FROM).then_some(other)
}
