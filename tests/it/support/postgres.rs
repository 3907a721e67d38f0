//! PostgreSQL servers for the tests, in temporary folders, which end with the process: one that all tests share, and
//! others for tests that would disturb it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Friends;
use super::proxy::Proxy;
#[cfg(unix)]
use super::users::{NOBODY, is_root};

/// A running server with a database `films`. Its superuser is `owner`, who needs no password.
pub struct Postgres {
    /// The folder of its data, its socket and its certificates.
    pub folder: PathBuf,
    pub port: u16,
    programs: PathBuf,
    /// The script that stops the server when its standard input ends: at the latest with this process.
    script: Child,
}

static SERVER: OnceLock<Result<Option<Postgres>, String>> = OnceLock::new();
static BOARDS: AtomicUsize = AtomicUsize::new(0);

/// Returns the shared server. If PostgreSQL is absent, prints that and returns `None`.
pub fn server() -> Option<&'static Postgres> {
    if cfg!(not(feature = "postgres")) {
        return None;
    }
    // A failure is kept as well, so that not every test tries again.
    let server = SERVER.get_or_init(|| programs().map(Postgres::start).transpose());
    let server = server.as_ref().unwrap_or_else(|why| panic!("PostgreSQL does not start: {why}")).as_ref();
    if server.is_none() {
        say_absent("PostgreSQL");
    }
    server
}

/// Starts a server for one test.
pub fn another_server() -> Option<Postgres> {
    let programs = &server()?.programs;
    Some(Postgres::start(programs.clone()).unwrap_or_else(|why| panic!("PostgreSQL does not start: {why}")))
}

/// Prints that a test was skipped because a program is absent, or panics if PostgreSQL is required.
pub fn say_absent(program: &str) {
    let is_required = std::env::var_os("MOVIENIGHT_TEST_POSTGRES").is_some_and(|value| value == "required");
    assert!(!is_required, "{program} is absent");
    // Not `eprintln!`, whose output is captured while the test passes.
    let _ = writeln!(std::io::stderr(), "not tested: {program} is absent");
}

/// Returns a free port.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Creates a folder that the server's user owns.
pub fn folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("movienight-pg").tempdir().unwrap().keep();
    give_to_server(&folder);
    folder
}

/// Returns a command that runs as the server's user, because servers refuse to run as root.
pub fn as_server(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/").env("LC_ALL", "C");
    #[cfg(unix)]
    if is_root() {
        use std::os::unix::process::CommandExt;
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Makes the server's user the owner.
pub fn give_to_server(path: &Path) {
    #[cfg(unix)]
    if is_root() {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        if path.is_dir() {
            std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
    }
}

/// Finds the folder of initdb, postgres and psql: in `PATH`, or where Debian keeps them.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut debian: Vec<PathBuf> = debian.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    debian.sort();
    std::env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .find(|folder| ["initdb", "postgres", "psql"].iter().all(|program| folder.join(program).is_file()))
}

/// Returns a name for a board that no other test uses.
pub fn new_board() -> String {
    format!("t{}", BOARDS.fetch_add(1, Ordering::SeqCst))
}

/// Returns friends with the address of a board of their own, made from its name. `None` if PostgreSQL is absent.
pub fn friends(address: impl Fn(&Postgres, &str) -> String) -> Option<(Friends, &'static Postgres, String)> {
    let server = server()?;
    let board = new_board();
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_DB", address(server, &board));
    Some((friends, server, board))
}

/// Returns friends with two movies on their board, behind a proxy. `None` if PostgreSQL is absent.
pub fn behind_proxy() -> Option<(Friends, Proxy, &'static Postgres, String)> {
    let proxy = Proxy::in_front_of(server()?.port);
    let port = proxy.port;
    let (friends, server, board) =
        friends(|_, board| format!("postgres://owner@127.0.0.1:{port}/films?board={board}"))?;
    friends.run("propose tt0000012 tt0000013 --as Ana").ok();
    proxy.trips();
    Some((friends, proxy, server, board))
}

impl Postgres {
    fn start(programs: PathBuf) -> Result<Self, String> {
        let folder = folder();
        let server = Self::start_in(folder, programs)?;
        server.sql_in("postgres", "CREATE DATABASE films");
        // Created here, because two tests that create a role at the same time conflict.
        server.sql("CREATE ROLE locked LOGIN PASSWORD 'geheim'; CREATE ROLE odd LOGIN PASSWORD 'a:b\\c'");
        Ok(server)
    }

    fn start_in(folder: PathBuf, programs: PathBuf) -> Result<Self, String> {
        let port = free_port();
        certificates(&folder);
        for file in ["server.crt", "server.key"] {
            give_to_server(&folder.join(file));
        }
        let mut script = as_server("sh");
        script.arg("-c").arg(SCRIPT).arg("sh").args([&programs, &folder]).arg(port.to_string()).stdin(Stdio::piped());
        let mut server = Self { folder, port, programs, script: script.spawn().unwrap() };
        for _ in 0..600 {
            if server.try_sql("postgres", "SELECT 1").is_some() {
                return Ok(server);
            }
            if server.script.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Err(std::fs::read_to_string(server.folder.join("log")).unwrap_or_default())
    }

    /// Restarts the server. `mode` is how pg_ctl stops it, such as `fast`.
    pub fn restart(&self, mode: &str) {
        let mut command = as_server(self.programs.join("pg_ctl"));
        let status = command.arg("-D").arg(self.folder.join("data")).args(["-w", "-m", mode, "restart"]).status();
        assert!(status.unwrap().success(), "{mode}");
    }

    /// Starts a streaming replica of this server, which is read-only.
    pub fn replica(&self) -> Self {
        let folder = folder();
        let mut command = as_server(self.programs.join("pg_basebackup"));
        command.args(["-R", "-c", "fast", "-U", "owner", "-p", &self.port.to_string(), "-h"]).arg(&self.folder);
        assert!(command.arg("-D").arg(folder.join("data")).status().unwrap().success());
        Self::start_in(folder, self.programs.clone()).unwrap()
    }

    /// Returns the address of a board for a user.
    pub fn address(&self, user: &str, board: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/films?board={board}", self.port)
    }

    /// Runs SQL as the superuser. Returns its rows, one per line.
    #[track_caller]
    pub fn sql(&self, sql: &str) -> String {
        self.sql_in("films", sql)
    }

    #[track_caller]
    fn sql_in(&self, database: &str, sql: &str) -> String {
        self.try_sql(database, sql).unwrap_or_else(|| panic!("psql fails: {sql}"))
    }

    /// Runs SQL through another port, such as that of a proxy. Returns its rows, one per line.
    #[track_caller]
    pub fn sql_through(&self, port: u16, sql: &str) -> String {
        self.psql("films", Path::new("127.0.0.1"), port, sql).unwrap_or_else(|| panic!("psql fails: {sql}"))
    }

    /// Locks a board as a change does, until the returned value is dropped.
    pub fn lock(&self, board: &str) -> Lock {
        self.lock_by(board, "SELECT 'locked' FROM counters FOR UPDATE")
    }

    /// Runs statements in a transaction that stays open. The last one must return the word `locked`.
    pub fn lock_by(&self, board: &str, sql: &str) -> Lock {
        let mut command = self.psql_command("films", &self.folder, self.port);
        let mut psql = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let sql = format!("SET search_path = {board};\nBEGIN;\n{sql};\n");
        psql.stdin.as_mut().unwrap().write_all(sql.as_bytes()).unwrap();
        let mut answer = String::new();
        BufReader::new(psql.stdout.as_mut().unwrap()).read_line(&mut answer).unwrap();
        let lock = Lock(psql);
        assert_eq!(answer, "locked\n");
        lock
    }

    fn try_sql(&self, database: &str, sql: &str) -> Option<String> {
        self.psql(database, &self.folder, self.port, sql)
    }

    fn psql(&self, database: &str, host: &Path, port: u16, sql: &str) -> Option<String> {
        let output = self.psql_command(database, host, port).args(["-c", sql]).output().ok()?;
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap().trim_end().to_owned())
    }

    fn psql_command(&self, database: &str, host: &Path, port: u16) -> Command {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-U", "owner", "-d", database, "-h"]).arg(host);
        command.args(["-p", &port.to_string()]).env("PGCONNECT_TIMEOUT", "5");
        command
    }
}

/// A session that holds a lock on a board.
pub struct Lock(Child);

impl Drop for Lock {
    fn drop(&mut self) {
        // At the end of its input, psql exits and ends the session.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}

/// A script that runs a server until standard input ends. The roles `locked` and `odd` need a password.
const SCRIPT: &str = r#"
bin=$1 folder=$2 port=$3
exec 2>"$folder/log" >&2
if ! [ -d "$folder/data" ]; then
  "$bin/initdb" -D "$folder/data" -U owner -A trust --no-sync -E UTF8
  cat >"$folder/data/pg_hba.conf" <<HBA
host all locked,odd 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
host all all ::1/128 trust
local all all trust
local replication all trust
HBA
fi
"$bin/pg_ctl" -D "$folder/data" -w -o "-p $port -k $folder -c listen_addresses=localhost -c fsync=off \
  -c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB -c ssl=on \
  -c ssl_cert_file=$folder/server.crt -c ssl_key_file=$folder/server.key" start || exit 1
cat >/dev/null
"$bin/pg_ctl" -D "$folder/data" -w -m immediate stop
rm -rf "$folder"/*
rmdir "$folder" 2>/dev/null
"#;

/// Creates a certificate authority, and a certificate for `localhost` signed by it.
fn certificates(folder: &Path) {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).unwrap();
    std::fs::write(folder.join("ca.pem"), authority.pem()).unwrap();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    std::fs::write(folder.join("server.crt"), certificate.pem()).unwrap();
    std::fs::write(folder.join("server.key"), key.serialize_pem()).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(folder.join("server.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}
