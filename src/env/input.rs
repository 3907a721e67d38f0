//! Standard input, and questions answered there.

use std::io::{self, BufRead};

/// Standard input.
pub struct Input {
    /// Its bytes.
    pub reader: Box<dyn BufRead + Send>,
    /// A person types them.
    pub is_terminal: bool,
}

impl Input {
    /// Reads a line without its end. `None` at the end of the input.
    pub fn read_line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let count = self.reader.read_line(&mut line)?;
        Ok((count > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Reads a line that the terminal does not show while it is typed. `ask` writes the question once nothing is shown any
    /// more: what is typed before is discarded.
    #[cfg(unix)]
    pub fn read_hidden_line(&mut self, ask: impl FnOnce() -> io::Result<()>) -> io::Result<Option<String>> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        // The false terminals of tests show nothing anyway.
        let shown = tcgetattr(io::stdin()).ok();
        let set = |modes: &rustix::termios::Termios| tcsetattr(io::stdin(), OptionalActions::Flush, modes);
        if let Some(mut hidden) = shown.clone() {
            hidden.local_modes.remove(LocalModes::ECHO);
            set(&hidden)?;
        }
        let line = ask().and_then(|()| self.read_line());
        if let Some(shown) = &shown {
            set(shown)?;
        }
        line
    }

    /// Reads nothing: this system cannot hide what is typed.
    #[cfg(not(unix))]
    pub fn read_hidden_line(&mut self, _: impl FnOnce() -> io::Result<()>) -> io::Result<Option<String>> {
        Ok(None)
    }
}
