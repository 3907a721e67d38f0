//! A PostgreSQL server of the tests' own: one for a test process, in a temporary folder, gone with the process.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running server with a database `films`. Its superuser is `owner`, who needs no password.
pub struct Postgres {
    /// Folder of its socket, and of its certificates.
    pub folder: PathBuf,
    pub port: u16,
    programs: PathBuf,
}

static SERVER: OnceLock<Result<Option<Postgres>, String>> = OnceLock::new();
static BOARDS: AtomicUsize = AtomicUsize::new(0);

/// The server of this process; none, and a word about it, where PostgreSQL is absent.
pub fn server() -> Option<&'static Postgres> {
    // Kept when it fails, so that not every test tries again.
    let server = SERVER.get_or_init(|| programs().map(Postgres::start).transpose());
    let server = server.as_ref().unwrap_or_else(|why| panic!("PostgreSQL does not start: {why}")).as_ref();
    if server.is_none() {
        let is_required = std::env::var_os("MOVIENIGHT_TEST_POSTGRES").is_some_and(|value| value == "required");
        assert!(!is_required, "PostgreSQL is absent");
        // The test's own handle, so that it is seen although the test passes.
        let _ = writeln!(std::io::stderr(), "not tested: PostgreSQL is absent");
    }
    server
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

impl Postgres {
    #[expect(clippy::zombie_processes, reason = "it ends with this process")]
    fn start(programs: PathBuf) -> Result<Self, String> {
        let folder = tempfile::Builder::new().prefix("movienight-pg").tempdir().unwrap().keep();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        certificates(&folder);
        let mut command = Command::new("sh");
        command.arg("-c").arg(SCRIPT).arg("sh").args([&programs, &folder]).arg(port.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, chown};
            use std::os::unix::process::CommandExt;
            // PostgreSQL refuses to run as root.
            const NOBODY: u32 = 65534;
            if std::fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0) {
                for path in [&folder, &folder.join("server.crt"), &folder.join("server.key")] {
                    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
                }
                std::fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
                command.uid(NOBODY).gid(NOBODY).current_dir("/");
            }
        }
        let mut child = command.spawn().unwrap();
        // Kept open until this process ends, which ends the server.
        std::mem::forget(child.stdin.take());
        let server = Self { folder, port, programs };
        for _ in 0..600 {
            if server.try_sql("postgres", "SELECT 1").is_some() {
                server.sql_in("postgres", "CREATE DATABASE films");
                return Ok(server);
            }
            if child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Err(std::fs::read_to_string(server.folder.join("log")).unwrap_or_default())
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

    fn try_sql(&self, database: &str, sql: &str) -> Option<String> {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-U", "owner", "-d", database, "-h"]);
        command.arg(&self.folder).args(["-p", &self.port.to_string(), "-c", sql]).env("PGCONNECT_TIMEOUT", "5");
        let output = command.output().ok()?;
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap().trim_end().to_owned())
    }
}

/// Starts a server and waits for the end of standard input. The role `locked` needs a password.
const SCRIPT: &str = r#"
bin=$1 folder=$2 port=$3
exec 2>"$folder/log" >&2
export LC_ALL=C
"$bin/initdb" -D "$folder/data" -U owner -A trust --no-sync -E UTF8
cat >"$folder/data/pg_hba.conf" <<HBA
host all locked 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
host all all ::1/128 trust
local all all trust
HBA
"$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses=localhost -c fsync=off \
  -c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB -c ssl=on \
  -c ssl_cert_file="$folder/server.crt" -c ssl_key_file="$folder/server.key" </dev/null &
server=$!
cat >/dev/null
kill -INT $server
wait $server
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
