//! Which terminals show pictures, according to their variables.

use movienight::ui::picture::detect::{Choice, Protocol, from_environment};

fn protocol(choice: Choice, vars: &[(&str, &'static str)]) -> Option<Protocol> {
    from_environment(choice, true, |name| vars.iter().find(|v| v.0 == name).map(|v| v.1))
}

const BLOCKS: Option<Protocol> = Some(Protocol::HalfBlocks);
const TRUE: (&str, &str) = ("COLORTERM", "truecolor");
const XTERM: (&str, &str) = ("TERM", "xterm-256color");
const KITTY: [(&str, &str); 2] = [("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1")];

#[test]
fn unsuitable_terminals_and_settings_get_no_picture() {
    let no_color = [KITTY[0], KITTY[1], ("NO_COLOR", "1")];
    for vars in [&[("TERM", "dumb")][..], &[], &[("TERM", "linux")], &no_color, &[("TERM", "vt100")]] {
        assert_eq!(protocol(Choice::Auto, vars), None, "{vars:?}");
    }
    assert_eq!(protocol(Choice::Never, &KITTY), None);
    assert_eq!(from_environment(Choice::Auto, false, |_| Some("xterm-kitty")), None);
}

#[test]
fn terminals_are_detected_if_their_variables_agree() {
    for (vars, expected) in [
        (&KITTY[..], Protocol::Kitty),
        (&[("TERM", "xterm-ghostty"), ("TERM_PROGRAM", "ghostty")], Protocol::Kitty),
        // A terminal that sets its own TERM may have been started from any other one.
        (&[KITTY[0], KITTY[1], ("VTE_VERSION", "7600")], Protocol::Kitty),
        (&[XTERM, ("TERM_PROGRAM", "iTerm.app"), ("ITERM_SESSION_ID", "w0")], Protocol::ITerm2),
        (&[XTERM, ("TERM_PROGRAM", "WezTerm"), ("WEZTERM_PANE", "0")], Protocol::ITerm2),
        (&[XTERM, ("LC_TERMINAL", "iTerm2"), ("SSH_TTY", "/dev/pts/1")], Protocol::ITerm2),
    ] {
        assert_eq!(protocol(Choice::Auto, vars), Some(expected), "{vars:?}");
    }
}

#[test]
fn other_colour_terminals_get_half_blocks() {
    for vars in [
        // Started from kitty or iTerm2, over ssh, or unknown.
        &[XTERM, TRUE, KITTY[1]][..],
        &[XTERM, ("TERM_PROGRAM", "vscode"), ("LC_TERMINAL", "iTerm2")],
        &[XTERM, TRUE, ("TERM_PROGRAM", "iTerm.app")],
        &[("TERM", "xterm-kitty"), ("SSH_TTY", "/dev/pts/1")],
        &[XTERM, TRUE, ("VTE_VERSION", "7600")],
        // Other terminals, started from WezTerm and iTerm2.
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
