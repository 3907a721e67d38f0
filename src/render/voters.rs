//! The people of the board as a table.

use time::UtcDateTime;

use super::{Cell, Column, Screen, Shrink, Tone, table};
use crate::store::VoterSummary;
use crate::view::format::ago;

/// Renders people with their votes and when they were last seen.
pub fn voters(voters: &[VoterSummary], now: UtcDateTime, screen: Screen<'_>) -> String {
    let columns = [
        Column::left("Name", |row: &VoterSummary| row.name.as_str().into()).shrinks(2, Shrink::To(12)),
        Column::right("Votes", |row: &VoterSummary| row.votes.into()),
        Column::left("Last seen", move |row: &VoterSummary| {
            Cell::new(row.last_seen.map(|at| ago(at, now)).unwrap_or_default(), Tone::Faint)
        })
        .shrinks(1, Shrink::Hide),
    ];
    table(&columns, voters, |_| Tone::Plain, screen)
}
