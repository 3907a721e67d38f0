//! Which protocol the terminal understands: by the environment first, then by one question.

/// The wish of the person.
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

/// The number of colours that half blocks may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// 24 bits.
    True,
    /// The 256 colours of xterm.
    Indexed,
}

/// The means of drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// <https://sw.kovidgoyal.net/kitty/graphics-protocol/>: kitty, Ghostty, Konsole.
    Kitty,
    /// <https://iterm2.com/documentation-images.html>: iTerm2, WezTerm, VS Code.
    ITerm2,
    /// Characters, two pixels each: everywhere.
    HalfBlocks(Depth),
}

/// Support for pictures, by the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// No picture.
    None,
    /// This.
    Known(Protocol),
    /// The terminal may know something better than half blocks and can be asked.
    Ask(Candidates),
}

/// The protocols between which the answer of the terminal decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidates {
    /// The terminal is VS Code's, which has iTerm2's protocol where images are switched on; then it
    /// also says that it has sixel.
    is_vscode: bool,
    /// Where it knows nothing better, or does not answer. None: no picture.
    otherwise: Option<Depth>,
}

/// The answers of the terminal, see [`super::query`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// It understood a kitty graphics command.
    pub kitty: bool,
    /// Its device attributes contain sixel graphics.
    pub sixel: bool,
}

/// Support of the terminal that standard output is, by the environment. `var` gives a variable that
/// is set and not empty.
pub fn from_environment<'a>(choice: Choice, is_terminal: bool, var: impl Fn(&str) -> Option<&'a str>) -> Support {
    let has = |name: &str| var(name).is_some();
    let term = var("TERM").unwrap_or_default();
    // Windows has TERM only under other shells.
    let is_plain = matches!(term, "dumb" | "linux") || (term.is_empty() && !cfg!(windows));
    if choice == Choice::Never || !is_terminal || has("NO_COLOR") || is_plain {
        return Support::None;
    }
    let depth = depth(term, &var);
    let blocks = depth.map_or(Support::None, |depth| Support::Known(Protocol::HalfBlocks(depth)));
    if choice == Choice::Blocks {
        // The person knows the terminal better.
        return Support::Known(Protocol::HalfBlocks(depth.unwrap_or(Depth::True)));
    }
    // A multiplexer redraws the screen from its own memory, where pictures are not; and what it hands
    // through would stay when its windows change.
    let in_multiplexer =
        has("TMUX") || has("STY") || has("ZELLIJ") || term.starts_with("tmux") || term.starts_with("screen");
    if cfg!(windows) || in_multiplexer {
        return blocks;
    }
    let program = var("TERM_PROGRAM").unwrap_or_default();
    if matches!(term, "xterm-kitty" | "xterm-ghostty") {
        return Support::Known(Protocol::Kitty);
    }
    // The variable crosses ssh, where TERM_PROGRAM does not.
    if matches!(program, "iTerm.app" | "WezTerm") || var("LC_TERMINAL") == Some("iTerm2") {
        return Support::Known(Protocol::ITerm2);
    }
    // An answer that comes too late, as over a slow line, would end up as input of the shell. These
    // others are known to have no pictures, or to print the question.
    let is_known_without = has("VTE_VERSION") || program == "Apple_Terminal" || term.starts_with("alacritty");
    if has("SSH_CONNECTION") || has("SSH_TTY") || is_known_without {
        return blocks;
    }
    Support::Ask(Candidates { is_vscode: program == "vscode", otherwise: depth })
}

/// The number of colours that the terminal has; none when too few for a picture.
fn depth<'a>(term: &str, var: &impl Fn(&str) -> Option<&'a str>) -> Option<Depth> {
    let names = ["kitty", "ghostty", "alacritty", "foot", "wezterm", "direct", "tmux", "contour", "rio"];
    let is_true = matches!(var("COLORTERM"), Some("truecolor" | "24bit"))
        || names.iter().any(|name| term.contains(name))
        || matches!(var("TERM_PROGRAM"), Some("iTerm.app" | "WezTerm" | "vscode" | "ghostty"))
        || var("LC_TERMINAL") == Some("iTerm2")
        || var("WT_SESSION").is_some();
    if is_true {
        return Some(Depth::True);
    }
    (term.contains("256") || cfg!(windows)).then_some(Depth::Indexed)
}

impl Candidates {
    /// The protocol by what the terminal answered; none: no picture.
    pub fn decide(self, answers: Answers) -> Option<Protocol> {
        match answers {
            Answers { kitty: true, .. } => Some(Protocol::Kitty),
            Answers { sixel: true, .. } if self.is_vscode => Some(Protocol::ITerm2),
            _ => self.otherwise.map(Protocol::HalfBlocks),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn support(choice: Choice, vars: &[(&str, &'static str)]) -> Support {
        from_environment(choice, true, |name| vars.iter().find(|v| v.0 == name).map(|v| v.1))
    }

    const BLOCKS: Support = Support::Known(Protocol::HalfBlocks(Depth::True));
    const TRUE: (&str, &str) = ("COLORTERM", "truecolor");
    const XTERM: (&str, &str) = ("TERM", "xterm-256color");

    #[test]
    fn nothing_where_a_picture_is_not_wanted() {
        let kitty = ("TERM", "xterm-kitty");
        for vars in [&[("TERM", "dumb")][..], &[], &[("TERM", "linux")], &[kitty, ("NO_COLOR", "1")]] {
            assert_eq!(support(Choice::Auto, vars), Support::None, "{vars:?}");
        }
        assert_eq!(support(Choice::Never, &[kitty]), Support::None);
        assert_eq!(from_environment(Choice::Auto, false, |_| Some("xterm-kitty")), Support::None);
        assert_eq!(support(Choice::Auto, &[("TERM", "vt100"), ("SSH_TTY", "x")]), Support::None);
    }

    #[cfg(unix)]
    #[test]
    fn terminals_by_name() {
        for (vars, protocol) in [
            (&[("TERM", "xterm-kitty")][..], Protocol::Kitty),
            (&[("TERM", "xterm-ghostty"), ("TERM_PROGRAM", "ghostty")], Protocol::Kitty),
            (&[("TERM", "xterm-kitty"), ("SSH_TTY", "/dev/pts/1")], Protocol::Kitty),
            (&[XTERM, ("TERM_PROGRAM", "iTerm.app")], Protocol::ITerm2),
            (&[XTERM, ("TERM_PROGRAM", "WezTerm")], Protocol::ITerm2),
            (&[XTERM, ("LC_TERMINAL", "iTerm2"), ("SSH_TTY", "/dev/pts/1")], Protocol::ITerm2),
            (&[XTERM, TRUE, ("VTE_VERSION", "7600")], Protocol::HalfBlocks(Depth::True)),
            (&[XTERM, ("TERM_PROGRAM", "Apple_Terminal")], Protocol::HalfBlocks(Depth::Indexed)),
            (&[XTERM, ("SSH_CONNECTION", "a b c d")], Protocol::HalfBlocks(Depth::Indexed)),
        ] {
            assert_eq!(support(Choice::Auto, vars), Support::Known(protocol), "{vars:?}");
        }
    }

    #[test]
    fn half_blocks_in_multiplexers() {
        for multiplexer in [("TMUX", "/run/x,1,0"), ("STY", "1.pts"), ("ZELLIJ", "0")] {
            let vars = [("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1"), multiplexer];
            assert_eq!(support(Choice::Auto, &vars), BLOCKS, "{multiplexer:?}");
        }
        assert_eq!(support(Choice::Auto, &[("TERM", "tmux-256color")]), BLOCKS);
        assert_eq!(support(Choice::Blocks, &[("TERM", "xterm-kitty")]), BLOCKS);
        assert_eq!(support(Choice::Blocks, &[("TERM", "vt100")]), BLOCKS);
    }

    #[cfg(unix)]
    #[test]
    fn the_answer_decides_where_the_name_does_not() {
        let kitty = Answers { kitty: true, sixel: true };
        let sixel = Answers { kitty: false, sixel: true };
        let decide = |vars: &[(&str, &'static str)], answers| match support(Choice::Auto, vars) {
            Support::Ask(candidates) => candidates.decide(answers),
            other => panic!("{other:?}"),
        };
        // Another terminal that was started from kitty's.
        let inherited = [XTERM, TRUE, ("KITTY_WINDOW_ID", "1")];
        assert_eq!(decide(&inherited, kitty), Some(Protocol::Kitty));
        assert_eq!(decide(&inherited, Answers::default()), Some(Protocol::HalfBlocks(Depth::True)));
        let vscode = [XTERM, ("TERM_PROGRAM", "vscode")];
        assert_eq!(decide(&vscode, sixel), Some(Protocol::ITerm2));
        assert_eq!(decide(&vscode, Answers::default()), Some(Protocol::HalfBlocks(Depth::True)));
        assert_eq!(decide(&[("TERM", "xterm")], sixel), None);
    }
}
