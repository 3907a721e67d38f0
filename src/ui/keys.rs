//! Reads single keys from the terminal while a form is on the screen.
//!
//! The terminal stays in raw mode throughout, so that type-ahead is not echoed into the form. Waiting for a key times
//! out, so that the size of the terminal can be checked. The `console` crate, a dependency of the progress bar, does
//! neither.

use std::collections::VecDeque;
use std::io::BufRead;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::{stderr, stdin};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

/// Timeout for a key, after which the form checks the size of the terminal and signals: 100 ms.
const PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// The character of Ctrl-C.
const END_OF_TEXT: char = '\u{3}';

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Enter,
    Backspace,
    Escape,
    Up,
    Down,
    PageUp,
    PageDown,
    /// Any other key.
    Other,
    /// Ctrl-C, Ctrl-D, or the end of the input.
    Interrupt,
}

/// Standard input in raw mode. Dropping it restores the previous mode.
pub struct RawTerminal {
    before: Termios,
    typed: VecDeque<char>,
}

impl RawTerminal {
    /// Enters raw mode. `None` if standard input is not a terminal.
    pub fn open() -> Option<Self> {
        let before = tcgetattr(stdin()).ok()?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(stdin(), OptionalActions::Now, &raw).ok()?;
        Some(Self { before, typed: VecDeque::new() })
    }

    /// Returns the number of columns and lines, or 80 by 24 if unknown.
    pub fn size(&self) -> (usize, usize) {
        let size = tcgetwinsize(stderr()).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
        size.map_or((80, 24), |size| (size.ws_col.into(), size.ws_row.into()))
    }

    /// Returns the next key. `None` if none is pressed within 100 ms.
    pub fn key(&mut self, input: &mut dyn BufRead) -> Option<Key> {
        if self.typed.is_empty() && !self.fill(input, &PAUSE) {
            return None;
        }
        Some(match self.typed.pop_front()? {
            '\r' | '\n' => Key::Enter,
            END_OF_TEXT | '\u{4}' => Key::Interrupt,
            '\u{8}' | '\u{7f}' => Key::Backspace,
            '\u{1b}' => self.sequence(input),
            c if c.is_control() => Key::Other,
            c => Key::Char(c),
        })
    }

    fn fill(&mut self, input: &mut dyn BufRead, pause: &Timespec) -> bool {
        let fd = stdin();
        let is_ready = poll(&mut [PollFd::new(&fd, PollFlags::IN)], Some(pause)).is_ok_and(|ready| ready > 0);
        if is_ready {
            let read = input.fill_buf().map(<[u8]>::to_vec).unwrap_or_default();
            input.consume(read.len());
            self.typed.extend(String::from_utf8_lossy(&read).chars());
            // End of the input: the terminal is gone.
            self.typed.extend(read.is_empty().then_some(END_OF_TEXT));
        }
        is_ready
    }

    /// Reads the rest of an escape sequence such as `ESC [ A`. Returns Escape if none follows within 30 ms.
    fn sequence(&mut self, input: &mut dyn BufRead) -> Key {
        let soon = Timespec { tv_sec: 0, tv_nsec: 30_000_000 };
        if self.typed.is_empty() && !self.fill(input, &soon) || !matches!(self.typed.front(), Some('[' | 'O')) {
            return Key::Escape;
        }
        let end = self.typed.iter().skip(1).position(|c| !matches!(c, '0'..='9' | ';'));
        let sequence: String = self.typed.drain(..end.map_or(self.typed.len(), |end| end + 2)).skip(1).collect();
        match &*sequence {
            "A" => Key::Up,
            "B" => Key::Down,
            "5~" => Key::PageUp,
            "6~" => Key::PageDown,
            _ => Key::Other,
        }
    }
}

impl Drop for RawTerminal {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.before);
    }
}
