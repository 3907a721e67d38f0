//! `movienight watched` and `movienight history`.

use anyhow::{Result, anyhow, bail};
use serde_json::json;
use time::{Time, UtcDateTime};

use super::Status;
use crate::cli;
use crate::model::Proposal;
use crate::model::evening::parse_day;
use crate::model::text::quoted;
use crate::render::{history, json};
use crate::session::naming;
use crate::session::{Session, evening};

pub fn run(session: &mut Session<'_>, args: &cli::Watched) -> Result<Status> {
    let named = naming::read(session, &args.movies)?;
    let watched_at = moment(session, args.on.as_deref())?;
    let here = evening::names(&args.here)?;
    let mut store = session.store()?;
    let (board, chosen) = naming::on_board(&named, &mut store)?;
    let movies: Vec<&Proposal> = chosen.iter().map(|&i| &board.proposals[i]).collect();
    let ids: Vec<_> = movies.iter().map(|p| p.id).collect();
    store.watch(session.now, watched_at, &ids, &here)?;
    let document = || json!({ "watched": movies.iter().map(|p| json::outcome(p, "watched")).collect::<Vec<_>>() });
    let sentences = || movies.iter().map(|p| format!("watched {}; it is in the history now\n", p.name())).collect();
    session.answer(document, sentences)?;
    Ok(Status::Done)
}

/// The moment of `--on`: a day means its evening, which is as good as any time of it.
fn moment(session: &Session<'_>, on: Option<&str>) -> Result<UtcDateTime> {
    let Some(text) = on else { return Ok(session.now) };
    let offset = session.env.zone.offset_at(session.now);
    let today = session.now.to_offset(offset).date();
    let day = parse_day(text, today)
        .ok_or_else(|| anyhow!("--on: {} is not a day: say it like 2026-11-20, or yesterday", quoted(text)))?;
    if day > today {
        bail!("--on: {day} is still to come");
    }
    let evening = day.with_time(Time::from_hms(20, 0, 0)?).assume_offset(offset).to_utc();
    Ok(evening.min(session.now))
}

pub fn history(session: &mut Session<'_>) -> Result<Status> {
    let mut store = session.store()?;
    let watched = store.history()?;
    let offset = session.env.zone.offset_at(session.now);
    let text = if session.options.json {
        json::line(&history::json(&watched))
    } else if watched.board.proposals.is_empty() {
        "Nothing was watched yet: movienight watched MOVIE puts one into the history.\n".into()
    } else {
        history::text(&watched, offset, session.screen())
    };
    session.print(&text)?;
    Ok(Status::Done)
}
