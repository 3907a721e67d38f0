//! Posters from a server that sends everything that it should not.

use std::fs;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use movienight::env::{Clock, Deadline, Env};
use movienight::model::ImdbId;
use movienight::net::Http;
use movienight::net::ProxySettings;
use movienight::posters::Posters;
use movienight::posters::address::PosterUrl;
use movienight::posters::fetch::{PosterSummary, Wanted, fetch};
use movienight::posters::jpeg::{Jpeg, MAX_BYTES};
use tempfile::TempDir;
use time::UtcDateTime;
use url::Url;

use crate::support::server::{Reply, Server};
use crate::support::{EVENING, pictures};

pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;

/// A cache folder, a clock, and what is needed to fetch.
pub struct Cache {
    pub folder: TempDir,
    pub posters: Posters,
    time: Arc<AtomicI64>,
    clock: Clock,
    http: Http,
}

impl Cache {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let time = Arc::new(AtomicI64::new(EVENING));
        let now = Arc::clone(&time);
        let clock = Clock::from_fn(move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::SeqCst) as u64));
        let posters = Posters::new(folder.path(), Vec::new());
        Self { posters, time, clock, folder, http: Http::new(ProxySettings::default(), Duration::from_secs(5)) }
    }

    pub fn later(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn now(&self) -> UtcDateTime {
        self.clock.now()
    }

    /// Fetches the posters at these addresses for movies 1, 2, …; the hosts of `sources` on this machine are allowed.
    fn fetch(&self, urls: &[String], sources: &[&str], limits: &FetchLimits) -> PosterSummary {
        let sources: Vec<Url> = sources.iter().map(|url| Url::parse(url).unwrap()).collect();
        let posters = Posters::new(self.folder.path(), sources);
        let wanted: Vec<Wanted> = (1..).zip(urls).filter_map(|(n, url)| Some((id(n), posters.address(url)?))).collect();
        fetch(&posters, &wanted, &self.http, limits.deadline, &limits.stop, &self.clock)
    }

    /// Returns the stored poster of a movie from that address.
    fn poster(&self, number: u64, url: &str) -> Option<Jpeg> {
        self.posters.get(id(number), &local(url))
    }

    /// Returns the sorted names of the files in the folder of posters.
    pub fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path().join("posters")).into_iter().flatten();
        let mut names: Vec<String> = files.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub fn id(number: u64) -> ImdbId {
    ImdbId::parse(&format!("tt{number:07}")).unwrap()
}

/// Returns the addresses of posters 1 to `count` on a server.
fn posters_of(server: &str, count: u64) -> Vec<String> {
    (1..=count).map(|n| format!("{server}/poster/{n}.jpg")).collect()
}

/// Makes an address on this machine, with its host as a source.
fn local(url: &str) -> PosterUrl {
    PosterUrl::of(url, &[Url::parse(url).unwrap()]).unwrap()
}

struct FetchLimits {
    deadline: Deadline,
    stop: Arc<AtomicBool>,
}

fn limits() -> FetchLimits {
    FetchLimits { deadline: Deadline::after(Duration::from_secs(30)), stop: Arc::default() }
}

fn picture(bytes: Vec<u8>) -> Reply {
    Reply::Answer(200, vec![("content-type", "image/jpeg".into())], bytes)
}

/// Returns a raw answer with these headers and this body.
fn raw(head: &str, body: &[u8]) -> Reply {
    Reply::Raw([format!("HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\n{head}\r\n").as_bytes(), body].concat())
}

#[test]
fn posters_are_fetched_once() {
    let server = Server::start(|_| {
        let mut bytes = pictures::poster(1, 300, 450);
        bytes.extend_from_slice(b"<script>");
        picture(bytes)
    });
    let cache = Cache::new();
    let urls = posters_of(&server.url(), 4);
    let summary = cache.fetch(&urls, &[&server.url()], &limits());
    assert_eq!((summary.fetched, summary.failed, server.count()), (4, 0, 4), "{summary:?}");
    let jpeg = cache.poster(1, &urls[0]).unwrap();
    assert_eq!((jpeg.width(), jpeg.height()), (300, 450));
    assert_eq!(jpeg.bytes(), pictures::poster(1, 300, 450), "what follows the picture is left out");
    let stats = cache.posters.stats(cache.now());
    assert_eq!((stats.pictures, stats.bytes, stats.failures), (4, 4 * jpeg.bytes().len() as u64, 0));
    let name = |(n, url): (u64, &String)| format!("{}-{:016x}.jpg", id(n), local(url).hash());
    assert_eq!(cache.files(), (1..).zip(&urls).map(name).collect::<Vec<_>>());
    assert_eq!(cache.fetch(&urls, &[&server.url()], &limits()), PosterSummary::default());
    assert_eq!(server.count(), 4);
}

type MakeReply = Box<dyn Fn() -> Reply + Send + Sync>;

#[test]
fn invalid_posters_are_refused_and_not_retried_for_a_week() {
    let other = Server::start(|_| picture(pictures::poster(1, 30, 45)));
    let elsewhere = other.url();
    let good = pictures::poster(1, 300, 450);
    let progressive = pictures::progressive(2, 300, 450);
    let replies: Vec<(&str, MakeReply)> = {
        let body = |bytes: Vec<u8>| -> MakeReply { Box::new(move || picture(bytes.clone())) };
        let to = |location: String| -> MakeReply { Box::new(move || Reply::redirect(302, location.clone())) };
        vec![
            ("too many pixels", body(pictures::with_size(&good, 65_535, 65_535))),
            ("too many pixels", body(pictures::with_size(&progressive, 2_100, 2_100))),
            ("too many scans", body(pictures::with_scans(&progressive, 80))),
            ("too many scans", body(pictures::with_scans(&pictures::with_size(&progressive, 2_000, 2_000), 20))),
            ("truncated JPEG", body(good[..good.len() / 2].to_vec())),
            ("truncated JPEG", body(good[..good.len() - 2].to_vec())),
            ("not a JPEG", body(Vec::new())),
            ("not a JPEG", body(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec())),
            ("not a JPEG", body(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec())),
            ("not a JPEG", body(b"<!DOCTYPE html><script>alert(1)</script>".to_vec())),
            ("not a JPEG", body(b"RIFF\x24\0\0\0WEBPVP8 ".to_vec())),
            ("cannot be decoded", body(pictures::with_wrong_codes(&good))),
            ("more than the size limit", body(vec![0xFF; MAX_BYTES + 1])),
            ("more than the size limit", Box::new(|| Reply::Endless)),
            ("the connection to 127.0.0.1 broke", Box::new(|| raw("content-length: 99999999999\r\n", b"x"))),
            ("truncated JPEG", {
                let part = good.clone();
                Box::new(move || raw(&format!("content-length: {}\r\n", part.len() - 100), &part))
            }),
            ("no such poster (status 404)", Box::new(|| Reply::Answer(404, Vec::new(), Vec::new()))),
            ("no such poster (status 403)", Box::new(|| Reply::Answer(403, Vec::new(), Vec::new()))),
            ("serves no posters", to(format!("{elsewhere}/secret.jpg"))),
            ("serves no posters", to("http://127.0.0.1/".into())),
            ("serves no posters", to("http://169.254.169.254/latest/meta-data/".into())),
            ("serves no posters", to("file:///etc/passwd".into())),
            ("serves no posters", to("//example.org/a.jpg".into())),
            ("serves no posters", to("http://[::1]:1/".into())),
            ("serves no posters", to(String::from("data:image/jpeg;base64,/9j/"))),
            ("redirects more than five times", to("/poster/26.jpg".into())),
        ]
    };
    let count = replies.len() as u64;
    let expected: Vec<&str> = replies.iter().map(|r| r.0).collect();
    let server = Server::start(move |path| {
        let number: usize = path.trim_start_matches("/poster/").trim_end_matches(".jpg").parse().unwrap();
        replies.get(number - 1).map_or_else(|| picture(pictures::poster(3, 300, 450)), |reply| reply.1())
    });
    let cache = Cache::new();
    let urls = posters_of(&server.url(), count + 5);
    let summary = cache.fetch(&urls, &[&server.url()], &limits());
    // The other posters are fetched.
    assert_eq!((summary.fetched, summary.failed), (5, count as usize), "{summary:?}");
    assert_eq!(other.count(), 0);
    for ((number, url), expected) in (1..).zip(&urls).zip(&expected) {
        let note = format!("{}-{:016x}.txt", id(number), local(url).hash());
        let why = fs::read_to_string(cache.folder.path().join("posters").join(note)).unwrap_or_default();
        assert!(why.contains(expected), "{why:?} instead of {expected}");
        assert!(cache.poster(number, url).is_none());
    }
    let stats = cache.posters.stats(cache.now());
    assert_eq!((stats.pictures, stats.failures), (5, count as usize));
    let line = stats.last_error.unwrap();
    assert!(line.starts_with("tt00000") && !line.contains('\n') && !line.contains("/poster/"), "{line}");
    // No temporary file is left, and an address without a picture is not requested again for a week.
    assert!(cache.files().iter().all(|name| name.ends_with(".txt") || name.ends_with(".jpg")));
    let requests = server.count();
    cache.later(7 * DAY - 1);
    cache.fetch(&urls[..14], &[&server.url()], &limits());
    assert_eq!(server.count(), requests);
    cache.later(1);
    cache.fetch(&urls[..1], &[&server.url()], &limits());
    assert_eq!(server.count(), requests + 1);
}

#[test]
fn a_redirect_to_the_same_host_is_followed() {
    let server = Server::start(|path| match path {
        "/poster/1.jpg" => Reply::redirect(307, "/other/1.jpg?token=1"),
        "/other/1.jpg" => picture(pictures::poster(1, 300, 450)),
        _ => Reply::Answer(404, Vec::new(), Vec::new()),
    });
    let summary = Cache::new().fetch(&posters_of(&server.url(), 1), &[&server.url()], &limits());
    assert_eq!((summary.fetched, server.count()), (1, 2), "{summary:?}");
}

#[test]
fn network_failures_are_retried_after_ten_minutes() {
    let server = Server::start(|path| match path {
        "/poster/1.jpg" => Reply::Close,
        "/poster/2.jpg" => Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\nshort".to_vec()),
        "/poster/3.jpg" => Reply::Answer(503, Vec::new(), Vec::new()),
        _ => Reply::Answer(429, Vec::new(), Vec::new()),
    });
    let cache = Cache::new();
    let fetch = || cache.fetch(&posters_of(&server.url(), 4), &[&server.url()], &limits());
    assert_eq!(fetch().failed, 4);
    cache.later(599);
    assert_eq!(fetch(), PosterSummary::default());
    cache.later(1);
    assert_eq!(fetch().failed, 4);
}

#[test]
fn a_slow_transfer_ends_at_the_deadline_and_is_not_a_failure() {
    let server = Server::start(|_| Reply::Drip(pictures::poster(1, 300, 450)));
    let cache = Cache::new();
    let limits = FetchLimits { deadline: Deadline::after(Duration::from_millis(600)), ..limits() };
    let summary = cache.fetch(&posters_of(&server.url(), 9), &[&server.url()], &limits);
    assert_eq!((summary.fetched, summary.failed), (0, 0), "{summary:?}");
    assert_eq!(cache.files(), Vec::<String>::new());
}

#[test]
fn an_unreachable_host_is_tried_only_once() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let dead = format!("http://{free}");
    let server = Server::start(|_| picture(pictures::poster(1, 300, 450)));
    let cache = Cache::new();
    let mut urls = posters_of(&dead, 40);
    urls.extend(posters_of(&server.url(), 3));
    let summary = cache.fetch(&urls, &[&server.url(), &dead], &limits());
    // Other hosts are still asked.
    assert_eq!((summary.failed, summary.fetched), (1, 3), "{summary:?}");
    let line = cache.posters.stats(cache.now()).last_error.unwrap();
    assert!(line.ends_with(": 127.0.0.1 refused the connection"), "{line}");
}

#[test]
fn no_download_starts_after_an_interrupt() {
    let stop = Arc::new(AtomicBool::new(false));
    let pressed = Arc::clone(&stop);
    let server = Server::start(move |_| {
        pressed.store(true, Ordering::SeqCst);
        picture(pictures::poster(1, 300, 450))
    });
    let limits = FetchLimits { stop, ..limits() };
    let summary = Cache::new().fetch(&posters_of(&server.url(), 9), &[&server.url()], &limits);
    assert_eq!((summary.fetched, summary.failed), (1, 0), "{summary:?}");
}

#[test]
fn a_proxy_is_asked_for_known_hosts_only() {
    let proxy = Server::start(|_| Reply::Answer(403, Vec::new(), Vec::new()));
    let mut env = Env::of_process();
    env.vars = [("HTTPS_PROXY".to_owned(), proxy.url().into())].into();
    let http = Http::new(ProxySettings::from_env(&env).unwrap(), Duration::from_secs(5));
    let cache = Cache { http, ..Cache::new() };
    let urls = [
        "https://example.org/images/M/a._V1_.jpg",
        "https://m.media-amazon.com/images/M/a._V1_.jpg",
        "https://images.metahub.space/poster/large/tt0000001/img",
    ];
    let summary = cache.fetch(&urls.map(String::from), &[], &limits());
    assert_eq!(summary.failed, 2, "{summary:?}");
    assert_eq!(proxy.requests(), ["m.media-amazon.com:443", "images.metahub.space:443"]);
}

#[test]
fn recorded_addresses_become_small_ones() {
    let Some(folder) = crate::support::shared("imdbapi") else { return };
    let mut seen = 0;
    let mut check = |text: &str| {
        for url in text.split('"').filter(|part| part.starts_with("https://m.media-amazon.com/")) {
            let address = PosterUrl::of(url, &[]).unwrap_or_else(|| panic!("{url} is not asked"));
            let asked = address.url().as_str();
            assert!(asked.ends_with("._V1_SX300.jpg"), "{asked}");
            // It is the same picture if the name before the size is the same.
            assert_eq!(asked.split("._V1_").next(), url.split("._V1_").next());
            seen += 1;
        }
    };
    for source in [folder.clone(), folder.with_file_name("omdb"), folder.with_file_name("cinemeta")] {
        let mut folders = vec![source];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => check(&String::from_utf8_lossy(&fs::read(&path).unwrap())),
                }
            }
        }
    }
    assert!(seen > 3_000, "{seen}");
}

#[test]
fn an_unwritable_folder_stops_the_fetching() {
    let server = Server::start(|_| picture(pictures::poster(1, 300, 450)));
    let cache = Cache::new();
    fs::write(cache.folder.path().join("posters"), "a file").unwrap();
    let summary = cache.fetch(&posters_of(&server.url(), 50), &[&server.url()], &limits());
    assert_eq!((summary.fetched, summary.failed, server.count()), (0, 1, 1), "{summary:?}");
    assert!(summary.last_error.unwrap().starts_with("posters cannot be stored: "));
}
