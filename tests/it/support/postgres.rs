//! PostgreSQL servers of the tests' own, in temporary folders, gone with the process: one that all tests share, and
//! others for what must not be done to it.

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
    /// Folder of its data, its socket and its certificates.
    pub folder: PathBuf,
    pub port: u16,
    programs: PathBuf,
    /// Stops the server when its standard input ends: with this process, or before.
    script: Child,
}

static SERVER: OnceLock<Result<Option<Postgres>, String>> = OnceLock::new();
static BOARDS: AtomicUsize = AtomicUsize::new(0);

/// The server of this process; none, and a word about it, where PostgreSQL is absent.
pub fn server() -> Option<&'static Postgres> {
    if cfg!(not(feature = "postgres")) {
        return None;
    }
    // Kept when it fails, so that not every test tries again.
    let server = SERVER.get_or_init(|| programs().map(Postgres::start).transpose());
    let server = server.as_ref().unwrap_or_else(|why| panic!("PostgreSQL does not start: {why}")).as_ref();
    if server.is_none() {
        say_absent("PostgreSQL");
    }
    server
}

/// A server for one test.
pub fn another_server() -> Option<Postgres> {
    let programs = &server()?.programs;
    Some(Postgres::start(programs.clone()).unwrap_or_else(|why| panic!("PostgreSQL does not start: {why}")))
}

/// Says that something was left out, or fails where it must not be.
pub fn say_absent(program: &str) {
    let is_required = std::env::var_os("MOVIENIGHT_TEST_POSTGRES").is_some_and(|value| value == "required");
    assert!(!is_required, "{program} is absent");
    // The test's own handle, so that it is seen although the test passes.
    let _ = writeln!(std::io::stderr(), "not tested: {program} is absent");
}

/// A port that is free.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A new folder that the user owns as whom servers run.
pub fn folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("movienight-pg").tempdir().unwrap().keep();
    give_to_server(&folder);
    folder
}

/// A command as the user as whom servers run, because they refuse to run as root.
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

/// Makes the user the owner as whom servers run.
pub fn give_to_server(path: &Path) {
    #[cfg(unix)]
    if is_root() {
        std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        if path.is_dir() {
            std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
    }
}

/// The folder of initdb and postgres: in the path, or where Debian keeps them.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut debian: Vec<PathBuf> = debian.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    debian.sort();
    std::env::split_paths(&path)
        .chain(debian.into_iter().rev())
        .find(|folder| ["initdb", "postgres", "psql"].iter().all(|program| folder.join(program).is_file()))
}

/// A name for a board that no other test uses.
pub fn new_board() -> String {
    format!("t{}", BOARDS.fetch_add(1, Ordering::SeqCst))
}

/// Friends with a board of their own at an address made of its name; none: PostgreSQL is absent.
pub fn friends(address: impl Fn(&Postgres, &str) -> String) -> Option<(Friends, &'static Postgres, String)> {
    let server = server()?;
    let board = new_board();
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_DB", address(server, &board));
    Some((friends, server, board))
}

/// Friends with a board on which there are two movies, and a proxy before its server.
pub fn behind_proxy() -> Option<(Friends, Proxy, &'static Postgres, String)> {
    let proxy = Proxy::before(server()?.port);
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
        // Here, because two tests that make a role at the same time get into each other's way.
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

    /// Stops the server in one of the modes of pg_ctl, and starts it again.
    pub fn restart(&self, mode: &str) {
        let mut command = as_server(self.programs.join("pg_ctl"));
        let status = command.arg("-D").arg(self.folder.join("data")).args(["-w", "-m", mode, "restart"]).status();
        assert!(status.unwrap().success(), "{mode}");
    }

    /// Another server that copies what is written here, and takes no changes of its own.
    pub fn replica(&self) -> Self {
        let folder = folder();
        let mut command = as_server(self.programs.join("pg_basebackup"));
        command.args(["-R", "-c", "fast", "-U", "owner", "-p", &self.port.to_string(), "-h"]).arg(&self.folder);
        assert!(command.arg("-D").arg(folder.join("data")).status().unwrap().success());
        Self::start_in(folder, self.programs.clone()).unwrap()
    }

    /// An address of a board, for a user.
    pub fn address(&self, user: &str, board: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/films?board={board}", self.port)
    }

    /// Runs SQL as the superuser: what it returns, a row a line.
    #[track_caller]
    pub fn sql(&self, sql: &str) -> String {
        self.sql_in("films", sql)
    }

    #[track_caller]
    fn sql_in(&self, database: &str, sql: &str) -> String {
        self.try_sql(database, sql).unwrap_or_else(|| panic!("psql fails: {sql}"))
    }

    /// Runs SQL as another client of that port does: what it returns.
    #[track_caller]
    pub fn sql_through(&self, port: u16, sql: &str) -> String {
        self.psql("films", Path::new("127.0.0.1"), port, sql).unwrap_or_else(|| panic!("psql fails: {sql}"))
    }

    /// Locks a board as a change does, until what is returned is dropped.
    pub fn lock(&self, board: &str) -> Lock {
        self.lock_by(board, "SELECT 'locked' FROM counters FOR UPDATE")
    }

    /// Locks what these statements lock, the last of which returns the word locked.
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

/// A session that has locked a board.
pub struct Lock(Child);

impl Drop for Lock {
    fn drop(&mut self) {
        // The end of its input ends psql, and its session.
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

/// Starts a server and waits for the end of standard input. The roles `locked` and `odd` need a password.
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

/// An authority of our own, and a certificate of its for `localhost`.
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
