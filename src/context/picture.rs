//! Posters on the terminal of this run, beside text.

use super::Context;
use crate::posters::jpeg::Jpeg;
use crate::render::Screen;
use crate::render::card::CardText;
use crate::ui::picture::beside;
use crate::ui::picture::detect::{Choice, Protocol, from_environment};
use crate::ui::picture::layout::PictureBox;

/// The way in which this terminal shows pictures.
#[derive(Clone, Copy, Debug)]
pub struct Canvas(Protocol);

impl Canvas {
    /// How standard output shows pictures. `None` if it does not, or the person wants none.
    pub fn find(context: &Context<'_>, choice: Choice) -> Option<Self> {
        let screen = context.screen();
        // Colours that are not wanted are not wanted in pictures either.
        if !screen.palette.colors || screen.width.is_none() || context.options.json {
            return None;
        }
        let env = &context.env;
        let var = |name: &str| env.var_os(name).and_then(std::ffi::OsStr::to_str);
        from_environment(choice, env.stdout.is_terminal, var).map(Self)
    }

    /// A poster with text beside it. `text` makes it for a screen, which is narrower than the terminal. `None` if the screen
    /// is too small for both, or the poster is damaged.
    pub fn beside(
        self,
        poster: &Jpeg,
        screen: Screen<'_>,
        text: impl FnOnce(Screen<'_>) -> CardText,
    ) -> Option<String> {
        let width = screen.width?;
        let place = PictureBox::find((width, screen.height), (poster.width(), poster.height()))?;
        let CardText { text, below } = text(Screen { width: Some(place.text_width(width)), ..screen });
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        Some(beside(poster, self.0, place, &lines)? + &below)
    }
}
