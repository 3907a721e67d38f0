//! The outside world: the only reader of the clock, the environment and the terminal.
//!
//! Everything else is handed an [`Env`], which tests make by hand.

mod input;
mod progress;
mod zone;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime};

use terminal_size::{Height, Width, terminal_size_of};
use time::UtcDateTime;

pub use input::Input;
pub use progress::{Progress, Unit};
pub use zone::Zone;

/// Values of environment variables by their names; empty ones count as not set.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The environment of a run.
pub struct Env {
    /// The command line, the program's own name first.
    pub args: Vec<OsString>,
    /// The environment variables whose names are UTF-8.
    pub vars: BTreeMap<String, OsString>,
    /// Tells the time.
    pub clock: Clock,
    /// Tells local time.
    pub zone: Zone,
    /// Limits on waiting.
    pub limits: TimeLimits,
    /// Standard input.
    pub stdin: Input,
    /// Standard output: results.
    pub stdout: Output,
    /// Standard error: notes, questions, progress, errors.
    pub stderr: Output,
    /// The program itself, to start the background refresh. `None` if none may be started.
    pub exe: Option<PathBuf>,
    /// Tells that the person wants to stop.
    pub interrupt: Interrupt,
    /// Returns the login name from the system's user database.
    pub system_login: fn() -> Option<String>,
}

impl Env {
    /// The environment of this process.
    pub fn of_process() -> Self {
        Self {
            args: std::env::args_os().collect(),
            vars: std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect(),
            clock: Clock::system(),
            zone: Zone::system(),
            limits: TimeLimits::default(),
            stdin: Input { reader: Box::new(io::BufReader::new(io::stdin())), is_terminal: io::stdin().is_terminal() },
            stdout: Output::of(io::stdout(), terminal_size_of(io::stdout())),
            stderr: Output::of(io::stderr(), terminal_size_of(io::stderr())),
            exe: std::env::current_exe().ok(),
            interrupt: Interrupt::Signals,
            system_login,
        }
    }

    /// A variable that is set, not empty and UTF-8.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.var_os(name)?.to_str()
    }

    /// A variable without conversion, for paths. Empty counts as not set.
    pub fn var_os(&self, name: &str) -> Option<&OsStr> {
        let value = self.vars.get(name)?;
        (!value.is_empty()).then_some(value)
    }
}

/// The name of the user who runs this process, from the system's list of users, see passwd(5): containers and services often
/// have no variable for it.
fn system_login() -> Option<String> {
    #[cfg(unix)]
    {
        let uid = rustix::process::getuid().as_raw().to_string();
        let users = std::fs::read_to_string("/etc/passwd").ok()?;
        let mut users = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
        users.find(|user| user.get(2) == Some(&uid.as_str())).map(|user| user[0].to_owned())
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

/// Limits on waiting, handed in so that tests need not wait as long as people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// The network, over a whole command of a person's.
    pub person: Duration,
    /// The network, for a page that is made to be read for hours.
    pub page: Duration,
    /// One request of a refresh.
    pub request: Duration,
    /// Connecting: a host that takes longer counts as out of reach.
    pub connect: Duration,
    /// The first pause before a request is tried again; doubled with each further one.
    pub retry_pause: Duration,
    /// The longest pause that a service may ask for.
    pub retry_after: Duration,
    /// Shorter timeouts do not count as the host's failure.
    pub host_fault: Duration,
    /// The longest wait for another writer, while somebody waits for a board.
    pub writer: Duration,
    /// The longest wait for a board's server, from one answer to the next.
    pub database: Duration,
    /// A refresh in the background, over all.
    pub background: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self {
            person: Duration::from_secs(3),
            page: Duration::from_secs(10),
            request: Duration::from_secs(10),
            connect: Duration::from_secs(5),
            retry_pause: Duration::from_millis(200),
            retry_after: Duration::from_secs(30),
            host_fault: Duration::from_secs(5),
            writer: Duration::from_millis(250),
            database: Duration::from_secs(5),
            background: Duration::from_secs(60),
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

/// The state of the one handler of signals that a process has.
#[derive(Default)]
struct Signals {
    /// Work is under way that ends when `stop` is set.
    is_heeded: AtomicBool,
    stop: Arc<AtomicBool>,
}

static SIGNALS: LazyLock<Signals> = LazyLock::new(|| {
    // Where no handler can be set, signals end the program as ever.
    let _ = ctrlc::set_handler(|| {
        let is_first = !SIGNALS.stop.swap(true, Ordering::SeqCst);
        if !(is_first && SIGNALS.is_heeded.load(Ordering::SeqCst)) {
            std::process::exit(130);
        }
    });
    Signals::default()
});

impl Interrupt {
    /// Runs `work`, which must stop soon after its flag is set. The first signal sets the flag, the second ends the
    /// program; before and after, every signal ends it.
    pub fn heed<T>(&self, work: impl FnOnce(&Arc<AtomicBool>) -> T) -> T {
        match self {
            Self::Flag(flag) => work(flag),
            Self::Signals => {
                SIGNALS.is_heeded.store(true, Ordering::SeqCst);
                let done = work(&SIGNALS.stop);
                SIGNALS.is_heeded.store(false, Ordering::SeqCst);
                done
            }
        }
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

    /// A deadline that much later than this one.
    pub fn later(self, by: Duration) -> Self {
        Self(self.0 + by)
    }

    /// The remaining time; zero once it has passed.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// It has passed.
    pub fn is_over(self) -> bool {
        self.remaining().is_zero()
    }
}

/// Standard output or standard error.
pub struct Output {
    /// Where bytes go.
    pub writer: Box<dyn Write + Send>,
    /// A person watches.
    pub is_terminal: bool,
    /// Width and height of that terminal in cells, as far as they are known.
    pub size: Option<(usize, usize)>,
}

impl Output {
    fn of(stream: impl IsTerminal + Write + Send + 'static, size: Option<(Width, Height)>) -> Self {
        let is_terminal = stream.is_terminal();
        let size = size.filter(|_| is_terminal).map(|(width, height)| (width.0.into(), height.0.into()));
        Self { writer: Box::new(stream), is_terminal, size }
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
