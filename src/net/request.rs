//! One GET request whose answer comes in pieces, from a thread of its own, so that whoever waits for
//! it can stop at any time.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use ureq::http::HeaderMap;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::ProxySettings;
use super::agent::config;
use super::download_error::Cause;
use super::http::{HttpError, MAX_REDIRECTS, host, redirected, translate};
use super::resolver::BoundedResolver;

/// A host that takes longer to find or to connect to counts as out of reach.
const CONNECT_LIMIT: Duration = Duration::from_secs(15);
/// Interval at which a wait looks whether it should go on.
const POLL: Duration = Duration::from_millis(100);
/// Bytes of a piece.
const PIECE: usize = 64 << 10;
/// Pieces that wait to be written.
const QUEUE: usize = 8;

/// Status and headers of an answer.
pub struct Head {
    /// Status.
    pub status: u16,
    headers: HeaderMap,
}

impl Head {
    /// A header, when it is there and readable.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// A part of an answer.
enum Piece {
    Head(Head),
    Bytes(Vec<u8>),
    End,
}

/// An answer on its way.
pub struct Answer {
    agent: Agent,
    pieces: Receiver<Result<Piece, Cause>>,
    host: String,
}

impl Answer {
    /// Asks for `url`. No byte for as long as `stall` ends it.
    pub fn to(url: &Url, headers: Vec<(&'static str, String)>, proxies: &ProxySettings, stall: Duration) -> Self {
        let agent = agent(url, proxies, stall);
        let (send, pieces) = sync_channel(QUEUE);
        let (worker, start) = (agent.clone(), url.clone());
        // Left to itself when nobody waits any more: it ends when it next reads or writes.
        let failed = send.clone();
        let fetching = std::thread::Builder::new().spawn(move || {
            if let Err(cause) = fetch(&worker, start, &headers, &send) {
                // Nobody waits for the cause.
                let _ = send.send(Err(cause));
            }
        });
        if let Err(error) = fetching {
            // There is room for it: nothing was sent.
            let _ = failed.send(Err(Cause::NoThread(error)));
        }
        Self { agent, pieces, host: host(url) }
    }

    /// Waits for the status and the headers.
    ///
    /// # Errors
    /// There is no answer, or `stop` was set.
    pub fn head(&mut self, stop: &AtomicBool) -> Result<Head, Cause> {
        match self.next(stop)? {
            Piece::Head(head) => Ok(head),
            Piece::Bytes(_) | Piece::End => Err(self.broken()),
        }
    }

    /// Waits for more of the body; none at its end.
    ///
    /// # Errors
    /// The body broke off, or `stop` was set.
    pub fn bytes(&mut self, stop: &AtomicBool) -> Result<Option<Vec<u8>>, Cause> {
        match self.next(stop)? {
            Piece::Bytes(bytes) => Ok(Some(bytes)),
            Piece::End => Ok(None),
            Piece::Head(_) => Err(self.broken()),
        }
    }

    fn broken(&self) -> Cause {
        Cause::Http(HttpError::Broken(format!("the connection to {} broke", self.host)))
    }

    fn next(&mut self, stop: &AtomicBool) -> Result<Piece, Cause> {
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(Cause::Stopped);
            }
            match self.pieces.recv_timeout(POLL) {
                Ok(piece) => return piece,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(self.broken()),
            }
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        // Ends the thread, which may be waiting for the server.
        self.agent.clone().shutdown();
    }
}

fn agent(url: &Url, proxies: &ProxySettings, stall: Duration) -> Agent {
    let config = config()
        // The file is compressed as it is, and a range of another encoding is a range of other bytes.
        .accept_encoding("identity")
        .proxy(proxies.for_url(url))
        .timeout_resolve(Some(CONNECT_LIMIT))
        .timeout_connect(Some(CONNECT_LIMIT))
        .timeout_recv_response(Some(stall))
        .timeout_per_read(Some(stall))
        .timeout_per_write(Some(stall))
        .build();
    Agent::with_parts(config, DefaultConnector::default(), BoundedResolver)
}

fn fetch(
    agent: &Agent,
    mut url: Url,
    headers: &[(&'static str, String)],
    send: &SyncSender<Result<Piece, Cause>>,
) -> Result<(), Cause> {
    for _ in 0..=MAX_REDIRECTS {
        let mut request = agent.get(url.as_str());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response = request.call().map_err(|e| Cause::Http(translate(e, &url)))?;
        let (head, body) = response.into_parts();
        let head = Head { status: head.status.as_u16(), headers: head.headers };
        let is_redirect = matches!(head.status, 301 | 302 | 303 | 307 | 308);
        match head.header("location").filter(|_| is_redirect) {
            Some(location) => url = redirected(&url, location).map_err(Cause::Http)?,
            None => return hand_over(head, body, &url, send),
        }
    }
    Err(Cause::Unexpected(host(&url), "one redirect after another"))
}

fn hand_over(head: Head, body: Body, url: &Url, send: &SyncSender<Result<Piece, Cause>>) -> Result<(), Cause> {
    if send.send(Ok(Piece::Head(head))).is_err() {
        return Ok(());
    }
    let mut reader = body.into_reader();
    loop {
        let mut bytes = vec![0; PIECE];
        let read = match reader.read(&mut bytes) {
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Cause::Http(translate(ureq::Error::from(e), url))),
        };
        bytes.truncate(read);
        let piece = if bytes.is_empty() { Piece::End } else { Piece::Bytes(bytes) };
        if send.send(Ok(piece)).is_err() || read == 0 {
            return Ok(());
        }
    }
}
