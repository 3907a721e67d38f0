//! Detecting the picture protocol of the terminal by the environment alone: the terminal is not queried.

use serde::Deserialize;

/// How to show posters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// The best that the terminal can do.
    #[default]
    Auto,
    /// Half blocks, whatever the terminal can do.
    Blocks,
    /// No picture.
    Never,
}

/// The means of drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// <https://sw.kovidgoyal.net/kitty/graphics-protocol/>: kitty, Ghostty.
    Kitty,
    /// <https://iterm2.com/documentation-images.html>: iTerm2, WezTerm.
    ITerm2,
    /// Characters, two pixels each, in 24 bits: everywhere else.
    HalfBlocks,
}

/// How the terminal that standard output is shows pictures. `None` if it shows none, or the person wants none. `var` gives a
/// variable that is set and not empty.
///
/// TERM and the variables of the program must agree, and no other program may have left its own: a terminal that was started
/// from another one inherits variables of both. An unknown terminal gets half blocks.
pub fn from_environment<'a>(
    choice: Choice,
    is_terminal: bool,
    var: impl Fn(&str) -> Option<&'a str>,
) -> Option<Protocol> {
    let has = |name: &str| var(name).is_some();
    let term = var("TERM").unwrap_or_default();
    // Windows has TERM only under other shells.
    let is_plain = matches!(term, "dumb" | "linux") || (term.is_empty() && !cfg!(windows));
    if choice == Choice::Never || !is_terminal || has("NO_COLOR") || is_plain {
        return None;
    }
    // The person knows the terminal better.
    let blocks = (choice == Choice::Blocks || has_true_color(term, &var)).then_some(Protocol::HalfBlocks);
    if choice == Choice::Blocks {
        return blocks;
    }
    // A multiplexer redraws the screen from its own memory, where pictures are not.
    let in_multiplexer =
        has("TMUX") || has("STY") || has("ZELLIJ") || term.starts_with("tmux") || term.starts_with("screen");
    let in_another = ["VTE_VERSION", "KONSOLE_VERSION", "XTERM_VERSION", "WT_SESSION"].into_iter().any(has);
    match (term, var("TERM_PROGRAM")) {
        _ if in_multiplexer => blocks,
        ("xterm-kitty", _) if has("KITTY_WINDOW_ID") => Some(Protocol::Kitty),
        ("xterm-ghostty", Some("ghostty")) => Some(Protocol::Kitty),
        // The rest share their TERM with other programs.
        _ if in_another => blocks,
        ("xterm-256color", Some("iTerm.app")) if has("ITERM_SESSION_ID") => Some(Protocol::ITerm2),
        // This one crosses ssh, where TERM_PROGRAM does not.
        ("xterm-256color", None) if var("LC_TERMINAL") == Some("iTerm2") => Some(Protocol::ITerm2),
        ("xterm-256color" | "wezterm", Some("WezTerm")) if has("WEZTERM_PANE") => Some(Protocol::ITerm2),
        _ => blocks,
    }
}

fn has_true_color<'a>(term: &str, var: &impl Fn(&str) -> Option<&'a str>) -> bool {
    let names = ["kitty", "ghostty", "alacritty", "foot", "wezterm", "direct", "tmux", "contour", "rio"];
    matches!(var("COLORTERM"), Some("truecolor" | "24bit"))
        || names.iter().any(|name| term.contains(name))
        || matches!(var("TERM_PROGRAM"), Some("iTerm.app" | "WezTerm" | "vscode" | "ghostty"))
        || var("LC_TERMINAL") == Some("iTerm2")
        || var("WT_SESSION").is_some()
}
