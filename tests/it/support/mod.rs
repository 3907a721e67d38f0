//! Helpers for the tests: a group of friends with a database of their own, and servers.

mod database;
pub mod datasets;
pub mod pictures;
pub mod postgres;
pub mod proxy;
pub mod server;
#[cfg(unix)]
pub mod terminal;
pub mod users;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use movienight::env::{Clock, Env, Input, Interrupt, Output, TimeLimits, Zone};
use movienight::store::{Location, OpenMode, Store};
use movienight::{Cli, run};
use tempfile::TempDir;
use time::UtcOffset;

use self::server::Server;

/// 2026-11-22 20:00:00 UTC.
pub const EVENING: i64 = 1_795_377_600;

/// The variables that set the clock of a process: its zone, and those of `faketime`. Tests pass them on to the programs
/// that they start, so that all processes of a test run under `faketime` have the same time.
const CLOCK: [&str; 4] = ["TZ", "LD_PRELOAD", "FAKETIME", "DONT_FAKE_MONOTONIC"];

/// A group of friends: a folder, a clock, an environment.
pub struct Friends {
    pub folder: TempDir,
    pub vars: BTreeMap<String, OsString>,
    pub clock: Arc<AtomicI64>,
    /// The width of the terminal. `None` for a pipe.
    pub terminal: Option<usize>,
    /// The height of the terminal.
    pub height: usize,
    pub limits: TimeLimits,
    pub zone: Zone,
    pub stdin: String,
    /// True if standard input and standard error are a terminal, so that questions are asked.
    pub asks: bool,
    /// The program that a board may start in the background.
    pub exe: Option<PathBuf>,
    /// True if the person has pressed Ctrl-C.
    pub interrupt: Arc<AtomicBool>,
}

/// The output of a run, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub err: String,
    /// The exit code of the program, such as 0, 1 or 2.
    pub code: u8,
}

impl Ran {
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    #[track_caller]
    pub fn fails(self) -> String {
        assert_eq!(self.code, 1, "{self:?}");
        self.err
    }

    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok().out).unwrap()
    }
}

impl Friends {
    /// Returns friends without a network.
    pub fn offline() -> Self {
        let mut friends = Self::new();
        friends.set("MOVIENIGHT_OFFLINE", "1");
        friends
    }

    /// Returns friends whose only source is an imdbapi at that address.
    pub fn online(imdbapi: &str) -> Self {
        let mut friends = Self::new();
        friends.set("MOVIENIGHT_SOURCES", "imdbapi");
        friends.set("MOVIENIGHT_IMDBAPI_URL", imdbapi);
        friends
    }

    /// Returns friends who ask imdbapi first and cinemeta second.
    pub fn with_two_sources(imdbapi: &str, cinemeta: &str) -> Self {
        let mut friends = Self::new();
        friends.set("MOVIENIGHT_IMDBAPI_URL", imdbapi);
        friends.set("MOVIENIGHT_CINEMETA_URL", cinemeta);
        friends
    }

    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut friends = Self {
            vars: BTreeMap::new(),
            clock: Arc::new(AtomicI64::new(EVENING)),
            terminal: None,
            height: 1000,
            // On a slow machine, nothing must time out unless it hangs.
            limits: TimeLimits {
                person: Duration::from_secs(30),
                retry_pause: Duration::from_millis(20),
                database: Duration::from_secs(60),
                ..TimeLimits::default()
            },
            zone: Zone::from_fn(|_| UtcOffset::from_hms(1, 0, 0).unwrap()),
            stdin: String::new(),
            asks: false,
            exe: None,
            interrupt: Arc::default(),
            folder,
        };
        let data = friends.folder.path().join("data");
        friends.set("XDG_DATA_HOME", data);
        friends.set("LOGNAME", "ana");
        let config = friends.folder.path().join("config");
        friends.set("XDG_CONFIG_HOME", config);
        let state = friends.folder.path().join("state");
        friends.set("XDG_STATE_HOME", state);
        let cache = friends.folder.path().join("cache");
        friends.set("XDG_CACHE_HOME", cache);
        if std::env::var_os("MOVIENIGHT_TEST_STORE").is_some_and(|store| store == "postgres")
            && let Some(server) = postgres::server()
        {
            friends.set("MOVIENIGHT_DB", server.address("owner", &postgres::new_board()));
        }
        // A test that forgets its server must not reach the real services.
        friends.set("MOVIENIGHT_IMDBAPI_URL", "http://127.0.0.1:9");
        friends.set("MOVIENIGHT_CINEMETA_URL", "http://127.0.0.1:9");
        friends.set("MOVIENIGHT_DATASETS_URL", "http://127.0.0.1:9");
        friends
    }

    /// Shortens the time that a person waits to 600 ms, for tests of what hangs.
    pub fn impatient(mut self) -> Self {
        self.limits.person = Duration::from_millis(600);
        self
    }

    /// Keeps the board in a file even if the tests run on a server.
    pub fn in_file(mut self) -> Self {
        self.vars.remove("MOVIENIGHT_DB");
        self
    }

    /// Returns true if the board is on a server.
    pub fn is_on_server(&self) -> bool {
        self.schema().is_some()
    }

    /// Creates the board if the tests run on a server, because views of a named location fail without one.
    pub fn make_board(&self) {
        if let Some(schema) = self.schema() {
            self.run(&format!("board create {schema}")).ok();
        }
    }

    /// Returns the schema of the board. `None` if it is a file.
    fn schema(&self) -> Option<String> {
        let address = self.vars.get("MOVIENIGHT_DB")?.to_str()?;
        Some(address.strip_prefix("postgres://")?.split_once("board=")?.1.to_owned())
    }

    /// Returns the text of a state file of the only board, by its extension. `None` if absent.
    pub fn state(&self, extension: &str) -> Option<String> {
        std::fs::read_to_string(self.state_path(extension)?).ok()
    }

    pub fn set_state(&self, extension: &str, text: &str) {
        std::fs::write(self.state_path("log").unwrap().with_extension(extension), text).unwrap();
    }

    pub fn state_path(&self, extension: &str) -> Option<PathBuf> {
        let entries = std::fs::read_dir(self.folder.path().join("state/movienight")).ok()?;
        let mut paths = entries.map(|entry| entry.unwrap().path());
        paths.find(|path| path.file_stem().unwrap().len() == 16 && path.extension().unwrap() == extension)
    }

    pub fn db(&self) -> PathBuf {
        self.folder.path().join("data/movienight/movienight.db")
    }

    /// Opens the board as the program does.
    pub fn store(&self) -> Store {
        let place = self.vars.get("MOVIENIGHT_DB").cloned().unwrap_or_else(|| self.db().into_os_string());
        let location = Location::parse(&place, &|_| None).unwrap();
        Store::open(&location, OpenMode::Write).unwrap().unwrap()
    }

    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.vars.insert(name.to_owned(), value.into());
    }

    /// Sets the clock to now, for tests that also run the real binary, which uses the system's clock.
    pub fn with_system_clock(self) -> Self {
        let now = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        self.clock.store(now.as_secs() as i64, Ordering::SeqCst);
        self
    }

    /// Returns friends with `count` proposals whose data is missing.
    pub fn with_missing(server: &Server, count: usize) -> Self {
        let mut friends = Self::online(&server.url());
        friends.set("MOVIENIGHT_OFFLINE", "1");
        friends.stdin = (1..=count).map(|n| format!("tt{n:07}\n")).collect();
        friends.run("propose -").ok();
        friends.set("MOVIENIGHT_OFFLINE", "0");
        friends
    }

    /// Moves the clock forward.
    pub fn later(&self, by: Duration) {
        self.clock.fetch_add(by.as_secs() as i64, Ordering::SeqCst);
    }

    /// Runs a command line, split at whitespace.
    pub fn run(&self, line: &str) -> Ran {
        self.args(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs lines, each with the person who types it: `Ana: vote 1`. All of them must succeed.
    #[track_caller]
    pub fn run_all(&self, lines: &str) {
        for (who, line) in lines.lines().filter_map(|line| line.trim().split_once(": ")) {
            self.run(&format!("{line} --as {who}")).ok();
        }
    }

    /// Runs a command line in process.
    pub fn args(&self, args: &[&str]) -> Ran {
        let line: Vec<OsString> = std::iter::once("movienight").chain(args.iter().copied()).map(Into::into).collect();
        let cli = match Cli::parse_args(&line) {
            Ok(cli) => cli,
            Err(e) => {
                let code = e.exit_code() as u8;
                let (out, err) =
                    if e.use_stderr() { (String::new(), e.to_string()) } else { (e.to_string(), String::new()) };
                return Ran { out, err, code };
            }
        };
        let (out, err) = (Shared::default(), Shared::default());
        let mut env = self.env();
        env.stdout = output(&out, self.terminal.map(|width| (width, self.height)));
        env.stderr = output(&err, self.asks.then_some((80, self.height)));
        let code = run(&cli, &mut env);
        Ran { out: out.text(), err: err.text(), code }
    }

    /// Returns the environment of a run whose output nobody reads.
    pub fn env(&self) -> Env {
        let clock = Arc::clone(&self.clock);
        Env {
            args: Vec::new(),
            vars: self.vars.clone(),
            clock: Clock::from_fn(move || UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::SeqCst) as u64)),
            zone: self.zone.clone(),
            limits: self.limits,
            stdin: Input { reader: Box::new(Cursor::new(self.stdin.clone().into_bytes())), is_terminal: self.asks },
            stdout: output(&Shared::default(), None),
            stderr: output(&Shared::default(), None),
            exe: self.exe.clone(),
            interrupt: Interrupt::Flag(Arc::clone(&self.interrupt)),
            system_login: || None,
        }
    }

    /// Returns a command that runs the real binary with the same environment.
    pub fn command(&self) -> Command {
        self.command_of(binary())
    }

    /// Returns a command that runs a shell script in which `$0` is the real binary.
    pub fn shell(&self, script: &str) -> Command {
        let mut command = self.command_of("sh");
        command.arg("-c").arg(script).arg(binary());
        command
    }

    /// Returns a command that runs a program in the folder and with the environment of these friends.
    pub fn command_of(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment()).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Returns the variables of a process that these friends start.
    pub fn environment(&self) -> impl Iterator<Item = (String, OsString)> {
        let clock = CLOCK.iter().filter_map(|name| Some(((*name).to_owned(), std::env::var_os(name)?)));
        clock.chain(self.vars.clone())
    }
}

pub fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_movienight"))
}

fn output(buffer: &Shared, size: Option<(usize, usize)>) -> Output {
    Output { writer: Box::new(buffer.clone()), is_terminal: size.is_some(), size }
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the path of recorded answers beside the project. If they are absent, prints that and returns `None`.
pub fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(part);
    if path.exists() {
        return Some(path);
    }
    // Not `eprintln!`, whose output is captured while the test passes.
    let _ = writeln!(io::stderr(), "not tested: {} is absent", path.display());
    None
}

/// Returns the seed of random tests: the same in every run, unless `MOVIENIGHT_SEED` gives another.
pub fn random_seed() -> u64 {
    std::env::var("MOVIENIGHT_SEED").map_or(2026, |seed| seed.parse().expect("MOVIENIGHT_SEED is a number"))
}

/// Returns a lock for tests that do dozens of things at once, so that they take turns. Each of these things has to
/// finish within the seconds that a person waits, and two cores are too slow for two such tests.
pub fn lock_for_heavy_tests() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a signal to a process. Does not use the program `kill`, which not every machine has.
#[cfg(unix)]
pub fn send_signal(process: u32, signal: rustix::process::Signal) {
    let process = rustix::process::Pid::from_raw(process.cast_signed()).unwrap();
    rustix::process::kill_process(process, signal).unwrap();
}

/// Waits until a condition is true, for at most 30 seconds.
#[track_caller]
pub fn wait_until(has_come: impl Fn() -> bool) {
    let begin = std::time::Instant::now();
    while !has_come() {
        assert!(begin.elapsed() < Duration::from_secs(30), "it does not come about");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Runs `work` in several threads, each with its number and the seed.
pub fn in_threads(threads: u64, work: impl Fn(u64, u64) + Sync) {
    let (seed, work) = (random_seed(), &work);
    std::thread::scope(|scope| {
        for n in 0..threads {
            scope.spawn(move || work(n, seed));
        }
    });
}
