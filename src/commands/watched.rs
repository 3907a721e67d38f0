//! `movienight watched`: moves movies from the board to the history.

use anyhow::Result;
use clap::Args;
use time::{Date, Time, UtcDateTime};

use crate::context::{Context, evening};
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
    let (watched_at, watched_on) = watched_time(context, args.on)?;
    let here = evening::names(&args.here)?;
    let mut store = context.open_existing(OpenMode::Write)?;
    let Named { board, found, mut failures } =
        naming::resolve_all(context, Some(&mut store), &args.movies, Scope::Board)?;
    let is_voter = |word: &&String| VoterName::parse(word).is_ok_and(|name| board.voter(name.key()).is_some());
    if let (false, Some(name)) = (here.is_empty(), args.movies.iter().find(is_voter)) {
        let names: Vec<String> = args.here.iter().chain([name]).map(|name| shell_word(name)).collect();
        for failure in failures.iter_mut().filter(|failure| failure.error.contains(name)) {
            failure.hint = Some(format!("did you mean --here {}?", names.join(",")));
        }
    }
    naming::check(failures, naming::is_list(&args.movies))?;
    let chosen: Vec<&Proposal> = found.iter().filter_map(|found| found.proposal(&board)).collect();
    let numbers: Vec<_> = chosen.iter().map(|movie| movie.number).collect();
    store.watch(&voter, context.now, watched_at, watched_on, &numbers, &here)?;
    let describe = |movie: &Proposal| (movie.into(), "watched", format!("Marked {} as watched", movie.name()));
    context.answer_each("watched", chosen.into_iter().map(describe))?;
    let others = here.iter().filter(|name| name.key() != voter.key());
    for name in std::iter::once(&voter).chain(others) {
        context.note_newcomer(name, &voter, &board);
    }
    Ok(())
}

/// Returns the time and the date that `--on` means. A day means 20:00, which is as good as any. `None` means now.
fn watched_time(context: &Context<'_>, on: Option<Day>) -> Result<(Option<UtcDateTime>, Date)> {
    let zone = &context.env.zone;
    let Some(day) = on else { return Ok((None, date_of(context.now, zone))) };
    let today = zone.local(context.now).date();
    let day = day.date(today);
    if day > today {
        return Err(UserError::new(format!("--on: {day} is in the future")).into());
    }
    let evening = zone.to_utc(day.with_time(Time::from_hms(20, 0, 0)?));
    Ok(((evening < context.now).then_some(evening), day))
}
