//! A board that was just made, or that is not there, where another may have been meant.

use std::time::Duration;

use crate::config::Origin;
use crate::store::{Location, list_boards};

/// More boards than this are not named.
const MAX_NAMED: usize = 5;
/// The longest that is waited for the names of other boards: all is stored already.
const LIMIT: Duration = Duration::from_secs(1);

/// A note on a new board, if it is at the default place, or its address names none and there are others.
pub fn note(location: &Location, origin: Origin) -> Option<String> {
    match location {
        Location::Server(address) if address.is_default_board() => {
            let there = others_beside(location)?;
            Some(format!("Created the {address}, though {there}; add ?board=NAME to use another"))
        }
        Location::File(path) if origin == Origin::Default => {
            let path = path.display();
            Some(format!("Created a private board in {path}; movienight join PLACE uses a shared one"))
        }
        _ => None,
    }
}

/// The other boards beside one on a server, for a hint. `None` if there are none, or they cannot be read.
pub fn others_beside(location: &Location) -> Option<String> {
    let Location::Server(address) = location.clone().with_time_limit(LIMIT) else { return None };
    let boards = list_boards(&address).unwrap_or_default().into_iter().map(|(name, _)| name);
    let others: Vec<String> = boards.filter(|name| name != address.board()).collect();
    match others.len() {
        0 => None,
        1..=MAX_NAMED => Some(format!("there is {}", others.join(", "))),
        n => Some(format!("there are {n}, which movienight board list names")),
    }
}
