//! Ballots at one keyboard: an inline form for each person.

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::{Ballot, ballot_of, hides_answers, opinion};
use crate::context::Context;
use crate::model::{Board, Opinion, Proposal, VoterName};
use crate::render::Screen;
use crate::render::form::{DrawnForm, draw};
use crate::ui::keys::{Key, RawTerminal};
use crate::user_error::QuietEnd;
use crate::view::form::{Form, FormMovie};

/// How a person closed a form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FormEnd {
    Done,
    Unchanged,
    Interrupted,
}

/// Lets a person fill in the form.
///
/// # Errors
/// Fails if the terminal cannot be used, or the person interrupts.
pub fn ballot(context: &mut Context<'_>, board: &Board, voter: &VoterName) -> Result<Ballot> {
    let me = board.voter(voter.key());
    let has_seen = |movie: &Proposal| me.is_some_and(|me| movie.seen_by.contains(&me));
    let answers = |movie| FormMovie { movie, opinion: opinion(board, voter, movie), seen: has_seen(movie) };
    let (movies, is_hidden) = (board.proposals.iter().map(answers).collect(), hides_answers(board, voter));
    let mut form = Form { voter: voter.to_string(), movies, is_hidden, ..Form::default() };
    let filled_in = match fill_in(context, &mut form)? {
        FormEnd::Interrupted => return Err(QuietEnd::Interrupted.into()),
        FormEnd::Unchanged => &[],
        FormEnd::Done => &form.movies[..],
    };
    let said: Vec<_> = filled_in.iter().map(|movie| (movie.movie.number, movie.opinion)).collect();
    let seen = filled_in.iter().filter(|movie| movie.seen != has_seen(movie.movie));
    let seen = seen.map(|movie| (movie.movie.key(), movie.seen)).collect();
    // Answers that the form could not show are replaced as well.
    Ok(Ballot { seen, ..ballot_of(board, voter.clone(), &said, is_hidden) })
}

/// Shows the form until it is left, then clears it from the screen.
fn fill_in(context: &mut Context<'_>, form: &mut Form<'_>) -> Result<FormEnd> {
    let Some(mut terminal) = RawTerminal::open() else { return Ok(FormEnd::Interrupted) };
    let interrupt = context.env.interrupt.clone();
    interrupt.run_interruptible(|stop| {
        let mut drawn = DrawnForm::default();
        let mut size = (0, 0);
        let mut is_changed = true;
        let end = loop {
            if is_changed || terminal.size() != size {
                size = terminal.size();
                drawn = redraw(context, form, size, &drawn)?;
            }
            let key = terminal.key(&mut *context.env.stdin.reader);
            is_changed = key.is_some();
            if stop.load(Ordering::SeqCst) {
                break FormEnd::Interrupted;
            }
            if let Some(end) = key.and_then(|key| press(form, key, drawn.rows as isize)) {
                break end;
            }
        };
        context.env.stderr.write(&clear(&drawn, size.0))?;
        Ok(end)
    })
}

/// Handles a key. `rows` is the number of movies on the screen. `None` if the form stays open.
fn press(form: &mut Form<'_>, key: Key, rows: isize) -> Option<FormEnd> {
    form.message = None;
    if key == Key::Interrupt {
        return Some(FormEnd::Interrupted);
    }
    if form.shows_help {
        form.shows_help = false;
        return None;
    }
    if let Some(text) = &mut form.search {
        match key {
            Key::Char(c) => text.push(c),
            Key::Backspace => drop(text.pop()),
            Key::Enter | Key::Escape => {
                form.search = None;
                return None;
            }
            _ => {}
        }
        form.find();
        return None;
    }
    match key {
        Key::Up | Key::Char('k') => form.step(-1),
        Key::Down | Key::Char('j') => form.step(1),
        Key::PageUp => form.step(-rows),
        Key::PageDown => form.step(rows),
        Key::Char(' ' | 'y') => form.toggle(Opinion::Yes),
        Key::Char('f') => form.toggle(Opinion::Favorite),
        Key::Char('n') => form.toggle(Opinion::No),
        Key::Char('s') => form.toggle_seen(),
        Key::Char('/') => form.search = Some(String::new()),
        Key::Char('?') => form.shows_help = true,
        Key::Enter => return Some(FormEnd::Done),
        Key::Char('q') => return Some(FormEnd::Unchanged),
        _ => form.message = Some("? shows the keys".to_owned()),
    }
    None
}

/// Returns the escape sequence that moves the cursor to the first line and clears the screen from there. In a terminal
/// that became narrower, lines take more rows than before.
fn clear(drawn: &DrawnForm, columns: usize) -> String {
    let rows = |width: &usize| width.div_ceil(columns.max(1)).max(1);
    let above: usize = drawn.widths[..drawn.current].iter().map(rows).sum();
    let up = if above > 0 { format!("\x1b[{above}A") } else { String::new() };
    format!("\r{up}\x1b[J")
}

/// Draws the form in place of what was drawn before.
fn redraw(context: &mut Context<'_>, form: &Form<'_>, size: (usize, usize), old: &DrawnForm) -> Result<DrawnForm> {
    let screen = Screen { width: Some(size.0), height: Some(size.1), ..context.error_screen() };
    let drawn = draw(form, context.now, screen);
    let below = drawn.lines.len() - 1 - drawn.current;
    let up = if below > 0 { format!("\x1b[{below}A") } else { String::new() };
    context.env.stderr.write(&format!("{}{}\r{up}", clear(old, size.0), drawn.lines.join("\r\n")))?;
    Ok(drawn)
}
