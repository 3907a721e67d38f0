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
    /// Reads a line up to the byte `end`, and without it. `None` at the end of the input.
    ///
    /// # Errors
    /// It cannot be read, is not UTF-8, or has control characters: only a terminal sends these, for keys.
    pub fn read_line(&mut self, end: u8) -> io::Result<Option<String>> {
        let invalid = |why| io::Error::new(io::ErrorKind::InvalidData, why);
        let mut line = Vec::new();
        if self.reader.read_until(end, &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8(line).map_err(|_| invalid("it is not UTF-8 text"))?;
        let line = line.trim_end_matches(['\r', '\n', char::from(end)]);
        let is_control = |c: char| c.is_control() && !c.is_whitespace();
        match line.contains(is_control) && !self.is_terminal {
            true => Err(invalid("it has control characters")),
            false => Ok(Some(line.to_owned())),
        }
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
        let line = ask().and_then(|()| self.read_line(b'\n'));
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
