//! A proxy in front of a server that counts round trips and simulates network failures.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What the proxy does with the messages of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Pass,
    /// Delays each direction by this many milliseconds.
    Delay(u64),
    /// Passes nothing on from a client, so that nothing comes back any more.
    Silent,
    /// Closes the connection at the next message of a client.
    Close,
    /// Closes the connection instead of passing on the first COMMIT. The next connections pass.
    LoseCommit,
    /// Closes the connection at the first COMMIT, and passes that on later, see [`LATE`]. The next connections pass.
    LateCommit,
    /// Passes on the first COMMIT, and closes the connection instead of answering. The next connections pass.
    LoseAnswer,
    /// Turns [`Silent`](Self::Silent) at the first COMMIT, which is not passed on.
    SilentCommit,
}

pub struct Proxy {
    pub port: u16,
    mode: Arc<Mutex<Mode>>,
    trips: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

/// The time after which a late COMMIT has arrived: it is sent after half of that.
pub const LATE: Duration = Duration::from_millis(600);

/// Counts the messages of one direction by type
/// (https://www.postgresql.org/docs/current/protocol-message-formats.html).
struct Messages {
    rest: Vec<u8>,
    /// False for the first message of a client, which has no type.
    has_kind: bool,
}

impl Messages {
    fn of_client() -> Self {
        Self { rest: Vec::new(), has_kind: false }
    }

    fn of_server() -> Self {
        Self { rest: Vec::new(), has_kind: true }
    }

    /// Returns the number of messages of these types that end in this part.
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
    pub fn in_front_of(server: u16) -> Self {
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
                // The outstanding answers, true if the client waits for one. The first answer ends the login.
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

    /// Returns the round trips since the last call, without those of connecting and those that nobody waits for.
    pub fn trips(&self) -> usize {
        self.trips.swap(0, Ordering::SeqCst)
    }

    /// Returns the number of connections since the last call.
    pub fn connections(&self) -> usize {
        self.connections.swap(0, Ordering::SeqCst)
    }
}

/// Returns a channel whose parts are written to `to`, each when it is due.
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

/// Passes on what the client sends.
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
        // Nobody waits for the ROLLBACK that ends a read.
        let is_waited_for = !has("ROLLBACK") || has("SELECT");
        // Sync (S) and Query (Q): the server answers each with one ReadyForQuery (Z).
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

/// Passes on what the server sends.
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
            // By then the transaction is committed, and only its answer is lost.
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
