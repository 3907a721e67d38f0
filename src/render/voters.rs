//! The people, as a table.

use time::UtcDateTime;

use super::Screen;
use super::cells::truncate;
use super::style::Tone;
use super::table::{Cell, Column, Shrink, table};
use crate::view::format::ago;
use crate::view::voters::VoterView;

/// The people by name, with their votes and when they were last seen.
pub fn voters(voters: &[VoterView], now: UtcDateTime, screen: Screen<'_>) -> String {
    let columns = [
        Column::left("Name", |row: &VoterView| row.name.as_str().into())
            .shrinks(2, Shrink::To(12))
            .shortened(|row, max| truncate(&row.name, max)),
        Column::right("Votes", |row: &VoterView| row.votes.into()),
        Column::left("Last seen", move |row: &VoterView| {
            Cell::new(row.last_seen_at.map(|at| ago(at.0, now)).unwrap_or_default(), Tone::Faint)
        })
        .shrinks(1, Shrink::Hide),
    ];
    table(&columns, voters, |_| Tone::Plain, screen)
}
