//! The decision as text: the winner, the reason, the people who are not here, and the ranking.

use super::board::voters;
use super::cells::{self, names, truncate_before, wrap};
use super::{Cell, Column, Screen, Shrink, Tone, table};
use crate::model::order::TieBreak;
use crate::view::format::{clock, runtime};
use crate::view::movie::{MovieView, unknown_words};
use crate::view::pick::{PickView, RankedView, tie_break_words};

/// Renders the decision.
pub fn pick(view: &PickView<'_>, screen: Screen<'_>) -> String {
    let width = screen.width.unwrap_or(usize::MAX);
    let mut out = winner(&view.winner, screen);
    let mut paragraph = |text: &str| {
        for line in wrap(text, width) {
            out += &line;
            out.push('\n');
        }
    };
    paragraph(&view.reason);
    if let Some(what) = view.winner.unknown.map(unknown_words) {
        paragraph(&format!("Nothing with more votes than noes is known to fit. This movie might, but {what}."));
    }
    if !view.absent.is_empty() {
        paragraph(&absent(view, screen, width));
    }
    if view.ranking.len() > 1 {
        out.push('\n');
        let above = out.lines().count();
        out += &ranking(view, above, screen);
    }
    out
}

fn winner(movie: &MovieView<'_>, screen: Screen<'_>) -> String {
    let mark = format!(" {}", screen.marks.freshness(movie.title.cache));
    let (title, year) = (movie.title.shown_title(), movie.title.shown_year() + mark.trim_end());
    let width = screen.width.unwrap_or(usize::MAX);
    let mut out = screen.palette.paint(Tone::Strong, &truncate_before(&title, &year, width));
    if let Some(address) = movie.title.link() {
        out = screen.palette.link(&address, &out);
    }
    if let (Some(minutes), Some(ends)) = (movie.title.data.runtime_minutes, movie.ends_at) {
        let times = format!("{}, ends at {}", runtime(minutes), clock(ends.0, screen.zone));
        let fits_the_line = cells::width(&title) + cells::width(&year) + ", ".len() + cells::width(&times) <= width;
        out += if fits_the_line { ", " } else { "\n" };
        out += &times;
    }
    out.push('\n');
    out
}

/// Formats one line with the voters who are not here. Their favourites are left out if they do not fit.
fn absent(view: &PickView<'_>, screen: Screen<'_>, width: usize) -> String {
    const LEAD: &str = "Not here: ";
    let (winner, mark) = (view.winner.number, screen.marks.favorite);
    let person = |name: &&str| match view.waits_for.iter().find(|waiting| waiting.voter == *name) {
        Some(waiting) if waiting.number.0 == winner => format!("{name} (also {mark} this)"),
        Some(waiting) => format!("{name} ({mark} {})", waiting.title),
        None => (*name).to_owned(),
    };
    let whole = LEAD.to_owned() + &view.absent.iter().map(person).collect::<Vec<_>>().join(", ");
    let room = width.saturating_sub(LEAD.len());
    if cells::width(&whole) <= width { whole } else { LEAD.to_owned() + &names(&view.absent, room) }
}

/// Renders the ranking, cut to the height of the screen. On a terminal, movies at the end without any opinion are left
/// out. Those higher up stay, because each row says why it is ahead of the next. The movie named in the reason stays.
fn ranking(view: &PickView<'_>, above: usize, screen: Screen<'_>) -> String {
    let all = view.ranking.len();
    let winner = view.ranking.iter().position(|ranked| ranked.movie.number == view.winner.number);
    let runner_up = winner.filter(|_| view.random.is_none()).map(|at| at + 1);
    let last = view.ranking.iter().rposition(|ranked| ranked.counted_votes + ranked.counted_noes > 0).max(runner_up);
    // Leaving out a single row would save nothing: the line that says so takes its place.
    let wanted = last.map_or(all, |last| last + 1);
    let wanted = if screen.height.is_none() || wanted + 1 >= all { all } else { wanted };
    let shown = screen.rows_shown(all, above + 2).min(wanted);
    let row = |(at, ranked)| (ranked, why(view, at, screen));
    let rows: Vec<RankedRow<'_>> = view.ranking.iter().enumerate().take(shown).map(row).collect();
    let tone = |(ranked, _): &RankedRow<'_>| match ranked.movie.misfit {
        Some(_) => Tone::Faint,
        None if ranked.movie.number == view.winner.number => Tone::Strong,
        None => Tone::Plain,
    };
    let left_out = screen.left_out(all - shown, "movienight pick --all");
    table(&columns(view, screen), &rows, tone, screen) + &left_out
}

/// A movie, and why it is ahead of the next one.
type RankedRow<'a> = (&'a RankedView<'a>, String);

fn columns<'a>(view: &PickView<'_>, screen: Screen<'a>) -> Vec<Column<'a, RankedRow<'a>>> {
    let mut columns = vec![
        Column::right("#", |(ranked, _): &RankedRow<'_>| Cell::new(ranked.movie.number.to_string(), Tone::Faint)),
        Column::titles(
            |(ranked, _): &RankedRow<'_>| ranked.movie.title.shown_title(),
            |(ranked, _)| ranked.movie.title.shown_year(),
            |(ranked, _)| ranked.movie.title.link(),
        )
        .shrinks(1, Shrink::To(40))
        .shrinks(3, Shrink::To(28))
        .shrinks(5, Shrink::To(22))
        .shrinks(7, Shrink::To(14))
        .shrinks(9, Shrink::To(8)),
        Column::left("", move |(ranked, _): &RankedRow<'_>| {
            Cell::new(screen.marks.freshness(ranked.movie.title.cache), Tone::Warn)
        }),
        Column::right("Votes", |(ranked, _): &RankedRow<'_>| ranked.counted_votes.to_string().into()),
    ];
    if view.ranking.iter().any(|ranked| ranked.counted_noes > 0) {
        columns.push(Column::right(screen.marks.no, |(ranked, _): &RankedRow<'_>| {
            Some(ranked.counted_noes).filter(|number| *number > 0).into()
        }));
    }
    columns.push(
        Column::right(screen.marks.favorite, |(ranked, _): &RankedRow<'_>| {
            Some(ranked.counted_favorites).filter(|number| *number > 0).into()
        })
        .shrinks(4, Shrink::Hide),
    );
    // If votes are limited to the people here, not all of these voters count.
    if view.here.is_empty() {
        columns.push(
            Column::left("Voters", move |(ranked, _): &RankedRow<'_>| {
                voters(&ranked.movie, None, usize::MAX, screen).into()
            })
            .shrinks(2, Shrink::To(12))
            .shrinks(6, Shrink::Hide)
            .shortened(move |(ranked, _), max| voters(&ranked.movie, None, max, screen)),
        );
    }
    columns.push(
        Column::left("Why it's ahead", |(_, why): &RankedRow<'_>| Cell::new(why.as_str(), Tone::Faint))
            .shrinks(8, Shrink::Hide),
    );
    columns
}

/// Returns why a movie is ahead of the next one, or why it does not fit. Of consecutive movies that are ahead by age,
/// only the first says so. After a draw, marks the movie that was drawn.
fn why(view: &PickView<'_>, at: usize, screen: Screen<'_>) -> String {
    let ranked = &view.ranking[at];
    let is_proposed_first = |ranked: &RankedView<'_>| ranked.place.tie_break == Some(TieBreak::ProposedFirst);
    match ranked.movie.misfit {
        Some(_) => screen.misfit(&ranked.movie),
        None if view.random.is_some_and(|drawn| drawn.among > 1) => {
            let is_drawn = ranked.movie.number == view.winner.number;
            if is_drawn { "drawn".to_owned() } else { String::new() }
        }
        None if at > 0 && is_proposed_first(ranked) && is_proposed_first(&view.ranking[at - 1]) => String::new(),
        None if ranked.place.tie_break == Some(TieBreak::Fits) && ranked.movie.fits.is_none() => "may fit".to_owned(),
        None => {
            let next = ranked.place.tie_break.zip(view.ranking.get(at + 1));
            let words = |(tie_break, next): (_, &RankedView<'_>)| {
                tie_break_words(tie_break, ranked.place.tally, next.place.tally)
            };
            next.map(words).unwrap_or_default()
        }
    }
}
