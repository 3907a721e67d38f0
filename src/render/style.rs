//! Colour, sparingly: everything is readable without it.

use anstyle::{AnsiColor, Style};

/// How a piece of text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// What to see first.
    Strong,
    /// What matters less.
    Faint,
    /// What is mine, what is well.
    Good,
    /// What to mind.
    Warn,
    /// What is wrong.
    Bad,
}

/// Whether and how to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Whether escape sequences may be written.
    pub colors: bool,
}

impl Palette {
    /// `text` in a tone, as escape sequences where these are allowed.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        let style = match tone {
            Tone::Plain => Style::new(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint => Style::new().dimmed(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
        };
        match self.colors && tone != Tone::Plain && !text.is_empty() {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}
