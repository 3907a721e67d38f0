//! Measures the cost of a board in process, part by part.
//!
//! Compare each line with `a_floor` of the same size in the same run: a bare SQLite read of the rows that the board
//! needs. Sizes are numbers of proposals, each with four votes and fresh data. `cargo bench` runs everything unless it
//! is given a filter, such as `-- render`.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use movienight::env::Zone;
use movienight::model::title::RawTitle;
use movienight::model::{Board, Evening, EveningFit, ProposalStatus, Title, order};
use movienight::render::Screen;
use movienight::render::board::board;
use movienight::render::style::{Marks, Palette};
use movienight::store::{Location, OpenMode, Store};
use movienight::view::board::BoardView;
use movienight::view::movie::Viewpoint;
use movienight::view::to_json;
use time::{UtcDateTime, UtcOffset};

const SIZES: [usize; 3] = [10, 1_000, 10_000];

fn main() {
    divan::main();
    let _ = std::fs::remove_dir_all(folder());
}

/// Returns the folder for the databases of this run.
fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("movienight-bench-{}", std::process::id()))
}

/// Returns a database of this size, created once per run.
fn database(proposals: usize) -> PathBuf {
    let path = folder().join(format!("{proposals}.db"));
    if !path.exists() {
        drop(open(&path, OpenMode::Create));
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.execute_batch(&format!(
            r#"INSERT INTO voters (name, name_key) VALUES ('Ana','ana'), ('Ben','ben'), ('Cleo','cleo'), ('Dan','dan');
               WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {proposals})
               INSERT INTO proposals (imdb_id, proposed_by, proposed_at)
                   SELECT printf('tt%07d', i), 1 + i % 4, 1795000000 + i FROM n;
               INSERT INTO votes (proposal_id, voter_id, voted_at)
                   SELECT p.id, v.id, 1795000000 FROM proposals p, voters v;
               INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source)
                   SELECT imdb_id, json_object('title', 'The Movie of the Number ' || id, 'year', 1950 + id % 70,
                       'type', 'movie', 'rating', 7.5, 'rating_count', 123456, 'runtime_minutes', 90 + id % 60,
                       'genres', json_array('Crime', 'Drama'), 'directors', json_array('Somebody Known'),
                       'stars', json_array('One Star', 'Two Stars', 'Three Stars'), 'plot',
                       'Somebody wants something, and somebody else does not, until in the end it is too late.',
                       'poster_url', 'https://m.media-amazon.com/images/M/0123456789._V1_.jpg'),
                       1795000000, 'imdbapi' FROM proposals;"#
        ))
        .unwrap();
    }
    path
}

fn open(path: &Path, open_mode: OpenMode) -> Store {
    Store::open(&Location::File(path.to_owned()), open_mode).unwrap().unwrap()
}

fn loaded(proposals: usize) -> Board {
    open(&database(proposals), OpenMode::Read).board(ProposalStatus::OnBoard).unwrap()
}

fn now() -> UtcDateTime {
    UtcDateTime::from_unix_timestamp(1_795_003_600).unwrap()
}

fn view(board: &Board) -> BoardView<'_> {
    BoardView::of(board, Viewpoint { now: now(), me: Some(0), evening: &Evening::open_end(now()) })
}

/// Reads and drops all rows of the two queries.
fn floor_read(path: &Path) -> usize {
    let conn = rusqlite::Connection::open(path).unwrap();
    let count = |sql: &str| {
        let mut query = conn.prepare(sql).unwrap();
        let mut rows = query.query([]).unwrap();
        let mut count = 0;
        while let Some(row) = rows.next().unwrap() {
            black_box(row.get_ref(0).unwrap());
            count += 1;
        }
        count
    };
    count("SELECT p.*, c.* FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id")
        + count("SELECT * FROM votes")
}

#[divan::bench(args = SIZES)]
fn a_floor(bencher: Bencher<'_, '_>, proposals: usize) {
    let path = database(proposals);
    bencher.bench(|| floor_read(&path));
}

#[divan::bench]
fn b_open_an_up_to_date_store(bencher: Bencher<'_, '_>) {
    let path = database(10);
    bencher.bench(|| open(&path, OpenMode::Read));
}

#[divan::bench(args = SIZES)]
fn c_two_queries(bencher: Bencher<'_, '_>, proposals: usize) {
    let mut store = open(&database(proposals), OpenMode::Read);
    bencher.bench_local(|| store.board(ProposalStatus::OnBoard).unwrap());
}

#[divan::bench(args = SIZES)]
fn d_rank(bencher: Bencher<'_, '_>, proposals: usize) {
    let board = loaded(proposals);
    bencher.bench(|| order::rank(&board.proposals, |_| true, |_| EveningFit::Fits));
}

#[divan::bench(args = SIZES)]
fn e_render_a_table(bencher: Bencher<'_, '_>, proposals: usize) {
    let loaded = loaded(proposals);
    let zone = Zone::from_fn(|_| UtcOffset::UTC);
    bencher.bench_local(|| {
        let palette = Palette { colors: true, links: false };
        let screen = Screen { width: Some(100), height: None, palette, marks: Marks::SIGNS, zone: &zone };
        board(&view(&loaded), Some("Ana"), now(), screen)
    });
}

#[divan::bench(args = SIZES)]
fn f_render_json(bencher: Bencher<'_, '_>, proposals: usize) {
    let board = loaded(proposals);
    bencher.bench(|| to_json(&view(&board)));
}

#[divan::bench]
fn g_sanitize_a_title(bencher: Bencher<'_, '_>) {
    let title = Title {
        title: "Le fabuleux destin d'Amélie Poulain".into(),
        plot: Some("Somebody wants something, and somebody else does not. ".repeat(8)),
        genres: vec!["Comedy".into(), "Romance".into()],
        ..Title::default()
    };
    let raw = RawTitle { id: None, title };
    bencher.with_inputs(|| raw.clone()).bench_values(RawTitle::into_title);
}
