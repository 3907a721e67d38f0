//! A loopback server with two made-up datasets. It knows ETag, If-None-Match, Range and If-Range, and fails on request.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Friends;

pub const BASICS: &str = "title.basics.tsv.gz";
pub const RATINGS: &str = "title.ratings.tsv.gz";
pub const BASICS_HEADER: &str =
    "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\n";
pub const RATINGS_HEADER: &str = "tconst\taverageRating\tnumVotes\n";

/// Titles as the datasets have them: id, the columns of `title.basics`, rating, votes.
const TITLES: &[(&str, &str, f64, u32)] = &[
    ("tt0068646", "movie\tThe Godfather\tThe Godfather\t0\t1972\t\\N\t175\tCrime,Drama", 9.2, 2_000_000),
    (
        "tt0071562",
        "movie\tThe Godfather Part II\tThe Godfather Part II\t0\t1974\t\\N\t202\tCrime,Drama",
        9.0,
        1_400_000,
    ),
    ("tt0113277", "movie\tHeat\tHeat\t0\t1995\t\\N\t170\tAction,Crime,Drama", 8.3, 760_000),
    ("tt2395247", "movie\tHeat\tHeat\t0\t2013\t\\N\t93\tDrama", 5.1, 900),
    (
        "tt0211915",
        "movie\tAmélie\tLe fabuleux destin d'Amélie Poulain\t0\t2001\t\\N\t122\tComedy,Romance",
        8.3,
        800_000,
    ),
    ("tt0306414", "tvSeries\tThe Wire\tThe Wire\t0\t2002\t2008\t59\tCrime,Drama,Thriller", 9.3, 400_000),
    ("tt0090001", "short\tNight Walk\tNight Walk\t0\t1999\t\\N\t12\tShort", 6.1, 40),
    ("tt0090002", "tvEpisode\tThe Godfather of Nobody\tThe Godfather of Nobody\t0\t1999\t\\N\t20\tComedy", 8.0, 5000),
    ("tt0090003", "movie\tAfter Hours Only\tAfter Hours Only\t1\t1999\t\\N\t70\tAdult", 5.0, 5000),
];

/// How the server misbehaves.
#[derive(Clone, Copy, PartialEq)]
pub enum Fault {
    /// Closes the connection after this many bytes of the body.
    CutAfter(usize),
    /// Stops after this many bytes of the body, until [`Datasets::release`].
    HoldAfter(usize),
    /// Answers with a web page and status 200.
    Html,
    /// Announces a length that is off by this many bytes.
    Length(i64),
    /// Answers with this status.
    Status(u16),
    /// Ignores conditions and ranges, and sends the whole file.
    IgnoresConditions,
}

#[derive(Default)]
struct State {
    basics: (Vec<u8>, String),
    ratings: (Vec<u8>, String),
    fault: Option<Fault>,
    requests: Vec<(String, String)>,
    held: bool,
}

pub struct Datasets {
    addr: SocketAddr,
    state: Arc<(Mutex<State>, Condvar)>,
    stop: Arc<AtomicBool>,
}

pub fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(plain).unwrap();
    gz.finish().unwrap()
}

/// Returns the rows of both datasets: those of the titles, and `more` filler.
pub fn rows(more: u32) -> (String, String) {
    let (mut basics, mut ratings) = (String::from(BASICS_HEADER), String::from(RATINGS_HEADER));
    for (id, columns, rating, votes) in TITLES {
        basics += &format!("{id}\t{columns}\n");
        ratings += &format!("{id}\t{rating:.1}\t{votes}\n");
    }
    for n in 0..more {
        basics += &format!("tt1{n:06}\tmovie\tFiller {n}\tFiller {n}\t0\t{}\t\\N\t90\tDrama\n", 1950 + n % 70);
        ratings += &format!("tt1{n:06}\t5.5\t{}\n", 100 + n * 7919 % 500);
    }
    (basics, ratings)
}

impl Datasets {
    /// Serves the titles and 3,000 rows of filler.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let state: Arc<(Mutex<State>, Condvar)> = Arc::default();
        let stop = Arc::new(AtomicBool::new(false));
        let (shared, halt) = (Arc::clone(&state), Arc::clone(&stop));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if halt.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream.unwrap(), &shared));
            }
        });
        let server = Self { addr, state, stop };
        let (basics, ratings) = rows(3000);
        server.set(&basics, &ratings, "1");
        server
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Serves other rows, as a new version.
    pub fn set(&self, basics: &str, ratings: &str, version: &str) {
        self.set_bytes(gzip(basics.as_bytes()), gzip(ratings.as_bytes()), version);
    }

    pub fn set_bytes(&self, basics: Vec<u8>, ratings: Vec<u8>, version: &str) {
        let mut state = self.state.0.lock().unwrap();
        state.basics = (basics, format!("\"b{version}\""));
        state.ratings = (ratings, format!("\"r{version}\""));
    }

    /// Serves other ratings, as a new version; the titles stay.
    pub fn set_ratings(&self, ratings: &str, version: &str) {
        self.state.0.lock().unwrap().ratings = (gzip(ratings.as_bytes()), format!("\"r{version}\""));
    }

    /// Makes the ETags weak.
    pub fn weaken_tags(&self) {
        let mut state = self.state.0.lock().unwrap();
        state.basics.1.insert_str(0, "W/");
        state.ratings.1.insert_str(0, "W/");
    }

    pub fn set_fault(&self, fault: Option<Fault>) {
        self.state.0.lock().unwrap().fault = fault;
    }

    /// Waits until an answer is held back by [`Fault::HoldAfter`].
    pub fn wait_until_held(&self) {
        let (state, changed) = &*self.state;
        let held = |state: &mut State| !state.held;
        let (state, waited) = changed.wait_timeout_while(state.lock().unwrap(), Duration::from_secs(20), held).unwrap();
        assert!(!waited.timed_out(), "nobody asked: {:?}", state.requests);
    }

    /// Sends the rest of a held answer, and ends the fault.
    pub fn release(&self) {
        let (state, changed) = &*self.state;
        let mut state = state.lock().unwrap();
        (state.fault, state.held) = (None, false);
        changed.notify_all();
    }

    /// Returns the file and the headers of each request since the last call.
    pub fn requests(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.state.0.lock().unwrap().requests)
    }
}

impl Drop for Datasets {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.release();
        let _ = TcpStream::connect(self.addr);
    }
}

fn serve(mut stream: TcpStream, shared: &(Mutex<State>, Condvar)) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let name = line.split(' ').nth(1)?.trim_start_matches('/').to_owned();
    let mut headers = String::new();
    while headers.is_empty() || !line.trim().is_empty() {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        headers += &line.to_ascii_lowercase();
    }
    let (file, fault) = {
        let mut state = shared.0.lock().unwrap();
        state.requests.push((name.clone(), headers.clone()));
        let file = if name == BASICS { state.basics.clone() } else { state.ratings.clone() };
        (file, state.fault)
    };
    let header = |name: &str| {
        let line = headers.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.map(|value| value.trim().to_owned()).filter(|_| fault != Some(Fault::IgnoresConditions))
    };
    let (body, etag) = (&file.0[..], file.1);
    let start = header("range").filter(|_| header("if-range").is_none_or(|tag| tag == etag));
    let start: Option<usize> = start.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    if let Some(Fault::Status(status)) = fault {
        return write!(stream, "HTTP/1.1 {status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").ok();
    }
    if fault == Some(Fault::Html) {
        let page = "<!DOCTYPE html><title>Just a moment...</title>";
        let length = page.len();
        return write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{page}").ok();
    }
    if header("if-none-match").is_some_and(|tag| tag == etag) {
        return write!(stream, "HTTP/1.1 304 Not Modified\r\netag: {etag}\r\nconnection: close\r\n\r\n").ok();
    }
    let off = if let Some(Fault::Length(off)) = fault { off } else { 0 };
    let rest = &body[start.unwrap_or(0).min(body.len())..];
    let length = rest.len() as i64 + off;
    let range = match start {
        Some(start) => format!("206 Partial Content\r\ncontent-range: bytes {start}-{}/{}", body.len() - 1, body.len()),
        None => "200 OK".to_owned(),
    };
    let head = format!("HTTP/1.1 {range}\r\ncontent-length: {length}\r\netag: {etag}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    match fault {
        Some(Fault::CutAfter(bytes)) => stream.write_all(&rest[..bytes.min(rest.len())]).ok(),
        Some(Fault::HoldAfter(bytes)) => {
            stream.write_all(&rest[..bytes.min(rest.len())]).ok()?;
            let (state, changed) = shared;
            let mut state = state.lock().unwrap();
            state.held = true;
            changed.notify_all();
            let state = changed.wait_timeout_while(state, Duration::from_secs(20), |state| state.held).unwrap();
            drop(state);
            stream.write_all(&rest[bytes.min(rest.len())..]).ok()
        }
        _ => stream.write_all(rest).ok(),
    }
}

impl Friends {
    /// Returns friends without a web source who have the catalogue of that server.
    pub fn with_catalog(datasets: &Datasets) -> Self {
        let mut friends = Self::online("http://127.0.0.1:9");
        friends.make_board();
        friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
        friends.run("catalog update").ok();
        friends
    }

    pub fn catalog(&self) -> PathBuf {
        self.folder.path().join("cache/movienight/catalog.db")
    }

    /// Returns the names of the catalogue and the files beside it, without its lock.
    pub fn cached_files(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.catalog().parent().unwrap()) else { return Vec::new() };
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "catalog.db.lock");
        names.sort();
        names
    }
}
