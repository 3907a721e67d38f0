//! Posters on the terminal of this run, beside text.

use anyhow::Result;

use super::Session;
use crate::failure::Failure;
use crate::posters::decode::decode;
use crate::posters::jpeg::Jpeg;
use crate::render::Screen;
use crate::ui::picture::detect::{Answers, Choice, Protocol, Support, from_environment};
use crate::ui::picture::layout::{CellSize, Place};
use crate::ui::picture::{Picture, beside};

/// The way in which this terminal shows pictures.
#[derive(Clone, Copy, Debug)]
pub struct Canvas {
    protocol: Protocol,
    cell: CellSize,
}

/// Text for beside a picture, and lines that are too long for that, for below it.
pub struct Text {
    pub beside: String,
    pub below: String,
}

impl Canvas {
    /// Finds out how standard output shows pictures; none: it does not, or the person wants none. A terminal that the
    /// environment does not tell about is asked once, so this is for when there is a picture to show.
    ///
    /// # Errors
    /// The person pressed Ctrl-C meanwhile.
    pub fn find(session: &Session<'_>, choice: Choice) -> Result<Option<Self>> {
        let screen = session.screen();
        // Colours that are not wanted are not wanted in pictures either.
        if !screen.palette.colors || screen.width.is_none() || session.options.json {
            return Ok(None);
        }
        let env = &session.env;
        let var = |name: &str| env.var_os(name).and_then(std::ffi::OsStr::to_str);
        let cell = CellSize::default();
        Ok(match from_environment(choice, env.stdout.is_terminal, var) {
            Support::None => None,
            Support::Known(protocol) => Some(Self { protocol, cell }),
            Support::Ask(candidates) => {
                let (answers, cell) = ask(session)?;
                candidates.decide(answers).map(|protocol| Self { protocol, cell: cell.unwrap_or_default() })
            }
        })
    }

    /// A poster with text beside it. `text` makes it for a screen, which is narrower than the terminal. None: the screen
    /// is too small for both.
    pub fn beside(self, poster: &Jpeg, screen: Screen<'_>, text: impl FnOnce(Screen<'_>) -> Text) -> Option<String> {
        let width = screen.width?;
        let pixels = (poster.width(), poster.height());
        let place = Place::find((width, screen.height), pixels, self.cell)?;
        let of_size = |(width, height): (usize, usize)| decode(poster, width, height);
        let raster = match self.protocol {
            Protocol::Kitty => Some(of_size(place.pixels(pixels, self.cell))?),
            Protocol::HalfBlocks(_) => Some(of_size(place.half_block_pixels())?),
            Protocol::ITerm2 => None,
        };
        let picture = match (self.protocol, &raster) {
            (Protocol::Kitty, Some(raster)) => Picture::Kitty(raster),
            (Protocol::HalfBlocks(depth), Some(raster)) => Picture::HalfBlocks(raster, depth),
            _ => Picture::ITerm2(poster),
        };
        let text = text(Screen { width: Some(place.text_width(width)), ..screen });
        let lines: Vec<String> = text.beside.lines().map(str::to_owned).collect();
        Some(beside(picture, place, &lines) + &text.below)
    }
}

#[cfg(unix)]
fn ask(session: &Session<'_>) -> Result<(Answers, Option<CellSize>)> {
    use crate::ui::picture::query;
    use std::sync::atomic::Ordering;
    let Some(terminal) = query::terminal() else { return Ok(Default::default()) };
    // A signal must not end the process while the terminal is without echo.
    let stop = session.env.interrupt.flag();
    let outcome = query::ask(&terminal, query::LIMIT, &|| stop.load(Ordering::Relaxed));
    if let Some(pressed) = outcome.pressed {
        pressed.deliver();
    }
    if outcome.pressed == Some(query::Pressed::Interrupt) || stop.load(Ordering::Relaxed) {
        return Err(Failure::new("stopped").into());
    }
    Ok((outcome.answers, outcome.cell))
}

#[cfg(not(unix))]
fn ask(_: &Session<'_>) -> Result<(Answers, Option<CellSize>)> {
    Ok(Default::default())
}
