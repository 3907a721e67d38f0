//! A board that a command has just made, where another may have been meant.

use std::time::Duration;

use super::people::SUGGEST_FROM;
use crate::model::resolve::edit_similarity;
use crate::store::{Location, list_boards};

/// More boards than this are not named.
const MAX_NAMED: usize = 5;
/// The longest that is waited for the names of other boards: all is stored already.
const LIMIT: Duration = Duration::from_secs(1);

/// A note on a new board: its address has no name, or one that resembles another's. None: it was meant, as far as can be
/// seen. Boards with numbers in their names are hardly meant by one another.
pub fn note(location: &Location) -> Option<String> {
    let Location::Server(address) = location.clone().with_time_limit(LIMIT) else { return None };
    let name = address.board();
    let others = list_boards(&address).unwrap_or_default().into_iter().map(|(other, _)| other);
    let others: Vec<String> = others.filter(|other| other != name).collect();
    if address.is_default_board() && !others.is_empty() {
        let there = match others.len() {
            0..=MAX_NAMED => format!("There is {}", others.join(", ")),
            _ => "movienight board list names the others".to_owned(),
        };
        return Some(format!("the {address} is new; did you mean another, with ?board=NAME? {there}"));
    }
    let letters = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    let similar = others
        .iter()
        .filter(|other| letters(other) != letters(name))
        .map(|other| (edit_similarity(other, name), other))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let (_, other) = similar.filter(|(similarity, _)| *similarity >= SUGGEST_FROM)?;
    Some(format!("the {address} is new; did you mean board={other}?"))
}
