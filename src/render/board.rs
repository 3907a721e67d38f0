//! The vote board as a table that fits its terminal.

use time::{UtcDateTime, UtcOffset};

use super::Screen;
use super::cells::{truncate, truncate_before, width};
use super::format::{clock, count, date, runtime};
use super::layout::{Layout, Widths};
use super::style::Tone;
use super::table::{Align, Cell, table};
use crate::cache::freshness;
use crate::model::{Ballot, Board, Evening, Freshness, Proposal};

/// What the board shows and for whom.
pub struct View<'a> {
    /// In the board's order.
    pub board: &'a Board,
    /// The index of the person who looks, if they are known to the group.
    pub me: Option<usize>,
    /// When they look.
    pub now: UtcDateTime,
    /// Whether a refresh in the background is about to begin.
    pub is_fetching: bool,
    /// The evening that a movie is to fit into.
    pub evening: Evening,
    /// Whether the person asked about times, so that they are shown whatever else must go.
    pub shows_ends: bool,
    /// Local time's distance from UTC.
    pub offset: UtcOffset,
}

/// One proposal in text, whole.
pub(super) struct Row<'a> {
    pub(super) title: String,
    pub(super) year: String,
    pub(super) mark: &'static str,
    pub(super) rating: String,
    pub(super) runtime: String,
    pub(super) ends: String,
    pub(super) genres: String,
    pub(super) votes: String,
    pub(super) is_mine: bool,
    pub(super) fits: bool,
    pub(super) voters: Vec<String>,
    pub(super) proposer: &'a str,
    pub(super) id: String,
}

/// The table, without the line that sums up.
pub fn board(view: &View<'_>, screen: Screen) -> String {
    // Only a terminal may turn out to be wide enough for what nobody asked for.
    let may_show_ends = view.shows_ends || screen.width.is_some();
    let rows: Vec<Row<'_>> = view.board.proposals.iter().map(|p| row(p, view, may_show_ends)).collect();
    let layout = Widths::of(&rows, view.shows_ends).fit(screen.width);
    let mut header = vec![("#", Align::Right), ("Movie", Align::Left)];
    let columns = [
        (layout.mark, "", Align::Left),
        (layout.rating, "★", Align::Right),
        (layout.runtime, "Runtime", Align::Right),
        (layout.ends, "Ends", Align::Left),
        (layout.genres, "Genres", Align::Left),
        (true, "Votes", Align::Right),
        (layout.voters.is_some(), "Voters", Align::Left),
        (layout.proposer, "Proposed by", Align::Left),
        (layout.id, "IMDb", Align::Left),
    ];
    header.extend(columns.iter().filter(|c| c.0).map(|(_, name, align)| (*name, *align)));
    let cells: Vec<Vec<Cell>> = rows.into_iter().enumerate().map(|(i, r)| cells(i, r, layout)).collect();
    table(&header, &cells, screen.palette)
}

/// People that the last line names.
const NAMED: usize = 5;

/// The board's last line: movies, votes, people, and what there is to know of the data.
pub fn summary(view: &View<'_>) -> String {
    let board = view.board;
    let votes = board.proposals.iter().map(|p| p.ballots.len()).sum();
    let mut voted = vec![false; board.voters.len()];
    for ballot in board.proposals.iter().flat_map(|p| &p.ballots) {
        voted[ballot.voter] = true;
    }
    let people = voted.iter().filter(|v| **v).count();
    let mut parts = vec![
        count(board.proposals.len(), "movie", "movies"),
        format!("{} by {}", count(votes, "vote", "votes"), count(people, "person", "people")),
    ];
    for (freshness, mark, word) in [
        (Freshness::Stale, "~", "stale"),
        (Freshness::Missing, "…", "without data yet"),
        (Freshness::Unknown, "?", "unknown to IMDb"),
    ] {
        let number = board.proposals.iter().filter(|p| self::freshness(p, view.now) == freshness).count();
        if number > 0 {
            parts.push(format!("{mark} {number} {word}"));
        }
    }
    let is_claimed = |p: &Proposal| p.cache.claimed_until.is_some_and(|until| view.now < until);
    let silent: Vec<&str> =
        board.voters.iter().zip(&voted).filter(|(_, v)| !**v).map(|(p, _)| p.name.as_str()).collect();
    if !silent.is_empty() {
        let named = silent.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = silent.len().saturating_sub(NAMED);
        parts.push(format!("no vote yet: {named}{}", if more > 0 { format!(" +{more}") } else { String::new() }));
    }
    if view.is_fetching || board.proposals.iter().any(is_claimed) {
        parts.push("fetching new data".into());
    }
    parts.join(" · ")
}

fn row<'a>(proposal: &'a Proposal, view: &View<'a>, may_show_ends: bool) -> Row<'a> {
    let title = proposal.cache.title.as_ref();
    let name = |voter: usize| view.board.voters[voter].name.as_str();
    let mine = view.me.and_then(|me| proposal.ballot_of(me));
    let mark = match mine {
        Some(ballot) if ballot.favorite => "♥ ",
        Some(_) => "● ",
        None => "",
    };
    let voter = |ballot: &Ballot| format!("{}{}", name(ballot.voter), if ballot.favorite { "♥" } else { "" });
    Row {
        title: proposal.title().into_owned(),
        year: proposal.year().map(|y| format!(" ({y})")).unwrap_or_default(),
        mark: match freshness(proposal, view.now) {
            Freshness::Stale => "~",
            Freshness::Missing => "…",
            Freshness::Unknown => "?",
            Freshness::Fresh | Freshness::None => "",
        },
        rating: title.and_then(|t| t.rating).map(|r| r.to_string()).unwrap_or_default(),
        runtime: title.and_then(|t| t.runtime_minutes).map(runtime).unwrap_or_default(),
        genres: title.map(|t| t.genres.join(", ")).unwrap_or_default(),
        ends: if may_show_ends { ends(proposal, view) } else { String::new() },
        votes: format!("{mark}{}", proposal.ballots.len()),
        is_mine: mine.is_some(),
        fits: view.evening.fits(proposal.runtime_minutes()),
        voters: proposal.ballots.iter().map(voter).collect(),
        proposer: name(proposal.proposed_by),
        id: proposal.imdb_id.map(|id| id.to_string()).unwrap_or_default(),
    }
}

/// When a movie would end: local time, the next day marked; `✗` where that does not fit.
fn ends(proposal: &Proposal, view: &View<'_>) -> String {
    let minutes = proposal.runtime_minutes();
    let Some(at) = view.evening.ends_at(minutes) else {
        return if view.shows_ends { "?".into() } else { String::new() };
    };
    let late = if view.evening.fits(minutes) { "" } else { "✗ " };
    let is_next_day = date(at, view.offset) != date(view.evening.start, view.offset);
    format!("{late}{}{}", clock(at, view.offset), if is_next_day { " +1" } else { "" })
}

fn cells(index: usize, row: Row<'_>, layout: Layout) -> Vec<Cell> {
    // What does not fit into the evening steps back as a whole.
    let tone = |tone: Tone| if row.fits { tone } else { Tone::Faint };
    let vote_tone = tone(if row.is_mine { Tone::Good } else { Tone::Plain });
    let mut cells = vec![
        Cell::new((index + 1).to_string(), Tone::Faint),
        Cell::new(truncate_before(&row.title, &row.year, layout.movie), tone(Tone::Strong)),
    ];
    if layout.mark {
        cells.push(Cell::new(row.mark, Tone::Warn));
    }
    if layout.rating {
        cells.push(Cell::new(row.rating, tone(Tone::Plain)));
    }
    if layout.runtime {
        cells.push(Cell::new(row.runtime, tone(Tone::Plain)));
    }
    if layout.ends {
        cells.push(Cell::new(row.ends, tone(Tone::Plain)));
    }
    if layout.genres {
        cells.push(Cell::new(row.genres, tone(Tone::Plain)));
    }
    cells.push(Cell::new(row.votes, vote_tone));
    if let Some(max) = layout.voters {
        cells.push(Cell::new(shortened(&row.voters, max), tone(Tone::Plain)));
    }
    if layout.proposer {
        cells.push(Cell::new(row.proposer, Tone::Faint));
    }
    if layout.id {
        cells.push(Cell::new(row.id, Tone::Faint));
    }
    cells
}

/// Names in at most `max` cells: as many as fit, and how many there are besides.
fn shortened(names: &[String], max: usize) -> String {
    let whole = names.join(", ");
    if width(&whole) <= max {
        return whole;
    }
    let with_rest = |shown: usize| format!("{} +{}", names[..shown].join(", "), names.len() - shown);
    let fitting = (1..names.len()).rev().map(with_rest).find(|text| width(text) <= max);
    fitting.unwrap_or_else(|| match names {
        [only] => truncate(only, max),
        _ => format!("+{}", names.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voters_are_shortened_to_what_fits() {
        let names = ["Ana", "Ben", "Cleo", "Dan"].map(str::to_owned);
        assert_eq!(shortened(&names, 20), "Ana, Ben, Cleo, Dan");
        assert_eq!(shortened(&names, 18), "Ana, Ben, Cleo +1");
        assert_eq!(shortened(&names, 8), "Ana +3");
        assert_eq!(shortened(&names, 3), "+4");
        assert_eq!(shortened(&["Maximiliane".to_owned()], 8), "Maximil…");
        assert_eq!(shortened(&[], 8), "");
    }
}
