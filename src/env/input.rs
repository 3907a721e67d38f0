//! Standard input, where questions are answered.

use std::io::{self, BufRead};

/// Standard input.
pub struct Input {
    /// The stream.
    pub reader: Box<dyn BufRead + Send>,
    /// True if the stream is a terminal.
    pub is_terminal: bool,
}

impl Input {
    /// Reads a line that ends with the byte `end` and returns it without that byte. `None` at the end of the input.
    ///
    /// # Errors
    /// The input cannot be read, is not UTF-8, or holds control characters, which only a terminal may send, for keys.
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

    /// Reads a line that the terminal does not echo. `ask` writes the question once echo is off: turning it off
    /// discards what was typed before.
    #[cfg(unix)]
    pub fn read_hidden_line(&mut self, ask: impl FnOnce() -> io::Result<()>) -> io::Result<Option<String>> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        // Tests only pretend to have a terminal; nothing is echoed there.
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

    /// Returns `None`, because echo cannot be turned off on this system.
    #[cfg(not(unix))]
    pub fn read_hidden_line(&mut self, _: impl FnOnce() -> io::Result<()>) -> io::Result<Option<String>> {
        Ok(None)
    }
}
