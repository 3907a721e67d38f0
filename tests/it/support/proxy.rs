//! A proxy in front of a server: it counts round trips, and does what networks do.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What happens to what a client sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Pass,
    /// Each way takes so many milliseconds.
    Delay(u64),
    /// Nothing comes back any more.
    Silent,
    /// Whatever a client says, the connection is closed.
    Close,
    /// The first COMMIT never arrives: the connection is closed. The next connections pass.
    LoseCommit,
    /// The first COMMIT arrives [`LATE`], after its connection was closed. The next connections pass.
    LateCommit,
    /// The answer to the first COMMIT is lost with the connection. The next connections pass.
    LoseAnswer,
    /// The first COMMIT is not handed on, and nothing comes back any more.
    SilentCommit,
}

pub struct Proxy {
    pub port: u16,
    mode: Arc<Mutex<Mode>>,
    trips: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

/// The time after which a late COMMIT has arrived.
pub const LATE: Duration = Duration::from_millis(600);

/// Counts the messages of one direction by their kinds.
/// (https://www.postgresql.org/docs/current/protocol-message-formats.html)
struct Messages {
    rest: Vec<u8>,
    /// The first message of a client has no kind.
    has_kind: bool,
}

impl Messages {
    fn of_client() -> Self {
        Self { rest: Vec::new(), has_kind: false }
    }

    fn of_server() -> Self {
        Self { rest: Vec::new(), has_kind: true }
    }

    /// The number of messages of these kinds that end in this part.
    fn count(&mut self, part: &[u8], kinds: &[u8]) -> usize {
        self.rest.extend_from_slice(part);
        let mut count = 0;
        loop {
            let start = usize::from(self.has_kind);
            let Some(length) = self.rest.get(start..start + 4) else { return count };
            let end = start + u32::from_be_bytes(length.try_into().unwrap()) as usize;
            if self.rest.len() < end {
                return count;
            }
            count += usize::from(self.has_kind && kinds.contains(&self.rest[0]));
            self.rest.drain(..end);
            self.has_kind = true;
        }
    }
}

impl Proxy {
    pub fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mode = Arc::new(Mutex::new(Mode::Pass));
        let proxy = Self { port, mode: Arc::clone(&mode), trips: Arc::default(), connections: Arc::default() };
        let (trips, connections) = (Arc::clone(&proxy.trips), Arc::clone(&proxy.connections));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.unwrap();
                connections.fetch_add(1, Ordering::SeqCst);
                let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
                let lost = Arc::new(AtomicBool::new(false));
                // Answers to come, and whether the client waits for them: the first ends its login.
                let answers = Arc::new(Mutex::new(VecDeque::from([true])));
                let (to, from) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                let (mode_there, lost_there, answers_there) =
                    (Arc::clone(&mode), Arc::clone(&lost), Arc::clone(&answers));
                let trips = Arc::clone(&trips);
                std::thread::spawn(move || there(from, &to, &mode_there, &trips, &lost_there, &answers_there));
                let mode = Arc::clone(&mode);
                std::thread::spawn(move || back(server, &client, &mode, &lost, &answers));
            }
        });
        proxy
    }

    pub fn set(&self, mode: Mode) {
        *self.mode.lock().unwrap() = mode;
    }

    /// Round trips since the last time, connecting and what nobody waits for apart.
    pub fn trips(&self) -> usize {
        self.trips.swap(0, Ordering::SeqCst)
    }

    /// Connections that were made since the last time.
    pub fn connections(&self) -> usize {
        self.connections.swap(0, Ordering::SeqCst)
    }
}

/// Hands on what it is given, each part when its time has come.
fn later(mut to: TcpStream) -> Sender<(Instant, Vec<u8>)> {
    let (sender, parts) = channel::<(Instant, Vec<u8>)>();
    std::thread::spawn(move || {
        for (due, part) in parts {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&part).is_err() {
                return;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
    sender
}

fn delay(mode: Mode) -> Duration {
    if let Mode::Delay(millis) = mode { Duration::from_millis(millis) } else { Duration::ZERO }
}

/// What the client says.
fn there(
    mut client: TcpStream,
    server: &TcpStream,
    mode: &Mutex<Mode>,
    trips: &AtomicUsize,
    lost: &AtomicBool,
    answers: &Mutex<VecDeque<bool>>,
) {
    let to_server = later(server.try_clone().unwrap());
    let (mut part, mut messages) = (vec![0; 65536], Messages::of_client());
    while let Ok(length) = client.read(&mut part)
        && length > 0
    {
        let said = &part[..length];
        let has = |word: &str| said.windows(word.len()).any(|window| window == word.as_bytes());
        let mut mode = mode.lock().unwrap();
        // What ends a look is waited for by nobody.
        let is_waited_for = !has("ROLLBACK") || has("SELECT");
        // Sync and Query: each is answered by one ReadyForQuery.
        let asked = messages.count(said, b"SQ");
        let mut to_come = answers.lock().unwrap();
        if asked > 0 && is_waited_for && !to_come.contains(&true) {
            trips.fetch_add(1, Ordering::SeqCst);
        }
        to_come.extend(std::iter::repeat_n(is_waited_for, asked));
        drop(to_come);
        match *mode {
            Mode::LoseCommit if has("COMMIT\0") => {
                *mode = Mode::Pass;
                let _ = (client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both));
                return;
            }
            Mode::LateCommit if has("COMMIT\0") => {
                *mode = Mode::Pass;
                let _ = client.shutdown(Shutdown::Both);
                let _ = to_server.send((Instant::now() + LATE / 2, said.to_vec()));
                return;
            }
            Mode::LoseAnswer if has("COMMIT\0") => {
                *mode = Mode::Pass;
                lost.store(true, Ordering::SeqCst);
            }
            Mode::SilentCommit if has("COMMIT\0") => {
                *mode = Mode::Silent;
                continue;
            }
            Mode::Close => {
                let _ = (client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both));
                return;
            }
            Mode::Silent => continue,
            _ => {}
        }
        let due = Instant::now() + delay(*mode);
        drop(mode);
        if to_server.send((due, said.to_vec())).is_err() {
            return;
        }
    }
}

/// What the server says.
fn back(
    mut server: TcpStream,
    client: &TcpStream,
    mode: &Mutex<Mode>,
    lost: &AtomicBool,
    answers: &Mutex<VecDeque<bool>>,
) {
    let to_client = later(client.try_clone().unwrap());
    let (mut part, mut messages) = (vec![0; 65536], Messages::of_server());
    while let Ok(length) = server.read(&mut part)
        && length > 0
    {
        if lost.load(Ordering::SeqCst) {
            // The transaction has ended by then: only its answer is lost.
            std::thread::sleep(Duration::from_millis(100));
            let _ = (client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both));
            return;
        }
        let answered = messages.count(&part[..length], b"Z");
        answers.lock().unwrap().drain(..answered);
        let due = Instant::now() + delay(*mode.lock().unwrap());
        if to_client.send((due, part[..length].to_vec())).is_err() {
            return;
        }
    }
}
