//! Posters from a server that sends everything it should not.

use std::fs;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use movienight::env::{Clock, Deadline, Env};
use movienight::model::ImdbId;
use movienight::net::ProxySettings;
use movienight::net::picture::PictureHttp;
use movienight::posters::address::Address;
use movienight::posters::decode::Decoder;
use movienight::posters::fetch::fetch;
use movienight::posters::jpeg::{Jpeg, MAX_BYTES};
use movienight::posters::refresh::{Order, Summary, Wanted, refresh};
use movienight::posters::store::{Limits, PosterStore};
use tempfile::TempDir;
use time::UtcDateTime;
use url::Url;

use crate::support::server::{Reply, Server};
use crate::support::{EVENING, binary, pictures};

pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;

/// A cache folder, a clock, and what is needed to fetch.
pub struct Cache {
    pub folder: TempDir,
    pub store: PosterStore,
    time: Arc<AtomicI64>,
    clock: Clock,
    http: PictureHttp,
}

fn picture_http() -> PictureHttp {
    PictureHttp::new(ProxySettings::default(), Duration::from_secs(5))
}

impl Cache {
    pub fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    pub fn with_limits(limits: Limits) -> Self {
        let folder = TempDir::new().unwrap();
        let time = Arc::new(AtomicI64::new(EVENING));
        let now = Arc::clone(&time);
        let clock = Clock::from_fn(move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::SeqCst) as u64));
        let store = PosterStore::with_limits(folder.path(), limits);
        Self { store, time, clock, folder, http: picture_http() }
    }

    pub fn later(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn now(&self) -> UtcDateTime {
        self.clock.now()
    }

    fn refresh(&self, wanted: &[Wanted], order: &Order) -> Summary {
        refresh(&self.store, wanted, order, &self.http, &self.clock)
    }

    /// The names of the files in the folder of posters.
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

/// Posters 1 to `count` of a server.
fn wanted(server: &str, count: u64) -> Vec<Wanted> {
    (1..=count).map(|n| Wanted { id: id(n), url: format!("{server}/poster/{n}.jpg") }).collect()
}

fn order(server: &str) -> Order {
    Order {
        jobs: 3,
        deadline: Deadline::after(Duration::from_secs(30)),
        by_hand: false,
        loopback: vec![Url::parse(server).unwrap()],
        decoder: Decoder::new(binary().to_owned()),
        stop: Arc::default(),
    }
}

fn picture(bytes: Vec<u8>) -> Reply {
    Reply::Answer(200, vec![("content-type", "image/jpeg".into())], bytes)
}

/// Bytes as if they were the whole answer of a server.
fn raw(head: &str, body: &[u8]) -> Reply {
    Reply::Raw([format!("HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\n{head}\r\n").as_bytes(), body].concat())
}

#[test]
fn posters_are_fetched_once_and_kept_clean() {
    let server = Server::start(|_| {
        let mut bytes = pictures::poster(1, 300, 450);
        // A comment behind SOI, and something behind the end.
        bytes.splice(2..2, [0xFF, 0xFE, 0, 10].into_iter().chain(*b"<script>"));
        bytes.extend_from_slice(b"<script>");
        picture(bytes)
    });
    let cache = Cache::new();
    let (wanted, order) = (wanted(&server.url(), 4), order(&server.url()));
    let summary = cache.refresh(&wanted, &order);
    assert_eq!((summary.fetched, summary.failed, summary.requests), (4, 0, 4), "{summary:?}");
    let address = Address::of(&wanted[0].url, &order.loopback).unwrap();
    let jpeg = cache.store.get(id(1), &address, cache.now()).unwrap();
    assert_eq!((jpeg.width(), jpeg.height()), (300, 450));
    assert_eq!(jpeg, Jpeg::parse(&pictures::poster(1, 300, 450)).unwrap());
    let stats = cache.store.stats(cache.now());
    assert_eq!((stats.pictures, stats.bytes, stats.failures), (4, summary.bytes + 4 * 8, 0));
    assert_eq!(
        cache.files(),
        (1..=4)
            .map(|n| format!("{}-{:016x}.jpg", id(n), {
                Address::of(&format!("{}/poster/{n}.jpg", server.url()), &order.loopback).unwrap().hash()
            }))
            .collect::<Vec<_>>()
    );
    let again = cache.refresh(&wanted, &order);
    assert_eq!((again.present, again.requests, server.count()), (4, 0, 4));
}

type MakeReply = Box<dyn Fn() -> Reply + Send + Sync>;

#[test]
fn what_is_no_poster_is_refused_and_remembered() {
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
            ("ends early", body(good[..good.len() / 2].to_vec())),
            ("ends early", body(good[..good.len() - 2].to_vec())),
            ("nothing", body(Vec::new())),
            ("PNG", body(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec())),
            ("SVG", body(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec())),
            ("HTML", body(b"<!DOCTYPE html><script>alert(1)</script>".to_vec())),
            ("WebP", body(b"RIFF\x24\0\0\0WEBPVP8 ".to_vec())),
            ("cannot be decoded", body(pictures::with_wrong_codes(&good))),
            ("more than a poster", body(vec![0xFF; MAX_BYTES + 1])),
            ("more than a poster", Box::new(|| Reply::Endless)),
            ("more than a poster", Box::new(|| raw("content-length: 99999999999\r\n", b"x"))),
            ("ends early", {
                let part = good.clone();
                Box::new(move || raw(&format!("content-length: {}\r\n", part.len() - 100), &part))
            }),
            ("no such poster (status 404)", Box::new(|| Reply::Answer(404, Vec::new(), Vec::new()))),
            ("no such poster (status 403)", Box::new(|| Reply::Answer(403, Vec::new(), Vec::new()))),
            ("redirects to a place", to(format!("{elsewhere}/secret.jpg"))),
            ("redirects to a place", to("http://127.0.0.1/".into())),
            ("redirects to a place", to("http://169.254.169.254/latest/meta-data/".into())),
            ("redirects to a place", to("file:///etc/passwd".into())),
            ("redirects to a place", to("//example.org/a.jpg".into())),
            ("redirects to a place", to("http://[::1]:1/".into())),
            ("redirects to a place", to(String::from("data:image/jpeg;base64,/9j/"))),
            ("redirects in a circle", to("/poster/26.jpg".into())),
        ]
    };
    let count = replies.len() as u64;
    let expected: Vec<&str> = replies.iter().map(|r| r.0).collect();
    let server = Server::start(move |path| {
        let number: usize = path.trim_start_matches("/poster/").trim_end_matches(".jpg").parse().unwrap();
        replies.get(number - 1).map_or_else(|| picture(pictures::poster(3, 300, 450)), |reply| reply.1())
    });
    let cache = Cache::new();
    let (wanted, order) = (wanted(&server.url(), count + 5), order(&server.url()));
    let summary = cache.refresh(&wanted, &order);
    // The rest goes on.
    assert_eq!((summary.fetched, summary.failed, summary.skipped), (5, count as usize, 0), "{summary:?}");
    assert_eq!(other.count(), 0);
    let failures = cache.store.failures(cache.now());
    for (wanted, expected) in wanted.iter().zip(&expected) {
        let address = Address::of(&wanted.url, &order.loopback).unwrap();
        let why = &failures.get(wanted.id, &address).unwrap_or_else(|| panic!("{expected} was fetched")).why;
        assert!(why.contains(expected), "{why} instead of {expected}");
        assert!(cache.store.get(wanted.id, &address, cache.now()).is_none());
    }
    let stats = cache.store.stats(cache.now());
    assert_eq!((stats.pictures, stats.failures), (5, count as usize));
    let line = stats.last_error.unwrap();
    assert!(line.starts_with("tt00000") && !line.contains('\n') && !line.contains("/poster/"), "{line}");
    // No temporary file is left, and nothing of it is asked again for a week, by a person neither.
    assert!(cache.files().iter().all(|name| name == "failures" || name.ends_with(".jpg")));
    let requests = server.count();
    cache.later(7 * DAY - 1);
    let again = cache.refresh(&wanted, &Order { by_hand: true, ..order.clone() });
    assert_eq!((again.remembered, again.requests, server.count()), (count as usize, 0, requests));
    cache.later(1);
    assert!(cache.refresh(&wanted[16..17], &order).requests == 1);
}

#[test]
fn a_redirect_to_the_same_place_is_followed() {
    let server = Server::start(|path| match path {
        "/poster/1.jpg" => Reply::redirect(307, "/other/1.jpg?token=1"),
        "/other/1.jpg" => picture(pictures::poster(1, 300, 450)),
        _ => Reply::Answer(404, Vec::new(), Vec::new()),
    });
    let cache = Cache::new();
    let summary = cache.refresh(&wanted(&server.url(), 1), &order(&server.url()));
    assert_eq!((summary.fetched, summary.requests), (1, 2), "{summary:?}");
}

#[test]
fn failures_of_the_network_last_an_hour() {
    let server = Server::start(|path| match path {
        "/poster/1.jpg" => Reply::Close,
        "/poster/2.jpg" => Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\nshort".to_vec()),
        "/poster/3.jpg" => Reply::Answer(503, Vec::new(), Vec::new()),
        _ => Reply::Answer(429, Vec::new(), Vec::new()),
    });
    let cache = Cache::new();
    let (wanted, order) = (wanted(&server.url(), 4), Order { jobs: 1, ..order(&server.url()) });
    assert_eq!(cache.refresh(&wanted, &order).failed, 4);
    cache.later(HOUR - 1);
    assert_eq!(cache.refresh(&wanted, &order).remembered, 4);
    // A person need not wait.
    assert_eq!(cache.refresh(&wanted, &Order { by_hand: true, ..order.clone() }).failed, 4);
    cache.later(HOUR);
    assert_eq!(cache.refresh(&wanted, &order).failed, 4);
}

#[test]
fn a_slow_drip_ends_with_the_deadline() {
    let server = Server::start(|_| Reply::Drip(pictures::poster(1, 300, 450)));
    let url = format!("{}/poster/1.jpg", server.url());
    let loopback = [Url::parse(&server.url()).unwrap()];
    let address = Address::of(&url, &loopback).unwrap();
    let deadline = Deadline::after(Duration::from_millis(600));
    let fault = fetch(&picture_http(), &address, &loopback, deadline, || ()).unwrap_err();
    assert_eq!(fault.why, "127.0.0.1 takes too long to answer");
    // In a refresh, what time did not suffice for is not held against the host.
    let cache = Cache::new();
    let order = Order { deadline: Deadline::after(Duration::from_millis(600)), ..order(&server.url()) };
    let summary = cache.refresh(&wanted(&server.url(), 9), &order);
    assert_eq!(summary.fetched, 0);
    assert_eq!(summary.failed + summary.skipped, 9, "{summary:?}");
}

#[test]
fn a_host_that_is_gone_is_left_alone() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let dead = format!("http://{free}");
    let server = Server::start(|_| picture(pictures::poster(1, 300, 450)));
    let cache = Cache::new();
    let mut order = order(&server.url());
    order.loopback.push(Url::parse(&dead).unwrap());
    let mut all = wanted(&dead, 40);
    all.extend(wanted(&server.url(), 3));
    let summary = cache.refresh(&all, &order);
    // At most one request for each worker before it is known. Other hosts are asked all the same.
    assert!((1..=3).contains(&summary.failed), "{summary:?}");
    assert_eq!((summary.fetched, summary.skipped), (3, 40 - summary.failed));
    let line = cache.store.stats(cache.now()).last_error.unwrap();
    assert!(line.ends_with(": 127.0.0.1 refuses the connection"), "{line}");
}

#[test]
fn who_wants_no_more_need_not_wait() {
    let stop = Arc::new(AtomicBool::new(false));
    let pressed = Arc::clone(&stop);
    let server = Server::start(move |path| {
        if path == "/poster/1.jpg" {
            return picture(pictures::poster(1, 300, 450));
        }
        pressed.store(true, Ordering::SeqCst);
        Reply::Hang
    });
    let cache = Cache::new();
    let order = Order { jobs: 1, stop, ..order(&server.url()) };
    let summary = cache.refresh(&wanted(&server.url(), 9), &order);
    assert_eq!((summary.fetched, summary.skipped, summary.failed), (1, 8, 0), "{summary:?}");
}

#[test]
fn addresses_elsewhere_are_not_asked() {
    let server = Server::start(|_| picture(pictures::poster(1, 300, 450)));
    let cache = Cache::new();
    let url = |text: &str| Wanted { id: id(1), url: text.to_owned() };
    let wanted = [url("N/A"), url("https://example.org/a.jpg"), url(&format!("{}/a.jpg", server.url())), url("")];
    let summary = cache.refresh(&wanted, &Order { loopback: Vec::new(), ..order(&server.url()) });
    assert_eq!((summary.refused, server.count()), (4, 0));
    assert_eq!(cache.files(), Vec::<String>::new());
}

#[test]
fn a_proxy_is_asked_for_known_hosts_only() {
    let proxy = Server::start(|_| Reply::Answer(403, Vec::new(), Vec::new()));
    let mut env = Env::of_process();
    env.vars = [("HTTPS_PROXY".to_owned(), proxy.url().into())].into();
    let http = PictureHttp::new(ProxySettings::from_env(&env).unwrap(), Duration::from_secs(5));
    let cache = Cache { http, ..Cache::new() };
    let url = |n: u64, text: &str| Wanted { id: id(n), url: text.to_owned() };
    let wanted = [
        url(1, "https://example.org/images/M/a._V1_.jpg"),
        url(2, "http://ia.media-imdb.com/images/M/a._V1_.jpg"),
        url(3, "https://images.metahub.space/poster/large/tt0000001/img"),
    ];
    let summary = cache.refresh(&wanted, &Order { jobs: 1, ..order(&proxy.url()) });
    assert_eq!((summary.refused, summary.failed), (1, 2), "{summary:?}");
    assert_eq!(proxy.requests(), ["m.media-amazon.com:443", "images.metahub.space:443"]);
}

#[test]
fn recorded_addresses_become_small_ones() {
    let Some(folder) = crate::support::shared("imdbapi") else { return };
    let mut seen = 0;
    let mut check = |text: &str| {
        for url in text.split('"').filter(|part| part.starts_with("https://m.media-amazon.com/")) {
            let address = Address::of(url, &[]).unwrap_or_else(|| panic!("{url} is not asked"));
            let asked = address.url().as_str();
            assert!(asked.ends_with("._V1_SX300.jpg"), "{asked}");
            // The same picture: the same name before the size.
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
fn a_folder_that_cannot_be_written_stops_the_fetching() {
    let server = Server::start(|_| picture(pictures::poster(1, 300, 450)));
    let cache = Cache::new();
    fs::write(cache.folder.path().join("posters"), "a file").unwrap();
    let summary = cache.refresh(&wanted(&server.url(), 50), &Order { jobs: 1, ..order(&server.url()) });
    assert_eq!((summary.fetched, summary.failed, summary.skipped), (0, 1, 49), "{summary:?}");
    assert!(summary.last_error.unwrap().starts_with("posters cannot be kept: "));
}

#[test]
fn two_refreshes_at_a_time_leave_whole_files() {
    let server = Server::start(|path| picture(pictures::poster(path.len(), 300, 450)));
    let cache = Cache::new();
    let (wanted, order) = (wanted(&server.url(), 12), order(&server.url()));
    std::thread::scope(|scope| {
        (0..3).for_each(|_| drop(scope.spawn(|| cache.refresh(&wanted, &order))));
    });
    for Wanted { id, url } in &wanted {
        let address = Address::of(url, &order.loopback).unwrap();
        assert!(cache.store.get(*id, &address, cache.now()).is_some());
    }
    assert_eq!(cache.files().len(), 12);
}
