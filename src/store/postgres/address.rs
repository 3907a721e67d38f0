//! The address of a board on a PostgreSQL server, in the form that psql takes and hosting providers hand out.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{ChannelBinding, Host};
use url::form_urlencoded;

use super::host::{Route, display_host, root_certificate, tls, usual_host};
use crate::env::Variables;
use crate::model::text::sanitize;
use crate::store::location::{Address, DEFAULT_BOARD, check_board};

/// The default time limit. Hosted servers that sleep wake up in less than a second.
const LIMIT: Duration = Duration::from_secs(5);
const DEFAULT_PORT: u16 = 5432;
/// The longest name of a host or a database in a message, in characters.
const MAX_SHOWN: usize = 100;
/// The parameters that tokio-postgres does not know, or supports only in part.
const OWN_PARAMETERS: [&str; 3] = ["board", "sslmode", "sslrootcert"];

impl Address {
    /// Parses `postgres://user:password@host:port/database?board=name&sslmode=…`. Missing parts come from psql's
    /// variables.
    ///
    /// # Errors
    /// Says what is wrong, without repeating a password.
    pub fn parse(text: &str, var: Variables<'_>) -> Result<Self, String> {
        // A file of secrets ends with a line break.
        let text = text.trim();
        if text.matches('@').count() > 1 {
            return Err("the address has more than one @: write %40 for @ in a user name or password".to_owned());
        }
        let var = |variable: &str| match var(variable).filter(|value| !value.is_empty()) {
            Some(value) => value.into_string().map(Some).map_err(|_| format!("{variable} is not valid UTF-8")),
            None => Ok(None),
        };
        let (place, parameters) = split_parameters(text);
        let own = |name: &str| {
            let values = form_urlencoded::parse(parameters.as_bytes()).filter(|(given, _)| given == name);
            values.last().map(|(_, value)| Cow::into_owned(value)).filter(|value| !value.is_empty())
        };
        let others: Vec<&str> = parameters
            .split('&')
            .filter(|parameter| !OWN_PARAMETERS.contains(&parameter.split('=').next().unwrap_or_default()))
            .collect();
        let mut config = parse_config(&format!("{place}?{}", others.join("&")))?;
        complete(&mut config, var)?;
        let board = own("board").unwrap_or_else(|| DEFAULT_BOARD.to_owned());
        check_board(&board)?;
        let or_var = |name: &str, variable: &str| own(name).map_or_else(|| var(variable), |value| Ok(Some(value)));
        let root = root_certificate(or_var("sslrootcert", "PGSSLROOTCERT")?, var("HOME")?);
        let tls = tls(or_var("sslmode", "PGSSLMODE")?.as_deref(), config.get_hosts(), root)?;
        let route = Route { config, tls, password_file: password_file(var)? };
        Ok(Self {
            user: route.config.get_user().unwrap_or_default().to_owned(),
            server: route.server(),
            place: route.place(),
            route,
            board,
            limit: LIMIT,
            text: text.to_owned(),
        })
    }

    /// Replaces the password.
    pub fn set_password(&mut self, password: &str) {
        self.route.config.password(password);
    }
}

impl Route {
    pub(super) fn host(&self) -> &Host {
        &self.config.get_hosts()[0]
    }

    /// Returns the port of the host with this index.
    pub(super) fn port_of(&self, host: usize) -> u16 {
        let ports = self.config.get_ports();
        ports.get(host).or(ports.first()).copied().unwrap_or(DEFAULT_PORT)
    }

    pub(super) fn database(&self) -> &str {
        self.config.get_dbname().unwrap_or_default()
    }

    fn place(&self) -> String {
        let hosts = self
            .config
            .get_hosts()
            .iter()
            .enumerate()
            .map(|(at, host)| format!("{}:{}", display_host(host), self.port_of(at)));
        format!("postgres://{}/{}", hosts.collect::<Vec<_>>().join(","), self.database())
    }

    fn server(&self) -> String {
        let port = self.port_of(0);
        let port = if port == DEFAULT_PORT { String::new() } else { format!(":{port}") };
        format!("{} at {}{port}", sanitize(self.database(), MAX_SHOWN), sanitize(&display_host(self.host()), MAX_SHOWN))
    }
}

/// Splits an address at its `?`. A `?` before the `@` belongs to a password.
fn split_parameters(text: &str) -> (&str, &str) {
    let host = text.find('@').unwrap_or_default();
    text[host..].find('?').map_or((text, ""), |at| (&text[..host + at], &text[host + at + 1..]))
}

/// Parses the part that tokio-postgres knows, and rejects what the program does not support.
fn parse_config(text: &str) -> Result<Config, String> {
    if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
        return Err("the address must start with postgres://".to_owned());
    }
    let config: Config = text.parse().map_err(|error: tokio_postgres::Error| {
        let why = std::error::Error::source(&error).map(ToString::to_string);
        format!("the address is invalid: {}", sanitize(&why.unwrap_or_default(), MAX_SHOWN))
    })?;
    if !config.get_hostaddrs().is_empty() {
        return Err("hostaddr is not supported: use the IP address as the host".to_owned());
    }
    if config.get_user().is_some_and(|user| user.contains(['/', '?'])) {
        return Err("the address has an @ after a / or ?: write %40 for @".to_owned());
    }
    if config.get_dbname().is_some_and(|database| database.contains('/')) {
        return Err("the database name contains a /: name the board with ?board=NAME".to_owned());
    }
    Ok(config)
}

/// Takes missing parts from the variables that psql uses.
fn complete(config: &mut Config, var: impl Fn(&str) -> Result<Option<String>, String>) -> Result<(), String> {
    if config.get_hosts().is_empty() {
        config.host(var("PGHOST")?.unwrap_or_else(usual_host));
    }
    if config.get_ports().is_empty()
        && let Some(port) = var("PGPORT")?
    {
        config.port(port.parse().map_err(|_| "PGPORT must be a number from 1 to 65535")?);
    }
    if config.get_user().is_none_or(str::is_empty) {
        let users = ["PGUSER", "LOGNAME", "USER", "USERNAME"].into_iter();
        config.user(
            users
                .filter_map(|name| var(name).transpose())
                .next()
                .ok_or("the address has no user: write postgres://USER@HOST/DATABASE")??,
        );
    }
    if config.get_dbname().is_none() {
        let user = config.get_user().unwrap_or_default().to_owned();
        config.dbname(var("PGDATABASE")?.unwrap_or(user));
    }
    if let Some(password) = var("PGPASSWORD")?.filter(|_| config.get_password().is_none_or(<[u8]>::is_empty)) {
        config.password(password);
    }
    if var("PGCHANNELBINDING")?.as_deref() == Some("require") {
        config.channel_binding(ChannelBinding::Require);
    }
    Ok(())
}

/// Returns the path of the password file, where psql looks for it.
fn password_file(var: impl Fn(&str) -> Result<Option<String>, String>) -> Result<Option<PathBuf>, String> {
    if let Some(path) = var("PGPASSFILE")? {
        return Ok(Some(path.into()));
    }
    let (folder, name) = if cfg!(windows) { ("APPDATA", "postgresql/pgpass.conf") } else { ("HOME", ".pgpass") };
    Ok(var(folder)?.map(|folder| Path::new(&folder).join(name)))
}

/// Quotes a name for SQL, whatever it contains.
pub fn quoted_identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
