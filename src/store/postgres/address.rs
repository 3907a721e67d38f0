//! The address of a board on a PostgreSQL server, as psql takes it.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::host::{Host, Secret, Tls, root_certificate, tls, usual_host};
use crate::model::text::clean;

/// Values of environment variables by their names; empty ones count as not set.
pub type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The board of an address that names none.
const DEFAULT_BOARD: &str = "movienight";
/// Hosted servers that were put to sleep wake in under one second.
const LIMIT: Duration = Duration::from_secs(5);
/// Longest name of a board, in characters. PostgreSQL takes 63 bytes.
const MAX_BOARD: usize = 41;
const DEFAULT_PORT: u16 = 5432;
/// Longest name of a host or a database that is repeated, in characters.
const MAX_SHOWN: usize = 100;

/// The address of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub(super) host: Host,
    pub(super) port: u16,
    pub(super) user: String,
    pub(super) database: String,
    /// The schema that the board is.
    pub(super) board: String,
    pub(super) tls: Tls,
    /// Passwords are only given to a server that proves to be the end of the same TLS connection.
    pub(super) requires_binding: bool,
    /// The longest that is waited for the server, over all that one connection is used for.
    pub(in crate::store) limit: Duration,
    pub(super) password: Option<Secret>,
    pub(super) password_file: Option<PathBuf>,
    text: Secret,
}

impl Address {
    /// True for text that is such an address, right or wrong.
    pub fn is_meant(text: &str) -> bool {
        // A mistyped scheme too: as a path it would be shown, and may hold a password.
        let start: String = text.chars().take(10).collect::<String>().to_ascii_lowercase();
        ["postgres:", "postgres/", "postgresql"].iter().any(|scheme| start.starts_with(scheme))
            && (text.contains('@') || scheme(text).is_some())
    }

    /// Understands `postgres://user:password@host:port/database?board=name&sslmode=…`. What is not in it is taken from
    /// the variables that psql takes it from.
    ///
    /// # Errors
    /// Says in words what is wrong, without repeating a password.
    pub fn parse(text: &str, var: Variables<'_>) -> Result<Self, String> {
        let rest = scheme(text).ok_or("an address begins with postgres://")?;
        let mut given = Given::default();
        let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        // What follows may be the rest of a password.
        if parameters.contains('@') {
            return Err("there is an @ behind a ?: in a password write %3F for ?, elsewhere %40 for @".to_owned());
        }
        let (authority, database) = place.split_once('/').unwrap_or((place, ""));
        // What follows may be the rest of a password.
        if database.contains('@') {
            return Err("there is an @ behind a /: in a password write %2F for /, elsewhere %40 for @".to_owned());
        }
        let database = database.trim_end_matches('/');
        if database.contains('/') {
            return Err("the database's name has a / in it: a board is named with ?board=NAME".to_owned());
        }
        if database.contains('&') {
            return Err("the database's name has an & in it: parameters begin with ?, as in ?board=NAME".to_owned());
        }
        given.set("dbname", decode(database)?);
        let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        given.set("user", decode(user)?);
        given.set("password", decode(password)?);
        let (host, port) = split_port(host)?;
        given.set("host", decode(host)?);
        given.set("port", port.to_owned());
        if parameters.contains('?') {
            return Err("there is a second ?: what follows the first is joined with &".to_owned());
        }
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let name = decode(name)?;
            // What is no name may be the rest of a password.
            if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
                return Err("what follows ? is no list of parameters: in a password write %3F for ?".to_owned());
            }
            if !PARAMETERS.contains(&name.as_str()) {
                let known = PARAMETERS.join(", ");
                return Err(format!("{name} is no parameter that is known here ({known}): leave it out"));
            }
            given.set(&name, decode(value)?);
        }
        given.into_address(text, var)
    }

    /// The same place on every machine, for the names of files.
    pub fn identity(&self) -> String {
        format!("postgres://{}:{}/{}?board={}", self.host, self.port, self.database, self.board)
    }

    /// The address as it was given, with its password if it has one: for the environment of a child, never for an
    /// argument, a message or a log.
    pub fn secret_text(&self) -> &OsStr {
        OsStr::new(self.text.reveal())
    }

    /// The name of the board.
    pub fn board(&self) -> &str {
        &self.board
    }

    /// The board is the one of an address that names none.
    pub fn is_default_board(&self) -> bool {
        self.board == DEFAULT_BOARD
    }

    /// The database without any of its boards.
    pub(super) fn without_board(&self) -> Self {
        Self { board: String::new(), ..self.clone() }
    }

    /// The same server and database, another board.
    pub fn with_board(&self, board: &str) -> Result<Self, String> {
        check_board(board)?;
        Ok(Self { board: board.to_owned(), ..self.clone() })
    }

    /// The server and its database, in words.
    pub fn server(&self) -> String {
        let port = if self.port == DEFAULT_PORT { String::new() } else { format!(" port {}", self.port) };
        let host = clean(&self.host.to_string(), MAX_SHOWN);
        format!("{} at {host}{port}", clean(&self.database, MAX_SHOWN))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.board.as_str() {
            "" => write!(f, "database {}", self.server()),
            board => write!(f, "board {board} of {}", self.server()),
        }
    }
}

const PARAMETERS: [&str; 10] = [
    "board",
    "host",
    "port",
    "user",
    "password",
    "dbname",
    "sslmode",
    "sslrootcert",
    "channel_binding",
    // Is in many addresses, and changes nothing: this program gives its own name.
    "application_name",
];

fn scheme(text: &str) -> Option<&str> {
    ["postgres://", "postgresql://"].iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
    })
}

/// The parts of an address, by the names of its parameters.
#[derive(Default)]
struct Given(Vec<(String, String)>);

impl Given {
    fn set(&mut self, name: &str, value: String) {
        if !value.is_empty() {
            self.0.push((name.to_owned(), value));
        }
    }

    /// A parameter; the later one when it is given twice.
    fn get(&self, name: &str) -> Option<String> {
        self.0.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.clone())
    }

    fn into_address(self, text: &str, var: Variables<'_>) -> Result<Address, String> {
        let from = |variable: &str| text_of(var, variable);
        let either = |name: &str, variable: &str| match self.get(name) {
            Some(value) => Ok(Some(value)),
            None => from(variable),
        };
        let host = either("host", "PGHOST")?.map_or_else(usual_host, |host| Host::parse(&host));
        if let Host::Tcp(name) = &host
            && name.contains(',')
        {
            return Err("several hosts in one address are not supported: name one".to_owned());
        }
        let is_port = |port: &u16| *port > 0;
        let port = either("port", "PGPORT")?
            .map(|port| port.parse().ok().filter(is_port).ok_or("the port is a number from 1 to 65535"));
        let login = || ["LOGNAME", "USER", "USERNAME"].into_iter().find_map(|name| from(name).ok().flatten());
        let user = either("user", "PGUSER")?.or_else(login).ok_or("the address names no user")?;
        let database = either("dbname", "PGDATABASE")?.unwrap_or_else(|| user.clone());
        let board = self.get("board").unwrap_or_else(|| DEFAULT_BOARD.to_owned());
        check_board(&board)?;
        let root = root_certificate(either("sslrootcert", "PGSSLROOTCERT")?, from("HOME")?);
        let tls = tls(either("sslmode", "PGSSLMODE")?.as_deref(), &host, root)?;
        let binding = either("channel_binding", "PGCHANNELBINDING")?;
        let requires_binding = match binding.as_deref() {
            None | Some("prefer" | "disable") => false,
            Some("require") => true,
            Some(_) => return Err("channel_binding is prefer or require".to_owned()),
        };
        let password = either("password", "PGPASSWORD")?.map(Secret);
        Ok(Address {
            host,
            port: port.transpose()?.unwrap_or(DEFAULT_PORT),
            user,
            database,
            board,
            tls,
            requires_binding,
            limit: LIMIT,
            password,
            password_file: password_file(from)?,
            text: Secret(text.to_owned()),
        })
    }
}

/// The value of a variable; none: it is not set, or empty.
fn text_of(var: Variables<'_>, variable: &str) -> Result<Option<String>, String> {
    let value = var(variable).filter(|value| !value.is_empty());
    value.map(|value| value.into_string().map_err(|_| format!("{variable} is not valid UTF-8"))).transpose()
}

/// The file of passwords, where psql looks.
fn password_file(from: impl Fn(&str) -> Result<Option<String>, String>) -> Result<Option<PathBuf>, String> {
    if let Some(path) = from("PGPASSFILE")? {
        return Ok(Some(path.into()));
    }
    let (folder, name) = if cfg!(windows) { ("APPDATA", "postgresql/pgpass.conf") } else { ("HOME", ".pgpass") };
    Ok(from(folder)?.map(|folder| Path::new(&folder).join(name)))
}

/// A name as SQL takes it, whatever is in it.
pub fn quoted_identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A board is a schema of its own, whose name is easily typed.
pub fn check_board(name: &str) -> Result<(), String> {
    let is_ours = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_name = name.len() <= MAX_BOARD && name.starts_with(|c: char| c.is_ascii_lowercase());
    if !is_name || !name.chars().all(is_ours) {
        return Err(format!(
            "board={}: the name of a board is up to {MAX_BOARD} of a-z, 0-9 and _, and begins with a letter",
            clean(name, 60)
        ));
    }
    if name.starts_with("pg_") || ["public", "information_schema"].contains(&name) {
        return Err(format!("board={name}: that is a schema of PostgreSQL's own"));
    }
    Ok(())
}

fn split_port(host: &str) -> Result<(&str, &str), String> {
    if let Some(rest) = host.strip_prefix('[') {
        let (address, rest) = rest.split_once(']').ok_or("an IPv6 address stands in brackets")?;
        return match rest.strip_prefix(':') {
            Some(port) => Ok((address, port)),
            None if rest.is_empty() => Ok((address, "")),
            None => Err("only a port follows an IPv6 address".to_owned()),
        };
    }
    Ok(host.rsplit_once(':').unwrap_or((host, "")))
}

/// Percent encoding undone.
fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else {
            return Err("a % in an address begins two hexadecimal digits: % itself is %25".to_owned());
        };
        bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
    }
    let text = String::from_utf8(bytes).map_err(|_| "an address is UTF-8, percent-encoded".to_owned())?;
    if text.contains('\0') {
        return Err("an address holds no zero byte".to_owned());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, variables: &[(&str, &str)]) -> Result<Address, String> {
        let value = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        Address::parse(text, &value)
    }

    fn parse(text: &str) -> Result<Address, String> {
        with(text, &[("USER", "ana")])
    }

    #[test]
    fn what_psql_takes_is_taken() {
        let address = parse("postgres://anna:p%40ss:w%2Ford@db.example.net:6432/films?board=friends").unwrap();
        assert_eq!(address.to_string(), "board friends of films at db.example.net port 6432");
        assert_eq!(parse("postgres://h/%1b%5b31mx").unwrap().to_string(), "board movienight of [31mx at h");
        assert_eq!(address.password().unwrap().reveal(), "p@ss:w/ord");
        assert_eq!((address.user.as_str(), address.tls), ("anna", Tls::Verified(None)));
        let address = parse("postgresql://[::1]/films").unwrap();
        assert_eq!((address.host, address.port), (Host::Tcp("::1".into()), 5432));
        assert_eq!((address.user.as_str(), address.board.as_str(), address.tls), ("ana", "movienight", Tls::Off));
        let address = parse("postgres:///films?host=/run/sockets&port=5433&user=ben").unwrap();
        assert_eq!((address.host, address.port), (Host::Socket("/run/sockets".into()), 5433));
        assert_eq!(address.user, "ben");
        assert_eq!(parse("postgres://ben@%2Ftmp/films").unwrap().host, Host::Socket("/tmp".into()));
        let variables = [
            ("PGHOST", "db.example.net"),
            ("PGPORT", "7000"),
            ("PGUSER", "cleo"),
            ("PGDATABASE", "evening"),
            ("PGPASSWORD", "secret"),
            ("PGSSLROOTCERT", "/ca.pem"),
            ("PGCHANNELBINDING", "require"),
        ];
        let address = with("postgres://", &variables).unwrap();
        assert_eq!(address.to_string(), "board movienight of evening at db.example.net port 7000");
        assert_eq!((address.tls.clone(), address.requires_binding), (Tls::Verified(Some("/ca.pem".into())), true));
        assert!(!format!("{address:?}").contains("\"secret\""));
    }

    #[test]
    fn what_is_wrong_is_named_without_the_password() {
        for (text, why) in [
            ("postgres://a:geheim@h/db?bord=x", "bord is no parameter"),
            ("postgres://a:geheim@h/db?board=Friends", "name of a board"),
            ("postgres://a:geheim@h/db?board=public", "PostgreSQL's own"),
            ("postgres://a:geheim@h:port/db", "port is a number"),
            ("postgres://a:geheim@h:99999/db", "port is a number"),
            ("postgres://a:geheim@[::1]:5432x/db", "port is a number"),
            ("postgres://a:geheim@[::1]x/db", "only a port follows"),
            ("postgres://a:12/geheim@h/db", "%2F for /"),
            ("postgres://a:x?geheim&y@h/db", "%3F for ?"),
            ("postgres://a:x?board=geheim@h/db", "%3F for ?"),
            ("postgres://a:geheim@h/films/friends", "?board=NAME"),
            ("postgres://a:geheim@h/films&board=friends", "begin with ?"),
            ("postgres://a:gehe%im@h/db", "hexadecimal"),
            ("postgres://a:geheim@h/db?sslmode=disable", "in the open to h"),
            ("postgres://a:geheim@h/db?sslmode=maybe", "PGSSLMODE) is"),
            ("postgres://a:geheim@h,i/db", "several hosts"),
            ("postgres://a:geheim@h/db?sslmode=require?board=x", "joined with &"),
            ("postgres://a:geheim@h/db?channel_binding=maybe", "channel_binding is"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(why) && !error.contains("gehe"), "{text}: {error}");
        }
    }

    #[test]
    fn a_mistyped_address_repeats_no_password() {
        for text in ["postgres://ann:Se?cr3t@h/d", "postgres:ann:Secr3t@h/d", "postgres//ann:Secr3t@h/d"] {
            assert!(Address::is_meant(text), "{text}");
            let why = Address::parse(text, &|_| None).map(drop).unwrap_err();
            assert!(!why.contains("cr3t"), "{text}: {why}");
        }
        assert!(!Address::is_meant("postgres/movies.db"));
    }

    #[test]
    fn off_this_machine_certificates_are_always_checked() {
        for mode in ["prefer", "require", "verify-ca", "verify-full"] {
            let address = parse(&format!("postgres://db.example.net/d?sslmode={mode}")).unwrap();
            assert_eq!(address.tls, Tls::Verified(None), "{mode}");
        }
        assert_eq!(parse("postgres://localhost/d?sslmode=disable").unwrap().tls, Tls::Off);
        assert_eq!(parse("postgres://127.0.0.1/d?sslmode=verify-full").unwrap().tls, Tls::Verified(None));
    }
}
