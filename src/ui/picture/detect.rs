//! Detects the terminal's picture protocol from the environment alone, without querying the terminal.

use serde::Deserialize;

/// How to show posters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// The best protocol that the terminal supports.
    #[default]
    Auto,
    /// Half blocks, whatever the terminal supports.
    Blocks,
    /// No pictures.
    Never,
}

/// A way to draw pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// kitty and Ghostty: <https://sw.kovidgoyal.net/kitty/graphics-protocol/>.
    Kitty,
    /// iTerm2 and WezTerm: <https://iterm2.com/documentation-images.html>.
    ITerm2,
    /// Characters that show two pixels each, in 24-bit colour. For other terminals.
    HalfBlocks,
}

/// Returns the protocol of the terminal on standard output. `None` if it shows no pictures or the user wants none.
/// `var` returns a variable that is set and not empty.
///
/// TERM must agree with the terminal's own variables, and no other terminal's variables may be set: a terminal that is
/// started from another one inherits them. An unknown terminal gets half blocks if it has 24-bit colour.
pub fn from_environment<'a>(
    choice: Choice,
    is_terminal: bool,
    var: impl Fn(&str) -> Option<&'a str>,
) -> Option<Protocol> {
    let has = |name: &str| var(name).is_some();
    let term = var("TERM").unwrap_or_default();
    // Windows sets no TERM, but shells ported to it do.
    let is_plain = matches!(term, "dumb" | "linux") || (term.is_empty() && !cfg!(windows));
    if choice == Choice::Never || !is_terminal || has("NO_COLOR") || is_plain {
        return None;
    }
    // An explicit choice overrides the detection of 24-bit colour.
    let blocks = (choice == Choice::Blocks || has_true_color(term, &var)).then_some(Protocol::HalfBlocks);
    if choice == Choice::Blocks {
        return blocks;
    }
    // A multiplexer redraws the screen from its own buffer, which has no pictures.
    let in_multiplexer =
        has("TMUX") || has("STY") || has("ZELLIJ") || term.starts_with("tmux") || term.starts_with("screen");
    let in_another = ["VTE_VERSION", "KONSOLE_VERSION", "XTERM_VERSION", "WT_SESSION"].into_iter().any(has);
    match (term, var("TERM_PROGRAM")) {
        _ if in_multiplexer => blocks,
        ("xterm-kitty", _) if has("KITTY_WINDOW_ID") => Some(Protocol::Kitty),
        ("xterm-ghostty", Some("ghostty")) => Some(Protocol::Kitty),
        // The terminals below share their TERM with others.
        _ if in_another => blocks,
        ("xterm-256color", Some("iTerm.app")) if has("ITERM_SESSION_ID") => Some(Protocol::ITerm2),
        // ssh usually forwards LC_TERMINAL, but not TERM_PROGRAM.
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
