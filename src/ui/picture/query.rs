//! One question to the terminal, with a short, bounded wait for the answer.
//!
//! The terminal's settings are changed for that time and always restored. What the person typed
//! before stays typed: then nothing is asked at all. Keys typed while the answer is on its way are
//! lost, except those that raise a signal.

use std::fs::File;
use std::io::Write;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr};

use super::detect::Answers;
use super::layout::CellSize;
use crate::env::Deadline;

/// The longest wait for an answer. Terminals on this machine take one to twenty milliseconds.
pub const LIMIT: Duration = Duration::from_millis(150);
/// Pause between two checks for an interrupt.
const SLICE: Duration = Duration::from_millis(25);
/// More bytes than all answers have: something else is coming in.
const MAX_BYTES: usize = 1024;

/// A kitty graphics command that only asks (a picture of one pixel, `a=q`), the size of a cell in
/// pixels (`16t`), and the primary device attributes (`c`). All terminals answer the last, and answers
/// come in order, so that it also says that the others will not be answered.
const QUESTION: &[u8] = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[c";

/// A key that asks for a signal, pressed while the terminal did not turn it into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Usually Ctrl-C.
    Interrupt,
    /// Usually Ctrl-\.
    Quit,
    /// Usually Ctrl-Z.
    Suspend,
}

impl Pressed {
    /// Does what the terminal would have done: sends the signal to the foreground process group,
    /// which is this process's.
    pub fn deliver(self) {
        use rustix::process::{Signal, kill_current_process_group};
        let signal = match self {
            Self::Interrupt => Signal::INT,
            Self::Quit => Signal::QUIT,
            Self::Suspend => Signal::TSTP,
        };
        // The own group always exists and may always be signalled.
        let _ = kill_current_process_group(signal);
    }
}

/// The outcome of the question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Protocols that the terminal understands; none where it was not asked or did not answer.
    pub answers: Answers,
    /// The size of a cell, where the terminal tells.
    pub cell: Option<CellSize>,
    /// To be delivered by the caller once nothing of its own is half-done.
    pub pressed: Option<Pressed>,
}

/// The terminal that this process was started from.
pub fn terminal() -> Option<File> {
    File::options().read(true).write(true).open("/dev/tty").ok()
}

/// Asks the terminal `tty`, open for reading and writing, and waits at most `limit`.
///
/// Does not ask from the background, nor while input is waiting. `is_stopped` is looked at while
/// waiting: signals that end the process should set a flag instead as long as this runs, since a
/// process that dies here leaves the terminal without echo.
pub fn ask(tty: &File, limit: Duration, is_stopped: &dyn Fn() -> bool) -> Outcome {
    let deadline = Deadline::after(limit.min(LIMIT));
    ask_until(tty, deadline, is_stopped).unwrap_or_default()
}

fn ask_until(mut tty: &File, deadline: Deadline, is_stopped: &dyn Fn() -> bool) -> Option<Outcome> {
    let window = rustix::termios::tcgetwinsize(tty.as_fd()).ok();
    let of_window = window.and_then(|w| CellSize::of_window(w.ws_xpixel, w.ws_ypixel, w.ws_col, w.ws_row));
    // Changing settings from the background would stop the process. A terminal that does not control
    // this process has no background.
    if tcgetpgrp(tty.as_fd()).is_ok_and(|foreground| foreground != rustix::process::getpgrp()) {
        return Some(Outcome { cell: of_window, ..Outcome::default() });
    }
    let saved = tcgetattr(tty.as_fd()).ok()?;
    let asked = {
        let fd = tty.as_fd();
        let _restored_at_the_end = RawMode::set(fd, &saved)?;
        // What was typed ahead is the shell's.
        let is_free = !is_ready(fd, PollFlags::IN, Duration::ZERO);
        if is_free && is_ready(fd, PollFlags::OUT, deadline.remaining()) {
            tty.write_all(QUESTION).and_then(|()| tty.flush()).ok()?;
            read_answers(fd, &saved, deadline, is_stopped)
        } else {
            Reader::default()
        }
    };
    Some(Outcome { answers: asked.answers, cell: of_window.or(asked.cell), pressed: asked.pressed })
}

/// Reads byte by byte, so that what is typed behind the answer stays where it is.
fn read_answers(fd: BorrowedFd<'_>, saved: &Termios, deadline: Deadline, is_stopped: &dyn Fn() -> bool) -> Reader {
    let mut reader = Reader::default();
    for _ in 0..MAX_BYTES {
        while !is_ready(fd, PollFlags::IN, deadline.remaining().min(SLICE)) {
            if deadline.is_over() || is_stopped() {
                return reader;
            }
        }
        let mut byte = [0];
        match rustix::io::read(fd, &mut byte) {
            Ok(1) => {}
            Err(rustix::io::Errno::INTR) => continue,
            _ => return reader,
        }
        let key = |index| saved.special_codes[index] == byte[0];
        if reader.is_between() && byte[0] != 0 {
            reader.pressed = match () {
                () if key(SpecialCodeIndex::VINTR) => Some(Pressed::Interrupt),
                () if key(SpecialCodeIndex::VQUIT) => Some(Pressed::Quit),
                () if key(SpecialCodeIndex::VSUSP) => Some(Pressed::Suspend),
                () => reader.pressed,
            };
        }
        reader.push(byte[0]);
        if reader.is_complete || reader.pressed.is_some() {
            return reader;
        }
    }
    reader
}

fn is_ready(fd: BorrowedFd<'_>, flags: PollFlags, wait: Duration) -> bool {
    let Ok(wait) = Timespec::try_from(wait) else { return false };
    let mut fds = [PollFd::from_borrowed_fd(fd, flags)];
    matches!(poll(&mut fds, Some(&wait)), Ok(1..)) && fds[0].revents().intersects(flags)
}

/// The terminal without line editing, echo and keys that raise signals, for as long as this lives.
struct RawMode<'a> {
    fd: BorrowedFd<'a>,
    saved: &'a Termios,
}

impl<'a> RawMode<'a> {
    fn set(fd: BorrowedFd<'a>, saved: &'a Termios) -> Option<Self> {
        let mut raw = saved.clone();
        raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
        raw.special_codes[SpecialCodeIndex::VMIN] = 0;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        // Before the change: where it is made in part, it is undone too.
        let guard = Self { fd, saved };
        tcsetattr(fd, OptionalActions::Now, &raw).ok()?;
        Some(guard)
    }
}

impl Drop for RawMode<'_> {
    fn drop(&mut self) {
        // Not "flush": that would throw away what was typed.
        while tcsetattr(self.fd, OptionalActions::Now, self.saved) == Err(rustix::io::Errno::INTR) {}
    }
}

/// Reads the answers out of what comes in; anything else in between is passed over.
#[derive(Default)]
struct Reader {
    answers: Answers,
    cell: Option<CellSize>,
    pressed: Option<Pressed>,
    is_complete: bool,
    state: State,
    content: Vec<u8>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Between,
    Escape,
    /// `ESC [ …`, until a letter.
    Control,
    /// `ESC _ …`, until `ESC \`.
    Application,
    ApplicationEscape,
}

impl Reader {
    fn is_between(&self) -> bool {
        self.state == State::Between
    }

    fn push(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Application, 0x1b) => State::ApplicationEscape,
            (State::ApplicationEscape, b'\\') => {
                self.answers.kitty |= self.content.starts_with(b"Gi=31") && self.content.ends_with(b";OK");
                State::Between
            }
            (_, 0x1b) => State::Escape,
            (State::Escape, b'[') => self.begin(State::Control),
            (State::Escape, b'_') => self.begin(State::Application),
            (State::Control, 0x40..=0x7e) => {
                self.control(byte);
                State::Between
            }
            (State::Control | State::Application, byte) => {
                self.content.push(byte);
                self.state
            }
            _ => State::Between,
        };
    }

    fn begin(&mut self, state: State) -> State {
        self.content.clear();
        state
    }

    fn control(&mut self, last: u8) {
        let Ok(content) = std::str::from_utf8(&self.content) else { return };
        match (last, content.strip_prefix('?')) {
            (b'c', Some(attributes)) => {
                // The first one is the terminal's class.
                self.answers.sixel = attributes.split(';').skip(1).any(|a| a == "4");
                self.is_complete = true;
            }
            (b't', None) => {
                let mut numbers = content.split(';').map(|n| n.parse().ok());
                if numbers.next() == Some(Some(6))
                    && let (Some(Some(height)), Some(Some(width))) = (numbers.next(), numbers.next())
                {
                    self.cell = CellSize::new(width, height);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Reader {
        let mut reader = Reader::default();
        bytes.iter().for_each(|&byte| reader.push(byte));
        reader
    }

    #[test]
    fn answers_of_terminals() {
        let kitty = read(b"\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;c");
        assert_eq!(kitty.answers, Answers { kitty: true, sixel: false });
        assert_eq!(kitty.cell, CellSize::new(10, 20));
        assert!(kitty.is_complete);
        let foot = read(b"\x1b[6;20;10t\x1b[?62;4;22c");
        assert_eq!(foot.answers, Answers { kitty: false, sixel: true });
        let vt = read(b"\x1b[?6c");
        assert_eq!((vt.answers, vt.is_complete), (Answers::default(), true));
        let refused = read(b"\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?64;1c");
        assert!(!refused.answers.kitty && refused.is_complete);
    }

    #[test]
    fn keys_in_between_do_not_matter() {
        let mixed = read(b"ls\x1b[A\x1b_Gi=31;OK\x1b\\q\x1bOP\x1b[?62;4c");
        assert_eq!(mixed.answers, Answers { kitty: true, sixel: true });
        assert!(mixed.is_complete);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let reader = read(&bytes);
            prop_assert!(reader.content.len() <= bytes.len());
        }
    }
}
