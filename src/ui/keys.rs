//! Single keys from a terminal, for as long as a form is on the screen.
//!
//! The terminal stays in raw mode from the first key to the last, so that keys typed ahead are not echoed into the form,
//! and is asked for its size while nobody types. `console`, which the progress bar brings, does neither.

use std::collections::VecDeque;
use std::io::BufRead;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::{stderr, stdin};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

/// The time after which a form looks at the size of the terminal and at signals.
const PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// A key that a form knows.
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
    /// A key that no form knows.
    Other,
    /// Ctrl-C, or the terminal is gone.
    Interrupt,
}

/// Standard input in raw mode, until it is dropped.
pub struct RawTerminal {
    before: Termios,
    bytes: VecDeque<u8>,
}

impl RawTerminal {
    /// Sets raw mode. `None` if standard input is no terminal.
    pub fn open() -> Option<Self> {
        let before = tcgetattr(stdin()).ok()?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(stdin(), OptionalActions::Now, &raw).ok()?;
        Some(Self { before, bytes: VecDeque::new() })
    }

    /// Columns and lines.
    pub fn size(&self) -> (usize, usize) {
        let size = tcgetwinsize(stderr()).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
        size.map_or((80, 24), |size| (size.ws_col.into(), size.ws_row.into()))
    }

    /// The next key. `None` after a moment without one.
    pub fn key(&mut self, input: &mut dyn BufRead) -> Option<Key> {
        if self.bytes.is_empty() && !self.fill(input, &PAUSE) {
            return None;
        }
        let first = self.bytes.pop_front()?;
        match first {
            b'\r' | b'\n' => Some(Key::Enter),
            3 | 4 => Some(Key::Interrupt),
            8 | 127 => Some(Key::Backspace),
            0x1b => self.sequence(input),
            0..=31 => Some(Key::Other),
            _ => self.char(first),
        }
    }

    fn fill(&mut self, input: &mut dyn BufRead, pause: &Timespec) -> bool {
        let fd = stdin();
        let is_ready = poll(&mut [PollFd::new(&fd, PollFlags::IN)], Some(pause)).is_ok_and(|ready| ready > 0);
        if is_ready {
            let read = input.fill_buf().map(<[u8]>::to_vec).unwrap_or_default();
            input.consume(read.len());
            // The end of the input: nobody will type any more.
            self.bytes.extend(if read.is_empty() { vec![3] } else { read });
        }
        is_ready
    }

    /// The rest of `ESC [ A` and the like; Escape alone.
    fn sequence(&mut self, input: &mut dyn BufRead) -> Option<Key> {
        let soon = Timespec { tv_sec: 0, tv_nsec: 30_000_000 };
        if self.bytes.is_empty() && !self.fill(input, &soon) || !matches!(self.bytes.front(), Some(b'[' | b'O')) {
            return Some(Key::Escape);
        }
        let end = self.bytes.iter().skip(1).position(|byte| !matches!(byte, b'0'..=b'9' | b';'));
        let sequence: Vec<u8> = self.bytes.drain(..end.map_or(self.bytes.len(), |end| end + 2)).skip(1).collect();
        Some(match &sequence[..] {
            b"A" => Key::Up,
            b"B" => Key::Down,
            b"5~" => Key::PageUp,
            b"6~" => Key::PageDown,
            _ => Key::Other,
        })
    }

    fn char(&mut self, first: u8) -> Option<Key> {
        let length = match first {
            0..=0x7f => 1,
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        let rest = self.bytes.drain(..(length - 1).min(self.bytes.len()));
        let bytes: Vec<u8> = std::iter::once(first).chain(rest).collect();
        std::str::from_utf8(&bytes).ok()?.chars().next().map(Key::Char)
    }
}

impl Drop for RawTerminal {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Now, &self.before);
    }
}
