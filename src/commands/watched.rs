//! `movienight watched`: moves movies from the board to the history.

use anyhow::Result;
use clap::Args;
use time::macros::time;
use time::{Date, UtcDateTime};

use crate::context::{Context, evening};
use crate::env::Zone;
use crate::model::evening::date_of;
use crate::model::spoken_time::Day;
use crate::model::text::shell_word;
use crate::model::{Proposal, VoterName};
use crate::naming::{self, Named, Scope};
use crate::store::OpenMode;
use crate::user_error::UserError;

/// Mark movies as watched
///
/// They move from the board to the history, with their votes.
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  movienight watched 1
  movienight watched godf --on yesterday --here Ana,Ben")]
pub struct Watched {
    /// Movies to mark; - reads a list from standard input
    #[arg(value_name = "MOVIE", required = true)]
    pub movies: Vec<String>,
    /// The day, such as 2026-11-20 or yesterday [default: now]
    #[arg(long, value_name = "DATE", value_parser = evening::reads(Day::parse, "a day: write it like 2026-11-20, or yesterday"))]
    pub on: Option<Day>,
    /// The people who were there
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub here: Vec<String>,
}

pub fn run(context: &mut Context<'_>, args: &Watched) -> Result<()> {
    let voter = context.voter()?;
    let zone = context.env.zone.clone();
    let when = |now| watched_time(args.on, now, &zone);
    let today = zone.local(context.now).date();
    if let Some(day) = args.on.map(|day| day.date(today)).filter(|day| *day > today) {
        return Err(UserError::new(format!("--on: {day} is in the future")).into());
    }
    let here = evening::names(&args.here)?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let Named { board, found, mut failures } =
        naming::resolve_all(context, Some(&mut store), &args.movies, Scope::Board)?;
    let is_voter = |word: &&String| VoterName::parse(word).is_ok_and(|name| board.voter(name.key()).is_some());
    // After `--here Ana Ben`, Ben was read as a movie.
    if let (false, Some(name)) = (here.is_empty(), args.movies.iter().find(is_voter)) {
        let names: Vec<String> = here.iter().map(VoterName::as_str).chain([name.as_str()]).map(shell_word).collect();
        for failure in failures.iter_mut().filter(|failure| failure.error.contains(name)) {
            failure.hint = Some(format!("did you mean --here {}?", names.join(",")));
        }
    }
    naming::check(failures, naming::is_list(&args.movies))?;
    let chosen: Vec<&Proposal> = found.iter().filter_map(|found| found.proposal(&board)).collect();
    let numbers: Vec<_> = chosen.iter().map(|movie| movie.number).collect();
    store.watch(&voter, context.now, when, &numbers, &here)?;
    let describe = |movie: &Proposal| (movie.into(), "watched", format!("Marked {} as watched", movie.name()));
    context.answer_each("watched", chosen.into_iter().map(describe))?;
    let others = here.iter().filter(|name| name.key() != voter.key());
    for name in std::iter::once(&voter).chain(others) {
        context.note_newcomer(name, &voter, &board);
    }
    Ok(())
}

/// Returns the time and the date that `--on` means. A day means 20:00, which is as good as any.
fn watched_time(on: Option<Day>, now: UtcDateTime, zone: &Zone) -> (UtcDateTime, Date) {
    let Some(day) = on else { return (now, date_of(now, zone)) };
    let today = zone.local(now).date();
    let day = day.date(today).min(today);
    let evening = zone.to_utc(day.with_time(time!(20:00)));
    (evening.min(now), day)
}
