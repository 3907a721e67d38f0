//! A connection to a server. Only this file has an asynchronous runtime. One time limit applies to every wait.

use std::future::{Future, poll_fn};
use std::net::IpAddr;
use std::task::Poll;
use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::net::lookup_host;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::{DbError, Severity, SqlState};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, Error, Row, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::Address;
use super::host::{Tls, connector};
use crate::env::Stopwatch;
use crate::store::db::{Param, Statement};

/// The time limit for connecting to one of a host's addresses.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// The time after which an unacknowledged packet means that the link was cut.
const CUT_LIMIT: Duration = Duration::from_secs(20);
/// The time limit for retries while a server has no connection to spare or is starting.
const CROWDED_LIMIT: Duration = Duration::from_secs(3);

/// The stream that carries a client's messages.
type ServerLink = tokio_postgres::Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// The reason why a call to the server failed.
#[derive(Debug)]
pub enum ConnectionError {
    /// The server sent no answer within this time.
    Silent(Duration),
    /// The connection was lost during the wait for an answer.
    Lost,
    /// The server or the driver reported an error.
    Refused(Error),
    /// The address or this machine's settings cannot be used.
    Settings(String),
}

impl ConnectionError {
    /// Returns true if a retry cannot help: the settings are invalid, the user is rejected, or the database is gone.
    pub fn is_final(&self) -> bool {
        let Self::Refused(error) = self else { return matches!(self, Self::Settings(_)) };
        error.code().is_some_and(|code| code.code().starts_with("28") || *code == SqlState::INVALID_CATALOG_NAME)
    }
}

/// Returns true if the server ends the connection with this error.
fn ends_connection(error: &Error) -> bool {
    let severity = error.as_db_error().and_then(DbError::parsed_severity);
    matches!(severity, Some(Severity::Fatal | Severity::Panic))
}

pub struct Connection {
    /// `None` only during drop.
    client: Option<Client>,
    runtime: Runtime,
    /// True if the connection was lost, so that no further request can succeed.
    pub is_broken: bool,
    /// The time limit for an answer.
    pub limit: Duration,
}

impl Connection {
    /// Connects within the time limit of the address.
    pub fn open(address: &Address) -> Result<Self, ConnectionError> {
        let limit = address.limit;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| ConnectionError::Settings(format!("the system has no resources for a connection: {e}")))?;
        let tls = connector(&address.route.tls).map_err(ConnectionError::Settings)?;
        let stopwatch = Stopwatch::start();
        let connecting = async {
            loop {
                let connected = connect(address, &tls).await;
                let is_crowded = connected.as_ref().is_err_and(|e| {
                    [Some(&SqlState::TOO_MANY_CONNECTIONS), Some(&SqlState::CANNOT_CONNECT_NOW)].contains(&e.code())
                });
                if !is_crowded || stopwatch.elapsed() > CROWDED_LIMIT.min(limit / 2) {
                    return connected;
                }
                tokio::time::sleep(Duration::from_millis(fastrand::u64(20..120))).await;
            }
        };
        let error = match runtime.block_on(async { tokio::time::timeout(limit, connecting).await }) {
            Ok(Ok((client, connection))) => {
                runtime.spawn(connection);
                return Ok(Self { client: Some(client), runtime, is_broken: false, limit });
            }
            Ok(Err(error)) => ConnectionError::Refused(error),
            Err(_) => ConnectionError::Silent(limit),
        };
        // Dropping the runtime would wait for its thread that looks up a name.
        runtime.shutdown_background();
        Err(error)
    }

    pub fn reopen(&mut self, address: &Address) -> Result<(), ConnectionError> {
        let limit = self.limit;
        *self = Self::open(address)?;
        self.limit = limit;
        Ok(())
    }

    /// Sends statements in one round trip, and returns the rows of each.
    pub fn send(&mut self, queries: &[Query]) -> Result<Vec<Vec<Row>>, ConnectionError> {
        // All are sent before the first answer is awaited. Only the first error counts: the later ones follow from it.
        self.wait(async |client| try_join_all(queries.iter().map(|query| ask(client, query))).await)
    }

    /// Runs a script that returns nothing.
    pub fn execute(&mut self, script: &str) -> Result<(), ConnectionError> {
        self.wait(async |client| client.batch_execute(script).await)
    }

    fn wait<T>(&mut self, work: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> Result<T, ConnectionError> {
        let Some(client) = &self.client else { return Err(ConnectionError::Lost) };
        match self.runtime.block_on(async { tokio::time::timeout(self.limit, work(client)).await }) {
            Ok(Ok(answer)) => Ok(answer),
            Err(_) => Err(ConnectionError::Silent(self.limit)),
            Ok(Err(error)) if error.as_db_error().is_some() && !ends_connection(&error) => {
                Err(ConnectionError::Refused(error))
            }
            Ok(Err(_)) => {
                self.is_broken = true;
                Err(ConnectionError::Lost)
            }
        }
    }

    /// Sends a statement without waiting for its answer.
    pub fn send_without_waiting(&mut self, sql: &str) {
        let Some(client) = &self.client else { return };
        self.runtime.block_on(async {
            let mut sending = Box::pin(client.query_typed(sql, &[]));
            poll_fn(|context| {
                let _ = sending.as_mut().poll(context);
                Poll::Ready(())
            })
            .await;
            yield_to_connection().await;
        });
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Sends Terminate, so that the server does not log a lost connection.
        self.client = None;
        self.runtime.block_on(yield_to_connection());
    }
}

/// Lets the task of the connection run.
async fn yield_to_connection() {
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
}

/// Connects to the first host and address where a server answers. That answer is final, and no other server gets the
/// password. A server that is starting does not count.
async fn connect(address: &Address, tls: &MakeRustlsConnect) -> Result<(Client, ServerLink), Error> {
    let mut unanswered = None;
    for (at, host) in address.route.config.get_hosts().iter().enumerate() {
        let port = address.route.port_of(at);
        let found = match host {
            Host::Tcp(name) => lookup_host((name.as_str(), port)).await.map(|found| found.map(|to| to.ip()).collect()),
            #[cfg(unix)]
            Host::Unix(_) => Ok(Vec::new()),
        };
        let found: Vec<IpAddr> = found.unwrap_or_default();
        // A name without an address is looked up once more, for the error.
        let each = found.iter().copied().map(Some).chain(found.is_empty().then_some(None));
        for ip in each {
            match config(address, host, ip, port).connect(tls.clone()).await {
                // Only its text tells that the driver could not connect.
                Err(error)
                    if error.code() == Some(&SqlState::CANNOT_CONNECT_NOW)
                        || error.to_string().starts_with("error connecting to server") =>
                {
                    unanswered = Some(error);
                }
                answered => return answered,
            }
        }
    }
    Err(unanswered.expect("an address has a host"))
}

fn config(address: &Address, host: &Host, ip: Option<IpAddr>, port: u16) -> Config {
    let given = &address.route.config;
    let mut config = Config::new();
    match host {
        Host::Tcp(name) => config.host(name),
        #[cfg(unix)]
        Host::Unix(folder) => config.host_path(folder),
    };
    if let Some(ip) = ip {
        config.hostaddr(ip);
    }
    config.port(port).user(&address.user).dbname(address.route.database());
    config.channel_binding(given.get_channel_binding()).target_session_attrs(given.get_target_session_attrs());
    if let Some(options) = given.get_options() {
        config.options(options);
    }
    if let Some(password) = given.get_password() {
        config.password(password);
    }
    config.application_name("movienight").connect_timeout(CONNECT_LIMIT);
    // Copying a board may take minutes, but a cut link should be noticed sooner.
    config.tcp_user_timeout(CUT_LIMIT).keepalives_idle(CUT_LIMIT / 2).keepalives_interval(CUT_LIMIT / 5);
    config.ssl_mode(if address.route.tls == Tls::Off { SslMode::Disable } else { SslMode::Require });
    if config.get_password().is_none_or(<[u8]>::is_empty)
        && let Some(password) = address.password_from_file()
    {
        config.password(password);
    }
    config
}

async fn ask(client: &Client, query: &Query) -> Result<Vec<Row>, Error> {
    let values: Vec<(&(dyn ToSql + Sync), Type)> =
        query.values.iter().map(|(value, kind)| (value.as_ref(), kind.clone())).collect();
    // Unnamed, and with types: no state stays in the session, so a pooler may give each transaction a different one.
    client.query_typed(&query.sql, &values).await
}

/// A value for a placeholder, with its type, so that the server need not be asked for it.
type Value = (Box<dyn ToSql + Sync>, Type);

pub struct Query {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Query {
    pub fn plain(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new() }
    }

    pub fn new(sql: &str, values: &[Param<'_>]) -> Self {
        // No literal in the store's SQL contains a question mark.
        Self { sql: sql.replace('?', "$"), values: values.iter().map(value).collect() }
    }

    /// Returns the queries for statements, with the index of each statement: one over arrays, or one for each row.
    pub fn of(statements: &[Statement<'_>]) -> impl Iterator<Item = (usize, Self)> {
        statements.iter().enumerate().flat_map(|(index, Statement { sql, rows, over_arrays })| {
            let queries: Vec<Self> = match (over_arrays, rows.first()) {
                (Some(sql), Some(first)) => {
                    let values = (0..first.len()).map(|at| array(rows, at)).collect();
                    vec![Self { sql: sql.replace('?', "$"), values }]
                }
                _ => rows.iter().map(|params| Self::new(sql, params)).collect(),
            };
            queries.into_iter().map(move |query| (index, query))
        })
    }
}

fn value(param: &Param<'_>) -> Value {
    match param {
        Param::Int(number) => (Box::new(*number), Type::INT8),
        Param::Text(_) => (Box::new(text(param)), Type::TEXT),
    }
}

/// Returns the values of one placeholder in several rows as an array.
fn array(rows: &[Vec<Param<'_>>], at: usize) -> Value {
    let params = || rows.iter().map(|row| &row[at]);
    let number = |param: &Param<'_>| if let Param::Int(number) = param { *number } else { None };
    match &rows[0][at] {
        Param::Int(_) => (Box::new(params().map(number).collect::<Vec<_>>()), Type::INT8_ARRAY),
        Param::Text(_) => (Box::new(params().map(text).collect::<Vec<_>>()), Type::TEXT_ARRAY),
    }
}

fn text(param: &Param<'_>) -> Option<String> {
    if let Param::Text(text) = param { text.as_deref().map(str::to_owned) } else { None }
}
