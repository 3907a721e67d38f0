//! Measures a refresh from a loopback server that answers after 20 ms. The ideal is titles / batch / jobs × 20 ms: 400
//! titles in batches of 5 are 80 requests, which take 1.6 s with one job, 0.4 s with 4, 0.2 s with 8. The rest is
//! claiming, parsing, sanitizing and writing.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use divan::Bencher;
use movienight::cache::refresh::RefreshOptions;
use movienight::cache::{Cache, PersonBudget};
use movienight::config::Config;
use movienight::env::{Clock, Env};
use movienight::model::change::{IfWatched, NewProposal};
use movienight::model::{ImdbId, VoterName};
use movienight::sources::{AskedBy, Settings, Sources};
use movienight::state::State;
use movienight::store::{Location, OpenMode, Store};

const TITLES: usize = 400;

fn main() {
    divan::main();
    let _ = std::fs::remove_dir_all(folder());
}

/// Returns the folder for the databases of this run.
fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("movienight-bench-refresh-{}", std::process::id()))
}

fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer(stream.unwrap()));
        }
    });
    url
}

fn answer(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut path = String::new();
        if reader.read_line(&mut path).unwrap_or(0) == 0 {
            return;
        }
        let mut header = path.clone();
        while !header.trim().is_empty() {
            header.clear();
            let _ = reader.read_line(&mut header);
        }
        std::thread::sleep(Duration::from_millis(20));
        let ids = path.split(['=', '&', ' ']).filter(|p| p.starts_with("tt"));
        let titles: Vec<String> = ids
            .map(|id| {
                format!(
                    r#"{{"id":"{id}","type":"movie","primaryTitle":"Movie {id}","startYear":1999,
                       "runtimeSeconds":6000,"genres":["Drama"],"rating":{{"aggregateRating":7.5,"voteCount":9}}}}"#
                )
            })
            .collect();
        let body = format!(r#"{{"titles":[{}]}}"#, titles.join(","));
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        if stream.write_all((head + &body).as_bytes()).is_err() {
            return;
        }
    }
}

#[divan::bench(args = [1, 4, 8], sample_count = 3, sample_size = 1)]
fn refresh_400_titles(bencher: Bencher<'_, '_>, jobs: usize) {
    let location = Location::File(folder().join(format!("{jobs}.db")));
    let mut store = Store::open(&location, OpenMode::Create).unwrap().unwrap();
    let state = State::new(None, "");
    let movies: Vec<NewProposal> =
        (1..=TITLES).map(|n| NewProposal::Imdb(ImdbId::parse(&format!("tt{n:07}")).unwrap())).collect();
    let (clock, ana) = (Clock::system(), VoterName::parse("Ana").unwrap());
    store.propose(&ana, clock.now(), &movies, IfWatched::Refuse, None, &[]).unwrap();
    let vars = [("MOVIENIGHT_SOURCES", "imdbapi".to_owned()), ("MOVIENIGHT_IMDBAPI_URL", serve())];
    let vars: BTreeMap<_, _> = vars.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let env = Env { vars, ..Env::of_process() };
    let settings = Settings::new(&env, &Config::read(&env, None, |_| None)).unwrap();
    let stop = Arc::default();
    let options = RefreshOptions { titles: Vec::new(), limit: None, all: true, jobs, by_hand: true, time: None, stop };
    bencher.bench_local(|| {
        let cache = Cache {
            catalog: None,
            sources: Some(Rc::new(Sources::new(&settings, &[], AskedBy::Person))),
            state: &state,
            clock: &clock,
            limits: env.limits,
            budget: &PersonBudget::new(Duration::ZERO),
            interrupt: &env.interrupt,
        };
        let summary = cache.refresh(&mut store, &options, &mut ()).unwrap();
        assert_eq!(summary.failed, 0);
    });
}
