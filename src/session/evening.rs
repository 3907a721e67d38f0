//! The evening that `--start`, `--by` and `--max` describe, and who is there.

use anyhow::{Result, anyhow};
use time::UtcOffset;

use crate::cli::Times;
use crate::model::evening::{next_after, parse_minutes, parse_time_of_day, start_at};
use crate::model::resolve::similarity;
use crate::model::text::{fold, quoted};
use crate::model::{Board, Evening, VoterName};
use crate::session::{Session, fail_on};

/// How alike a name must be to be suggested.
const SUGGEST_FROM: f64 = 0.6;

/// What the options say; and whether they say anything.
///
/// # Errors
/// Names the option that makes no sense.
pub fn read(session: &Session<'_>, times: &Times, offset: UtcOffset) -> Result<(Evening, bool)> {
    let time_of_day = |text: &Option<String>, option: &str| {
        let parsed = text.as_deref().map(|t| parse_time_of_day(t).ok_or(t)).transpose();
        parsed.map_err(|t| anyhow!("{option}: {} is not a time: say it like 20:30", quoted(t)))
    };
    let start = time_of_day(&times.start, "--start")?;
    let by = time_of_day(&times.by, "--by")?;
    let max_minutes = times.max.as_deref().map(|t| parse_minutes(t).ok_or(t)).transpose();
    let max_minutes =
        max_minutes.map_err(|t| anyhow!("--max: {} is not a running time: say it like 2h10m", quoted(t)))?;
    let start = start.map_or(session.now, |time| start_at(time, session.now, offset));
    let by = by.map(|time| next_after(time, start, offset));
    let asked = times.start.is_some() || by.is_some() || max_minutes.is_some();
    Ok((Evening { start, by, max_minutes }, asked))
}

/// The names that `--here` lists, each person once.
///
/// # Errors
/// Says what is no name.
pub fn names(here: &[String]) -> Result<Vec<VoterName>> {
    let mut names: Vec<VoterName> = Vec::new();
    for name in here {
        let name = VoterName::parse(name).map_err(|why| anyhow!("--here: {why}"))?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// The people who are here, as indices into the board's voters.
///
/// # Errors
/// Names everybody whom the group does not know: a slip of the finger must not cost a vote.
pub fn here(names: &[VoterName], board: &Board) -> Result<Vec<usize>> {
    let mut here = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match board.voter(name.key()) {
            Some(voter) => here.push(voter),
            None => problems.push(stranger(name, board)),
        }
    }
    fail_on(&problems)?;
    Ok(here)
}

fn stranger(name: &VoterName, board: &Board) -> String {
    let wanted = fold(name.as_str());
    let alike = |v: &&crate::model::board::Voter| similarity(&fold(&v.name), &wanted);
    let nearest = board.voters.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)));
    match nearest.filter(|v| alike(v) >= SUGGEST_FROM) {
        Some(near) => format!("--here: nobody here is called {name}: did you mean {}?", near.name),
        None => {
            let names: Vec<&str> = board.voters.iter().map(|v| v.name.as_str()).collect();
            format!("--here: nobody is called {name}; known are {}", names.join(", "))
        }
    }
}
