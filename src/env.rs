//! The outside world: the only reader of the clock, the environment and the terminal.
//!
//! Everything else is handed an [`Env`], which tests make by hand.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use time::{UtcDateTime, UtcOffset};

/// The variables that mean something to this program.
pub const VARIABLES: [&str; 20] = [
    "MOVIENIGHT_DB",
    "MOVIENIGHT_USER",
    "MOVIENIGHT_SOURCES",
    "MOVIENIGHT_IMDBAPI_URL",
    "MOVIENIGHT_CINEMETA_URL",
    "MOVIENIGHT_OMDB_KEY",
    "MOVIENIGHT_OMDB_URL",
    "MOVIENIGHT_OFFLINE",
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "TERM",
    "HOME",
    "XDG_DATA_HOME",
    "APPDATA",
    "LOGNAME",
    "USER",
    "USERNAME",
    "HTTPS_PROXY",
    "https_proxy",
];

/// What a run knows of the world around it.
pub struct Env {
    /// The command line, the program's own name first.
    pub args: Vec<OsString>,
    /// Values of [`VARIABLES`], those that are set.
    pub vars: BTreeMap<String, OsString>,
    /// Tells the time.
    pub clock: Clock,
    /// Tells local time.
    pub zone: Zone,
    /// Standard input.
    pub stdin: Input,
    /// Standard output: results.
    pub stdout: Output,
    /// Standard error: notes, questions, progress, errors.
    pub stderr: Output,
    /// The program itself, to start the background refresh; none: never start one.
    pub exe: Option<PathBuf>,
    /// Tells when the person wants to stop.
    pub interrupt: Interrupt,
    /// The system's own name for this user, where no variable tells it.
    pub system_login: fn() -> Option<String>,
}

impl Env {
    /// The world of this process.
    pub fn of_process() -> Self {
        let vars = VARIABLES.iter().filter_map(|name| Some(((*name).to_owned(), std::env::var_os(name)?))).collect();
        Self {
            args: std::env::args_os().collect(),
            vars,
            clock: Clock::system(),
            zone: Zone::System,
            stdin: Input { reader: Box::new(io::BufReader::new(io::stdin())), is_terminal: io::stdin().is_terminal() },
            stdout: Output::of(io::stdout()),
            stderr: Output::of(io::stderr()),
            exe: std::env::current_exe().ok(),
            interrupt: Interrupt::Signals,
            system_login,
        }
    }

    /// A variable that is set, not empty and UTF-8.
    ///
    /// # Errors
    /// Names a variable that is not UTF-8.
    pub fn var(&self, name: &str) -> anyhow::Result<Option<&str>> {
        match self.vars.get(name).map(OsString::as_os_str) {
            None => Ok(None),
            Some(value) if value.is_empty() => Ok(None),
            Some(value) => match value.to_str() {
                Some(text) => Ok(Some(text)),
                None => anyhow::bail!("{name} is not valid UTF-8: set it anew"),
            },
        }
    }

    /// A variable as it is, for paths; empty counts as not set.
    pub fn var_os(&self, name: &str) -> Option<&OsStr> {
        let value = self.vars.get(name)?;
        (!value.is_empty()).then_some(value)
    }
}

/// The name of the user who runs this process, from the system's list of users: containers and
/// services often have no variable for it.
fn system_login() -> Option<String> {
    #[cfg(unix)]
    {
        let own = rustix::process::getuid().as_raw().to_string();
        let users = std::fs::read_to_string("/etc/passwd").ok()?;
        // name:password:uid:…, see passwd(5)
        let names = users.lines().filter_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)? == own).then(|| name.to_owned())
        });
        names.into_iter().next()
    }
    #[cfg(not(unix))]
    None
}

/// Tells the time, to the second: all that is stored of it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Arc::new(SystemTime::now))
    }

    /// A clock of the caller's, for tests.
    pub fn from_fn(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now, in whole seconds.
    pub fn now(&self) -> UtcDateTime {
        UtcDateTime::from(self.0()).replace_nanosecond(0).unwrap_or(UtcDateTime::UNIX_EPOCH)
    }
}

/// Tells local time.
#[derive(Clone, Copy, Debug)]
pub enum Zone {
    /// What the system is set to. Asked before threads start: afterwards it may not answer.
    System,
    /// A fixed distance from UTC, for tests.
    Fixed(UtcOffset),
}

impl Zone {
    /// The distance from UTC at a moment; UTC when the system does not tell.
    pub fn offset_at(self, moment: UtcDateTime) -> UtcOffset {
        match self {
            Self::System => UtcOffset::local_offset_at(moment.into()).unwrap_or(UtcOffset::UTC),
            Self::Fixed(offset) => offset,
        }
    }
}

/// Tells when the person wants to stop what takes long.
#[derive(Clone, Debug)]
pub enum Interrupt {
    /// Ctrl-C, or the system's request to end.
    Signals,
    /// A flag of the caller's, for tests.
    Flag(Arc<AtomicBool>),
}

impl Interrupt {
    /// A flag that is set when it is time to stop. From here on Ctrl-C sets it and does nothing
    /// else; pressed again, it ends the program at once.
    pub fn watch(&self) -> Arc<AtomicBool> {
        let flag = match self {
            Self::Flag(flag) => return Arc::clone(flag),
            Self::Signals => Arc::new(AtomicBool::new(false)),
        };
        let pressed = Arc::clone(&flag);
        // Where no handler can be set, Ctrl-C ends the program as ever.
        let _ = ctrlc::set_handler(move || {
            if pressed.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        flag
    }
}

/// Measures how long something takes; not moved by changes of the clock.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// The moment by which something must be done; not moved by changes of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// A deadline that far ahead.
    pub fn after(duration: Duration) -> Self {
        Self(Instant::now() + duration)
    }

    /// What is left; nothing once it has passed.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether it has passed.
    pub fn is_over(self) -> bool {
        self.remaining().is_zero()
    }
}

/// Standard input.
pub struct Input {
    /// Its bytes.
    pub reader: Box<dyn BufRead + Send>,
    /// Whether a person types them.
    pub is_terminal: bool,
}

/// Standard output or standard error.
pub struct Output {
    /// Where bytes go.
    pub writer: Box<dyn Write + Send>,
    /// Whether a person watches.
    pub is_terminal: bool,
    /// Width of that terminal in cells, as far as it is known.
    pub width: Option<usize>,
}

impl Output {
    fn of(stream: impl IsTerminal + AsStream + Write + Send + 'static) -> Self {
        let is_terminal = stream.is_terminal();
        let width = is_terminal.then(|| stream.width()).flatten();
        Self { writer: Box::new(stream), is_terminal, width }
    }

    /// Writes all of `text` and flushes.
    ///
    /// # Errors
    /// As the stream says; a closed pipe is one of kind [`io::ErrorKind::BrokenPipe`].
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())?;
        self.writer.flush()
    }
}

/// What can be asked for its width.
trait AsStream {
    fn width(&self) -> Option<usize>;
}

impl AsStream for io::Stdout {
    fn width(&self) -> Option<usize> {
        terminal_size::terminal_size_of(self).map(|(width, _)| width.0.into())
    }
}

impl AsStream for io::Stderr {
    fn width(&self) -> Option<usize> {
        terminal_size::terminal_size_of(self).map(|(width, _)| width.0.into())
    }
}
