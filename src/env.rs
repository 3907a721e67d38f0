//! The outside world: the only part that reads the clock, the environment and the terminal.
//!
//! The rest of the program receives an [`Env`], which tests build by hand.

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

/// A lookup of environment variables by name. Empty variables count as not set.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The environment of a run.
pub struct Env {
    /// The command line, with the program's own name first.
    pub args: Vec<OsString>,
    /// The environment variables whose names are UTF-8.
    pub vars: BTreeMap<String, OsString>,
    /// The clock.
    pub clock: Clock,
    /// The local time zone.
    pub zone: Zone,
    /// Timeouts and retry pauses.
    pub limits: TimeLimits,
    /// Standard input.
    pub stdin: Input,
    /// Standard output, for results.
    pub stdout: Output,
    /// Standard error, for notes, questions, progress and errors.
    pub stderr: Output,
    /// The path of this program, which runs the background refresh. `None` if no refresh may be started.
    pub exe: Option<PathBuf>,
    /// The source of requests to stop.
    pub interrupt: Interrupt,
    /// Returns the login name from the system's user database.
    pub system_login: fn() -> Option<String>,
}

impl Env {
    /// Returns the environment of this process.
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

    /// Returns a variable. `None` if it is not set, empty or not UTF-8.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.var_os(name)?.to_str()
    }

    /// Returns a variable without conversion, for paths. `None` if it is not set or empty.
    pub fn var_os(&self, name: &str) -> Option<&OsStr> {
        let value = self.vars.get(name)?;
        (!value.is_empty()).then_some(value)
    }
}

/// Returns the name of the user who runs this process, from `/etc/passwd`, see passwd(5): containers and services often
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

/// A clock that counts whole seconds, the precision of all stored times.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// Returns the system clock.
    pub fn system() -> Self {
        Self(Arc::new(SystemTime::now))
    }

    /// Returns a clock that calls `now`, for tests.
    pub fn from_fn(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Returns the current time in whole seconds.
    pub fn now(&self) -> UtcDateTime {
        UtcDateTime::from(self.0()).replace_nanosecond(0).unwrap_or(UtcDateTime::UNIX_EPOCH)
    }
}

/// Timeouts and retry pauses. They are handed in so that tests need not wait as long as people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// The total network time of a command that a person waits for.
    pub person: Duration,
    /// The total network time for making a page, which is read for hours.
    pub page: Duration,
    /// The timeout of one request of a refresh, and of a download that stalls.
    pub request: Duration,
    /// The connection timeout. A host that takes longer counts as unreachable.
    pub connect: Duration,
    /// The base of the pauses before retries: the pause doubles with each retry.
    pub retry_pause: Duration,
    /// The longest pause that a service may ask for (`Retry-After`).
    pub retry_after: Duration,
    /// A request that times out in less than this does not count as a failure of the host.
    pub host_fault: Duration,
    /// The lock timeout while a person waits for a board.
    pub writer: Duration,
    /// The longest wait for each answer of a board's server.
    pub database: Duration,
    /// The total time of a background refresh.
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

/// The source of requests to stop long work.
#[derive(Clone, Debug)]
pub enum Interrupt {
    /// Ctrl-C and the system's termination signals.
    Signals,
    /// A flag that the caller sets, for tests.
    Flag(Arc<AtomicBool>),
}

/// The state of the one signal handler that a process can have.
#[derive(Default)]
struct Signals {
    /// True while work is running that ends when `stop` is set.
    is_interruptible: AtomicBool,
    stop: Arc<AtomicBool>,
}

static SIGNALS: LazyLock<Signals> = LazyLock::new(|| {
    // If no handler can be set, signals end the program as usual.
    let _ = ctrlc::set_handler(|| {
        let is_first = !SIGNALS.stop.swap(true, Ordering::SeqCst);
        if !(is_first && SIGNALS.is_interruptible.load(Ordering::SeqCst)) {
            std::process::exit(130);
        }
    });
    Signals::default()
});

impl Interrupt {
    /// Runs `work`, which must stop soon after its flag is set. The first signal sets the flag, the second ends the
    /// program. Outside `work`, every signal ends the program.
    pub fn run_interruptible<T>(&self, work: impl FnOnce(&Arc<AtomicBool>) -> T) -> T {
        match self {
            Self::Flag(flag) => work(flag),
            Self::Signals => {
                SIGNALS.is_interruptible.store(true, Ordering::SeqCst);
                let done = work(&SIGNALS.stop);
                SIGNALS.is_interruptible.store(false, Ordering::SeqCst);
                done
            }
        }
    }
}

/// A stopwatch, unaffected by changes of the system clock.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Returns the time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// The time by which something must be done, unaffected by changes of the system clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

impl Deadline {
    /// Returns the deadline that is `duration` from now.
    pub fn after(duration: Duration) -> Self {
        Self(Instant::now() + duration)
    }

    /// Returns the deadline that is `by` later than this one.
    pub fn later(self, by: Duration) -> Self {
        Self(self.0 + by)
    }

    /// Returns the remaining time, zero once the deadline has passed.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Returns true if the deadline has passed.
    pub fn is_over(self) -> bool {
        self.remaining().is_zero()
    }
}

/// Standard output or standard error.
pub struct Output {
    /// The stream.
    pub writer: Box<dyn Write + Send>,
    /// True if the stream is a terminal.
    pub is_terminal: bool,
    /// The width and height of the terminal in cells. `None` if unknown, or if the stream is no terminal.
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
    /// The stream cannot be written. A closed pipe gives an error of kind [`io::ErrorKind::BrokenPipe`].
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())?;
        self.writer.flush()
    }
}
