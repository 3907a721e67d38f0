//! A loopback HTTP server for the tests. It counts requests, serves made-up titles, and misbehaves on request.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// A reply to a request.
pub enum Reply {
    /// Status, headers and body.
    Answer(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Bytes instead of an HTTP response, then the end of the connection.
    Raw(Vec<u8>),
    /// Silence until the client gives up, for at most a minute.
    Hang,
    /// The body, one byte every 100 ms.
    Drip(Vec<u8>),
    /// A body without end.
    Endless,
    /// The end of the connection.
    Close,
}

impl Reply {
    pub fn json(value: &Value) -> Self {
        Self::status(200, value)
    }

    pub fn status(status: u16, value: &Value) -> Self {
        Self::Answer(status, Vec::new(), value.to_string().into_bytes())
    }

    pub fn html() -> Self {
        Self::Answer(200, Vec::new(), b"<!DOCTYPE html><title>Just a moment...</title>".to_vec())
    }

    pub fn redirect(status: u16, to: impl Into<String>) -> Self {
        Self::Answer(status, vec![("location", to.into())], Vec::new())
    }
}

pub struct Server {
    addr: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    connections: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

#[derive(Clone)]
struct Request {
    path: String,
    headers: String,
}

impl Server {
    /// Starts a server that answers with `respond`, which is given the path with its query.
    pub fn start(respond: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let connections = Arc::new(AtomicUsize::new(0));
        let respond = Arc::new(respond);
        let (log, halt, count) = (Arc::clone(&requests), Arc::clone(&stop), Arc::clone(&connections));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if halt.load(Ordering::SeqCst) {
                    break;
                }
                count.fetch_add(1, Ordering::SeqCst);
                let (log, respond) = (Arc::clone(&log), Arc::clone(&respond));
                std::thread::spawn(move || serve(stream.unwrap(), &log, &*respond));
            }
        });
        Self { addr, requests, connections, stop }
    }

    /// Starts an imdbapi that knows every id that does not begin with tt9.
    pub fn imdbapi() -> Self {
        Self::start(imdbapi)
    }

    /// Starts an imdbapi that answers after a pause.
    pub fn imdbapi_after(pause: Duration) -> Self {
        Self::start(move |path| {
            std::thread::sleep(pause);
            imdbapi(path)
        })
    }

    /// Starts a cinemeta with films of even numbers and series of odd ones, but none that begin with tt9.
    pub fn cinemeta() -> Self {
        Self::start(cinemeta)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|request| request.path.clone()).collect()
    }

    /// Returns the headers of each request.
    pub fn headers(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|request| request.headers.clone()).collect()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    /// Returns the number of requests for each title.
    pub fn requests_by_title(&self) -> std::collections::BTreeMap<String, usize> {
        let mut times = std::collections::BTreeMap::new();
        for path in self.requests() {
            for id in ids(&path) {
                *times.entry(id).or_insert(0) += 1;
            }
        }
        times
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.addr);
    }
}

/// Returns an address at which nothing listens.
pub fn dead_url() -> String {
    // A privileged port: the system never assigns it to another test.
    "http://127.0.0.1:9".to_owned()
}

fn serve(stream: TcpStream, log: &Mutex<Vec<Request>>, respond: &dyn Fn(&str) -> Reply) {
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    loop {
        let Some(request) = read_request(&mut reader) else { return };
        log.lock().unwrap().push(request.clone());
        let sent = match respond(&request.path) {
            Reply::Answer(status, headers, body) => answer(&mut stream, status, &headers, &body),
            Reply::Raw(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
            Reply::Hang => {
                // Returns when the client gives up and closes its end.
                stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
                let _ = reader.fill_buf();
                return;
            }
            Reply::Drip(body) => drip(&mut stream, &body),
            Reply::Endless => endless(&mut stream),
            Reply::Close => return,
        };
        if sent.is_err() {
            return;
        }
    }
}

fn read_request(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = String::new();
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).ok()? == 0 {
            return None;
        }
        if header.trim().is_empty() {
            return Some(Request { path, headers });
        }
        headers += &header;
    }
}

fn answer(stream: &mut TcpStream, status: u16, headers: &[(&str, String)], body: &[u8]) -> std::io::Result<()> {
    let mut text = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    let mut bytes = (text + "\r\n").into_bytes();
    bytes.extend_from_slice(body);
    stream.write_all(&bytes)
}

fn drip(stream: &mut TcpStream, body: &[u8]) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len())?;
    for byte in body {
        stream.write_all(&[*byte])?;
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn endless(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
    let chunk = [b' '; 0x4000];
    loop {
        stream.write_all(b"4000\r\n")?;
        stream.write_all(&chunk)?;
        stream.write_all(b"\r\n")?;
    }
}

/// Returns the ids in a path and its query.
pub fn ids(path: &str) -> Vec<String> {
    let parts = path.split(['/', '=', '&', '?', '.']);
    parts.filter(|p| p.starts_with("tt") && p.len() >= 9).map(str::to_owned).collect()
}

fn is_known(id: &str) -> bool {
    !id.starts_with("tt9")
}

/// Returns a title made up from its number, the same every time.
pub fn made_up(id: &str) -> Value {
    let number: u64 = id[2..].parse().unwrap();
    json!({
        "id": id,
        "type": "movie",
        "primaryTitle": format!("Movie {number}"),
        "startYear": 1950 + number % 70,
        "runtimeSeconds": 60 * (80 + number % 100),
        "genres": ["Drama", "Comedy"],
        "rating": {"aggregateRating": 1.0 + (number % 90) as f64 / 10.0, "voteCount": 1000 + number},
        "plot": "Something happens, and then something else.",
    })
}

pub fn imdbapi(path: &str) -> Reply {
    titles(path, |id| is_known(id).then(|| made_up(id)))
}

/// Answers as imdbapi does, from a library of titles. A batch lacks unknown titles, and has another order than asked.
pub fn titles(path: &str, library: impl Fn(&str) -> Option<Value>) -> Reply {
    let mut found: Vec<Value> = ids(path).iter().rev().filter_map(|id| library(id)).collect();
    match path.contains("batchGet") {
        true if found.is_empty() => Reply::json(&json!({})),
        true => Reply::json(&json!({ "titles": found })),
        false => match found.pop() {
            Some(title) => Reply::json(&title),
            None => Reply::status(404, &json!({"code": 5, "message": "title not found"})),
        },
    }
}

pub fn cinemeta(path: &str) -> Reply {
    let is_film = path.starts_with("/meta/movie/");
    let Some(id) = ids(path).pop() else { return Reply::status(404, &json!({"err": "not found"})) };
    let number: u64 = id[2..].parse().unwrap();
    if !is_known(&id) || number.is_multiple_of(2) != is_film {
        return match is_film {
            true => Reply::json(&json!({"meta": {"id": id, "type": "movie", "behaviorHints": {}}})),
            false => Reply::json(&json!({})),
        };
    }
    Reply::json(&json!({"meta": {
        "id": id, "imdb_id": id, "type": if is_film { "movie" } else { "series" },
        "name": format!("Movie {number} &amp; more"),
        "year": if is_film { "1999".to_owned() } else { "2008–2013".to_owned() },
        "runtime": "1h 40min", "imdbRating": "7.5", "genres": ["Drama"], "cast": ["Somebody"],
        "director": null, "description": "It happens."
    }}))
}
