//! Colours, links and marks. Output is readable without colours and links.

use anstyle::{AnsiColor, Style};

use crate::model::Freshness;

/// The marks on movies and people: signs, or words for screen readers (the setting `plain`).
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    are_words: bool,
    pub(super) yes: &'static str,
    /// The mark of a favourite.
    pub favorite: &'static str,
    pub(super) no: &'static str,
    pub(super) misfit: &'static str,
    pub(super) note: &'static str,
    pub(super) rating: &'static str,
    freshness: [&'static str; 3],
}

impl Marks {
    /// The marks as signs.
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
    /// The marks as words.
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

    /// Returns the mark of data that is not fresh. Empty for other data.
    pub(super) fn freshness(self, freshness: Freshness) -> &'static str {
        let [stale, missing, unknown] = self.freshness;
        match freshness {
            Freshness::Stale => stale,
            Freshness::Missing => missing,
            Freshness::Unknown => unknown,
            Freshness::Fresh | Freshness::None => "",
        }
    }

    /// Adds a mark to a name: `Dan♥`, `Dan (favourite)`.
    pub(super) fn of_name(self, name: &str, mark: &str) -> String {
        if self.are_words { format!("{name} ({mark})") } else { format!("{name}{mark}") }
    }

    /// Explains a mark. If marks are words, returns only the meaning.
    pub fn legend(self, mark: &str, meaning: &str) -> String {
        if self.are_words { meaning.to_owned() } else { format!("{mark} {meaning}") }
    }

    /// Explains the mark of a vote: `● your votes`, `yes: your votes`.
    pub(super) fn of_votes(self, meaning: &str) -> String {
        format!("{}{} {meaning}", self.yes, if self.are_words { ":" } else { "" })
    }
}

/// The emphasis of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Unstyled.
    #[default]
    Plain,
    /// Most important.
    Strong,
    /// Less important.
    Faint,
    /// The viewer's own, or healthy.
    Good,
    /// A warning.
    Warn,
    /// An error.
    Bad,
}

/// The kinds of escape sequences that may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Colours, bold and dim.
    pub colors: bool,
    /// Hyperlinks (OSC 8).
    pub links: bool,
}

impl Palette {
    /// No escape sequences.
    pub const PLAIN: Self = Self { colors: false, links: false };

    /// Styles text with escape sequences, if these are allowed.
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

    /// Makes text a link to `address` (OSC 8), if links are allowed:
    /// <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.
    pub fn link(self, address: &str, text: &str) -> String {
        if self.links { format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\") } else { text.to_owned() }
    }
}
