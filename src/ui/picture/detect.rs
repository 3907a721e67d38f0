//! Which protocol the terminal understands, by the environment alone: nothing is asked of it.

/// How to show posters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The best that the terminal can do.
    #[default]
    Auto,
    /// Half blocks, whatever the terminal can do.
    Blocks,
    /// No picture.
    Never,
}

impl Choice {
    /// Reads `auto`, `blocks` or `never`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "blocks" => Some(Self::Blocks),
            "never" => Some(Self::Never),
            _ => None,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn protocol(choice: Choice, vars: &[(&str, &'static str)]) -> Option<Protocol> {
        from_environment(choice, true, |name| vars.iter().find(|v| v.0 == name).map(|v| v.1))
    }

    const BLOCKS: Option<Protocol> = Some(Protocol::HalfBlocks);
    const TRUE: (&str, &str) = ("COLORTERM", "truecolor");
    const XTERM: (&str, &str) = ("TERM", "xterm-256color");
    const KITTY: [(&str, &str); 2] = [("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")];

    #[test]
    fn nothing_where_a_picture_is_not_wanted() {
        let no_color = [KITTY[0], KITTY[1], ("NO_COLOR", "1")];
        for vars in [&[("TERM", "dumb")][..], &[], &[("TERM", "linux")], &no_color, &[("TERM", "vt100")]] {
            assert_eq!(protocol(Choice::Auto, vars), None, "{vars:?}");
        }
        assert_eq!(protocol(Choice::Never, &KITTY), None);
        assert_eq!(from_environment(Choice::Auto, false, |_| Some("xterm-kitty")), None);
    }

    #[test]
    fn terminals_whose_variables_agree() {
        for (vars, expected) in [
            (&KITTY[..], Protocol::Kitty),
            (&[("TERM", "xterm-ghostty"), ("TERM_PROGRAM", "ghostty")], Protocol::Kitty),
            // A terminal that sets its own TERM may have been started from any other.
            (&[KITTY[0], KITTY[1], ("VTE_VERSION", "7600")], Protocol::Kitty),
            (&[XTERM, ("TERM_PROGRAM", "iTerm.app"), ("ITERM_SESSION_ID", "w0")], Protocol::ITerm2),
            (&[XTERM, ("TERM_PROGRAM", "WezTerm"), ("WEZTERM_PANE", "0")], Protocol::ITerm2),
            (&[XTERM, ("LC_TERMINAL", "iTerm2"), ("SSH_TTY", "/dev/pts/1")], Protocol::ITerm2),
        ] {
            assert_eq!(protocol(Choice::Auto, vars), Some(expected), "{vars:?}");
        }
    }

    #[test]
    fn half_blocks_everywhere_else() {
        for vars in [
            // Started from kitty's terminal, from iTerm2, over ssh, or not known.
            &[XTERM, TRUE, KITTY[1]][..],
            &[XTERM, ("TERM_PROGRAM", "vscode"), ("LC_TERMINAL", "iTerm2")],
            &[XTERM, TRUE, ("TERM_PROGRAM", "iTerm.app")],
            &[("TERM", "xterm-kitty"), ("SSH_TTY", "/dev/pts/1")],
            &[XTERM, TRUE, ("VTE_VERSION", "7600")],
            // Other terminals that WezTerm and iTerm2 started.
            &[XTERM, TRUE, ("TERM_PROGRAM", "WezTerm"), ("WEZTERM_PANE", "0"), ("VTE_VERSION", "7600")],
            &[XTERM, TRUE, ("TERM_PROGRAM", "iTerm.app"), ("ITERM_SESSION_ID", "w0"), ("XTERM_VERSION", "XTerm(390)")],
            &[("TERM", "foot")],
            // Multiplexers.
            &[KITTY[0], KITTY[1], ("TMUX", "/run/x,1,0")],
            &[KITTY[0], KITTY[1], ("ZELLIJ", "0")],
            &[("TERM", "tmux-256color")],
        ] {
            assert_eq!(protocol(Choice::Auto, vars), BLOCKS, "{vars:?}");
        }
        assert_eq!(protocol(Choice::Auto, &[XTERM]), None, "too few colours");
        assert_eq!(protocol(Choice::Blocks, &KITTY), BLOCKS);
        assert_eq!(protocol(Choice::Blocks, &[("TERM", "vt100")]), BLOCKS);
    }
}
