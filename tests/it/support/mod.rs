//! Shared by the tests: a group of friends with a database of their own, and a server.

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

/// The variables that set the clock of a process: its zone, and what `faketime` moves it with. Tests hand them on to the
/// programs they start, so that all processes of a moved test run tell the same time.
const CLOCK: [&str; 4] = ["TZ", "LD_PRELOAD", "FAKETIME", "DONT_FAKE_MONOTONIC"];

/// A group of friends: a folder, a clock, an environment.
pub struct Friends {
    pub folder: TempDir,
    pub vars: BTreeMap<String, OsString>,
    pub clock: Arc<AtomicI64>,
    /// Width of the terminal; none: a pipe.
    pub terminal: Option<usize>,
    /// Height of the terminal.
    pub height: usize,
    pub limits: TimeLimits,
    pub zone: Zone,
    pub stdin: String,
    /// Standard input and standard error are a terminal: questions are asked.
    pub asks: bool,
    /// The program that a board may start in the background.
    pub exe: Option<PathBuf>,
    /// Set: the person pressed Ctrl-C.
    pub interrupt: Arc<AtomicBool>,
}

/// The output of a run, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub err: String,
    /// 0, 1 or 2, as the program's exit code.
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
    /// Friends without a network.
    pub fn offline() -> Self {
        let mut friends = Self::new();
        friends.set("MOVIENIGHT_OFFLINE", "1");
        friends
    }

    /// Friends whose only source is an imdbapi at that address.
    pub fn online(imdbapi: &str) -> Self {
        let mut friends = Self::new();
        friends.set("MOVIENIGHT_SOURCES", "imdbapi");
        friends.set("MOVIENIGHT_IMDBAPI_URL", imdbapi);
        friends
    }

    /// Friends who ask imdbapi first and cinemeta second.
    pub fn with_both(imdbapi: &str, cinemeta: &str) -> Self {
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
            // A slow machine must not run out of time where nothing hangs.
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

    /// These do not wait for long: for tests of what hangs.
    pub fn impatient(mut self) -> Self {
        self.limits.person = Duration::from_millis(600);
        self
    }

    /// The same with their board in a file, also where tests run on a server.
    pub fn in_file(mut self) -> Self {
        self.vars.remove("MOVIENIGHT_DB");
        self
    }

    /// Tests run on a server, and this is no file.
    pub fn is_on_server(&self) -> bool {
        self.schema().is_some()
    }

    /// Makes the board, where tests run on a server: at an address that was named, looks want one.
    pub fn make_board(&self) {
        if let Some(schema) = self.schema() {
            self.run(&format!("board create {schema}")).ok();
        }
    }

    /// The board's schema, where tests run on a server.
    fn schema(&self) -> Option<String> {
        let address = self.vars.get("MOVIENIGHT_DB")?.to_str()?;
        Some(address.strip_prefix("postgres://")?.split_once("board=")?.1.to_owned())
    }

    /// A file of the one board's in the state folder, by its extension.
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

    /// The board as the program opens it.
    pub fn store(&self) -> Store {
        let place = self.vars.get("MOVIENIGHT_DB").cloned().unwrap_or_else(|| self.db().into_os_string());
        let location = Location::parse(&place, &|_| None).unwrap();
        Store::open(&location, OpenMode::Write).unwrap().unwrap()
    }

    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.vars.insert(name.to_owned(), value.into());
    }

    /// The same on the day of the test, for those that also drive the real binary: it has a clock of its own.
    pub fn today(self) -> Self {
        let now = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        self.clock.store(now.as_secs() as i64, Ordering::SeqCst);
        self
    }

    /// A group with so many proposals, whose data is missing.
    pub fn with_missing(server: &Server, count: usize) -> Self {
        let mut friends = Self::online(&server.url());
        friends.set("MOVIENIGHT_OFFLINE", "1");
        friends.stdin = (1..=count).map(|n| format!("tt{n:07}\n")).collect();
        friends.run("propose -").ok();
        friends.set("MOVIENIGHT_OFFLINE", "0");
        friends
    }

    /// Lets time pass.
    pub fn later(&self, by: Duration) {
        self.clock.fetch_add(by.as_secs() as i64, Ordering::SeqCst);
    }

    /// Runs a command line, split at blanks.
    pub fn run(&self, line: &str) -> Ran {
        self.args(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs lines, each after the name of who says it: `Ana: vote 1`. All of them succeed.
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

    /// The environment of a run whose output nobody reads.
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

    /// Runs the real binary with the same environment.
    pub fn command(&self) -> Command {
        self.command_of(binary())
    }

    /// Runs a script of the shell in which `$0` is the real binary.
    pub fn shell(&self, script: &str) -> Command {
        let mut command = self.command_of("sh");
        command.arg("-c").arg(script).arg(binary());
        command
    }

    /// Runs a program in the folder and with the environment of these friends.
    pub fn command_of(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment()).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// The variables of a process that these friends start.
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

/// The folder of recorded answers beside the project; none, and a word about it, where it is absent.
pub fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(part);
    if path.exists() {
        return Some(path);
    }
    // The test's own handle, so that it is seen although the test passes.
    let _ = writeln!(io::stderr(), "not tested: {} is absent", path.display());
    None
}

/// The seed of random tests: the same in every run, unless the variable gives another.
pub fn random_seed() -> u64 {
    std::env::var("MOVIENIGHT_SEED").map_or(2026, |seed| seed.parse().expect("MOVIENIGHT_SEED is a number"))
}

/// Tests that do dozens of things at once take turns. Each of these has to be done within the seconds that a person waits,
/// and a machine of two cores has not enough of them for two crowds.
pub fn crowd() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends a signal to a process, without the program `kill`, which not every machine has.
#[cfg(unix)]
pub fn send(process: u32, signal: rustix::process::Signal) {
    let process = rustix::process::Pid::from_raw(process.cast_signed()).unwrap();
    rustix::process::kill_process(process, signal).unwrap();
}

/// Waits until something has come about, for half a minute at the most.
#[track_caller]
pub fn wait_until(has_come: impl Fn() -> bool) {
    let begin = std::time::Instant::now();
    while !has_come() {
        assert!(begin.elapsed() < Duration::from_secs(30), "it does not come about");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Runs something in several threads, each of which is given its number and the seed.
pub fn in_threads(threads: u64, work: impl Fn(u64, u64) + Sync) {
    let (seed, work) = (random_seed(), &work);
    std::thread::scope(|scope| {
        for n in 0..threads {
            scope.spawn(move || work(n, seed));
        }
    });
}
