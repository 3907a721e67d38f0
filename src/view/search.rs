//! The results of a search.

use time::Date;

use crate::model::search::Hit;

/// A title that a search found, and what the group has done with it.
pub struct HitView<'a> {
    pub hit: &'a Hit,
    pub on_board: bool,
    /// The date on which it was watched. `None` if it was not, or is back on the board.
    pub watched_on: Option<Date>,
}
