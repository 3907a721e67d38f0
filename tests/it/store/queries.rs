//! The number of queries that a board takes.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use movienight::model::change::{IfWatched, NewProposal};
use movienight::model::{ImdbId, ProposalStatus, VoterName};
use movienight::store::db::{Driver, Mode, Sink, Statement};
use movienight::store::{Examination, Location, OpenMode, Result, Store, StoreError, open_driver};
use time::UtcDateTime;

/// A driver that counts its queries.
struct CountingDriver {
    driver: Box<dyn Driver>,
    queries: Rc<Cell<usize>>,
}

impl Driver for CountingDriver {
    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()> {
        self.queries.set(self.queries.get() + statements.len());
        self.driver.run(statements, sink)
    }

    fn is_read_only(&self) -> bool {
        self.driver.is_read_only()
    }

    fn begin(&mut self, mode: Mode) -> Result<()> {
        self.driver.begin(mode)
    }

    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()> {
        self.driver.execute(statements)
    }

    fn commit(&mut self, token: Option<i64>) -> Result<()> {
        self.driver.commit(token)
    }

    fn rollback(&mut self) {
        self.driver.rollback();
    }

    fn set_lock_timeout(&mut self, limit: Option<Duration>) {
        self.driver.set_lock_timeout(limit);
    }

    fn examine(&mut self) -> Result<Examination> {
        self.driver.examine()
    }

    fn damaged(&self) -> StoreError {
        self.driver.damaged()
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a test's output is for whoever asks for it")]
fn a_board_takes_two_queries_however_many_proposals_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let ana = VoterName::parse("Ana").unwrap();
    for proposals in [0, 10, 1_000] {
        let location = Location::File(folder.path().join(format!("{proposals}.db")));
        let driver = open_driver(&location, OpenMode::Create).unwrap().unwrap();
        let queries = Rc::new(Cell::new(0));
        let counting = CountingDriver { driver, queries: Rc::clone(&queries) };
        let mut store = Store::over(Box::new(counting), OpenMode::Create);
        let ids = (0..proposals).map(|n| ImdbId::parse(&format!("tt{n:07}")).unwrap());
        let movies: Vec<NewProposal> = ids.map(NewProposal::Imdb).collect();
        store.propose(&ana, UtcDateTime::UNIX_EPOCH, &movies, IfWatched::Refuse, None, &[]).unwrap();
        queries.set(0);
        assert_eq!(store.board(ProposalStatus::OnBoard).unwrap().proposals.len(), proposals);
        // benches/whole-process.sh shows this line.
        println!("queries of a board of {proposals}: {}", queries.get());
        assert_eq!(queries.get(), 2);
    }
}
