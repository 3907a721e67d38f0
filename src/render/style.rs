//! Colours and links, sparingly: everything is readable without them.

use anstyle::{AnsiColor, Style};

use crate::model::Freshness;

/// The marks of movies and people: signs, or words for screen readers (the setting `plain`).
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    are_words: bool,
    pub(super) yes: &'static str,
    /// A favourite.
    pub favorite: &'static str,
    pub(super) no: &'static str,
    pub(super) misfit: &'static str,
    pub(super) note: &'static str,
    pub(super) rating: &'static str,
    freshness: [&'static str; 3],
}

impl Marks {
    /// Signs.
    pub const SIGNS: Self = Self {
        are_words: false,
        yes: "●",
        favorite: "♥",
        no: "✗",
        misfit: "✗",
        note: "✎",
        rating: "★",
        freshness: ["~", "…", "?"],
    };
    /// Words.
    pub const WORDS: Self = Self {
        are_words: true,
        yes: "yes",
        favorite: "favourite",
        no: "no",
        misfit: "does not fit:",
        note: "(note)",
        rating: "Rating",
        freshness: ["stale", "no data", "unknown"],
    };

    /// The mark of data that is not fresh.
    pub(super) fn freshness(self, freshness: Freshness) -> &'static str {
        let [stale, missing, unknown] = self.freshness;
        match freshness {
            Freshness::Stale => stale,
            Freshness::Missing => missing,
            Freshness::Unknown => unknown,
            Freshness::Fresh | Freshness::None => "",
        }
    }

    /// A name with a mark: `Dan♥`, `Dan (favourite)`.
    pub(super) fn of_name(self, name: &str, mark: &str) -> String {
        if self.are_words { format!("{name} ({mark})") } else { format!("{name}{mark}") }
    }

    /// The meaning of a mark. A word needs no explanation.
    pub fn legend(self, mark: &str, meaning: &str) -> String {
        if self.are_words { meaning.to_owned() } else { format!("{mark} {meaning}") }
    }
}

/// The emphasis of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// The most important.
    Strong,
    /// Less important.
    Faint,
    /// One's own; healthy.
    Good,
    /// A warning.
    Warn,
    /// An error.
    Bad,
}

/// The escape sequences that may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Colours, bold and dim.
    pub colors: bool,
    /// Links (OSC 8).
    pub links: bool,
}

impl Palette {
    /// No escape sequences at all.
    pub const PLAIN: Self = Self { colors: false, links: false };

    /// `text` in a tone, as escape sequences where these are allowed.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        let style = match tone {
            _ if text.is_empty() || !self.colors => return text.to_owned(),
            Tone::Plain => return text.to_owned(),
            Tone::Strong => Style::new().bold(),
            Tone::Faint => Style::new().dimmed(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
        };
        format!("{}{text}\u{1b}[0m", style.render())
    }

    /// `text` as a link to `address`, where links are allowed
    /// (<https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>).
    pub fn link(self, address: &str, text: &str) -> String {
        if self.links { format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\") } else { text.to_owned() }
    }
}
